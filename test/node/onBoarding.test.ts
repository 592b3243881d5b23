/** User: On-Board through n8n's engine against the sandbox: who joins can be called, nothing is doubled, all can be taken back. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo } from './demo';
import type { NodeResult } from './harness/engine';

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

const FORM = {
	firstName: 'Nora',
	lastName: 'Whitfield',
	extension: '131',
	email: 'Nora.Whitfield@bluedoor.example',
	number: 'spare',
	phones: {
		step: [
			{ kind: 'deskPhone', mac: '00:15:65:AA:01:31', brand: 'Yealink', model: 'T54W' },
			{ kind: 'softphone' },
		],
	},
	voicemail: 'email',
};
const MORE = {
	groups: 'Reception',
	directory: 'Company Directory',
	pin: '274951',
	timezone: 'new york',
	language: 'EN-us',
	forwardTo: '(415) 555-0199',
	doNotDisturb: true,
	hotDesk: true,
	recording: 'inbound',
	isAdmin: true,
	callerIdName: 'Blue Door',
};
const ADDRESS = {
	emergencyStreet: '1 Main St',
	emergencyCity: 'Seattle',
	emergencyRegion: 'WA',
	emergencyPostalCode: '98101',
};

const join = async (
	form: object = {},
	more: IDataObject = {},
	operation = 'onBoard',
	items?: IDataObject[],
): Promise<NodeResult> =>
	await demo.run(
		{
			resource: 'user',
			operation,
			...account,
			...FORM,
			...form,
			additionalFields: more,
		} as INodeParameters,
		items ? { items: items.map((json) => ({ json })) } : {},
	);
const records = (result: NodeResult): IDataObject[] => {
	if (result.error) throw new Error(words(result));
	return result.items.map(({ json }) => json);
};
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;
const list = async (resource: string): Promise<IDataObject[]> =>
	await demo.records({ resource, operation: 'getAll', returnAll: true, simplify: false, ...account });
const exported = async (): Promise<string> =>
	JSON.stringify(
		await demo.first({ resource: 'customerBlueprint', operation: 'exportDocument', ...account }),
		null,
		1,
	);
const revert = async (journal: IDataObject[]): Promise<IDataObject[]> =>
	await demo.records(
		{
			resource: 'changePlan',
			operation: 'revert',
			changesFrom: 'items',
			additionalFields: { allowDeletes: true },
		},
		{ items: journal.map((json) => ({ json })) },
	);
const stored = async (resource: string, field: string, value: string): Promise<IDataObject> => {
	const found = (await list(resource)).find((entry) => entry[field] === value);
	if (!found) throw new Error(`No ${resource} with ${field} ${value}`);
	const key = { user: 'userId', device: 'deviceId', voicemailBox: 'vmboxId', callflow: 'callflowId' }[
		resource
	];
	return await demo.first({
		resource,
		operation: 'get',
		simplify: false,
		...account,
		[String(key)]: { __rl: true, mode: 'id', value: found.id },
	});
};

describe('somebody joins', () => {
	test('with all there is, and is called by extension and number, else voicemail', async () => {
		const before = await exported();
		const results = records(await join({}, MORE));
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		const user = await stored('user', 'username', 'nora.whitfield@bluedoor.example');
		const flow = await stored('callflow', 'name', 'Nora Whitfield');
		const [number, direct = ''] = flow.numbers as string[];
		expect([number, direct]).toEqual(['131', '+12065550111']);
		expect(user).toMatchObject({
			first_name: 'Nora',
			email: 'nora.whitfield@bluedoor.example',
			presence_id: '131',
			priv_level: 'admin',
			timezone: 'America/New_York',
			language: 'en-us',
			vm_to_email_enabled: true,
			call_forward: { enabled: true, number: '+14155550199' },
			do_not_disturb: { enabled: true },
			hotdesk: { enabled: true, id: '131', pin: '274951', require_pin: true },
			call_recording: { inbound: { any: { enabled: true } } },
			caller_id: {
				internal: { name: 'Nora Whitfield', number: '131' },
				external: { name: 'Blue Door', number: direct },
			},
			directories: { [String((await list('directory'))[0]?.id)]: flow.id },
		});
		expect(await stored('device', 'mac_address', '001565aa0131')).toMatchObject({
			owner_id: user.id,
			device_type: 'sip_device',
			provision: { endpoint_brand: 'yealink', endpoint_model: 't54w' },
		});
		expect(await stored('voicemailBox', 'mailbox', '131')).toMatchObject({
			owner_id: user.id,
			pin: '274951',
		});
		const secrets = results.filter((item) => item.secrets);
		expect(secrets.map(({ kind }) => kind).sort()).toEqual(['Device', 'Device', 'User']);
		expect(JSON.stringify(results.map(({ secrets: _, ...rest }) => rest))).not.toContain('274951');

		expect(records(await join({}, MORE)).map(({ change }) => change)).toEqual(['Nothing']);
		const back = await revert(results);
		expect(back.filter(({ result }) => result !== 'done')).toEqual([]);
		expect(await exported()).toBe(before);
	});

	test.each([['131'], ['+12065550111']])(
		'and is reached at %s, and leaves a voicemail otherwise',
		async (to) => {
			const { secrets } = records(await join()).find(({ kind }) => kind === 'Voicemail Box') ?? {};
			expect(String((secrets as IDataObject).pin)).toMatch(/^\d{6}$/);
			const phone = (await list('device')).find(({ mac_address: mac }) => mac === '001565aa0131');
			await fetch(`${demo.sandbox.url}/sandbox/devices/${String(phone?.id)}`, {
				method: 'PUT',
				headers: { 'content-type': 'application/json' },
				body: '{"registered":true}',
			});
			const dial = { from: to === '131' ? '102' : '+14155550142', to, account: accountId, speed: 200 };
			const answered = await demo.sandbox.call(dial);
			expect(answered.bridged).toBe(true);
			expect(answered.legs.some(({ name, answered: up }) => up && name.includes('Nora Whitfield'))).toBe(
				true,
			);
			const steps = [{ do: 'noAnswer' }, { do: 'leaveMessage' }];
			const missed = await demo.sandbox.call({ ...dial, steps });
			expect(missed.messages).toHaveLength(1);
		},
	);

	test('planned, approved, applied', async () => {
		const before = await exported();
		const plan = records(await join({}, MORE, 'planOnBoarding'));
		expect(await exported()).toBe(before);
		expect(plan.map(({ change, kind }) => `${String(change)} ${String(kind)}`)).toEqual([
			'Create User',
			'Create Device',
			'Create Device',
			'Create Voicemail Box',
			'Change Group',
			'Create Callflow',
			'Change User',
		]);
		expect(plan.every(({ why }) => String(why).startsWith('Nora Whitfield joins'))).toBe(true);
		const results = await demo.records(
			{ resource: 'changePlan', operation: 'apply', changesFrom: 'items', additionalFields: {} },
			{ items: plan.map((json) => ({ json })) },
		);
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		expect(records(await join({}, MORE)).map(({ change }) => change)).toEqual(['Nothing']);
	});

	test('from rows of a sheet, with and without a desk phone; each gets a spare number of their own', async () => {
		const form = {
			firstName: '={{ $json.first }}',
			lastName: '={{ $json.last }}',
			extension: '={{ $json.extension }}',
			email: '={{ $json.email }}',
			phones: { step: [{ kind: 'deskPhone', mac: '={{ $json.mac }}' }] },
		};
		const rows = [
			{ first: 'Ada', last: 'Ash', extension: 141, email: 'ada@bluedoor.example', mac: '02-00-00-00-01-41' },
			{ first: 'Ben', last: 'Birch', extension: '142', email: 'ben@bluedoor.example', mac: '' },
		];
		const results = records(await join(form, {}, 'onBoard', rows));
		expect(results.filter(({ kind }) => kind === 'Device')).toHaveLength(1);
		const numbers = (await list('callflow'))
			.filter(({ name }) => ['Ada Ash', 'Ben Birch'].includes(String(name)))
			.map(({ numbers: own }) => own);
		expect(numbers.sort()).toEqual([
			['141', '+12065550111'],
			['142', '+12065550112'],
		]);
	});

	test('takes over a phone that is nobody’s, with a new password', async () => {
		const phone = await demo.create(
			'device',
			{ name: 'Old', mac_address: '00:15:65:aa:01:31', sip: { password: 'old-password' } },
			account,
		);
		const results = records(await join());
		expect(results.find(({ id }) => id === phone.id)).toMatchObject({ change: 'Change', kind: 'Device' });
		const after = await stored('device', 'mac_address', '001565aa0131');
		expect((after.sip as IDataObject).password).not.toBe('old-password');
		expect((await list('device')).filter(({ mac_address: mac }) => mac === '001565aa0131')).toHaveLength(1);
	});

	test('a run that broke off is finished by running it again', async () => {
		demo.sandbox.faults([
			{ kind: 'status', status: 400, method: 'PUT', path: `/v2/accounts/${accountId}/callflows` },
		]);
		expect(words(await join())).toMatch(/1 failed/);
		demo.sandbox.faults([]);
		expect(records(await join()).map(({ kind, result }) => [kind, result])).toEqual([['Callflow', 'done']]);
	});
});

describe('what stands in the way is told, and nothing is made', () => {
	test.each<[string, object, IDataObject, RegExp]>([
		['an extension of a colleague', { extension: '102' }, {}, /Extension: 102 is (that of|taken by).*Samuel/],
		[
			'an extension of a team',
			{ extension: '200' },
			{},
			/Extension: 200 is taken by Callflow “Reception Team”/,
		],
		['an extension that calls for help', { extension: '911' }, {}, /911 is dialled for help/],
		['no extension', { extension: 'abc' }, {}, /Extension: “abc” is not 2 to 7 digits/],
		[
			'a number in use',
			{ number: 'given', givenNumber: '+12065550104' },
			{},
			/Number: \+12065550104 is taken by Callflow “Olivia/,
		],
		['a number of nobody', { number: 'given', givenNumber: '+14155550177' }, {}, /does not have the number/],
		['no number', { number: 'given', givenNumber: '={{ "" }}' }, {}, /Number: it is empty/],
		['an unknown group', {}, { groups: 'Recepton' }, /Groups: there is no Group “Recepton”/],
		['an unknown directory', {}, { directory: 'Staff' }, /Directory: there is no Directory “Staff”/],
		[
			'a user name of somebody',
			{},
			{ username: 'ADMIN@blue.sandbox.example' },
			/User Name: admin@blue.sandbox.example is that of Hannah Lindqvist/,
		],
		['a weak PIN', {}, { pin: '1234' }, /PIN: anybody would guess it/],
		['a PIN like the extension', {}, { pin: '0131' }, /PIN: anybody would guess it/],
		['a PIN with letters', {}, { pin: '12a4' }, /PIN: it has to be 4 to 6 digits/],
		[
			'no MAC address',
			{ phones: { step: [{ kind: 'deskPhone', mac: '00:15:65' }] } },
			{},
			/Phone 1: “00:15:65” is no MAC address/,
		],
		[
			'a phone twice',
			{
				phones: {
					step: [
						{ kind: 'deskPhone', mac: '001565aa0131' },
						{ kind: 'deskPhone', mac: '00:15:65:aa:01:31' },
					],
				},
			},
			{},
			/001565aa0131/,
		],
		['mail without an address', { email: '' }, {}, /Voicemail: messages cannot be mailed without an Email/],
		['no e-mail address', { email: 'nora at home' }, {}, /Email: “nora at home” is no e-mail address/],
		['no time zone', {}, { timezone: 'Mars/Base' }, /Time Zone is not a time zone/],
		['half an address', {}, { emergencyCity: 'Seattle' }, /Emergency Address: Street: it is empty/],
		['an address without a number', { number: 'none' }, ADDRESS, /Emergency Address: it belongs to a number/],
		[
			'a caller ID of others',
			{},
			{ callerIdNumber: '+14155550177' },
			/Caller ID Number: the account does not have/,
		],
		['an unknown choice', { voicemail: 'sometimes' }, {}, /Voicemail: it cannot be “sometimes”/],
	])('%s', async (_, form, more, expected) => {
		demo.sandbox.clearRequests();
		expect(words(await join(form, more))).toMatch(expected);
		expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('a phone of a colleague', async () => {
		const phone = (await list('device')).find(({ mac_address: mac }) => mac);
		const step = [{ kind: 'deskPhone', mac: String(phone?.mac_address) }];
		expect(words(await join({ phones: { step } }))).toMatch(/Phone 1: .* is Device “.*” of /);
	});

	test('no spare number', async () => {
		for (const [index, extension] of ['141', '142', '143'].entries())
			records(
				await join({ firstName: `N${index}`, email: `n${index}@bluedoor.example`, extension, phones: {} }),
			);
		expect(words(await join())).toMatch(/Direct Number: the account has no spare number/);
	});

	test('somebody who is there already, with another extension', async () => {
		records(await join());
		expect(words(await join({ extension: '132' }))).toMatch(/Nora Whitfield is there already, with 131/);
		expect(words(await join({ firstName: 'Eve' }))).toMatch(/is that of Nora Whitfield/);
	});
});
