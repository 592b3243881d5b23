import type { Fields } from '../store/database';
import type { Store } from '../store/store';

/**
 * What a hook on a channel event delivers. Follows observed.md, second half, 1 and 9, webhooks.md 2.1 and the
 * recorded deliveries: no `request`, no `inception`, undefined fields left out, `custom_channel_vars` in their own
 * case without the reserved ones.
 */

/** Variables of a channel that KAZOO keeps for itself. */
const RESERVED = new Set([
	'Account-ID',
	'Account-Name',
	'Account-Realm',
	'Authorizing-ID',
	'Authorizing-Type',
	'Call-Forward',
	'Call-Interaction-ID',
	'Ecallmgr-Node',
	'Owner-ID',
	'Presence-ID',
	'Realm',
	'Username',
]);

const isTrue = (value: unknown): boolean => value === true || value === 'true';

const defined = (fields: Fields): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/** The variables of a channel, none when it has none. */
export function variablesOf(payload: Fields): Fields {
	return (payload['Custom-Channel-Vars'] ?? {}) as Fields;
}

/** The account a channel belongs to: its own word, or that of the number which was called. */
export function accountOfChannel(store: Store, payload: Fields): string | undefined {
	const stated = variablesOf(payload)['Account-ID'];
	if (typeof stated === 'string') return stated;
	for (const key of ['Request', 'To', 'Caller-Destination-Number']) {
		const [called = ''] = String(payload[key] ?? '').split('@');
		const owner = store.database('numbers').get(called, 'number')?.pvt_assigned_to;
		if (typeof owner === 'string') return owner;
	}
	return undefined;
}

/** Whether a leg only ties two parts of a call inside of the switch together. */
export function isInternalLeg(payload: Fields): boolean {
	return (
		isTrue(payload['Channel-Is-Loopback']) || String(payload['Channel-Name'] ?? '').startsWith('loopback/')
	);
}

function resellerOf(store: Store, accountId: string): unknown {
	return store.account(accountId)?.pvt_reseller_id;
}

const MORE: Record<string, (payload: Fields) => Fields> = {
	channel_bridge: (payload) => ({
		original_number: variablesOf(payload)['Original-Number'],
		other_leg_destination_number: payload['Other-Leg-Destination-Number'],
	}),
	channel_destroy: (payload) => ({
		hangup_cause: payload['Hangup-Cause'],
		hangup_code: payload['Hangup-Code'],
		duration_seconds: payload['Duration-Seconds'],
		ringing_seconds: payload['Ringing-Seconds'],
		billing_seconds: payload['Billing-Seconds'],
	}),
};

/** The payload of a channel event, in KAZOO's order of keys; `hook` as in `hook_event`. */
export function channelPayload(store: Store, hook: string, accountId: string, payload: Fields): Fields {
	const variables = variablesOf(payload);
	const local = !isTrue(variables['Global-Resource']);
	return defined({
		account_id: accountId,
		authorizing_id: variables['Authorizing-ID'],
		authorizing_type: variables['Authorizing-Type'],
		call_direction: payload['Call-Direction'],
		call_forwarded: isTrue(variables['Call-Forward']) ? true : undefined,
		call_id: payload['Call-ID'],
		callee_id_name: payload['Callee-ID-Name'],
		callee_id_number: payload['Callee-ID-Number'],
		caller_id_name: payload['Caller-ID-Name'],
		caller_id_number: payload['Caller-ID-Number'],
		custom_channel_vars: Object.fromEntries(Object.entries(variables).filter(([key]) => !RESERVED.has(key))),
		custom_application_vars: payload['Custom-Application-Vars'],
		emergency_resource_used: isTrue(variables['Emergency-Resource']),
		from: payload.From,
		local_resource_id: local ? variables['Resource-ID'] : undefined,
		local_resource_used: local,
		is_internal_leg: isTrue(payload['Channel-Is-Loopback']),
		other_leg_call_id: payload['Other-Leg-Call-ID'],
		owner_id: variables['Owner-ID'],
		reseller_id: variables['Reseller-ID'] ?? resellerOf(store, accountId),
		timestamp: payload.Timestamp,
		to: payload.To,
		hook_event: hook,
		...MORE[hook]?.(payload),
	});
}
