/** Assigning a phone number: nothing is done unasked. */
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
