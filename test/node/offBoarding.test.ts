/** User: Off-Board through n8n's engine against the sandbox: nothing rings who has left, and it can be taken back. */
import { createHash } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';

import { Demo, id } from './demo';
import { CredentialStore } from './harness/credentials';
import type { NodeOptions, NodeResult } from './harness/engine';

let demo: Demo;
let account: INodeParameters;
let accountId: string;

beforeEach(async () => {
	demo = await Demo.open(0);
	account = demo.customer(0);
	accountId = demo.sandbox.demo.customers[0]?.id ?? '';
});

afterEach(async () => {
	await demo.close();
});

/** Olivia (104) has a direct number and is the first of the reception; Hannah (101) is its last. */
const leave = async (
	form: object = {},
	operation = 'offBoard',
	more: IDataObject = {},
	options: NodeOptions = {},
): Promise<NodeResult> =>
	await demo.run(
		{
			resource: 'user',
			operation,
			...account,
			userId: id('104'),
			successor: id(''),
			numbersTo: 'spare',
			stepsTo: 'successor',
			voicemailTo: 'successor',
			phonesTo: 'keep',
			userTo: 'disable',
			...form,
			additionalFields: { leaveTokens: true, ...more },
		},
		options,
	);
/** How exports call them. */
const HANNAH_IS = 'admin@blue.sandbox.example';
const OLIVIA_IS = 'olivia.brooks@bluedoor.example';
const HANNAH = { successor: id('Hannah Lindqvist') };
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;
const records = (result: NodeResult): IDataObject[] => {
	if (result.error) throw new Error(words(result));
	return result.items.map(({ json }) => json);
};
const list = async (resource: string): Promise<IDataObject[]> =>
	await demo.records({ resource, operation: 'getAll', returnAll: true, simplify: false, ...account });
const document = async (): Promise<IDataObject> =>
	await demo.first({ resource: 'customerBlueprint', operation: 'exportDocument', ...account });
const exported = async (): Promise<string> => JSON.stringify(await document(), null, 1);
const flows = async (): Promise<Record<string, IDataObject>> =>
	Object.fromEntries(
		((await document()).callflows as IDataObject[]).map((flow) => [String(flow.name), flow]),
	);
const revert = async (journal: IDataObject[]): Promise<IDataObject[]> =>
	await demo.records(
		{
			resource: 'changePlan',
			operation: 'revert',
			changesFrom: 'items',
			additionalFields: { allowDeletes: true, goOn: true },
		},
		{ items: journal.map((json) => ({ json })) },
	);

describe('somebody leaves, and a successor takes over', () => {
	test('all that rang the person rings the successor; taken back, all is as it was', async () => {
		const before = await exported();
		const results = records(await leave({ ...HANNAH, numbersTo: 'successor' }));
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		expect(results.every(({ why }) => String(why).startsWith('Olivia Brooks leaves'))).toBe(true);
		const text = JSON.stringify(await document());
		const after = JSON.parse(text) as Record<string, IDataObject[]>;
		expect(after.users?.find(({ first_name: name }) => name === 'Olivia')).toMatchObject({ enabled: false });
		const { users: _, ...rest } = after;
		expect(JSON.stringify(rest)).not.toContain(OLIVIA_IS);
		const { 'Hannah Lindqvist': own, 'Reception Team': team } = await flows();
		expect(own?.numbers).toContain('+12065550104');
		expect(JSON.stringify(team?.flow).split(HANNAH_IS)).toHaveLength(2);
		const group = after.groups?.find(({ name }) => name === 'Reception');
		expect(group?.endpoints).toMatchObject({ [HANNAH_IS]: { type: 'user' } });
		expect(JSON.stringify(group?.endpoints)).not.toContain(OLIVIA_IS);
		expect(
			after.devices?.filter(({ owner_id: owner, enabled }) => owner === undefined && enabled === false),
		).toHaveLength(1);
		expect(records(await leave({ ...HANNAH, numbersTo: 'successor' })).map(({ change }) => change)).toEqual([
			'Nothing',
		]);
		const back = await revert(results);
		expect(back.filter(({ result }) => result === 'failed')).toEqual([]);
		expect(await exported()).toBe(before);
	});

	test('a deleted user, box and phones come back with new IDs, and what points at them knows', async () => {
		const before = await exported();
		const results = records(
			await leave({
				...HANNAH,
				numbersTo: 'successor',
				userTo: 'delete',
				phonesTo: 'delete',
				voicemailTo: 'delete',
			}),
		);
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		expect((await list('user')).map(({ first_name: name }) => name)).not.toContain('Olivia');
		expect((await list('voicemailBox')).map(({ mailbox }) => mailbox)).not.toContain('104');
		expect(JSON.stringify(await document())).not.toContain('Olivia');
		const back = await revert(results);
		expect(back.filter(({ result }) => result === 'failed')).toEqual([]);
		expect(await exported()).toBe(before);
	});

	test('planned, approved, applied: the same', async () => {
		const before = await exported();
		const plan = records(await leave(HANNAH, 'planOffBoarding'));
		expect(await exported()).toBe(before);
		expect(plan.map(({ change }) => change)).not.toContain(undefined);
		const table = plan.map(({ plan: _, account_id: __, id: ___, ...shown }) => shown);
		expect(JSON.stringify(table)).not.toMatch(/[0-9a-f]{32}/);
		const results = await demo.records(
			{
				resource: 'changePlan',
				operation: 'apply',
				changesFrom: 'items',
				additionalFields: { allowDeletes: true },
			},
			{ items: plan.map((json) => ({ json })) },
		);
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		expect(records(await leave(HANNAH)).map(({ change }) => change)).toEqual(['Nothing']);
	});
});

describe('log-ins', () => {
	const LOGIN = { accountBy: 'name', hash: 'md5', login: 'password' };

	test('end: tokens and the password are worthless; an API key says that it may not', async () => {
		const user = (await list('user')).find(({ presence_id: extension }) => extension === '104');
		const password = 'Before-the-end-104';
		await demo.first({
			resource: 'user',
			operation: 'update',
			...account,
			userId: id(user?.id),
			bodyMode: 'json',
			bodyJson: JSON.stringify({ username: user?.username }),
			password,
		});
		const { url } = demo.sandbox;
		const credentials = md5(`${String(user?.username)}:${password}`);
		const body = JSON.stringify({ data: { credentials, account_name: 'Blue Door Dental' } });
		const logIn = async (): Promise<Response> =>
			await fetch(`${url}/v2/user_auth`, {
				method: 'PUT',
				headers: { 'content-type': 'application/json' },
				body,
			});
		const { auth_token: token } = (await (await logIn()).json()) as { auth_token: string };
		const ask = async (): Promise<number> =>
			(await fetch(`${url}/v2/accounts/${accountId}/users`, { headers: { 'x-auth-token': token } })).status;
		expect(await ask()).toBe(200);
		expect(words(await leave(HANNAH, 'offBoard', { leaveTokens: false }))).toMatch(
			/Log-In Tokens: an API key may not end them/,
		);
		const { username, password: secret } = demo.sandbox.demo.reseller;
		const { name } = demo.sandbox.demo.reseller;
		const data = { serverUrl: url, ...LOGIN, username, password: secret, account: name };
		const admin = new CredentialStore({ type: new CrossbarApi(), data });
		const results = records(
			await leave(HANNAH, 'offBoard', { leaveTokens: false, resetApiKey: true }, { credentials: admin }),
		);
		expect(results.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Log-In Tokens', 'API Key']));
		expect(await ask()).toBe(401);
		expect((await logIn()).status).toBe(401);
		const key = results.find(({ kind }) => kind === 'API Key')?.secrets as IDataObject;
		expect(String(key.api_key)).toMatch(/^[0-9a-f]{64}$/);
	});
});

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

describe('the numbers', () => {
	test('go to a callflow, with the extension', async () => {
		records(
			await leave({ ...HANNAH, numbersTo: 'callflow', numbersCallflow: id('Reception Team') }, 'offBoard', {
				withExtension: true,
			}),
		);
		expect((await flows())['Reception Team']?.numbers).toEqual(['200', '104', '+12065550104']);
	});

	test('play an announcement', async () => {
		const media = (await list('media'))[0];
		const before = await exported();
		const results = records(
			await leave({ ...HANNAH, numbersTo: 'announcement', numbersMedia: id(media?.name) }),
		);
		const flow = (await flows())['Olivia Brooks has left'];
		expect(flow).toMatchObject({
			numbers: ['+12065550104'],
			flow: { module: 'play', data: { id: media?.name } },
		});
		await revert(results);
		expect(await exported()).toBe(before);
	});

	test('are kept spare: the next who joins gets one of them', async () => {
		records(await leave(HANNAH));
		const text = JSON.stringify((await document()).callflows);
		expect(text).not.toContain('+12065550104');
		expect((await list('phoneNumber')).map(({ id: number }) => number)).toContain('+12065550104');
	});

	test('are given back', async () => {
		const results = records(await leave({ ...HANNAH, numbersTo: 'release' }));
		const released = results.find(({ kind }) => kind === 'Phone Number');
		expect(released).toMatchObject({ change: 'Delete', name: '+12065550104', result: 'done' });
		expect(String(released?.can_be_undone)).toMatch(/^no: /);
		expect((await list('phoneNumber')).map(({ id: number }) => number)).not.toContain('+12065550104');
	});
});

describe('voicemail', () => {
	test('messages come as files, then the box goes', async () => {
		const leaving = { userId: id('101'), successor: id('104'), voicemailTo: 'export' };
		const boxes = await list('voicemailBox');
		const box = boxes.find(({ mailbox }) => mailbox === '101');
		const result = await leave(leaving);
		const messages = result.items.filter(({ json }) => json.kind === 'Voicemail Message');
		expect(messages.length).toBe(Number(box?.messages));
		expect(messages.length).toBeGreaterThan(0);
		for (const { binary } of messages) expect(binary?.data?.mimeType).toMatch(/^audio\//);
		expect((await list('voicemailBox')).map(({ mailbox }) => mailbox)).not.toContain('101');
		const changes = records(result).filter(({ result: done }) => done !== undefined);
		expect(changes.at(-1)).toMatchObject({ kind: 'Voicemail Box', change: 'Delete' });
	});

	test('messages stay when something fails', async () => {
		demo.sandbox.faults([
			{ kind: 'status', status: 400, method: 'DELETE', path: `/v2/accounts/${accountId}/callflows` },
		]);
		const failed = await leave({ ...HANNAH, voicemailTo: 'export' });
		demo.sandbox.faults([]);
		expect(words(failed)).toMatch(/failed/);
		expect((await list('voicemailBox')).map(({ mailbox }) => mailbox)).toContain('104');
		const goOn = await leave({ ...HANNAH, voicemailTo: 'export' }, 'offBoard', { onFailure: 'goOn' });
		expect(words(goOn)).toMatch(/Messages cannot be kept as files when On Failure is Go On/);
	});

	test('stays, and is nobody’s', async () => {
		records(await leave({ ...HANNAH, voicemailTo: 'keep' }));
		const box = (await list('voicemailBox')).find(({ mailbox }) => mailbox === '104');
		expect(box).toBeDefined();
		expect(box?.owner_id).toBeUndefined();
	});
});

describe('without a successor', () => {
	const ALONE = { successor: id(''), stepsTo: 'remove', voicemailTo: 'keep' };

	test('the person is taken out where others remain', async () => {
		const before = await exported();
		const results = records(await leave(ALONE));
		const { 'Reception Team': team } = await flows();
		expect(JSON.stringify(team?.flow)).not.toContain(OLIVIA_IS);
		expect(JSON.stringify(team?.flow)).toContain('noor.haddad@bluedoor.example');
		await revert(results);
		expect(await exported()).toBe(before);
	});

	test('where a call would end in nothing it is told, and nothing is done', async () => {
		const user = (await list('user')).find(({ presence_id: extension }) => extension === '104');
		await demo.create(
			'callflow',
			{
				name: 'Night Line',
				numbers: ['700'],
				flow: {
					module: 'prepend_cid',
					data: { caller_id_name_prefix: 'N' },
					children: { _: { module: 'user', data: { id: user?.id }, children: {} } },
				},
			},
			account,
		);
		demo.sandbox.clearRequests();
		expect(words(await leave(ALONE))).toMatch(
			/Callflow “Night Line” flow\.children\._: calls would end in nothing without Olivia Brooks/,
		);
		expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
		records(await leave(HANNAH));
		expect(JSON.stringify((await flows())['Night Line']?.flow)).toContain(HANNAH_IS);
	});
});

describe('what cannot be meant', () => {
	test.each<[string, object, RegExp]>([
		[
			'no successor',
			{ successor: id(''), numbersTo: 'successor' },
			/Successor: it is empty, and Numbers and Voicemail and Callflows, Groups and Queues go there/,
		],
		['the person as successor', { successor: id('104') }, /Successor: it is who leaves/],
		['an unknown choice', { ...HANNAH, phonesTo: 'burn' }, /Phones: it cannot be “burn”/],
		['nobody', { ...HANNAH, userId: id('Nobody') }, /none is called “Nobody”/],
		[
			'an announcement that is not there',
			{ ...HANNAH, numbersTo: 'announcement', numbersMedia: id('Gone') },
			/none is called “Gone”/,
		],
		[
			'no announcement',
			{ ...HANNAH, numbersTo: 'announcement', numbersMedia: id('={{ "" }}') },
			/Announcement: it is empty/,
		],
		[
			'the own callflow',
			{ ...HANNAH, numbersTo: 'callflow', numbersCallflow: id('Olivia Brooks') },
			/rings Olivia Brooks alone, and goes too/,
		],
	])('%s', async (_, form, expected) => {
		demo.sandbox.clearRequests();
		expect(words(await leave(form))).toMatch(expected);
		expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});
