import type { Answer, Call, Handler, Route } from '../request/call';
import { dataObject, requestValue } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { checkSchema, databaseOf, load, routesOf } from '../documents/resource';
import {
	AUDIO_TYPES,
	attachmentName,
	extensionOf,
	firstFile,
	MULTIPART_TYPES,
	replaceFile,
	singleFile,
	storedTypes,
} from '../documents/files';
import { hex } from '../values/ids';
import { list } from '../documents/listing';
import { present } from '../store/merge';
import { JSON_TYPES } from '../request/content-types';
import { badIdentifier, type FieldErrors, fieldError, validationError } from '../request/refusal';
import { now, toDate } from '../values/time';
import { zip } from '../values/zip';
import { messagesOf, metadataOf, vmboxes } from './vmboxes';

const A = '/accounts/{accountId}';

/** Messages older than this cannot be changed, in seconds: 93 days. */
const RETENTION = 93 * 24 * 3600;

const FOLDERS = ['new', 'saved', 'deleted'];

const BY_BOX: View = {
	types: ['mailbox_message'],
	key: (doc) => [String(doc.source_id), Number(metadataOf(doc).timestamp)],
};

const BY_TIME: View = {
	types: ['mailbox_message'],
	key: (doc) => [Number(metadataOf(doc).timestamp), doc._id],
};

const SHOWN = [
	'timestamp',
	'from',
	'to',
	'caller_id_number',
	'caller_id_name',
	'call_id',
	'folder',
	'length',
	'media_id',
	'transcription',
];

function summary(message: Doc): Fields {
	const metadata = metadataOf(message);
	return Object.fromEntries(
		SHOWN.filter((key) => metadata[key] !== undefined).map((key) => [key, metadata[key]]),
	);
}

/** Filters look at the metadata, which is all that clients know of a message. */
const filtered = (message: Doc): Doc => ({ ...message, ...metadataOf(message) });

const listMessages: Handler = (call) => {
	// Whether there is such a box is not looked at: messages outlive theirs.
	return list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: BY_BOX,
		prefix: [call.params.boxId as string],
		ranged: true,
		bareStart: true,
		maxRange: RETENTION,
		show: summary,
		filtered,
	});
};

const listAllMessages: Handler = (call) =>
	list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: BY_TIME,
		ranged: true,
		maxRange: RETENTION,
		show: (message) => ({ [String(message.source_id)]: summary(message) }),
		filtered,
	});

function loadMessage(call: Call, id = call.params.messageId as string): Doc {
	const message = call.kernel.store.database((call.account as Doc)._id).get(id, 'mailbox_message');
	if (!message || message.source_id !== call.params.boxId) throw badIdentifier(id);
	return message;
}

function nameOf(box: Doc, time: number): string {
	const date = toDate(time);
	const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()].join('-');
	// The real server does not pad these numbers.
	const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].join(':');
	return `mailbox ${String(box.mailbox)} message ${day} ${clock} UTC`;
}

function addressParts(address: string, key: 'from' | 'to'): Fields {
	const at = address.indexOf('@');
	return { [key]: address, [`${key}_user`]: address.slice(0, at), [`${key}_realm`]: address.slice(at + 1) };
}

function metadataFor(call: Call, box: Doc, data: Fields): Fields {
	const realm = String((call.account as Doc).realm);
	// The realm is added to whatever came, an address included.
	const at = (user: string) => `${user}@${realm}`;
	const caller = String(data.caller_id_number ?? 'anonymous');
	return {
		call_id: data.call_id ?? hex(24),
		caller_id_name: data.caller_id_name ?? 'anonymous',
		caller_id_number: caller,
		...addressParts(at(String(data.from ?? caller)), 'from'),
		length: data.length ?? 1,
		timestamp: data.timestamp ?? now(),
		...addressParts(at(String(data.to ?? box.mailbox)), 'to'),
		folder: data.folder ?? 'new',
	};
}

const createMessage: Handler = (call) => {
	const box = load(vmboxes, call, call.params.boxId);
	const errors: FieldErrors = {};
	const data = checkSchema(call, 'vm_message_metadata', dataObject(call), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const [file] = call.body.files;
	return {
		run: (): Answer => {
			const metadata = metadataFor(call, box, data);
			const time = Number(metadata.timestamp);
			const { store } = call.kernel;
			const database = (call.account as Doc)._id;
			const message = store.createMonthly(
				database,
				'mailbox_message',
				time,
				{
					name: nameOf(box, time),
					description: 'voicemail message with media',
					source_type: 'voicemail',
					source_id: box._id,
					media_source: 'recording',
					streamable: true,
					utc_seconds: time,
					metadata,
					...(file || data.from === undefined ? undefined : { pvt_plain: true }),
				},
				file
					? { attachment: { name: attachmentName(file), contentType: file.contentType, data: file.data } }
					: {},
			);
			return {
				data: file ? metadataOf(message) : present(message),
				revision: message._rev,
				id: message._id,
			};
		},
	};
};

const readMessage: Handler = (call) => ({ data: metadataOf(loadMessage(call)) });

function inFolder(call: Call, message: Doc, folder: string): Doc {
	return call.kernel.store.save((call.account as Doc)._id, moved(message, folder));
}

const moved = (message: Doc, folder: string): Doc => ({
	...message,
	metadata: { ...metadataOf(message), folder },
});

/**
 * A message that was made from JSON which says where the call came from: on the real server it stays an ordinary
 * document, which deleting shows a last time and does not take away.
 */
const isDocument = (message: Doc): boolean => message.pvt_plain === true;

/** What a request wants of a message: another folder, or other boxes. */
function wantedOf(call: Call): { folder?: string; boxes?: string[]; copy: boolean } {
	const source = requestValue(call, 'source_id');
	if (Array.isArray(source)) return { boxes: source.map(String), copy: true };
	if (typeof source === 'string') {
		if (source === '') throw fieldError('source_id', 'empty', 'source_id cannot be empty');
		return { boxes: [source], copy: false };
	}
	const folder = String(requestValue(call, 'folder'));
	return { folder: FOLDERS.includes(folder) ? folder : 'saved', copy: false };
}

/** Looks for the boxes that messages go to; gives back the last. */
function checkBoxes(call: Call, boxes: string[]): Doc | undefined {
	return boxes.map((id) => load(vmboxes, call, id)).at(-1);
}

function copyTo(call: Call, message: Doc, boxId: string): Doc {
	const { store } = call.kernel;
	const database = (call.account as Doc)._id;
	const box = load(vmboxes, call, boxId);
	const time = now();
	// Only the address as a whole names the new box: its parts stay.
	const to = `${String(box.mailbox)}@${String((call.account as Doc).realm)}`;
	const metadata: Fields = { ...metadataOf(message), to, timestamp: time, folder: 'new' };
	const file = firstFile(call, database, message._id);
	return store.createMonthly(
		database,
		'mailbox_message',
		time,
		{
			name: nameOf(box, Number(metadataOf(message).timestamp)),
			description: message.description,
			source_type: 'voicemail',
			source_id: boxId,
			media_source: 'recording',
			streamable: true,
			utc_seconds: time,
			metadata,
			...(isDocument(message) ? { pvt_plain: true } : undefined),
		},
		file ? { attachment: file } : {},
	);
}

function apply(call: Call, message: Doc, wanted: ReturnType<typeof wantedOf>): Doc[] {
	if (!wanted.boxes) {
		return [inFolder(call, message, wanted.folder as string)];
	}
	// The last box comes first: so the answer lists the copies.
	const made = [...wanted.boxes].reverse().map((box) => copyTo(call, message, box));
	if (!wanted.copy) call.kernel.store.remove((call.account as Doc)._id, message, true);
	return made;
}

const changeMessage: Handler = (call) => {
	const message = loadMessage(call);
	const wanted = wantedOf(call);
	const box = checkBoxes(call, wanted.boxes ?? []);
	return {
		run: (): Answer => {
			const changed = apply(call, message, wanted);
			if (wanted.copy) return { data: { succeeded: changed.map((doc) => doc._id) }, revision: box?._rev };
			const [first] = changed as [Doc];
			if (!wanted.boxes) return { data: metadataOf(first) };
			return { data: { _id: first._id, _rev: first._rev, ...present(first) }, revision: box?._rev };
		},
	};
};

const deleteMessage: Handler = (call) => {
	const message = loadMessage(call);
	return {
		run: (): Answer => {
			const { store } = call.kernel;
			const database = (call.account as Doc)._id;
			if (isDocument(message)) {
				return { data: { ...present(message), _read_only: { deleted: true } }, revision: message._rev };
			}
			const gone = store.remove(database, moved(message, 'deleted'));
			return { data: metadataOf(gone), revision: gone._rev };
		},
	};
};

function idsOf(call: Call): string[] {
	const ids = dataObject(call).messages;
	if (!Array.isArray(ids) || ids.length === 0) {
		throw fieldError('messages', 'required', 'No array of message ids are specified');
	}
	return ids.map(String);
}

function each(call: Call, ids: string[], work: (message: Doc) => Doc[]): Fields {
	const succeeded: string[] = [];
	const failed: Record<string, string> = {};
	for (const id of ids) {
		const message = call.kernel.store.database((call.account as Doc)._id).get(id, 'mailbox_message');
		if (message?.source_id === call.params.boxId)
			succeeded.push(...work(message as Doc).map((doc) => doc._id));
		else failed[id] = 'not_found';
	}
	return {
		...(succeeded.length > 0 ? { succeeded } : undefined),
		...(Object.keys(failed).length > 0 ? { failed } : undefined),
	};
}

const changeMessages: Handler = (call) => {
	const box = load(vmboxes, call, call.params.boxId);
	const ids = idsOf(call);
	const wanted = wantedOf(call);
	const last = checkBoxes(call, wanted.boxes ?? []);
	return {
		run: () => ({
			data: each(call, ids, (message) => apply(call, message, wanted)),
			revision: wanted.copy ? last?._rev : box._rev,
		}),
	};
};

const deleteMessages: Handler = (call) => {
	const box = load(vmboxes, call, call.params.boxId);
	const listed = dataObject(call).messages;
	const folder = call.query.folder;
	const ids = Array.isArray(listed)
		? listed.map(String)
		: messagesOf(call, box._id)
				.filter((message) => folder === undefined || metadataOf(message).folder === folder)
				.map((message) => message._id);
	const database = (call.account as Doc)._id;
	const found = ids.filter((id) => messagesOf(call, box._id).some((message) => message._id === id));
	const documents = messagesOf(call, box._id).filter(
		(message) => found.includes(message._id) && isDocument(message),
	);
	// With a plain document among them nothing happens, and the answer is no more than their ids.
	if (documents.length > 0) return { data: found };
	return {
		run: () => ({
			data: each(call, ids, (message) => [call.kernel.store.remove(database, moved(message, 'deleted'))]),
		}),
	};
};

function soundName(message: Doc, contentType: string): string {
	const { caller_id_number: caller, timestamp } = metadataOf(message);
	const time = toDate(Number(timestamp)).toISOString();
	return `${String(caller)}_${time.slice(0, 10)}_${time.slice(11, 19)}${extensionOf(contentType)}`;
}

const readSound: Handler = (call) => {
	const message = loadMessage(call);
	const database = (call.account as Doc)._id;
	const file = firstFile(call, database, message._id);
	if (!file) throw badIdentifier('voicemail message does not have any audio file');
	return {
		raw: {
			body: file.data,
			contentType: file.contentType,
			ranges: true,
			headers: { 'content-disposition': `attachment; filename=${soundName(message, file.contentType)}` },
		},
	};
};

const writeSound: Handler = (call) => {
	const message = loadMessage(call);
	const file = singleFile(call, 'an', 'audio file');
	const database = (call.account as Doc)._id;
	return {
		run: (): Answer => {
			replaceFile(call, database, message._id, file);
			const saved = call.kernel.store.save(database, message);
			return { data: metadataOf(saved), revision: saved._rev, id: saved._id };
		},
	};
};

/** The sound of several messages in one archive. */
const readSounds: Handler = (call) => {
	load(vmboxes, call, call.params.boxId);
	const ids = idsOf(call);
	const database = databaseOf(vmboxes, call);
	const files = ids.map((id) => {
		const message = loadMessage(call, id);
		const file = firstFile(call, database, id);
		if (!file) throw badIdentifier('voicemail message does not have any audio file');
		return { name: soundName(message, file.contentType), data: file.data };
	});
	return {
		run: () => ({
			raw: {
				body: zip(files),
				contentType: 'application/zip',
				headers: { 'content-disposition': `attachment; filename=${call.requestId}.zip` },
			},
		}),
	};
};

const SOUND_TYPES = ['application/octet-stream', ...AUDIO_TYPES, ...MULTIPART_TYPES];

/** Voicemail boxes and their messages. */
export const voicemailRoutes: Route[] = [
	...routesOf(vmboxes),
	{ path: `${A}/vmboxes/messages`, handlers: { GET: listAllMessages } },
	{
		path: `${A}/vmboxes/{boxId}/messages`,
		handlers: { GET: listMessages, PUT: createMessage, POST: changeMessages, DELETE: deleteMessages },
		accepts: { PUT: [...MULTIPART_TYPES, ...JSON_TYPES, ...AUDIO_TYPES, 'application/octet-stream'] },
	},
	{
		path: `${A}/vmboxes/{boxId}/messages/raw`,
		handlers: { POST: readSounds },
		provides: { POST: ['application/zip'] },
		// By the code JSON is refused; a request without a content type is taken for JSON and accepted.
		accepts: { POST: ['application/zip'] },
	},
	{
		path: `${A}/vmboxes/{boxId}/messages/{messageId}`,
		handlers: { GET: readMessage, POST: changeMessage, DELETE: deleteMessage },
	},
	{
		path: `${A}/vmboxes/{boxId}/messages/{messageId}/raw`,
		handlers: { GET: readSound, PUT: writeSound },
		provides: {
			GET: (call) => [
				...storedTypes(call, (call.account as Doc)._id, call.params.messageId as string, []),
				...SOUND_TYPES,
			],
		},
		accepts: { PUT: [...SOUND_TYPES, ...JSON_TYPES] },
	},
];
