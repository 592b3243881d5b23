import type { Doc, Fields } from '../database';
import { Random } from '../demo/random';
import { type Sound, speech } from '../demo/sounds';
import { hex } from '../ids';
import { validate } from '../schemas';
import { toDate } from '../time';
import type { SimulatedCall } from './call';
import type { Leg } from './leg';

/** Seconds of sound that are really made; longer recordings have shorter sound. */
const SOUND = 20;

/** A voice that says something nobody understands. `seconds` of it, `SOUND` at most. */
function voice(seconds: number): Sound {
	return speech(new Random(Number.parseInt(hex(6), 16)), Math.min(SOUND, Math.max(1, Math.round(seconds))));
}

const snake = (key: string): string => key.toLowerCase().replaceAll('-', '_');

/** `Call-ID` becomes `call_id`, at every depth. */
function snakeKeys(fields: Fields): Fields {
	return Object.fromEntries(
		Object.entries(fields).map(([key, value]) => [
			snake(key),
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? snakeKeys(value as Fields)
				: value,
		]),
	);
}

/** Keeps what remains of a leg: its last message under the names of a CDR. Gives back the CDR's id. */
export function saveCdr(call: SimulatedCall, event: Fields): string {
	const { account, exchange, setting } = call;
	const vars = { ...(event['Custom-Channel-Vars'] as Fields) };
	delete vars['Call-Interaction-ID'];
	const [time, key] = setting.interaction.split('-');
	const cdr = exchange.store.createMonthly(
		account._id,
		'cdr',
		Number(event.Timestamp),
		{
			...snakeKeys({ ...event, 'Custom-Channel-Vars': { ...vars, 'Bridge-ID': call.caller.id } }),
			interaction_key: key,
			interaction_time: Number(time),
		},
		{ id: String(event['Call-ID']) },
	);
	return cdr._id;
}

function complete(call: SimulatedCall, schema: string, fields: Fields): Fields {
	return validate(call.exchange.profile, schema, fields).doc as Fields;
}

const titleTime = (gregorian: number): string =>
	toDate(gregorian).toISOString().slice(0, 16).replace('T', ' ');

/** Keeps a recording of a leg that began at a Gregorian second and ends now. Gives back its id. */
export function saveRecording(call: SimulatedCall, leg: Leg, from: number): string {
	const { account, exchange, clock, setting } = call;
	const seconds = Math.max(1, Math.round(clock.time - from));
	const name = `call_recording_${leg.id}.wav`;
	const doc = exchange.store.createMonthly(
		account._id,
		'call_recording',
		clock.now,
		complete(call, 'call_recordings', {
			name,
			description: `recording ${name}`,
			content_type: 'audio/x-wav',
			media_type: 'wav',
			media_source: 'recorded',
			source_type: 'ecallmgr_call_event',
			call_id: leg.id,
			cdr_id: `${titleTime(clock.now).slice(0, 7).replace('-', '')}-${leg.id}`,
			interaction_id: setting.interaction,
			owner_id: leg.vars['Owner-ID'],
			caller_id_name: leg.caller.name,
			caller_id_number: leg.caller.number,
			callee_id_name: leg.callee?.name,
			callee_id_number: leg.callee?.number,
			direction: leg.direction,
			from: leg.from,
			to: leg.to,
			request: leg.to,
			start: Math.floor(from),
			duration: seconds,
			duration_ms: seconds * 1000,
			origin: 'callflow : record_call',
		}),
		{ attachment: { name, contentType: 'audio/x-wav', data: voice(seconds).wav } },
	);
	return doc._id;
}

/** A message for a voicemail box. */
export interface Message {
	callId: string;
	callerName?: string;
	callerNumber: string;
	from: string;
	to: string;
	/** Seconds. */
	length: number;
	/** Gregorian seconds. */
	time: number;
}

/** Puts a message with sound into a box and gives it back. */
export function saveMessage(
	{ account, exchange }: Pick<SimulatedCall, 'account' | 'exchange'>,
	box: Doc,
	message: Message,
): Doc {
	const [fromUser, fromRealm] = message.from.split('@');
	const [toUser, toRealm] = message.to.split('@');
	return exchange.store.createMonthly(
		account._id,
		'mailbox_message',
		message.time,
		{
			name: `mailbox ${String(box.mailbox)} message ${titleTime(message.time)}`,
			description: 'voicemail message with media',
			source_type: 'voicemail',
			source_id: box._id,
			media_source: 'recording',
			streamable: true,
			utc_seconds: message.time,
			metadata: {
				call_id: message.callId,
				caller_id_name: message.callerName ?? message.callerNumber,
				caller_id_number: message.callerNumber,
				from: message.from,
				to: message.to,
				from_user: fromUser,
				from_realm: fromRealm,
				to_user: toUser,
				to_realm: toRealm,
				length: Math.round(message.length * 1000),
				timestamp: message.time,
				folder: 'new',
			},
		},
		{
			attachment: {
				name: `${hex(16)}.wav`,
				contentType: 'audio/x-wav',
				data: voice(message.length).wav,
			},
		},
	);
}
