import type { Answer, Call, Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import {
	byId,
	change,
	checkSchema,
	documentAnswer,
	load,
	type Resource,
	routesOf,
} from '../documents/resource';
import {
	AUDIO_TYPES,
	BASE64_TYPES,
	contentOf,
	download,
	firstFile,
	replaceFile,
	singleFile,
	storedTypes,
	VIDEO_TYPES,
} from '../documents/files';
import { encodeKey } from '../values/erlang';
import { hex } from '../values/ids';
import { HIGHEST } from '../documents/listing';
import { publicFields } from '../store/merge';
import { JSON_TYPES } from '../request/content-types';
import { type FieldErrors, Refusal, validationError } from '../request/refusal';

const ACCOUNT = '/accounts/{accountId}/media';

/** Prompts belong to no list of music, unless they are asked for. */
const isPrompt = (doc: Doc): boolean => typeof doc.prompt_id === 'string';

export const media: Resource = {
	path: ACCOUNT,
	type: 'media',
	schema: 'media',
	view: byId('media'),
	collection: ['GET', 'PUT'],
	document: ['GET', 'POST', 'DELETE'],
	summary: (doc) => ({
		id: doc._id,
		name: doc.name,
		media_source: doc.media_source,
		language: languageOf(doc),
		is_prompt: isPrompt(doc),
	}),
	before: ({ fields }) => {
		// Speech is made by an engine that this machine does not have, like the recorded one.
		if (fields.media_source === 'tts') {
			throw new Refusal(500, 'flite is not available to create TTS media', {});
		}
	},
	id: ({ fields }) =>
		typeof fields.prompt_id === 'string' ? `${String(fields.language)}/${fields.prompt_id}` : undefined,
};

const systemMedia: Resource = { ...media, path: '/media', database: () => 'system_media', access: 'token' };

const databaseOf = (call: Call): string => call.account?._id ?? 'system_media';

const resourceOf = (call: Call): Resource => (call.account ? media : systemMedia);

const readSound: Handler = (call) => download(call, databaseOf(call), load(resourceOf(call), call));

const writeSound: Handler = (call) => {
	const doc = load(resourceOf(call), call);
	const file = singleFile(call, 'an', 'media file');
	const errors: FieldErrors = {};
	const fields = checkSchema(
		call,
		'media',
		{ ...publicFields(doc), ...contentOf(file), media_source: 'upload' },
		errors,
	);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return {
		revision: doc._rev,
		run: (): Answer => {
			const database = databaseOf(call);
			// Seen on the real server: the first upload leaves type and length out of the document, later ones do not.
			const first = firstFile(call, database, doc._id) === undefined;
			replaceFile(call, database, doc._id, file);
			const { content_type: _type, content_length: _length, ...others } = fields;
			const saved = call.kernel.store.save(database, { ...doc, ...(first ? others : fields) });
			return documentAnswer(resourceOf(call), call, saved, 'POST');
		},
	};
};

/** A document or its sound, whichever the client asks for. */
const readEither =
	(read: Handler): Handler =>
	(call) =>
		JSON_TYPES.includes(call.accepted) ? read(call) : readSound(call);

const writeEither: Handler = (call) =>
	call.body.files.length > 0 ? writeSound(call) : change(resourceOf(call), 'POST')(call);

function counted(docs: Doc[], key: (doc: Doc) => string): Fields[] {
	const counts = new Map<string, number>();
	for (const doc of docs) counts.set(key(doc), (counts.get(key(doc)) ?? 0) + 1);
	return counts.size === 0 ? [] : [Object.fromEntries(counts)];
}

/** The language as lists have it, whatever its letters are in the document. */
function languageOf(doc: Doc): string | undefined {
	return typeof doc.language === 'string' ? doc.language.toLowerCase() : undefined;
}

const all = (call: Call): Doc[] => call.kernel.store.database(databaseOf(call)).list('media');

const page = (data: unknown[], key?: string): Answer => ({
	data,
	envelope: {
		page_size: data.length,
		...(key === undefined ? undefined : { start_key: encodeKey([key === 'missing' ? null : key, HIGHEST]) }),
	},
	...(data.length > 0 && key === undefined ? { revision: hex() } : undefined),
});

const languages: Handler = (call) => page(counted(all(call), (doc) => languageOf(doc) ?? 'missing'));

const inLanguage: Handler = (call) => {
	const language = String(call.params.language).toLowerCase();
	return page(
		all(call)
			.filter((doc) => (languageOf(doc) ?? 'missing') === language)
			.map((doc) => doc._id),
		language,
	);
};

const prompts: Handler = (call) => page(counted(all(call).filter(isPrompt), (doc) => String(doc.prompt_id)));

const prompt: Handler = (call) => {
	const found = page(
		all(call)
			.filter((doc) => doc.prompt_id === call.params.promptId)
			.map((doc) => ({
				id: doc._id,
				has_attachments: firstFile(call, databaseOf(call), doc._id) !== undefined,
			})),
		call.params.promptId,
	);
	return (found.data as unknown[]).length > 0 ? { ...found, revision: hex() } : found;
};

function mediaRoutes(resource: Resource): Route[] {
	const { path, access } = resource;
	const written = [...AUDIO_TYPES, ...VIDEO_TYPES, ...BASE64_TYPES];
	return [
		...routesOf(resource).map(
			(route): Route =>
				route.path.endsWith('{id}')
					? {
							...route,
							handlers: {
								...route.handlers,
								GET: readEither(route.handlers.GET as Handler),
								POST: writeEither,
							},
							provides: {
								GET: (call) => [
									...JSON_TYPES,
									...storedTypes(call, databaseOf(call), call.params.id as string, []),
								],
							},
							accepts: { POST: [...JSON_TYPES, ...written] },
						}
					: route,
		),
		{
			path: `${path}/{id}/raw`,
			handlers: { GET: readSound, POST: writeSound },
			provides: {
				GET: (call) => storedTypes(call, databaseOf(call), call.params.id as string, JSON_TYPES),
			},
			accepts: { POST: written },
			access,
		},
		{ path: `${path}/languages`, handlers: { GET: languages }, access },
		{ path: `${path}/languages/{language}`, handlers: { GET: inLanguage }, access },
		{ path: `${path}/prompts`, handlers: { GET: prompts }, access },
		{ path: `${path}/prompts/{promptId}`, handlers: { GET: prompt }, access },
	];
}

/** Sounds of an account and of the system. */
export const mediaRoutesAll: Route[] = [...mediaRoutes(media), ...mediaRoutes(systemMedia)];
