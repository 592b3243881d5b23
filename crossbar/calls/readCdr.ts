/** What a call record (CDR) says about its leg: one of a list, which says less, or a whole one. */
import { gregorianFromUnix } from '../values/time';
import type { LegFacts } from './leg';
import { channelVar, number, text, userPart } from './payload';

/** A CDR as Crossbar gives it: of `/cdrs` (all values text), `/cdrs/legs/{id}` or `/cdrs/{id}`. */
export type CdrRecord = Readonly<Record<string, unknown>>;

const MICRO = 1_000_000;
const NOTHING: readonly never[] = [];

/**
 * The second by which the server sorts a record of the list (Gregorian): its time of saving, which is the end of the leg
 * for two thirds of all records and its beginning for the others. What the list calls `timestamp` is that less the
 * duration.
 */
export function sortedAt(record: CdrRecord): number {
	return (number(record.timestamp) ?? 0) + (number(record.duration_seconds) ?? 0);
}

/** @returns undefined for a record without the id of a leg */
export function factsOfCdr(record: CdrRecord): LegFacts | undefined {
	const id = text(record.call_id);
	if (id === undefined) return undefined;
	const other = text(record.other_leg_call_id);
	const bridge = text(record.bridge_id) ?? channelVar(record, 'Bridge-ID');
	const interactionId = text(record.interaction_id) ?? channelVar(record, 'Call-Interaction-ID');
	const links: string[] = [];
	if (other !== undefined) links.push(other);
	if (bridge !== undefined) links.push(bridge);
	if (interactionId !== undefined) links.push(interactionId);
	const startedAt = beginningOf(record);
	const duration = number(record.duration_seconds) ?? 0;
	const told = text(record.direction) ?? text(record.call_direction);
	const direction = told === 'inbound' || told === 'outbound' ? told : undefined;
	const [from, to] = [userPart(record.from), userPart(record.to)];
	const cause = text(record.hangup_cause);
	const internal =
		cause === 'BOWOUT' || (direction === 'inbound' && (from === undefined || to === undefined));
	const callerNumber = text(record.caller_id_number);
	const type = channelVar(record, 'Authorizing-Type');
	const deviceId = text(record.authorizing_id) ?? channelVar(record, 'Authorizing-ID');
	const userId = text(record.owner_id) ?? channelVar(record, 'Owner-ID');
	/*
	 * A list does not tell lines from phones: the leg of a line has no phone, or it bears the line's id, has no owner, and
	 * comes from the very number that calls.
	 */
	const outside =
		type === 'resource' ||
		channelVar(record, 'Resource-Type') !== undefined ||
		(deviceId === undefined && userId === undefined) ||
		(type === undefined &&
			!internal &&
			userId === undefined &&
			direction === 'inbound' &&
			from === callerNumber);
	// One object of one shape: it is made for each of many thousand legs
	return {
		id,
		direction,
		internal: internal || String(text(record.channel_name)).startsWith('loopback/'),
		links,
		others: other === undefined ? NOTHING : [other],
		interactionId,
		accountId: text(record.account_id) ?? channelVar(record, 'Account-ID'),
		startedAt,
		endedAt: startedAt + duration,
		duration,
		billed: number(record.billing_seconds) ?? 0,
		from,
		to: to ?? text(record.dialed_number),
		callerName: text(record.caller_id_name),
		callerNumber,
		calleeName: text(record.callee_id_name),
		calleeNumber: text(record.callee_id_number),
		deviceId: outside ? undefined : deviceId,
		userId: outside ? undefined : userId,
		outside,
		cause,
		conference: channelVar(record, 'Is-Conference') === 'true',
		queueId: channelVar(record, 'Queue-ID'),
		callflowId: channelVar(record, 'CallFlow-ID'),
		referredTo: userPart(channelVar(record, 'Referred-To')),
		recordingIds: recordingsOf(record),
		cost: number(record.cost),
	};
}

/** The switch counts microseconds, events full seconds that have begun: rounded up, both are the same. */
function beginningOf(record: CdrRecord): number {
	const micro = number(record.channel_created_time);
	const exact = number(record.unix_timestamp_micro) ?? (micro === undefined ? undefined : micro / MICRO);
	if (exact !== undefined && exact > 0) return Math.ceil(gregorianFromUnix(exact));
	// The list says the time of saving less the duration, a whole record the time of saving itself
	return number(record.timestamp) ?? 0;
}

function recordingsOf({ media_recordings: listed }: CdrRecord): readonly string[] | undefined {
	if (listed === undefined || (Array.isArray(listed) && listed.length === 0)) return undefined;
	const ids = (Array.isArray(listed) ? listed : [listed]).map(text).filter((id) => id !== undefined);
	return ids.length > 0 ? ids : undefined;
}
