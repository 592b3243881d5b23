import type { Answer, Call, Handler, Route } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { AUDIO_TYPES, firstFile } from '../documents/files';
import { EMPTY_OBJECT, encodeKey } from '../values/erlang';
import { hex } from '../values/ids';
import { list } from '../documents/listing';
import { timeRange } from '../documents/time-range';
import { present } from '../store/merge';
import { CSV_TYPES, JSON_TYPES } from '../request/content-types';
import { badIdentifier, Refusal, unknownThing } from '../request/refusal';
import { GREGORIAN_OFFSET, toDate } from '../values/time';
import { summarize } from './cdrSummary';
import { deletedAnswer, metadataOf, type Resource } from '../documents/resource';
import { byId } from '../documents/resource';

const A = '/accounts/{accountId}';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The part before the `@` of an address. */
const userPart = (address: unknown): string => String(address ?? '').split('@')[0] ?? '';

/**
 * A CDR as lists show it: always the same keys, many of them texts, and its time is that of the leg's beginning.
 * `offset` in seconds shifts the dates.
 */
function rowOf(doc: Doc, offset = 0): Fields {
	const vars = (doc.custom_channel_vars ?? {}) as Fields;
	const timestamp = Number(doc.timestamp) - Number(doc.duration_seconds ?? 0);
	const unix = timestamp - GREGORIAN_OFFSET;
	const date = toDate(timestamp);
	const iso = date.toISOString();
	// Only this one follows the client's clock.
	const local = offset ? toDate(timestamp + offset).toISOString() : iso;
	const day = iso.slice(0, 10);
	const clock = iso.slice(11, 19);
	const inbound = doc.call_direction === 'inbound';
	return {
		id: doc._id,
		call_id: doc.call_id ?? '',
		caller_id_number: doc.caller_id_number ?? '',
		caller_id_name: doc.caller_id_name ?? '',
		callee_id_number: doc.callee_id_number ?? '',
		callee_id_name: doc.callee_id_name ?? '',
		duration_seconds: doc.duration_seconds ?? '',
		billing_seconds: doc.billing_seconds ?? '',
		timestamp: String(timestamp),
		hangup_cause: doc.hangup_cause ?? '',
		other_leg_call_id: doc.other_leg_call_id ?? '',
		owner_id: vars.owner_id ?? '',
		to: doc.to ?? '',
		from: doc.from ?? '',
		direction: doc.call_direction ?? '',
		request: doc.request ?? '',
		authorizing_id: vars.authorizing_id ?? '',
		cost: String(vars.cost ?? 0),
		dialed_number: inbound ? userPart(doc.request) : userPart(doc.to),
		calling_from: inbound ? (doc.caller_id_number ?? '') : userPart(doc.from_uri),
		datetime: `${local.slice(0, 10)}_${local.slice(11, 19)}`,
		unix_timestamp: String(unix),
		unix_timestamp_micro: floatText(createdAt(doc) ?? unix),
		rfc_1036: `${DAYS[date.getUTCDay()]}, ${String(date.getUTCDate()).padStart(2, '0')} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clock} GMT`,
		iso_8601: day,
		iso_8601_combined: `${day}T${clock}Z`,
		call_type: vars.account_billing ?? '',
		rate: floatText(Number(vars.rate ?? 0)),
		rate_name: vars.rate_name ?? '',
		bridge_id: vars.bridge_id ?? '',
		recording_url: doc.recording_url ?? '',
		media_recordings: doc.media_recordings ?? [],
		media_server: doc.media_server ?? '',
		call_priority: doc.call_priority ?? '',
		interaction_id: doc.interaction_id ?? '',
	};
}

/** When the switch made the channel, in seconds, where a CDR tells. */
function createdAt(doc: Doc): number | undefined {
	const { channel_created_time: microseconds } = doc;
	return microseconds === undefined ? undefined : Number(microseconds) / 1_000_000;
}

function floatText(value: number): string {
	return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

// A list of many thousand is asked for again and again: each row is written once.
const written = new WeakMap<Doc, Buffer>();

function show(call: Call): (doc: Doc) => unknown {
	const offset = Number(call.query.utc_offset ?? 0);
	if (offset) return (doc) => rowOf(doc, offset);
	return (doc) => {
		let row = written.get(doc);
		if (row === undefined) written.set(doc, (row = Buffer.from(JSON.stringify(rowOf(doc)))));
		return row;
	};
}

const BY_TIME: View = { types: ['cdr'], key: (doc) => [doc.pvt_created, doc._id] };

/** When the call began that a leg belongs to: its id begins with it. */
function interactionTime(doc: Doc): number {
	return Number(doc.interaction_time ?? String(doc.interaction_id).split('-')[0]);
}

const BY_INTERACTION: View = {
	types: ['cdr'],
	key: (doc) => [interactionTime(doc), String(doc.interaction_key ?? doc.interaction_id)],
};

function owned(call: Call): ((doc: Doc) => boolean) | undefined {
	const { userId } = call.params;
	if (userId === undefined) return undefined;
	return (doc) => (doc.custom_channel_vars as Fields | undefined)?.owner_id === userId;
}

const databaseFor = (call: Call) => call.kernel.store.database((call.account as Doc)._id);

const BY_OWNER: View = {
	types: ['cdr'],
	key: (doc) => {
		const owner = (doc.custom_channel_vars as Fields | undefined)?.owner_id;
		return typeof owner === 'string' ? [owner, doc.pvt_created, doc._id] : undefined;
	},
};

const listCdrs: Handler = (call) =>
	list(call, {
		database: databaseFor(call),
		view: call.params.userId === undefined ? BY_TIME : BY_OWNER,
		prefix: call.params.userId === undefined ? undefined : [call.params.userId],
		ranged: true,
		chunked: true,
		show: show(call),
	});

/** The legs of a call, in the order in which the switch made them. */
const BY_CALL: View = {
	types: ['cdr'],
	key: (doc) => [String(doc.interaction_id), createdAt(doc) ?? doc.pvt_created, doc._id],
};

/**
 * Legs of the same call make one row: that of the leg that began first. KAZOO 4 loses a row where a page that does not
 * begin the list meets the next one (59 calls were 58 in pages of 20 and 55 in pages of 10).
 */
const listInteractions: Handler = (call) => {
	const mine = owned(call);
	const first = new Map<unknown, Doc>();
	for (const { doc } of databaseFor(call).view(BY_CALL)) {
		if (!first.has(doc.interaction_id)) first.set(doc.interaction_id, doc);
	}
	const answer = list(call, {
		database: databaseFor(call),
		view: BY_INTERACTION,
		ranged: true,
		chunked: true,
		only: (doc) => first.get(doc.interaction_id) === doc && (mine?.(doc) ?? true),
		show: show(call),
	});
	const { data, envelope } = answer;
	const losesOne =
		call.kernel.profile === 4 &&
		call.query.start_key !== undefined &&
		envelope?.next_start_key !== undefined &&
		Array.isArray(data);
	return losesOne ? { ...answer, data: data.slice(0, -1) } : answer;
};

const readCdr: Handler = (call) => {
	const id = call.params.id as string;
	if (!/^\d{6}-/.test(id)) throw new Refusal(404, 'could not find cdr with supplied id', {});
	const doc = databaseFor(call).get(id, 'cdr');
	if (!doc) throw badIdentifier(id);
	return { data: present(doc), revision: doc._rev, metadata: metadataOf(doc) };
};

const legs: Handler = (call) => {
	const id = call.params.id as string;
	const database = databaseFor(call);
	const interaction = database.get(id, 'cdr')?.interaction_id ?? id;
	const found = [...database.view(BY_CALL)].flatMap(({ doc }) =>
		doc.interaction_id === interaction ? [doc] : [],
	);
	return {
		data: found.map(present),
		envelope: { page_size: found.length, start_key: encodeKey([id, EMPTY_OBJECT]) },
		...(found.length > 0 ? { revision: hex() } : undefined),
	};
};

const summary: Handler = (call) => {
	const { from, to } = timeRange(call);
	const found = [...databaseFor(call).view(BY_TIME)].flatMap(({ doc }) => {
		const created = Number(doc.pvt_created);
		return created >= from && created <= to ? [doc] : [];
	});
	return {
		data: summarize(found),
		envelope: { page_size: 1, start_key: encodeKey([to, EMPTY_OBJECT]) },
		revision: hex(),
	};
};

const recordings: Resource = {
	path: `${A}/recordings`,
	type: 'call_recording',
	view: byId('call_recording'),
	summary: present,
};

const RECORDINGS_BY_TIME: View = {
	types: ['call_recording'],
	key: (doc) => [doc.pvt_created, doc._id],
};

const listRecordings: Handler = (call) => {
	const database = databaseFor(call);
	const { userId } = call.params;
	return list(call, {
		database,
		view: RECORDINGS_BY_TIME,
		ranged: true,
		only: userId === undefined ? undefined : (doc) => doc.owner_id === userId,
		show: (doc) => ({
			...present(doc),
			_read_only: {
				content_types: [...database.attachments(doc._id).values()].map((file) => file.contentType),
			},
		}),
	});
};

function recordingOf(call: Call): Doc {
	const id = call.params.id as string;
	const doc = databaseFor(call).get(id, 'call_recording');
	if (!doc) throw badIdentifier(id);
	return doc;
}

const readRecording: Handler = (call) => {
	const doc = recordingOf(call);
	if (JSON_TYPES.includes(call.accepted)) {
		return { data: present(doc), revision: doc._rev, metadata: metadataOf(doc) };
	}
	const file = firstFile(call, (call.account as Doc)._id, doc._id);
	if (!file) {
		// KAZOO 4 sends nothing, and says that all is well.
		if (call.kernel.profile === 4) return { revision: doc._rev, raw: { body: '', contentType: '' } };
		throw unknownThing(doc._id);
	}
	const disposition = call.query.inline === 'true' ? 'inline' : 'attachment';
	return {
		revision: doc._rev,
		raw: {
			body: file.data,
			contentType: file.contentType,
			ranges: true,
			headers: { 'content-disposition': `${disposition}; filename=${file.name}` },
		},
	};
};

const removeRecording: Handler = (call) => {
	const doc = recordingOf(call);
	return {
		revision: doc._rev,
		run: (): Answer =>
			deletedAnswer(recordings, call, call.kernel.store.remove((call.account as Doc)._id, doc)),
	};
};

/** KAZOO 5: only what the user noted on a recording can be changed. */
const noteRecording: Handler = (call) => {
	const doc = recordingOf(call);
	const data = call.body.data as Fields;
	return {
		revision: doc._rev,
		run: () => {
			const saved = call.kernel.store.save((call.account as Doc)._id, {
				...doc,
				user_metadata: data.user_metadata,
			});
			return { data: present(saved), revision: saved._rev, metadata: metadataOf(saved) };
		},
	};
};

const SOUNDS = [...JSON_TYPES, ...AUDIO_TYPES.filter((type) => /mpeg|mp3/.test(type))];

function recordingRoutes(path: string): Route[] {
	return [
		{ path, handlers: { GET: listRecordings } },
		{
			path: `${path}/{id}`,
			handlers: { GET: readRecording, DELETE: removeRecording },
			provides: { GET: SOUNDS },
		},
		{ path: `${path}/{id}`, handlers: { PATCH: noteRecording }, profile: 5 },
	];
}

function cdrRoutesAt(path: string): Route[] {
	const provides = { GET: [...JSON_TYPES, ...CSV_TYPES] };
	return [
		{ path, handlers: { GET: listCdrs }, provides },
		{ path: `${path}/interaction`, handlers: { GET: listInteractions }, provides },
	];
}

/** Calls that were made, and what was recorded of them. */
export const cdrRoutes: Route[] = [
	...cdrRoutesAt(`${A}/cdrs`),
	...cdrRoutesAt(`${A}/users/{userId}/cdrs`),
	{ path: `${A}/cdrs/legs/{id}`, handlers: { GET: legs } },
	{ path: `${A}/cdrs/summary`, handlers: { GET: summary } },
	{ path: `${A}/cdrs/{id}`, handlers: { GET: readCdr } },
	...recordingRoutes(`${A}/recordings`),
	...recordingRoutes(`${A}/users/{userId}/recordings`),
];
