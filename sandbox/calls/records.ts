import type { Doc, Fields } from '../store/database';
import type { Store } from '../store/store';
import type { Profile } from '../values/profile';
import { Random } from '../values/random';
import { type Sound, speech } from '../values/sounds';
import { hex } from '../values/ids';
import { snaked } from '../bus/messages';
import { recordingOf } from './recording';
import { validate } from '../schemas';
import { monthOf, toDate } from '../values/time';
import type { Clock } from './clock';
import type { Leg } from './leg';
import { messageOf } from './legMessage';

/** What is needed to keep something: whose it is, and where it goes. */
export interface Keeper {
	readonly account: Doc;
	readonly exchange: { store: Store; profile: Profile };
}

/** Seconds of sound that are really made; longer recordings have shorter sound. */
const SOUND = 20;

/** A voice that says something nobody understands. `seconds` of it, `SOUND` at most. */
function voice(seconds: number): Sound {
	return speech(new Random(Number.parseInt(hex(6), 16)), Math.min(SOUND, Math.max(1, Math.round(seconds))));
}

const titleTime = (gregorian: number): string =>
	toDate(gregorian).toISOString().slice(0, 16).replace('T', ' ');

/** Keeps a recording of a leg that began at a Gregorian second and ends now. Gives back its id. */
export function saveRecording(call: Keeper & { readonly clock: Clock }, leg: Leg, from: number): string {
	const { account, exchange, clock } = call;
	const seconds = Math.max(1, Math.round(clock.time - from));
	const said = {
		...(snaked(messageOf(leg, 'CHANNEL_ANSWER', clock.time)) as Fields),
		interaction_id: leg.interaction,
	};
	const fields = recordingOf(said, {
		cdrId: `${monthOf(clock.now)}-${leg.id}`,
		start: Math.floor(from),
		seconds,
		origin: 'callflow : record_call',
	});
	const doc = exchange.store.createMonthly(
		account._id,
		'call_recording',
		clock.now,
		validate(exchange.profile, 'call_recordings', fields).doc as Fields,
		{ attachment: { name: fields.name, contentType: 'audio/x-wav', data: voice(seconds).wav } },
	);
	leg.recordings.push(doc._id);
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
export function saveMessage({ account, exchange }: Keeper, box: Doc, message: Message): Doc {
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
