/** Conferences: who comes in, what the API shows of them and does to them, and what is told of it. */
import { Client } from './client';
import { type Office, obeyCommands, openOffice, step } from './calls-setup';
import { Socket } from './socket';

let office: Office;
let client: Client;
let id: string;
/** Reports of calls that go on. */
let running: Promise<{ transcript: { leg: string; what: string }[] }>[];

const EXTENSIONS = ['2001', '2002', '2003'] as const;

async function open(options: object = {}): Promise<void> {
	office = await openOffice({ callSpeed: 100, allowLoopbackUris: true, ...options });
	client = new Client(office.sandbox);
	const { store } = office.sandbox;
	store.createUser(office.account, { username: 'boss', priv_level: 'admin' }, { password: 'secret' });
	await client.logIn('boss', 'secret', { account_realm: 'office.example' });
	({ _id: id } = store.create(office.account, 'conference', { name: 'Weekly' }));
	running = [];
}

beforeEach(() => open());
afterEach(async () => {
	await office.sandbox.close();
	await Promise.all(running);
});

/** A participant as the API lists him; what the tests read of him. */
interface Person {
	readonly participant_id: number;
	readonly call_id: string;
	readonly conference_channel_vars: Readonly<Record<'speak' | 'hear', boolean>>;
}

/** What an event of a conference tells. */
interface Told {
	readonly event: string;
	readonly instance_id: string;
}

const toldBy = async (socket: Socket) => (await socket.events()).map(({ data }) => data as Told);

/** Whom `dial` rang, and what came of it. */
const responsesOf = (data: unknown) =>
	(data as { endpoint_responses: Array<{ call_id?: string }> }).endpoint_responses;

const people = async () => (await client.own('GET', `/conferences/${id}/participants`)).body.data as Person[];

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
	for (let tries = 0; tries < 300; tries++) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	throw new Error('nothing happened');
}

/** Somebody calls the conference, and stays in it. */
async function join(
	from: string,
	data: object = {},
	steps: unknown[] = [{ do: 'hangUp', after: 7200 }],
): Promise<void> {
	const before = (await people()).length;
	office.route([`88${from}`], step('conference', { id, ...data }));
	running.push(office.sandbox.call({ from, to: `88${from}`, account: office.account, steps }));
	await until(async () => (await people()).length > before);
}

const act = async (path: string, body: object) => {
	const { status, body: answer } = await client.own('PUT', `/conferences/${id}${path}`, {
		raw: JSON.stringify(body),
		headers: { 'content-type': 'application/json' },
	});
	return [status, status < 300 ? answer.data : Object.keys(answer.data as object)] as const;
};
const does = (action: string) => ({ data: { action } });

const flags = async () =>
	(await people()).map(({ conference_channel_vars: vars }) => [vars.speak, vars.hear]);

describe('who is in', () => {
	it('is shown, one by one and in numbers', async () => {
		expect(await people()).toEqual([]);
		await join('2001', { moderator: true });
		await join('2002');
		expect(await people()).toMatchObject([
			{
				participant_id: 1,
				call_id: expect.any(String),
				caller_id_name: 'Alice Reception',
				caller_id_number: '2001',
				duration: expect.any(Number),
				join_time: expect.any(Number),
				conference_channel_vars: {
					is_moderator: true,
					speak: true,
					hear: true,
					talking: false,
					mute_detect: false,
				},
				custom_channel_vars: { owner_id: office.ids.alice },
			},
			{ participant_id: 2, caller_id_number: '2002', conference_channel_vars: { is_moderator: false } },
		]);
		const facts = { members: 1, moderators: 1, duration: expect.any(Number), is_locked: false };
		const [row] = (await client.own('GET', '/conferences')).body.data as Array<{ _read_only: object }>;
		expect(row?._read_only).toEqual(facts);
		const single = await client.own('GET', `/conferences/${id}`);
		expect(single.body.data._read_only).toMatchObject({ ...facts, participants: [{}, {}] });
		const one = await client.own('GET', `/conferences/${id}/participants/2`);
		expect(one.body.data).toMatchObject({ participant_id: 2, caller_id_number: '2002' });
		const none = await client.own('GET', `/conferences/${id}/participants/9`);
		expect([none.status, none.body.data]).toEqual([200, {}]);
	});

	it('is let in by number and PIN, which tell moderators from members', async () => {
		const { store } = office.sandbox;
		store.create(office.account, 'conference', {
			name: 'Secret',
			conference_numbers: ['500'],
			member: { pins: ['11'], join_muted: true },
			moderator: { pins: ['22'] },
		});
		office.route(['8800'], step('conference', {}));
		const call = (steps: string[]) =>
			office.sandbox.call({
				from: '2001',
				to: '8800',
				account: office.account,
				steps: [...steps.map((digits) => ({ do: 'digits', digits })), { do: 'talk', after: 3 }, 'hangUp'],
			});
		const heard = async (steps: string[]) => (await call(steps)).transcript.map(({ what }) => what);
		expect(await heard(['500', '22'])).toEqual(
			expect.arrayContaining(['joins the conference "Secret"', 'speaks for 5 seconds']),
		);
		expect(await heard(['500', '99', '11'])).toContain('speaks, but is muted');
		expect(await heard(['500', '1', '2', '3'])).not.toContain('joins the conference "Secret"');
		expect(await heard(['7'])).toContain('is asked for the number of the conference');
	});

	it('hears that it is locked, or full', async () => {
		await join('2001');
		expect(await act('', does('lock'))).toEqual([201, 'ok']);
		const outside = () =>
			office.sandbox.call({ from: '2002', to: '882001', account: office.account, steps: [] });
		expect(JSON.stringify((await outside()).transcript)).toContain('the conference is locked');
		expect((await client.own('GET', `/conferences/${id}`)).body.data._read_only.is_locked).toBe(true);
		expect(await act('', does('unlock'))).toEqual([201, 'ok']);
		await client.own('PATCH', `/conferences/${id}`, { data: { max_participants: 1 } });
		expect(JSON.stringify((await outside()).transcript)).toContain('the conference is full');
	});
});

describe('what is done to people', () => {
	beforeEach(async () => {
		await join('2001', { moderator: true });
		await join('2002');
		await join('2003');
	});

	it('mute and deaf mean one, or all but the moderators', async () => {
		expect(await act('/participants/1', does('mute'))).toEqual([201, 'ok']);
		expect(await act('/participants/2', does('deaf'))).toEqual([201, 'ok']);
		expect(await flags()).toEqual([
			[false, true],
			[true, false],
			[true, true],
		]);
		await act('/participants', does('mute'));
		await act('/participants', does('undeaf'));
		expect(await flags()).toEqual([
			[false, true],
			[false, true],
			[false, true],
		]);
		await act('/participants', does('unmute'));
		expect((await flags()).map(([speaks]) => speaks)).toEqual([false, true, true]);
		await act('/participants/1', does('unmute'));
		expect((await flags())[0]).toEqual([true, true]);
	});

	it('kick puts one out, or all', async () => {
		expect(await act('/participants/2', does('kick'))).toEqual([201, 'ok']);
		await until(async () => (await people()).length === 2);
		expect((await people()).map(({ participant_id: one }) => one)).toEqual([1, 3]);
		await act('/participants', does('kick'));
		await until(async () => (await people()).length === 0);
		const reports = await Promise.all(running);
		for (const { transcript } of reports)
			expect(transcript.map(({ what }) => what)).toContain('is put out of the conference');
	});

	it('they hear what is played, and are related', async () => {
		const { _id: media_id } = office.sandbox.store.create(office.account, 'media', { name: 'Song' });
		expect(await act('', { data: { action: 'play', data: { media_id } } })).toEqual([201, 'ok']);
		expect(await act('/participants/1', { action: 'play', data: { media_id } })).toEqual([201, 'ok']);
		const data = { participant_id: 1, other_participant: 2, relationship: 'mute' };
		expect(await act('/participants', { data: { action: 'relate', data } })).toEqual([
			201,
			'relating participants',
		]);
		const unknown = { data: { action: 'relate', data: { ...data, other_participant: 9 } } };
		expect(await act('/participants', unknown)).toEqual([404, ['id']]);
		await act('/participants', does('kick'));
		const [first, second] = await Promise.all(running);
		const songs = (report: typeof first) =>
			report?.transcript.filter(({ what }) => what === 'hears the recording "Song"').length;
		expect([songs(first), songs(second)]).toEqual([2, 1]);
	});

	it('recordings remain', async () => {
		const record = (action: string) => act('', { data: { action: 'record', data: { action } } });
		expect(await record('start')).toEqual([201, 'starting recording']);
		expect(await record('stop')).toEqual([201, 'stopping recording']);
		expect((await client.own('GET', '/recordings')).body.data).toHaveLength(1);
	});

	it('a hang-up by the channels API takes one out', async () => {
		obeyCommands(office);
		const [, second] = await people();
		await client.own('POST', `/channels/${encodeURIComponent(second?.call_id ?? '')}`, {
			data: { action: 'hangup' },
		});
		await until(async () => (await people()).length === 2);
		await running[1];
	});
});

describe('dial', () => {
	const dial = (endpoints: unknown) => act('', { data: { action: 'dial', data: { endpoints } } });

	it('rings people up, who then are in', async () => {
		office.route(['2001'], step('user', { id: office.ids.alice }));
		const [status, data] = await dial(['2001', office.ids.bob, '+14155550142']);
		expect([status, responsesOf(data)]).toMatchObject([
			201,
			[{ status: 'success' }, { status: 'success' }, { status: 'success', call_id: expect.any(String) }],
		]);
		await until(async () => (await people()).length === 3);
		expect((await people()).map(({ call_id: call }) => call).sort()).toEqual(
			responsesOf(data)
				.map(({ call_id: call }) => call)
				.sort(),
		);
	});

	it('says whom it could not reach, and refuses whom there is not', async () => {
		const phone = office.ids["alice's phone"];
		await fetch(`${office.sandbox.url}/sandbox/devices/${phone}`, {
			method: 'PUT',
			body: JSON.stringify({ registered: false }),
			headers: { 'content-type': 'application/json' },
		});
		const [, data] = await dial([office.ids.alice, office.ids.bob]);
		expect(responsesOf(data)).toMatchObject([
			{ status: 'error', message: 'USER_NOT_REGISTERED' },
			{ status: 'success' },
		]);
		expect(await dial(['f'.repeat(32)])).toEqual([400, ['data.endpoints']]);
		expect(await dial([phone])).toEqual([400, ['data.endpoints.1', 'data.endpoints']]);
		expect(await dial([office.ids.bob, 'not-anybody'])).toEqual([400, ['data.endpoints.2']]);
		const { store } = office.sandbox;
		const doc = store.database(office.account).get(String(phone));
		if (doc) store.save(office.account, { ...doc, enabled: false });
		expect(await dial([office.ids.alice])).toEqual([400, ['data.endpoints']]);
	});
});

it.each([
	['', { data: { action: 'dance' } }, [404, ['message']]],
	['/participants', { data: { action: 'dance' } }, [404, ['message']]],
	['/participants/1', { data: { action: 'dance' } }, [404, ['message']]],
	['/participants/one', { data: { action: 'mute' } }, [500, []]],
	['/participants/77', { data: { action: 'mute' } }, [201, 'ok']],
	['', { data: { action: 'play' } }, [400, ['data.media_id']]],
	['', { data: { action: 'play', data: { media_id: 'f'.repeat(32) } } }, [404, ['cause', 'message']]],
	['', { data: { action: 'record', data: { action: 'pause' } } }, [400, ['data.action']]],
	['', { data: { action: 'record', data: {} } }, [400, ['data.action']]],
	['', { data: { action: 'vars', data: {} } }, [404, ['message']]],
])('PUT %s %j', async (path, body, expected) => {
	const { status, body: answer } = await client.own('PUT', `/conferences/${id}${path}`, {
		raw: JSON.stringify(body),
		headers: { 'content-type': 'application/json' },
	});
	const data = answer.data as unknown;
	expect([status, typeof data === 'object' ? Object.keys(data ?? {}) : (data ?? [])]).toEqual(expected);
});

it('tells websockets of everything', async () => {
	const socket = await Socket.open(office.sandbox.websocketUrl);
	await socket.ask({
		action: 'subscribe',
		auth_token: client.token,
		data: { account_id: office.account, binding: `conference.event.${id}.*` },
	});
	await join('2001', {}, [
		{ do: 'talk', after: 30 },
		{ do: 'hangUp', after: 7200 },
	]);
	await until(async () => (await toldBy(socket)).some(({ event }) => event === 'stop-talking'));
	for (const action of ['mute', 'unmute', 'deaf', 'undeaf', 'kick']) {
		await act('/participants/1', does(action));
		if (action === 'undeaf') {
			await act('', does('lock'));
			await act('', does('unlock'));
		}
	}
	await Promise.all(running);
	const told = await toldBy(socket);
	expect(told.map(({ event }) => event)).toEqual([
		'conference-create',
		'add-member',
		'start-talking',
		'stop-talking',
		'mute-member',
		'unmute-member',
		'deaf-member',
		'undeaf-member',
		'lock',
		'unlock',
		'del-member',
		'conference-destroy',
	]);
	expect(new Set(told.map(({ instance_id: instance }) => instance)).size).toBe(1);
	expect(told[2]).toMatchObject({
		conference_id: id,
		participant_id: 1,
		conference_channel_vars: { talking: true, is_moderator: false },
	});
	socket.close();
});

it('in KAZOO 5 answers 202, knows vars, and its events have a segment more', async () => {
	await office.sandbox.close();
	await open({ profile: 5 });
	const socket = await Socket.open(office.sandbox.websocketUrl);
	const subscribed = await socket.ask({
		action: 'subscribe',
		auth_token: client.token,
		data: { binding: `conference.event.add-member.${id}.*` },
	});
	expect(subscribed.status).toBe('success');
	await join(EXTENSIONS[0]);
	expect((await toldBy(socket)).map(({ event }) => event)).toEqual(['add-member']);
	expect(await act('', does('lock'))).toEqual([202, 'ok']);
	expect(await act('', { data: { action: 'vars', data: {} } })).toEqual([202, 'vars sent']);
	expect(await act('/participants/1', does('mute'))).toEqual([202, 'ok']);
	expect(await act('', does('dance'))).toEqual([400, ['action']]);
	socket.close();
});
