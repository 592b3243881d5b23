/** What an event of a leg says about it: a webhook's payload, or a frame of the websocket by the names of webhooks. */
import type { LegFacts } from './leg';
import { channelVar, number, text, userPart } from './payload';

/** By the names of webhook payloads; `hook_event` is `channel_create`, `channel_destroy` ... */
export type LegPayload = Readonly<Record<string, unknown>>;

/** Events that say something about a leg; parking has no `hook_event`. */
const KINDS = /^channel_(create|answer|bridge|destroy|hold|unhold)$/;

/**
 * @param internal whether the leg is KAZOO's own, where that is known better than by the payload
 * @returns undefined for what is no event of a leg
 */
export function factsOfEvent(payload: LegPayload, internal = payload.is_internal_leg): LegFacts | undefined {
	const id = text(payload.call_id);
	const kind = KINDS.exec(text(payload.hook_event) ?? '')?.[1];
	const parking = text(payload.event_name)?.startsWith('PARK_') === true;
	if (id === undefined || (kind === undefined && !parking)) return undefined;
	const bridge = channelVar(payload, 'Bridge-ID');
	const interactionId = text(payload.interaction_id) ?? channelVar(payload, 'Call-Interaction-ID');
	// The caller's answer can name a phone that lost the race (it rang for the call, but was not talked to)
	const other = text(payload.other_leg_call_id) ?? channelVar(payload, 'Member-Call-ID');
	return {
		id,
		links: [other, bridge, interactionId].filter((link) => link !== undefined),
		others: other === undefined ? [] : [other],
		interactionId,
		accountId: text(payload.account_id),
		queueId: channelVar(payload, 'Queue-ID'),
		callflowId: channelVar(payload, 'CallFlow-ID'),
		conference: channelVar(payload, 'Is-Conference') === 'true',
		...(parking ? parkingOf(payload) : legOf(payload, kind ?? '', internal === true)),
	};
}

function parkingOf(payload: LegPayload): Partial<LegFacts> {
	return payload.event_name === 'PARK_PARKED'
		? { parkedIn: text(payload.parking_slot), referredTo: userPart(channelVar(payload, 'Referred-To')) }
		: {};
}

function legOf(payload: LegPayload, kind: string, internal: boolean): Partial<LegFacts> {
	const at = number(payload.timestamp);
	const direction = text(payload.call_direction);
	return {
		...(direction === 'inbound' || direction === 'outbound' ? { direction } : {}),
		internal,
		from: userPart(payload.from),
		to: userPart(payload.to),
		callerName: text(payload.caller_id_name),
		callerNumber: text(payload.caller_id_number),
		calleeName: text(payload.callee_id_name),
		calleeNumber: text(payload.callee_id_number),
		...ownerOf(payload),
		forwarded:
			payload.call_forwarded === true || channelVar(payload, 'Call-Forwarded') === 'true' ? true : undefined,
		referredTo: userPart(channelVar(payload, 'Referred-To')),
		...(kind === 'create' ? { startedAt: at, begun: true } : {}),
		...(kind === 'bridge' ? { bridged: true } : {}),
		...(kind === 'hold' ? { heldAt: at } : {}),
		...(kind === 'unhold' ? { resumedAt: at } : {}),
		...(kind === 'destroy' ? endOf(payload, at) : {}),
	};
}

/** Whose leg it is: a line's, or a phone's and its owner's. */
function ownerOf(payload: LegPayload): Partial<LegFacts> {
	const type = text(payload.authorizing_type) ?? channelVar(payload, 'Authorizing-Type');
	const resource = channelVar(payload, 'Resource-Type');
	if (type === 'resource' || resource !== undefined) return { outside: true };
	const deviceId = text(payload.authorizing_id) ?? channelVar(payload, 'Authorizing-ID');
	const userId = text(payload.owner_id) ?? channelVar(payload, 'Owner-ID');
	return { deviceId, userId, outside: deviceId === undefined && userId === undefined };
}

function endOf(payload: LegPayload, at: number | undefined): Partial<LegFacts> {
	const duration = number(payload.duration_seconds);
	return {
		endedAt: at,
		over: true,
		duration,
		billed: number(payload.billing_seconds),
		cause: text(payload.hangup_cause),
		...(at === undefined || duration === undefined ? {} : { startedAt: at - duration }),
	};
}
