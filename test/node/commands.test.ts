/** Commands on calls through n8n's engine: KAZOO says yes to all of them, the item says what became of them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';
import type { NodeResult } from './harness/engine';

/** A demo with one call that is on until somebody ends it. */
interface Running {
	readonly demo: Demo;
	readonly account: string;
	readonly caller: string;
	readonly called: string;
	/** A user who has a phone and no part in the call. */
	readonly other: string;
	command(operation: string, more?: INodeParameters, leg?: string): Promise<NodeResult>;
}

let running: Running | undefined;

afterEach(async () => {
	await running?.demo.close();
	running = undefined;
});

interface Setting {
	readonly profile?: 4 | 5;
	/** The system and the account are set up for commands. */
	readonly isSetUp?: boolean;
}

async function begin({ profile = 4, isSetUp = false }: Setting = {}): Promise<Running> {
	const demo = await Demo.open(0, { profile, callSpeed: 50 });
	const { store } = demo.sandbox;
	const account = String(demo.sandbox.demo.customers[0]?.id);
	if (isSetUp) {
		const settings = { _id: 'kazoo_endpoint', default: { build_metaflows: true } };
		const own = { pvt_type: 'config', pvt_created: 0, pvt_modified: 0 };
		store.database('system_config').put({ ...settings, ...own });
		await demo.first({
			resource: 'metaflow',
			operation: 'replace',
			bodyMode: 'json',
			bodyJson: JSON.stringify({ binding_digit: '*', numbers: { 9: { module: 'hangup', data: {} } } }),
			...demo.customer(0),
		});
	}
	const phones = store.database(account).list('device');
	const of = (user: string) => phones.find(({ owner_id }) => owner_id === user);
	const owners = [...new Set(phones.map(({ owner_id }) => String(owner_id ?? '')).filter(Boolean))];
	const [caller, called] = owners.map((owner) => of(owner));
	for (const phone of phones) store.save(account, { ...phone, pvt_registered: true });
	const flow = { module: 'device', data: { id: called?._id, timeout: 30 }, children: {} };
	store.create(account, 'callflow', { numbers: ['7999'], flow });
	const steps = ['answer', { do: 'hangUp', after: 7200 }];
	void demo.sandbox.call({ from: String(caller?._id), to: '7999', account, steps }).catch(() => undefined);
	const legs = async () =>
		await demo.records({ resource: 'channel', operation: 'getAll', returnAll: true, ...demo.customer(0) });
	for (let tries = 0; tries < 200; tries++) {
		const found = await legs();
		const leg = (wanted: string) => found.find(({ direction }) => direction === wanted);
		const [inbound, outbound] = [leg('inbound'), leg('outbound')];
		if (inbound && outbound?.answered === true) {
			demo.sandbox.clearRequests();
			const command = async (operation: string, more: INodeParameters = {}, leg = String(inbound.uuid)) =>
				await demo.run({
					resource: 'channel',
					operation,
					channelId: id(leg),
					additionalFields: { waitSeconds: 1 },
					...demo.customer(0),
					...more,
				});
			running = {
				demo,
				account,
				caller: String(inbound.uuid),
				called: String(outbound.uuid),
				other: owners[2] ?? '',
				command,
			};
			return running;
		}
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('nobody talks');
}

const json = ({ items, error }: NodeResult): IDataObject => {
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return items[0]?.json ?? {};
};

const methods = ({ demo }: Running) => demo.requests().map(({ method }) => method);

test('hang up is seen to be obeyed: one command, one look', async () => {
	const call = await begin({ isSetUp: true });
	expect(json(await call.command('hangUp'))).toEqual({
		result: 'hangup initiated',
		call_id: call.caller,
		obeyed: true,
		seen: 'The leg has ended',
	});
	expect(methods(call)).toEqual(['POST', 'GET']);
});

test.each([
	['a KAZOO that is not set up', {}, 'hangUp', undefined],
	['the leg of the one who was called', { isSetUp: true }, 'hangUp', 'called'],
	['a command that nobody carries out', { isSetUp: true }, 'hold', undefined],
] as const)('%s: fails and says what has to be set', async (_, setting, operation, leg) => {
	const call = await begin(setting);
	const { error } = await call.command(operation, {}, leg && call[leg]);
	expect(error?.message).toMatch(/^KAZOO took the command, but the call shows nothing of it after a second/);
	expect(error?.description).toMatch(/build_metaflows[^]*kazoo_endpoint[^]*Metaflow: Update/);
	expect(error?.description).toMatch(/administrator/);
	expect(methods(call).filter((method) => method !== 'GET')).toHaveLength(1);
});

test('a transfer shows that the leg is with somebody else', async () => {
	const call = await begin({ isSetUp: true });
	const target = { target: '+14155550142' };
	expect(json(await call.command('transfer', target))).toMatchObject({
		result: 'transfer initiated',
		obeyed: true,
	});
});

test('intercept: the phone of the target is called', async () => {
	const call = await begin({ isSetUp: true });
	const target = { targetType: 'user', targetUser: id(call.other) };
	expect(json(await call.command('intercept', target))).toMatchObject({ obeyed: true });
});

test('what no call shows is not claimed', async () => {
	const call = await begin({ isSetUp: true });
	const said = json(await call.command('say', { text: '12' }));
	expect(said).toMatchObject({ result: 'metaflow sent', obeyed: null });
	expect(said.seen).toBe(
		'KAZOO does not show whether this was done; on KAZOO 4 this command was never seen to work',
	);
});

test('on KAZOO 5 hold shows', async () => {
	const call = await begin({ profile: 5 });
	expect(json(await call.command('hold'))).toMatchObject({ obeyed: true, seen: 'The leg is on hold' });
	expect(json(await call.command('unhold'))).toMatchObject({ obeyed: true });
});

test('0 seconds: nobody looks', async () => {
	const call = await begin();
	const said = json(await call.command('hangUp', { additionalFields: { waitSeconds: 0 } }));
	expect(said).toMatchObject({ result: 'hangup initiated', obeyed: null, seen: 'Nobody looked' });
	expect(methods(call)).toEqual(['POST']);
});

test('a dry run shows the command', async () => {
	const call = await begin();
	expect(json(await call.command('transfer', { target: '1001', options: { dryRun: true } }))).toMatchObject({
		method: 'POST',
		body: { data: { action: 'transfer', target: '1001' } },
	});
	expect(methods(call)).toEqual([]);
});

test('a leg that is not up', async () => {
	const call = await begin();
	const { error } = await call.command('transfer', { target: '1' }, 'nobody');
	expect(error?.message).toMatch(/nobody|not found|no such/i);
});
