/** Conferences that are on, through n8n's engine. */
import type { IDataObject } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;
let account: string;
let room: IDataObject;
let phones: Array<{ _id: string; owner_id?: unknown }>;

beforeAll(async () => {
	demo = await Demo.open(0, { callSpeed: 50 });
	account = String(demo.sandbox.demo.customers[0]?.id);
	const { store } = demo.sandbox;
	room = await demo.create('conference', { name: 'Weekly', conference_numbers: ['8855'] }, demo.customer(0));
	const flow = { module: 'conference', data: { id: room.id }, children: {} };
	store.create(account, 'callflow', { numbers: ['8855'], flow });
	phones = store
		.database(account)
		.list('device')
		.filter(({ owner_id }) => typeof owner_id === 'string');
	for (const phone of phones) store.save(account, { ...phone, pvt_registered: true } as never);
	const steps = [{ do: 'talk', after: 3600 }];
	void demo.sandbox.call({ from: String(phones[0]?._id), to: '8855', account, steps }).catch(() => undefined);
});

afterAll(async () => {
	await demo.close();
});

const participants = async (more: object = {}): Promise<IDataObject[]> => {
	const list = { resource: 'conference', operation: 'getParticipants', conferenceId: id(room.id) };
	for (let tries = 0; tries < 100; tries++) {
		const found = await demo.records({ ...list, returnAll: true, ...demo.customer(0), ...more });
		if (found.length > 0) return found;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	throw new Error('nobody came');
};

test('who is in, with what they may do, and since when', async () => {
	const [one] = await participants();
	expect(one).toMatchObject({
		participant_id: 1,
		is_moderator: false,
		speak: false,
		hear: true,
		join_time: expect.stringMatching(/^20\d\d-/),
	});
	expect(one).not.toHaveProperty('conference_channel_vars');
	const [whole] = await participants({ simplify: false });
	expect(whole).toMatchObject({ conference_channel_vars: { speak: false, hear: true } });
	const get = { resource: 'conference', operation: 'get', conferenceId: id(room.id), simplify: false };
	const read = await demo.first({ ...get, ...demo.customer(0) });
	const [inside] = (read._read_only as { participants: IDataObject[] }).participants;
	expect(inside?.join_time).toMatch(/^20\d\d-/);
});

describe('dial out', () => {
	const dial = async (endpoints: string) =>
		await demo.run({
			resource: 'conference',
			operation: 'dial',
			conferenceId: id(room.id),
			endpoints,
			...demo.customer(0),
		});

	test('calls the extension of a device, which KAZOO itself does not know here', async () => {
		const { store } = demo.sandbox;
		const [, phone] = phones;
		const flow = { module: 'device', data: { id: phone?._id }, children: {} };
		store.create(account, 'callflow', { numbers: ['^7(7)$', '8844'], flow });
		demo.sandbox.clearRequests();
		const { error } = await dial(String(phone?._id));
		expect(error).toBeUndefined();
		const sent = demo.requests().find(({ method }) => method === 'PUT');
		expect(sent?.body).toMatchObject({ data: { action: 'dial', data: { endpoints: ['8844'] } } });
	});

	test('a device that no extension rings', async () => {
		const lonely = demo.sandbox.store.create(account, 'device', { name: 'Lobby', sip: {} });
		demo.sandbox.clearRequests();
		const { error } = await dial(lonely._id);
		expect(error?.message).toBe('KAZOO cannot call the device “Lobby” into a conference');
		expect(error?.description).toMatch(/Nothing was sent/);
		expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('counts the entries of an error as the form does', async () => {
		const { error } = await dial(`${String(phones[0]?.owner_id)}, nobody-at-all`);
		expect(`${error?.message} ${error?.description}`).toMatch(/Whom to Call > 2/);
	});
});
