/**
 * Whether simulated calls say on the bus what was recorded of calls of the same kind, where recordings are at hand: the
 * notifications, messages of presence and of waiting messages. What the switch says of legs was published by hand in
 * these recordings; it is compared with that of a real switch in calls-real.test.ts.
 */
import type { CallRequest } from '../../../sandbox/calls';
import { type Recordings, withRecordings } from '../../recordings';
import { type Office, openOffice, step } from './calls-setup';

const FILE = 'recorded-events.jsonl';

interface Published {
	api: string;
	payload: Record<string, unknown>;
}

interface Scenario {
	flow: (office: Office) => object;
	call: Omit<CallRequest, 'to'> & { to?: string };
	/** What else must be there. */
	prepare?: (office: Office) => void;
}

const user = ({ ids }: Office, name: string, next?: object) => step('user', { id: ids[name] }, next);
const box = ({ ids }: Office) => step('voicemail', { id: ids["alice's box"] });
const outside = '+14155550142';

const group = ({ ids }: Office) =>
	step('ring_group', {
		endpoints: ['alice', 'bob', 'carol'].map((name) => ({ id: ids[name], endpoint_type: 'user' })),
	});

const SCENARIOS: Record<string, Scenario> = {
	inbound_answered: {
		flow: (office) => user(office, 'alice'),
		call: { from: outside, steps: ['answer', 'hold', { do: 'hangUp', by: 'callee' }] },
	},
	inbound_missed_voicemail: {
		flow: (office) => user(office, 'alice', box(office)),
		call: { from: outside, steps: ['noAnswer', { do: 'leaveMessage', seconds: 14 }] },
	},
	inbound_missed_no_message: {
		flow: (office) =>
			step(
				'missed_call_alert',
				{ recipients: [{ type: 'user', id: office.ids.alice }] },
				user(office, 'alice', box(office)),
			),
		call: { from: outside, steps: ['noAnswer'] },
	},
	inbound_abandoned: {
		flow: (office) => user(office, 'alice'),
		call: { from: outside, steps: [{ do: 'hangUp', after: 8 }] },
	},
	internal_call: { flow: (office) => user(office, 'carol'), call: { from: '2002' } },
	ring_group: {
		flow: group,
		call: { from: outside, steps: [{ do: 'answer', by: '2002' }, 'hangUp'] },
	},
	ring_group_loopback_legs: {
		prepare: ({ sandbox, account, ids }) => {
			ids.forwarded = sandbox.store.create(account, 'device', {
				name: 'Away',
				owner_id: ids.alice,
				device_type: 'cellphone',
				call_forward: { enabled: true, number: '2001' },
				sip: { username: 'away' },
			})._id;
		},
		flow: ({ ids }) => step('ring_group', { endpoints: [{ id: ids.forwarded, endpoint_type: 'device' }] }),
		call: { from: '2002' },
	},
	blind_transfer: {
		flow: (office) => user(office, 'alice'),
		prepare: (office) => void office.route(['2002'], user(office, 'bob')),
		call: {
			from: outside,
			steps: ['answer', { do: 'transfer', to: '2002' }, 'answer', { do: 'hangUp', by: 'callee' }],
		},
	},
	parked_and_retrieved: {
		flow: (office) => user(office, 'alice'),
		call: {
			from: outside,
			steps: ['answer', 'park', { do: 'retrieve', by: '2003' }, { do: 'hangUp', by: 'callee' }],
		},
	},
	parked_and_abandoned: { flow: () => step('park'), call: { from: outside, steps: ['hangUp'] } },
	outbound_call: { flow: () => ({}), call: { from: '2002', to: '4155550180' } },
	busy: { flow: (office) => user(office, 'bob'), call: { from: '2003', steps: ['busy'] } },
	rejected: { flow: (office) => user(office, 'bob'), call: { from: outside, steps: ['reject'] } },
};

const shape = ({ api, payload }: Published) =>
	`${api} ${String(payload['Event-Name'])} ${String(payload['Call-Direction'] ?? '')}`;

const isOfNoLeg = ({ api }: Published): boolean => api !== 'kapi_call:publish_event';

const keysOf = ({ payload }: Published) => Object.keys(payload).sort();

function readRecorded({ lines }: Recordings): Map<string, Published[]> {
	const found = new Map<string, Published[]>();
	for (const { name, direction, api, payload } of lines<Published & Record<string, string>>(FILE)) {
		const scenario = /^rt\.calls\.(\w+)\.publish\./.exec(name as string)?.[1];
		if (direction !== 'amqp_publish' || scenario === undefined) continue;
		found.set(scenario, [...(found.get(scenario) ?? []), { api, payload }]);
	}
	return found;
}

withRecordings('calls against recorded calls', [FILE], (recordings) => {
	const recorded = readRecorded(recordings);
	let office: Office;

	beforeEach(async () => {
		office = await openOffice();
	});
	afterEach(() => office.sandbox.close());

	it('knows every recorded call', () => {
		expect(Object.keys(SCENARIOS).sort()).toEqual([...recorded.keys()].sort());
	});

	it.each(Object.entries(SCENARIOS))('says of a call "%s" what was recorded', async (name, scenario) => {
		const { flow, call, prepare } = scenario;
		prepare?.(office);
		office.route([office.number, '3000'], flow(office));
		office.published();
		const to = call.to ?? (call.from === outside ? office.number : '3000');
		const report = await office.sandbox.call({ ...call, to });
		const expected = (recorded.get(name) as Published[]).filter(isOfNoLeg);
		// The lamps of phones were published in one of the recordings only.
		const apis = new Set(expected.map(({ api }) => api));
		const said = office
			.published()
			.filter(isOfNoLeg)
			.filter(({ api }) => apis.has(api));
		expect(said.map(shape)).toEqual(expected.map(shape));
		expect(said.map(keysOf)).toEqual(expected.map(keysOf));
		expect(report.status).toBe('ended');
	});
});
