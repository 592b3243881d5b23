/** A refusal is told by what it is about: each of these was once told in the words of another. */
import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id, node } from './demo';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { callListSearch } from './harness/editor';
import { runNode } from './harness/engine';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

/** What a person reads when the server says no with these words. */
async function refused(
	status: number,
	message: string,
	parameters: object,
	data: object = {},
): Promise<string> {
	const body = envelope(data, { status: 'error', error: String(status), message });
	const server = await fakeCrossbar((_, response) => answer(response, status, body));
	try {
		const login = { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) };
		const credentials = new CredentialStore({ type: new CrossbarApi(), data: login });
		const options = { retries: 0 };
		const { error } = await runNode(node, { accountScope: 'mine', options, ...parameters }, { credentials });
		return [error?.message, error?.description].join('\n');
	} finally {
		await server.close();
	}
}

test('an API key stands for no user, and so for no other user either', async () => {
	const user = id('a'.repeat(32));
	const said = await refused(403, 'forbidden', { resource: 'user', operation: 'impersonate', userId: user });
	expect(said).toMatch(/may not act for that user/);
	expect(said).toMatch(/An API key stands for no user: log in with user name and password/);
});

test('the tokens of the whole system are not the account’s', async () => {
	const reset = { resource: 'account', operation: 'resetTokens' };
	const all = await refused(403, 'forbidden', { ...reset, scope: 'system' });
	expect(all).toMatch(/Only the system’s admin may end the tokens of the whole system/);
	expect(all).toMatch(/Account: Invalidate Tokens/);
	const own = await refused(403, 'forbidden', { ...reset, scope: 'account' });
	expect(own).toMatch(/Only an admin of the account may do this/);
});

test.each(['install', 'uninstall', 'setAudience'])(
	'apps of one’s own account are set from above: %s',
	async (operation) => {
		const app = { resource: 'appExchange', operation, appId: id('b'.repeat(32)) };
		const said = await refused(403, 'forbidden', app);
		expect(said).toMatch(/may not change the apps of the account/);
		expect(said).toMatch(/by an account above it/);
	},
);

test.each([
	['SMS', 'sms services not enabled for account'],
	['MMS', 'mms services not enabled for account'],
])('%s that is not enabled', async (kind, words) => {
	const send = { resource: 'message', operation: kind === 'MMS' ? 'sendMms' : 'send' };
	const fields = { from: '+14155550100', to: '+14155550101', text: 'Hello', mimeMessage: 'Hello' };
	const said = await refused(500, 'account', { ...send, ...fields }, { message: words });
	expect(said).toMatch(new RegExp(`${kind} is not enabled for the account`));
	expect(said).toMatch(/Its reseller can enable it/);
});

test('a delivery that does not exist is no fax', async () => {
	const get = {
		resource: 'notificationTemplate',
		operation: 'getDelivery',
		smtpLogId: id('202611-f6b1198fff308c5c'),
	};
	const { error } = await demo.run({ ...get, ...demo.customer(0) });
	const said = [error?.message, error?.description].join('\n');
	expect(said).toMatch(/e-mail delivery/);
	expect(said).not.toMatch(/fax/i);
});

test('received faxes are chosen by who sent them and when', async () => {
	const { results } = await callListSearch(node, 'searchReceivedFaxId', {
		credentials: demo.credentials,
		parameters: { resource: 'fax', operation: 'getReceived', ...demo.customer(0) },
	});
	expect(results.length).toBeGreaterThan(0);
	for (const { name } of results) expect(name).toMatch(/\+\d{8,} .*20\d\d-\d\d-\d\d/);
});
