/** Callflows built, checked and told by the node against the sandbox. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;
let user: IDataObject;
let box: IDataObject;
let menu: IDataObject;

/** One of the customers: it has people, a menu and callflows. */
let customer: INodeParameters;

beforeAll(async () => {
	demo = await Demo.open(5);
	customer = demo.customer(0);
	[user, box, menu] = (await Promise.all(
		['user', 'voicemailBox', 'menu'].map((resource) =>
			demo.first({ resource, operation: 'getAll', limit: 1, ...customer }),
		),
	)) as [IDataObject, IDataObject, IDataObject];
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

const call = async (operation: string, more: INodeParameters) =>
	await demo.run({ resource: 'callflow', operation, ...customer, ...more });

const build = async (numbers: string, step: INodeParameters[], more: INodeParameters = {}) =>
	await call('build', { name: 'Built', numbers, steps: { step }, result: 'create', ...more });

const validate = async (more: INodeParameters): Promise<IDataObject> =>
	await demo.first({ resource: 'callflow', operation: 'validate', ...customer, ...more });

const validateJson = async (document: object): Promise<IDataObject> =>
	await validate({ source: 'json', document: JSON.stringify(document) });

const mainLine = async (): Promise<IDataObject> => {
	const callflows = await demo.records({
		resource: 'callflow',
		operation: 'getAll',
		returnAll: true,
		...customer,
	});
	const found = callflows.find(({ name }) => name === 'Main Line');
	if (!found) throw new Error('The demo has no Main Line');
	return await demo.first({ resource: 'callflow', operation: 'get', callflowId: id(found.id), ...customer });
};

describe('names in steps', () => {
	const ringing = (name: string): INodeParameters => ({
		kind: 'ringUser',
		runs: 'next',
		user: id(name),
		seconds: 15,
	});

	test('become IDs', async () => {
		const result = await build('4720', [ringing(String(user.username))], { result: 'document' });
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json.flow).toMatchObject({ module: 'user', data: { id: user.id } });
	});

	test('that nobody has are a question, and nothing is created', async () => {
		const result = await build('4721', [ringing('Nobody Atall')]);
		expect(result.error?.message).toMatch(/^User: none is called “Nobody Atall”/);
		expect(demo.requests().map(({ method }) => method)).not.toContain('PUT');
	});

	test('cannot be looked up by an operation that asks the server nothing', async () => {
		const answer = { kind: 'ringUser', runs: 'next', user: id('Nobody Atall'), seconds: 15 };
		const { error } = await demo.run({
			resource: 'pivot',
			operation: 'answer',
			format: 'steps',
			result: 'return',
			steps: { step: [answer] },
		});
		expect(error?.message).toBe('User has to be an ID here: “Nobody Atall”');
		expect(demo.requests()).toEqual([]);
	});
});

describe('Build', () => {
	const steps = (): INodeParameters[] => [
		{ kind: 'menu', runs: 'next', menu: id(menu.id) },
		{ kind: 'ringUser', runs: 'key', key: '1', user: id(user.id), seconds: 15 },
		{ kind: 'voicemail', runs: 'next', vmbox: id(box.id) },
		{ kind: 'hangUp', runs: 'otherwise' },
	];
	const flow = () => ({
		module: 'menu',
		data: { id: menu.id },
		children: {
			1: {
				module: 'user',
				data: { id: user.id, timeout: 15 },
				children: { _: { module: 'voicemail', data: { id: box.id }, children: {} } },
			},
			_: { module: 'hangup', data: {}, children: {} },
		},
	});

	test('creates a callflow that the server takes and that is valid', async () => {
		const result = await build('+1 415 555 0177, 4711', steps());
		expect(result.error).toBeUndefined();
		const made = result.items[0]?.json ?? {};
		expect(made).toMatchObject({ name: 'Built', numbers: ['+14155550177', '4711'], flow: flow() });
		const checked = await validate({ source: 'stored', callflow: id(made.id) });
		expect(checked).toMatchObject({ valid: true, callflow_name: 'Built', problems: [] });
	});

	test('only returns the document when told so', async () => {
		const result = await build('4712', steps(), { result: 'document' });
		expect(result.items[0]?.json).toEqual({ name: 'Built', numbers: ['4712'], flow: flow() });
		expect(demo.requests()).toEqual([]);
	});

	test('a mistake is said with its step and field, and nothing is sent', async () => {
		const wrong = { kind: 'json', json: '{"module": "voicemial", "data": {}}' };
		const unknown = await build('4714', [{ kind: 'say', text: 'Hi' }, wrong]);
		expect(unknown.error?.message).toBe('Step 2 (JSON): There is no module “voicemial”');
		expect(unknown.error?.description).toMatch(/^Write “voicemail”/);
		const empty = await build('4714', [{ kind: 'ringUser', user: id('={{ $json.nobody }}') }]);
		expect(empty.error?.message).toBe('Step 1 (User): User is empty');
		expect((await build('4714', [])).error?.message).toBe('Steps is empty');
		expect((await build(' , ', steps())).error?.message).toBe('Numbers is empty');
		const { error } = await build('4716 4717', steps());
		expect(error?.message).toBe('Numbers: “4716 4717” is not one number');
		expect(demo.requests()).toEqual([]);
	});

	test('the server’s refusal of a number is told as it is', async () => {
		const line = await mainLine();
		const [number] = line.numbers as string[];
		const result = await build(String(number), steps());
		expect(`${result.error?.message} ${result.error?.description}`).toContain(String(number));
	});
});

describe('Validate', () => {
	test('finds the demo’s own callflows right', async () => {
		const line = await mainLine();
		const checked = await validate({ source: 'stored', callflow: id(line.id) });
		expect(checked.problems).toEqual([]);
		expect(checked.valid).toBe(true);
	});

	test('finds what is wrong, and where', async () => {
		const line = await mainLine();
		const [number] = line.numbers as string[];
		const gone = 'f'.repeat(32);
		const checked = await validateJson({
			name: 'Wrong',
			numbers: [number],
			flow: {
				module: 'user',
				data: { id: gone, timeout: 'soon' },
				children: {
					_: {
						module: 'voicemial',
						data: {},
						children: { _: { module: 'record_call', data: { action: 'begin' } } },
					},
				},
			},
		});
		expect(checked).toMatchObject({ valid: false, errors: 5, warnings: 0 });
		const problems = checked.problems as IDataObject[];
		expect(problems.map(({ path, problem }) => `${String(path)}: ${String(problem)}`)).toEqual([
			expect.stringMatching(/^numbers: .* is in callflow “Main Line” as well$/),
			'flow.data.timeout: timeout is a text, not a whole number',
			'flow.children._.module: The server has no module “voicemial”',
			'flow.children._.children._.data.action: action cannot be “begin”',
			`flow.data.id: User ${gone} does not exist`,
		]);
		for (const { what_to_do, severity } of problems) {
			expect(what_to_do).toMatch(/^[A-Z].{8,}/);
			expect(severity).toBe('error');
		}
	});

	test('looks at a single step, and at a callflow without any', async () => {
		expect(await validateJson({ module: 'hangup', data: {} })).toMatchObject({ valid: true, problems: [] });
		const empty = await validateJson({ numbers: ['4799'] });
		expect(empty.valid).toBe(false);
		expect(empty.problems).toMatchObject([{ path: 'flow', what_to_do: 'Add "flow" with a first step' }]);
	});

	test('a name where an ID belongs points to nothing', async () => {
		const named = await validateJson({ module: 'menu', data: { id: 'Nope' } });
		expect(named.valid).toBe(false);
		const sound = await validateJson({ module: 'play', data: { id: 'system_media/en-us%2Fvm-enter_pass' } });
		expect(sound.problems).toEqual([]);
	});

	test('asks for each schema and each id once, and changes nothing', async () => {
		const ring = { module: 'user', data: { id: user.id } };
		await validateJson({ ...ring, children: { _: { ...ring, children: { _: ring } } } });
		const paths = demo.requests().map(({ method, path }) => `${method} ${path.split('?')[0]}`);
		expect(paths.filter((path) => path.endsWith('/schemas/callflows.user'))).toHaveLength(1);
		expect(paths.filter((path) => path.endsWith(`/users/${String(user.id)}`))).toHaveLength(1);
		expect(paths.filter((path) => !path.startsWith('GET '))).toEqual([]);
	});

	test('what is no callflow at all is an error', async () => {
		const result = await call('validate', { source: 'json', document: '[1]' });
		expect(result.error?.message).toBe('JSON must be a JSON object');
		const none = await call('validate', { source: 'stored', callflow: id('={{ $json.none }}') });
		expect(none.error?.message).toBe('Callflow is empty');
	});
});

describe('Describe', () => {
	test('tells a stored callflow with names for ids', async () => {
		const line = await mainLine();
		const told = await demo.first({
			resource: 'callflow',
			operation: 'describe',
			...customer,
			source: 'stored',
			callflow: id(line.id),
		});
		const text = String(told.text);
		expect(text).toMatch(/^Main Line: \+1/);
		expect(text).toMatch(/Time of Day .*Office Hours/);
		expect(text).toMatch(/on Office Hours: .*\n\s+on 1: Ring Group/);
		expect(text).not.toMatch(/[0-9a-f]{32}/);
		expect(String(told.mermaid)).toMatch(/^flowchart TD\n/);
		expect(told.steps).toBe(text.split('\n').length - 1);
	});

	test('says when an id is gone', async () => {
		const gone = 'e'.repeat(32);
		const document = JSON.stringify({ module: 'voicemail', data: { id: gone } });
		const result = await call('describe', { source: 'json', document });
		expect(result.items[0]?.json.text).toBe(`Callflow\n  Voicemail (missing ${gone})`);
	});
});

describe('Create Pivot Step', () => {
	const url = 'https://n8n.example.com/webhook/1/pivot?secret=s';
	const hangup = { module: 'hangup', data: {}, children: {} };
	const made = async (numbers: string) =>
		await demo.create('callflow', { name: 'Asked', numbers: [numbers], flow: hangup }, customer);
	const create = async (callflowId: unknown, more: INodeParameters) =>
		await call('createPivotStep', { callflowId: id(callflowId), place: 'first', url, ...more });

	test('puts it in front, once, and keeps everything else', async () => {
		const callflow = await made('4801');
		const first = await create(callflow.id, { additionalFields: { timeout: 3, debug: true } });
		expect(first.error).toBeUndefined();
		expect(first.items[0]?.json).toMatchObject({
			callflow_name: 'Asked',
			numbers: ['4801'],
			flow: {
				module: 'pivot',
				data: { voice_url: url, method: 'post', req_format: 'kazoo', req_timeout_ms: 3000, debug: true },
				children: { _: hangup },
			},
		});
		const again = await create(callflow.id, { url: `${url}2` });
		expect(again.items[0]?.json).toMatchObject({
			done: 'Changed the address of the Pivot step that was there already',
			flow: { data: { voice_url: `${url}2`, debug: true }, children: { _: hangup } },
		});
	});

	test('puts it in place of the old steps when told so', async () => {
		const callflow = await made('4802');
		const result = await create(callflow.id, { place: 'only' });
		expect(result.items[0]?.json.flow).toMatchObject({ module: 'pivot', children: {} });
	});

	test('an address that is none is refused before anything is sent', async () => {
		const result = await create('0'.repeat(32), { url: 'n8n.example.com/webhook' });
		expect(result.error?.message).toBe('URL must begin with http:// or https://');
		expect(demo.requests()).toEqual([]);
	});
});
