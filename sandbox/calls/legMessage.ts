import type { Fields } from '../store/database';
import { GREGORIAN_OFFSET } from '../values/time';
import type { Ending } from './endings';
import type { Leg } from './leg';
import { defined } from './stamp';

/**
 * What the switch says of a leg, key by key as a real FreeSWITCH and KAZOO were recorded to say it: which keys there are
 * depends on the event, on the direction, and on whether the leg is a line's, a phone's or the switch's own.
 */

const SWITCH = {
	'Media-Server': 'media1.sandbox.example',
	'Switch-Hostname': 'media1.sandbox.example',
	'Switch-Nodename': 'freeswitch@media1.sandbox.example',
};

const SWITCH_ADDRESS = {
	'Switch-URI': 'sip:10.26.0.11:11000',
	'Switch-URL': 'sip:mod_sofia@10.26.0.11:11000',
};

const SDP = 'v=0\r\no=FreeSWITCH 1 2 IN IP4 10.26.0.11\r\ns=FreeSWITCH\r\nc=IN IP4 10.26.0.11\r\nt=0 0\r\n';

/** How far a channel is: `state`, `call` and `answer`, by event. */
const STATES: Record<string, [string, string, string]> = {
	CHANNEL_CREATE: ['INIT', 'DOWN', 'ringing'],
	CHANNEL_BRIDGE: ['EXECUTE', 'ACTIVE', 'answered'],
	CHANNEL_HOLD: ['EXECUTE', 'HELD', 'answered'],
	CHANNEL_UNHOLD: ['EXECUTE', 'UNHELD', 'answered'],
	CHANNEL_DESTROY: ['REPORTING', 'HANGUP', 'hangup'],
};

/** Events that say from where to where. */
const ADDRESSED = new Set(['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_DESTROY']);

/** Events by which an inbound leg names the one that it is with. */
const NAMING = new Set(['CHANNEL_BRIDGE', 'CHANNEL_HOLD', 'CHANNEL_UNHOLD', 'CHANNEL_DESTROY']);

/** The clock of the switch ticks that often a second; what happens between two ticks is one `Msg-ID`. */
const TICKS = 50;

/** Gregorian seconds in the switch's own count: microseconds since 1970, as text. */
export function microseconds(time: number, step = 1): string {
	const unix = (time - GREGORIAN_OFFSET) * 1_000_000;
	return String(Math.floor(unix / step + 1e-3) * step);
}

/** Messages bear the second that has begun. */
const second = (time: number): number => Math.ceil(time - 1e-6);

const whole = (seconds: number): number => Math.max(0, Math.floor(seconds + 1e-6));

function statesOf(leg: Leg, name: string): Fields {
	const answered: [string, string, string] =
		leg.direction === 'inbound'
			? ['EXECUTE', 'EARLY', 'answered']
			: ['CONSUME_MEDIA', leg.isLoopback ? 'EARLY' : 'RINGING', 'answered'];
	const [state, call, answer] = STATES[name] ?? answered;
	return { 'Channel-State': state, 'Channel-Call-State': call, 'Channel-Answer-State': answer };
}

/** How a leg is named where another one speaks of it. */
export function otherLegOf(other: Leg): Fields {
	return {
		'Other-Leg-Call-ID': other.id,
		'Other-Leg-Caller-ID-Name': other.caller.name,
		'Other-Leg-Caller-ID-Number': other.caller.number,
		'Other-Leg-Destination-Number': other.destination,
		'Other-Leg-Direction': other.direction,
	};
}

/** The keys that name the other end. */
function otherLeg(leg: Leg, name: string): Fields {
	const { other, loopback, isLoopback } = leg;
	// Of a leg that a line of a command bowed out to, no more is known
	if (!isLoopback && loopback?.orderedAs !== undefined) return { 'Other-Leg-Call-ID': loopback.orderedAs };
	const isNamed = leg.direction === 'outbound' || NAMING.has(name);
	return other && isNamed ? otherLegOf(other) : {};
}

/** Of a line inside of the switch, both ends know one another; so does a leg that one of them bowed out to. */
function loopbackOf(leg: Leg, name: string): Fields {
	const { loopback } = leg;
	if (!loopback) return {};
	const { end, otherId, orderedAs } = loopback;
	return {
		'Channel-Is-Loopback': true,
		'Channel-Loopback-Leg': end,
		'Channel-Loopback-Other-Leg-ID': otherId,
		'Channel-Loopback-Bowout-Execute': true,
		...(orderedAs === undefined
			? undefined
			: {
					'Channel-Loopback-Bowout': true,
					'Origination-Call-ID': orderedAs,
					// Both ends name the one by which the command made them
					...(leg.isLoopback && (!leg.bridged || !NAMING.has(name))
						? { 'Other-Leg-Call-ID': orderedAs }
						: undefined),
				}),
	};
}

/** A `CHANNEL_...` message. `time` in Gregorian seconds. */
export function messageOf(leg: Leg, name: string, time: number, more: Fields = {}): Fields {
	const { parts, direction, caller, callee, isLoopback } = leg;
	const isOver = name === 'CHANNEL_DESTROY';
	const hasSdp = isOver && !isLoopback;
	return defined({
		'App-Name': 'freeswitch',
		'App-Version': '1.0',
		'Msg-ID': microseconds(time, 1_000_000 / TICKS),
		Node: SWITCH['Switch-Nodename'],
		'Event-Category': 'call_event',
		'Event-Name': name,
		'Call-ID': leg.id,
		'Call-Direction': direction,
		'Channel-Name': parts.channel,
		...statesOf(leg, name),
		'Channel-Created-Time': microseconds(leg.created),
		'Caller-ID-Name': caller.name,
		'Caller-ID-Number': caller.number,
		'Callee-ID-Name': callee?.name,
		'Callee-ID-Number': callee?.number,
		'Caller-Destination-Number': leg.destination,
		'Custom-Channel-Vars': leg.vars,
		'Custom-Application-Vars': Object.keys(leg.variables).length > 0 ? leg.variables : undefined,
		...(ADDRESSED.has(name)
			? {
					From: leg.from || undefined,
					To: leg.to || undefined,
					Request: leg.to.replace(/^sip:/, '') || undefined,
				}
			: undefined),
		...leg.tags,
		'Presence-ID': parts.presence,
		...SWITCH,
		...(leg.loopback ? undefined : SWITCH_ADDRESS),
		'User-Agent': direction === 'inbound' && !isLoopback ? parts.agent : undefined,
		Timestamp: second(time),
		'Remote-SDP': hasSdp && (direction === 'inbound' || leg.answered !== undefined) ? SDP : undefined,
		'Local-SDP': hasSdp && (direction === 'outbound' || leg.answered !== undefined) ? SDP : undefined,
		'Media-Recordings': isOver && leg.recordings.length > 0 ? [...leg.recordings] : undefined,
		...otherLeg(leg, name),
		...loopbackOf(leg, name),
		...more,
	});
}

function dispositionOf(leg: Leg, { cause, disposition }: Ending): string | undefined {
	if (disposition !== undefined) return disposition;
	if (leg.direction === 'outbound') return leg.answered === undefined ? undefined : 'ANSWER';
	const isNormal = cause === 'NORMAL_CLEARING' || cause === 'BOWOUT';
	if (!isNormal) return cause;
	if (leg.answered === undefined) return 'EARLY MEDIA';
	return leg.bridged ? 'SUCCESS' : 'ANSWER';
}

/**
 * What is added to the event with which a leg ends. Time that is paid for is rounded up, how long it lasted is told by the
 * seconds of the clock: the first can be more than the second. A leg to a phone does not say how long it rang; a caller's
 * leg how long it took until one did.
 */
export function endingFields(leg: Leg, ending: Ending, time: number): Fields {
	const { created, answered, rang } = leg;
	const code = ending.isSilent ? undefined : answered === undefined ? ending.code : 'sip:200';
	const waited = leg.direction === 'inbound' && rang !== undefined ? rang : created;
	return defined({
		'Hangup-Cause': ending.cause,
		'Hangup-Code': leg.isLoopback ? undefined : code,
		Disposition: dispositionOf(leg, ending),
		'Duration-Seconds': whole(Math.floor(time + 1e-6) - Math.floor(created + 1e-6)),
		'Billing-Seconds': answered === undefined ? 0 : Math.max(0, Math.ceil(time - answered - 1e-6)),
		'Ringing-Seconds': whole(Math.floor(waited + 1e-6) - Math.floor(created + 1e-6)),
	});
}

/**
 * The other message with which a leg ends: the same in the words of KAZOO's own switch module, with the time at which
 * the leg began.
 */
export function reportOfEnd(leg: Leg, event: Fields): Fields {
	const { 'Call-Interaction-ID': interaction = '' } = event['Custom-Channel-Vars'] as Fields;
	const [time = '', key = ''] = String(interaction).split('-');
	return {
		...event,
		'Event-Category': 'cdr',
		'Event-Name': 'report',
		'Account-ID': leg.setting.account._id,
		'From-Uri': event.From,
		'To-Uri': event.To,
		'Other-Leg': {},
		'Originated-Legs': [],
		'Caller-Context': 'context_2',
		'Caller-Dialplan': 'XML',
		'Interaction-Is-Root': leg.parts.isRoot,
		'Call-Interaction': { ID: interaction, Key: key, Timestamp: Number(time), 'Is-Root': leg.parts.isRoot },
		'Channel-Created-Time': Number(event['Channel-Created-Time']),
		Timestamp: second(leg.created) - (leg.direction === 'inbound' ? 1 : 2),
	};
}
