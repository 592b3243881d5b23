import type { Call, Handler, Route } from '../request/call';
import { ACTIONS } from '../calls/actions';
import { dataObject, requestValue } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { accepted, checkSchema } from '../documents/resource';
import { filterOf } from '../documents/filters';
import { present } from '../store/merge';
import { fieldError, type FieldErrors, Refusal, unknownThing, validationError } from '../request/refusal';
import { now } from '../values/time';

const A = '/accounts/{accountId}';

/**
 * Calls that are on right now. They are documents of type `channel` in the account's database: `uuid`, `direction`,
 * `other_leg`, `owner_id`, `authorizing_id`, `timestamp` (Gregorian seconds), `from`, `to`, caller and callee.
 */
function channelsOf(call: Call): Doc[] {
	return call.kernel.store.database((call.account as Doc)._id).list('channel');
}

// The list and a single channel call the same things by different names.
const LIST_NAMES: Record<string, string> = {
	call_id: 'uuid',
	call_direction: 'direction',
	other_leg_call_id: 'other_leg',
	is_on_hold: 'is_onhold',
};

const ONLY_SINGLE = [
	'callee_id_name',
	'callee_id_number',
	'caller_id_name',
	'caller_id_number',
	'from',
	'to',
];

/** Seconds that a call has been on: simulated ones have a clock of their own. */
function elapsed(call: Call, channel: Doc): number {
	const on = call.kernel.calls.ofLeg(String(channel.call_id));
	return (on?.call.clock.now ?? now()) - Number(channel.timestamp);
}

function listed(call: Call, channel: Doc): Fields {
	const { id: _id, ...fields } = present(channel);
	const shown = Object.entries(fields).filter(([key]) => !ONLY_SINGLE.includes(key));
	return {
		...Object.fromEntries(shown.map(([key, value]) => [LIST_NAMES[key] ?? key, value])),
		elapsed_s: elapsed(call, channel),
	};
}

function single(call: Call, channel: Doc): Fields {
	const { id: _id, ...fields } = present(channel);
	return { ...fields, elapsed_seconds: elapsed(call, channel) };
}

function listWhere(mine: (channel: Doc, call: Call) => boolean): Handler {
	return (call) => {
		const filter = filterOf(call);
		const found = channelsOf(call).filter((channel) => mine(channel, call) && (filter?.(channel) ?? true));
		return { data: found.map((channel) => listed(call, channel)) };
	};
}

function load(call: Call): Doc {
	const id = call.params.uuid as string;
	const channel = channelsOf(call).find((candidate) => candidate.call_id === id);
	if (!channel) throw unknownThing(id);
	return channel;
}

const readChannel: Handler = (call) => ({ data: single(call, load(call)) });

interface Action {
	/** What the answer says. */
	says: string;
	/** Fields that must be there. */
	needs?: string[];
	/** Only in KAZOO 5. */
	profile?: 5;
}

const ALLOWED: Record<string, Action> = {
	transfer: { says: 'transfer initiated' },
	hangup: { says: 'hangup initiated' },
	break: { says: 'break initiated' },
	callflow: { says: 'callflow initiated' },
	intercept: { says: 'intercept initiated', needs: ['target_type', 'target_id'] },
	move: { says: 'move initiated', profile: 5 },
	start_record: { says: 'recording started', profile: 5 },
	stop_record: { says: 'recording stopped', profile: 5 },
};

/** What is said of a field that an action needs. */
const NEEDED: Record<string, string> = {
	target_type: 'No target type specified',
	target_id: 'No target id specified',
};

/** Commands that KAZOO 4 was seen to carry out; all others it answers in the same way. */
const CARRIED_OUT = ['hangup', 'transfer', 'intercept'];

/**
 * Whether anybody carries a command out. KAZOO 4 answers yes in any case and has a process for a call only where the
 * system builds metaflows and the account, the user or the phone has some.
 */
function isWatched(call: Call, channel: Doc): boolean {
	const { store, profile } = call.kernel;
	if (profile === 5) return true;
	const settings = store.database('system_config').get('kazoo_endpoint')?.default as Fields | undefined;
	if (settings?.build_metaflows !== true) return false;
	const account = call.account as Doc;
	const database = store.database(account._id);
	const ids = [channel.owner_id, channel.authorizing_id].map(String);
	return [account, ...ids.map((id) => database.get(id))].some(
		(doc) => Object.keys((doc?.metaflows as Fields | undefined) ?? {}).length > 0,
	);
}

function isCarriedOut(call: Call, channel: Doc, command: string): boolean {
	if (call.kernel.profile === 5) return true;
	const isCalled = command === 'hangup' && channel.call_direction === 'outbound';
	return CARRIED_OUT.includes(command) && !isCalled && isWatched(call, channel);
}

function refuseTransfer(call: Call, channel: Doc): void {
	if (channel.other_leg_call_id === undefined) {
		throw fieldError('other_leg_call_id', 'required', 'Channel is not bridged');
	}
	if (requestValue(call, 'target') === undefined) {
		throw fieldError('target', 'required', 'No target destination specified');
	}
}

const act: Handler = (call) => {
	const channel = load(call);
	const name = String(requestValue(call, 'action'));
	const action = ALLOWED[name];
	if (!action || (action.profile === 5 && call.kernel.profile !== 5)) {
		throw new Refusal(400, 'invalid data', single(call, channel));
	}
	if (name === 'transfer') refuseTransfer(call, channel);
	for (const field of action.needs ?? []) {
		if (requestValue(call, field) === undefined) throw fieldError(field, 'required', NEEDED[field] as string);
	}
	return {
		run: () => {
			if (isCarriedOut(call, channel, name))
				ACTIONS[name]?.(call.kernel.calls, String(channel.call_id), dataObject(call));
			return accepted(call, action.says);
		},
	};
};

const metaflow: Handler = (call) => {
	const channel = load(call);
	if (requestValue(call, 'action') !== 'metaflow')
		throw new Refusal(400, 'invalid data', single(call, channel));
	const { action: _action, ...data } = dataObject(call);
	const errors: FieldErrors = {};
	checkSchema(call, 'metaflow', data, errors);
	if (typeof data.module === 'string') {
		const inner: FieldErrors = {};
		checkSchema(call, `metaflows.${data.module}`, data.data ?? {}, inner);
		for (const [path, rules] of Object.entries(inner)) errors[`data.${path}`] = rules;
	}
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return {
		run: () => {
			// KAZOO 4 publishes it, and nobody there listens
			if (call.kernel.profile === 5) {
				const act = ACTIONS[String(data.module)];
				act?.(call.kernel.calls, String(channel.call_id), (data.data ?? {}) as Fields);
			}
			return accepted(call, 'metaflow sent');
		},
	};
};

const all = listWhere(() => true);
const ofUser = listWhere((channel, call) => channel.owner_id === call.params.userId);
const ofDevice = listWhere((channel, call) => channel.authorizing_id === call.params.deviceId);
const ofGroup = listWhere((channel, call) => {
	const group = call.kernel.store
		.database((call.account as Doc)._id)
		.get(call.params.groupId as string, 'group');
	const members = Object.keys((group?.endpoints as Fields | undefined) ?? {});
	return members.includes(String(channel.owner_id)) || members.includes(String(channel.authorizing_id));
});

/** Calls that wait in a slot; no slots at all are a list, as they were seen. */
const parked: Handler = (call) => {
	const slots = call.kernel.calls.exchange.parking.list((call.account as Doc)._id);
	const count = Object.keys(slots).length;
	return { data: count === 0 ? [] : { slots }, envelope: { page_size: count } };
};

/** Calls that are on right now. */
export const channelRoutes: Route[] = [
	{ path: '/channels', handlers: { GET: () => ({ data: [] }) }, access: 'system' },
	{ path: `${A}/channels`, handlers: { GET: all } },
	{ path: `${A}/parked_calls`, handlers: { GET: parked } },
	{ path: `${A}/channels/{uuid}`, handlers: { GET: readChannel, POST: act, PUT: metaflow } },
	{ path: `${A}/users/{userId}/channels`, handlers: { GET: ofUser } },
	{ path: `${A}/devices/{deviceId}/channels`, handlers: { GET: ofDevice } },
	{ path: `${A}/groups/{groupId}/channels`, handlers: { GET: ofGroup } },
];
