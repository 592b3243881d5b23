/** Assigning a phone number where something goes wrong: nothing is done unasked, and the number does not get lost. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { id, node } from './demo';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const NUMBER = '+14155550100';
const USER = 'd'.repeat(32);
const TARGET = '1'.repeat(32);
const FIRST = '2'.repeat(32);
const SECOND = '3'.repeat(32);

/** The callflows of the server, their numbers by ID; their names are the first digits of the IDs. */
let callflows: Record<string, string[]>;
let numberState: string;
/** Answers a request in a test's own way; true when it did. */
let instead: (call: string, response: ServerResponse) => boolean;
let server: FakeCrossbar;

beforeEach(async () => {
	callflows = {};
	numberState = 'in_service';
	instead = () => false;
	server = await fakeCrossbar(handle);
});

afterEach(async () => {
	await server.close();
});

function handle(request: IncomingMessage, response: ServerResponse, body: string): void {
	const { pathname } = new URL(request.url ?? '', 'http://fake');
	const [, kind = '', one] = /accounts\/\w+\/(\w+)(?:\/([^/]+))?/.exec(pathname) ?? [];
	if (instead(`${request.method} ${one ?? kind}`, response)) return;
	const record = (flow: string) => ({ id: flow, name: flow[0], numbers: callflows[flow] });
	if (kind === 'phone_numbers') return answer(response, 200, envelope({ id: NUMBER, state: numberState }));
	if (kind !== 'callflows') return answer(response, 200, envelope(one ? { id: one } : []));
	if (one === undefined && request.method === 'GET') {
		const isSearch = request.url?.includes('filter_');
		return answer(response, 200, envelope(isSearch ? [] : Object.keys(callflows).map(record)));
	}
	const flow = one ?? TARGET;
	const { data } = JSON.parse(body || '{}') as { data?: { numbers: string[] } };
	if (data) callflows[flow] = data.numbers;
	answer(response, 200, envelope(record(flow)));
}

const refuse = (response: ServerResponse): true => {
	const error = { status: 'error', error: '400', message: 'boom', data: { message: 'boom' } };
	answer(response, 400, JSON.stringify(error));
	return true;
};

async function assign(more: INodeParameters, options: NodeOptions = {}): Promise<NodeResult> {
	const data = { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) };
	const credentials = new CredentialStore({ type: new CrossbarApi(), data });
	const parameters = {
		resource: 'phoneNumber',
		accountScope: 'mine',
		phoneNumber: id(NUMBER),
		options: { retries: 0 },
		...more,
	};
	return await runNode(node, parameters, { credentials, ...options });
}

const toUser = (additionalFields: INodeParameters) =>
	assign({ operation: 'assignToUser', user: id(USER), additionalFields });

const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;
const writes = () => server.requests.filter((line) => !line.startsWith('GET'));

describe('options that an expression gives as a text', () => {
	test('Activate “false” does not activate', async () => {
		numberState = 'reserved';
		expect(words(await toUser({ activate: '={{ "false" }}' }))).toMatch(/is not in service but reserved/);
		expect(writes()).toEqual([]);
	});

	test('Create Callflow if Missing “false” makes none', async () => {
		expect(words(await toUser({ createCallflow: '={{ "false" }}' }))).toMatch(/No callflow rings this user/);
		expect(writes()).toEqual([]);
	});

	test('“true” is true', async () => {
		callflows = { [FIRST]: [NUMBER, '+1'] };
		const on = '={{ "true" }}';
		const result = await toUser({ takeOver: on, activate: on, createCallflow: on });
		expect(result.error).toBeUndefined();
		expect(callflows).toEqual({ [TARGET]: [NUMBER], [FIRST]: ['+1'] });
	});

	test.each([
		['takeOver', '={{ "no" }}', /^Take Over From Another Callflow is neither true nor false: “no”/],
		['activate', '={{ 0 }}', /^Activate is neither true nor false: “0”/],
		['createCallflow', '={{ null }}', /^Create Callflow if Missing is neither true nor false: “null”/],
	])('%s %s is refused before anything is sent', async (name, value, expected) => {
		expect(words(await toUser({ [name]: value }))).toMatch(expected);
		expect(server.requests).toEqual([]);
	});
});

describe('a number that is taken over and does not arrive', () => {
	const takeOver = (options: NodeOptions = {}) =>
		assign(
			{ operation: 'assignToCallflow', callflow: id(TARGET), additionalFields: { takeOver: true } },
			options,
		);
	/** The callflows of `wanted`, soon: a cancelled run goes on putting things in order. */
	const settled = async (wanted: Record<string, string[]>): Promise<void> => {
		for (let i = 0; i < 50 && JSON.stringify(callflows) !== JSON.stringify(wanted); i++)
			await new Promise((go) => setTimeout(go, 20));
		expect(callflows).toEqual(wanted);
	};

	beforeEach(() => {
		callflows = { [TARGET]: [], [FIRST]: ['+1', NUMBER], [SECOND]: ['+2', NUMBER] };
	});

	test('goes back to all that had it', async () => {
		const before = structuredClone(callflows);
		instead = (call, response) => call === `PATCH ${TARGET}` && refuse(response);
		const result = await takeOver();
		expect(callflows).toEqual(before);
		expect(words(result)).toMatch(/boom/);
		expect(result.error?.description).toMatch(
			/Done so far: Removed from callflow “2”; Removed from callflow “3”; Put back into callflow “2”, “3”\.$/,
		);
	});

	test('goes back to the first when the second does not give it away', async () => {
		const before = structuredClone(callflows);
		instead = (call, response) => call === `PATCH ${SECOND}` && refuse(response);
		const result = await takeOver();
		expect(callflows).toEqual(before);
		expect(words(result)).toMatch(/boom/);
		expect(result.error?.description).toMatch(
			/Removed from callflow “2”; Put back into callflow “2”, “3”\.$/,
		);
	});

	test('goes back when the run is cancelled', async () => {
		const before = structuredClone(callflows);
		const stop = new AbortController();
		instead = (call) => {
			if (call !== `PATCH ${TARGET}`) return false;
			setTimeout(() => stop.abort(), 10);
			return true;
		};
		const result = await takeOver({ signal: stop.signal });
		expect(result.cancelled).toBe(true);
		await settled(before);
		expect(words(result)).toMatch(/canceled: phone number \+14155550100\. Done so far: .*; Put back into/);
	});

	test('stays where it arrived although the answer was lost', async () => {
		instead = (call, response) => {
			if (call !== `PATCH ${TARGET}`) return false;
			callflows[TARGET] = [NUMBER];
			response.destroy();
			return true;
		};
		const result = await takeOver();
		expect(callflows).toEqual({ [TARGET]: [NUMBER], [FIRST]: ['+1'], [SECOND]: ['+2'] });
		expect(result.error?.description).toMatch(/The number is in callflow “1” now\.$/);
	});

	test('is named where it could not be put back either', async () => {
		let removed = false;
		instead = (call, response) => {
			if (call === `PATCH ${TARGET}`) return (removed = refuse(response));
			return removed && call === `PATCH ${FIRST}` && refuse(response);
		};
		const result = await takeOver();
		expect(callflows).toEqual({ [TARGET]: [], [FIRST]: ['+1'], [SECOND]: ['+2', NUMBER] });
		expect(words(result)).toMatch(/boom/);
		expect(result.error?.description).toMatch(
			/Put back into callflow “3”\. The number could not be put back into callflow “2”\. Add it there by hand\.$/,
		);
	});

	test('what was done before is said', async () => {
		numberState = 'reserved';
		callflows = { [TARGET]: [] };
		instead = (call, response) => call === `PATCH ${TARGET}` && refuse(response);
		expect(words(await takeOver())).toMatch(/Done so far: Activated \(it was reserved\)\.$/);
	});
});

test('taking a number out of two callflows, of which the second fails, says what was done', async () => {
	callflows = { [FIRST]: ['+1', NUMBER], [SECOND]: ['+2', NUMBER] };
	instead = (call, response) => call === `PATCH ${SECOND}` && refuse(response);
	const result = await assign({ operation: 'unassign' });
	expect(callflows).toEqual({ [FIRST]: ['+1'], [SECOND]: ['+2', NUMBER] });
	expect(result.error?.description).toMatch(/Done so far: Removed from callflow “2”\.$/);
});
