/** Whether simulated calls are told of as those of a real KAZOO were, where recordings are at hand. */
import type { CallRequest } from '../../../sandbox/calls';
import { withRecordings } from '../../recordings';
import { obeyCommands, type Office, openOffice, step } from './calls-setup';
import { Client } from './client';
import { inOneOrder, type Json, recordedCdrs, recordedEvents, shapeOf, simulatedEvents } from './realCalls';

interface Scenario {
	flow?: (office: Office) => object;
	call: Omit<CallRequest, 'to'> & { to?: string };
	/** What is done to the call that is on. */
	command?: { action: string; target?: string };
	/** Callflows of other numbers, and what else must be there. */
	prepare?: (office: Office) => void;
}

const outside = '+14155550142';
const alice = (office: Office, next?: object) => step('user', { id: office.ids.alice }, next);
const bob = ({ ids }: Office) => step('user', { id: ids.bob });
const box = ({ ids }: Office) => step('voicemail', { id: ids["alice's box"] });
const group = ({ ids }: Office) =>
	step('ring_group', {
		endpoints: ['alice', 'bob', 'carol'].map((name) => ({ id: ids[name], endpoint_type: 'user' })),
	});

const inside = (steps: CallRequest['steps']) => ({ from: '2001', to: '2002', steps });

const SCENARIOS: Record<string, Scenario> = {
	'internal.answered': { flow: bob, call: inside(['answer', { do: 'hangUp', by: 'callee' }]) },
	'internal.busy': { flow: bob, call: inside(['busy']) },
	'internal.rejected': { flow: bob, call: inside(['reject']) },
	'internal.noanswer': { flow: bob, call: inside(['noAnswer']) },
	'inbound.answered': {
		flow: alice,
		call: { from: outside, steps: ['answer', { do: 'hangUp', by: 'callee' }] },
	},
	'inbound.voicemail': {
		flow: (office) => alice(office, box(office)),
		call: { from: outside, steps: ['noAnswer', 'leaveMessage'] },
	},
	'missed.novoicemail': { flow: alice, call: { from: outside, steps: ['noAnswer'] } },
	abandoned: { flow: alice, call: { from: outside, steps: [{ do: 'hangUp', after: 4 }] } },
	'inbound.busy': { flow: bob, call: { from: outside, steps: ['busy'] } },
	'ringgroup.answered': {
		flow: group,
		call: { from: outside, steps: [{ do: 'answer', by: '2002' }, 'hangUp'] },
	},
	outbound: { call: { from: '2001', to: '+14155550180', steps: ['answer', 'hangUp'] } },
	hold2: {
		flow: bob,
		call: inside(['answer', { do: 'hold', by: 'caller' }, { do: 'hangUp', by: 'callee' }]),
	},
	'transfer.blind': {
		flow: alice,
		prepare: (office) => void office.route(['2002'], bob(office)),
		call: { from: outside, steps: ['answer', { do: 'transfer', to: '2002' }, 'answer', 'hangUp'] },
	},
	'park.retrieve': {
		flow: alice,
		call: { from: outside, steps: ['answer', 'park', { do: 'retrieve', by: '2002' }, 'hangUp'] },
	},
	menu: {
		prepare: ({ sandbox, account, ids }) => {
			ids.menu = sandbox.store.create(account, 'menu', { name: 'Main', retries: 3 })._id;
		},
		flow: (office) => ({ module: 'menu', data: { id: office.ids.menu }, children: { 1: bob(office) } }),
		call: {
			from: outside,
			steps: [{ do: 'digits', digits: '1' }, 'answer', { do: 'hangUp', by: 'callee' }],
		},
	},
	'unknown.extension': { call: { from: '2001', to: '2999', steps: [] } },
	'command.transfer': {
		flow: bob,
		prepare: ({ route, ids }) => void route(['2003'], step('user', { id: ids.carol })),
		call: inside(['answer', { do: 'answer', after: 18 }, { do: 'hangUp', by: 'callee' }]),
		command: { action: 'transfer', target: '2003' },
	},
	'command.hangupA': {
		flow: bob,
		call: { from: outside, steps: ['answer', { do: 'hangUp', after: 60 }] },
		command: { action: 'hangup' },
	},
};

/** Keys that a real KAZOO has on a leg and lacks on the next of the same kind. */
const VARYING = ['to_tag', 'local_sdp'];
const REFUSED = new Set(['USER_BUSY', 'CALL_REJECTED']);
/** The same of legs that end before they rang. */
const VARYING_UNANSWERED = [...VARYING, 'channel_authorized', 'global_resource'];

/** What the switch's own report has beside that, and the sandbox does not play. */
const NOT_PLAYED = ['extended_data', 'caller_profile', 'call_control', 'originating_leg_uuid', 'other_leg'];

const shown = (event: Json) =>
	shapeOf(event, REFUSED.has(String(event.hangup_cause)) ? VARYING_UNANSWERED : VARYING);

/** Gives a command to the caller's leg as soon as somebody talks. */
async function order(office: Office, data: object): Promise<void> {
	obeyCommands(office);
	const { sandbox, account } = office;
	sandbox.store.createUser(account, { username: 'boss', priv_level: 'admin' }, { password: 'secret' });
	const client = new Client(sandbox);
	await client.logIn('boss', 'secret', { account_realm: 'office.example' });
	for (;;) {
		const channels = (await client.own('GET', '/channels')).body.data as Record<string, unknown>[];
		const talking = channels.find(({ direction, answered }) => direction === 'inbound' && answered === true);
		if (talking) {
			await client.own('POST', `/channels/${talking.uuid}`, { data });
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

async function playBy(office: Office, { flow, call, command, prepare }: Scenario): Promise<Json[]> {
	prepare?.(office);
	const to = call.to ?? office.number;
	if (flow) office.route([to], flow(office));
	office.published();
	// A command takes its time
	const speed = command ? 20 : undefined;
	const placed = office.sandbox.call({
		speed,
		...call,
		to,
		...(call.from === '2001' ? { account: office.account } : {}),
	});
	if (command) await order(office, command);
	expect((await placed).status).toBe('ended');
	return simulatedEvents(office);
}

withRecordings('simulated calls against real ones', ['recorded-calls.jsonl'], (recordings) => {
	let office: Office;
	beforeEach(async () => {
		office = await openOffice();
	});
	afterEach(() => office.sandbox.close());

	it.each(Object.entries(SCENARIOS))(
		'%s: the same events with the same keys and forms',
		async (name, scenario) => {
			const expected = inOneOrder(recordedEvents(recordings, `real.calls.${name}`));
			expect(expected.length).toBeGreaterThan(1);
			const said = inOneOrder(await playBy(office, scenario));
			expect(said.map(({ event_name }) => event_name)).toEqual(expected.map(({ event_name }) => event_name));
			expect(said.map(shown)).toEqual(expected.map(shown));
		},
	);

	it.each(['internal.answered', 'inbound.answered', 'hold2'])('%s: the same call records', async (name) => {
		await playBy(office, SCENARIOS[name] as Scenario);
		const key = ({ call_direction: direction, event_name: event }: Json) => `${direction} ${event}`;
		const expected = new Map(recordedCdrs(recordings, `real.calls.${name}`).map((cdr) => [key(cdr), cdr]));
		const kept = office.sandbox.store.database(office.account).list('cdr') as Json[];
		expect(kept.length).toBeGreaterThan(1);
		for (const cdr of kept) {
			const like = expected.get(key(cdr));
			const wanted = like && shapeOf(like, ['id', ...VARYING, ...NOT_PLAYED]);
			if (wanted) expect(shapeOf(cdr, VARYING)).toMatchObject(wanted);
		}
	});
});
