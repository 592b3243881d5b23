import { chargeFor, type QuantityChange } from '../billing/charges';
import type { Answer, Call, Handler, Method, Prepared, Route } from '../request/call';
import { dataObject, requestValue } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { list, type Listing } from './listing';
import { hex } from '../values/ids';
import { mergeDeep, present, privateFields, publicData, publicFields } from '../store/merge';
import type { Profile } from '../values/profile';
import {
	badIdentifier,
	conflict,
	type FieldErrors,
	initFailed,
	methodNotAllowed,
	mustBeId,
	Refusal,
	validationError,
} from '../request/refusal';
import { validate, ValidatorCrash } from '../schemas';
import { crossbarSetting } from '../store/system-settings';

/** A write on its way: what is there, and what is to be stored. */
export interface Draft {
	call: Call;
	/** The document as it is; undefined for a new one. A check that writes already puts what it wrote here. */
	existing: Doc | undefined;
	/** Public fields to store: hooks may change it. */
	fields: Fields;
	/** Private fields to store; hooks may add to it. */
	hidden: Fields;
	/** What is wrong so far: hooks add to it. */
	errors: FieldErrors;
}

/** A kind of document and how it differs from the others. */
export interface Resource {
	/** Path of the collection; the last part names the endpoint. */
	path: string;
	/** What its documents are stored as. */
	type: string;
	/** Name of the JSON schema; without one anything is stored. */
	schema?: string;
	/** The order of the list. */
	view: View;
	/** A row of the list. */
	summary: (doc: Doc, call: Call) => unknown;
	/** Methods of the collection and of a document, as far as they are not the usual ones. */
	collection?: Method[];
	document?: Method[];
	/** Where documents are; the account's own database unless told otherwise. */
	database?: (call: Call) => string;
	/** Narrows the list, and what an id may name, to part of the database. */
	mine?: (doc: Doc, call: Call) => boolean;
	/** The list's key begins with this. */
	prefix?: (call: Call) => (string | number)[];
	/** The document is looked for before anything is validated: users, devices. */
	loadsFirst?: boolean;
	/** Errors have `%2E` for the dots of their paths: users, accounts. */
	escapesDots?: boolean;
	/** How PATCH merges: deeply unless told otherwise. */
	merge?: (target: Fields, changes: Fields) => Fields;
	/** What PATCH sends must be a valid document by itself; what it is merged with is not looked at. */
	patchAlone?: boolean;
	/** Methods that know no revision of the document when they look at `If-Match`: only `*` fits. */
	unmatched?: Method[];
	/** A client may not choose the id of a new document: users, fax boxes. */
	ownIds?: boolean;
	/** There is a copy elsewhere, and whoever changes a document is told the copy's revision: fax boxes. */
	copied?: boolean;
	/** Methods, by generation, whose result the real server shows and never stores. */
	forgets?: Partial<Record<Profile, Method[]>>;
	/** Changes the data before the schema looks at it (normalising), adds errors of its own. */
	prepare?: (draft: Draft) => void;
	/** Adds errors after the schema has filled in defaults: uniqueness and the like. */
	check?: (draft: Draft) => void;
	/** What the account has more or less of afterwards: it may cost money. */
	bill?: (draft: Draft) => QuantityChange[];
	/** The last word before a write, when nothing is wrong any more: private fields. */
	before?: (draft: Draft) => void;
	/** Makes the document instead of the usual way. */
	make?: (draft: Draft) => Doc;
	/** After a document was stored or deleted. */
	after?: (call: Call, doc: Doc, change: 'created' | 'changed' | 'deleted', before?: Doc) => void;
	/** What a document shows; its public fields and id unless told otherwise. */
	show?: (doc: Doc, call: Call, method: Method) => Fields;
	/** More read-only facts about one document; KAZOO 5 puts them into the envelope. */
	facts?: (doc: Doc, call: Call) => Fields;
	/** The id of a new document; random unless told otherwise. */
	id?: (draft: Draft) => string | undefined;
	/** More of how the list is made. */
	listed?: Pick<Listing, 'reversed' | 'unrevisioned' | 'ranged' | 'bareKey' | 'highest'>;
	/** Reading one shows no revision: what is shown was put together from several documents. */
	unrevisioned?: boolean;
	/** Only in this generation. */
	profile?: 4 | 5;
	access?: Route['access'];
}

/** The name of the database that a resource of an account keeps its documents in. */
export function databaseOf(resource: Resource, call: Call): string {
	return resource.database?.(call) ?? (call.account as Doc)._id;
}

/** The document of the path. Throws 404. */
export function load(resource: Resource, call: Call, id = call.params.id as string): Doc {
	mustBeId(id);
	const doc = call.kernel.store.database(databaseOf(resource, call)).get(id, resource.type);
	if (!doc || (resource.mine && !resource.mine(doc, call))) throw badIdentifier(id);
	return doc;
}

/** The answer about one document. */
export function documentAnswer(resource: Resource, call: Call, doc: Doc, method: Method = 'GET'): Answer {
	const data = resource.show ? resource.show(doc, call, method) : present(doc);
	const metadata = { ...metadataOf(doc), ...resource.facts?.(doc, call) };
	const revision =
		resource.copied && WRITTEN.has(method) ? `${Number.parseInt(doc._rev, 10)}-${hex()}` : doc._rev;
	return { data, revision, id: doc._id, metadata };
}

const WRITTEN = new Set<Method>(['PUT', 'POST', 'PATCH']);

/** What KAZOO 5 says of a document outside of its data. */
export function metadataOf(doc: Doc): Fields {
	return {
		id: doc._id,
		created: doc.pvt_created,
		modified: doc.pvt_modified,
		...(doc.pvt_deleted ? { deleted: true } : undefined),
	};
}

/** Errors as the envelope shows them. */
export function escapeDots(errors: FieldErrors): FieldErrors {
	return Object.fromEntries(
		Object.entries(errors).map(([path, rules]) => [path.replaceAll('.', '%2E'), rules]),
	);
}

/** Checks fields against a schema: gives back the fields with their defaults, adds errors to the map. */
export function checkSchema(call: Call, schema: string, fields: unknown, errors: FieldErrors): Fields {
	const { profile, allowLoopbackUris } = call.kernel;
	try {
		const result = validate(profile, schema, fields as object, { allowLoopbackUris });
		// What a module found itself stays.
		for (const [path, rules] of Object.entries(result.errors ?? {})) {
			errors[path] ??= rules as FieldErrors[string];
		}
		return result.doc as Fields;
	} catch (error) {
		if (!(error instanceof ValidatorCrash)) throw error;
		throw error.words === undefined ? initFailed() : new Refusal(500, error.words, {});
	}
}

function validated(resource: Resource, draft: Draft): void {
	const { call } = draft;
	if (Array.isArray(call.body.data)) {
		throw validationError({
			'': {
				type: {
					message: 'Value did not match type(s): object',
					target: 'object',
					value: call.body.data,
				},
			},
		});
	}
	resource.prepare?.(draft);
	if (resource.schema) draft.fields = checkSchema(call, resource.schema, draft.fields, draft.errors);
	resource.check?.(draft);
	if (Object.keys(draft.errors).length > 0) {
		throw validationError(resource.escapesDots ? escapeDots(draft.errors) : draft.errors);
	}
}

/**
 * The id that a client wants for what it makes: KAZOO 4 takes any text, KAZOO 5 an id where the system's settings allow
 * it.
 */
export function idOfClient(call: Call): string | undefined {
	const { profile, store } = call.kernel;
	const { id } = dataObject(call);
	if (typeof id !== 'string' || id === '') return undefined;
	if (profile === 4) return id;
	return id.length === 32 && crossbarSetting(store, 'allow_onboarding_setting_id') === true ? id : undefined;
}

/** Creates a document: PUT on a collection. */
export function create(resource: Resource): Handler {
	return (call): Prepared => {
		const draft: Draft = {
			call,
			existing: undefined,
			fields: publicData(dataObject(call)),
			hidden: {},
			errors: {},
		};
		validated(resource, draft);
		if (resource.bill) chargeFor(call, resource.bill(draft));
		return {
			raced: true,
			run: () => {
				resource.before?.(draft);
				const { store } = call.kernel;
				const database = databaseOf(resource, call);
				const id = resource.id?.(draft) ?? (resource.ownIds ? undefined : idOfClient(call));
				// Deleted documents stay where they are: their ids are never free again.
				if (id !== undefined && store.database(database).raw(id)) throw conflict();
				const hidden = {
					...draft.hidden,
					...(call.account ? { pvt_account_id: call.account._id } : undefined),
				};
				const doc =
					resource.make?.(draft) ??
					store.create(database, resource.type, { ...draft.fields, ...hidden }, { id });
				resource.after?.(call, doc, 'created');
				return documentAnswer(resource, call, latest(call, database, doc), 'PUT');
			},
		};
	};
}

/** Somebody else may have written the document since it was looked at. Throws 409. */
function mustBeLatest(call: Call, database: string, doc: Doc): void {
	if (call.kernel.store.database(database).raw(doc._id)?._rev !== doc._rev) throw conflict();
}

/** Hooks that run after a write may have written the document again. */
function latest(call: Call, database: string, doc: Doc): Doc {
	return call.kernel.store.database(database).raw(doc._id) ?? doc;
}

/** Changes a document: POST replaces all public fields, PATCH merges. */
export function change(resource: Resource, verb: 'POST' | 'PATCH'): Handler {
	return (call): Prepared => {
		if (resource.loadsFirst) load(resource, call);
		const id = call.params.id as string;
		mustBeId(id);
		const found = call.kernel.store.database(databaseOf(resource, call)).get(id, resource.type);
		const existing = found && (!resource.mine || resource.mine(found, call)) ? found : undefined;
		const changes = publicData(dataObject(call));
		const merged = (over: Fields) =>
			(resource.merge ?? mergeDeep)(existing ? publicFields(existing) : {}, over);
		const draft: Draft = {
			call,
			existing,
			fields: verb === 'PATCH' && !resource.patchAlone ? merged(changes) : { ...changes },
			hidden: existing ? privateFields(existing) : {},
			errors: {},
		};
		validated(resource, draft);
		if (verb === 'PATCH' && resource.patchAlone) draft.fields = merged(draft.fields);
		// The real server validates first and finds out afterwards that there is nothing to change.
		if (!existing) throw badIdentifier(id);
		if (resource.bill) chargeFor(call, resource.bill(draft));
		const base = draft.existing ?? existing;
		return {
			revision: existing._rev,
			unmatched: resource.unmatched?.includes(verb),
			raced: true,
			run: () => {
				const database = databaseOf(resource, call);
				mustBeLatest(call, database, base);
				resource.before?.(draft);
				const written = {
					...draft.fields,
					...draft.hidden,
					_id: existing._id,
					pvt_type: existing.pvt_type,
					pvt_created: existing.pvt_created,
				};
				if (resource.forgets?.[call.kernel.profile]?.includes(verb)) {
					return documentAnswer(
						resource,
						call,
						{ ...existing, ...written, ...privateFields(existing) },
						verb,
					);
				}
				const doc = call.kernel.store.save(database, written);
				resource.after?.(call, doc, 'changed', existing);
				return documentAnswer(resource, call, latest(call, database, doc), verb);
			},
		};
	};
}

/** Deletes a document and shows it a last time. */
export function remove(resource: Resource): Handler {
	return (call): Prepared => {
		const doc = load(resource, call);
		return {
			revision: doc._rev,
			unmatched: resource.unmatched?.includes('DELETE'),
			raced: true,
			run: () => {
				const database = databaseOf(resource, call);
				mustBeLatest(call, database, doc);
				const hard = String(requestValue(call, 'should_soft_delete') ?? 'true') === 'false';
				const gone = call.kernel.store.remove(database, doc, hard);
				resource.after?.(call, gone, 'deleted', doc);
				return deletedAnswer(resource, call, gone);
			},
		};
	};
}

/** The answer about a document that was just deleted. */
export function deletedAnswer(resource: Resource, call: Call, doc: Doc): Answer {
	const answer = documentAnswer(resource, call, doc, 'DELETE');
	if (call.kernel.profile === 4) {
		const data = answer.data as Fields;
		answer.data = { ...data, _read_only: { ...(data._read_only as Fields | undefined), deleted: true } };
	}
	return answer;
}

/** Lists a collection. */
export function listAll(resource: Resource): Handler {
	return (call) =>
		list(call, {
			database: call.kernel.store.database(databaseOf(resource, call)),
			view: resource.view,
			show: (doc) => resource.summary(doc, call),
			...resource.listed,
			prefix: resource.prefix?.(call),
			only: resource.mine && ((doc) => resource.mine?.(doc, call) === true),
		});
}

/** Reads a document. */
export function read(resource: Resource): Handler {
	return (call) => {
		const answer = documentAnswer(resource, call, load(resource, call));
		return resource.unrevisioned ? { ...answer, revision: undefined } : answer;
	};
}

const VERBS: Partial<Record<Method, (resource: Resource) => Handler>> = {
	GET: read,
	POST: (resource) => change(resource, 'POST'),
	PATCH: (resource) => change(resource, 'PATCH'),
	DELETE: remove,
};

/** The two routes of a resource: the collection and a document. */
export function routesOf(resource: Resource): Route[] {
	const collection = resource.collection ?? ['GET', 'PUT'];
	const document = resource.document ?? ['GET', 'POST', 'PATCH', 'DELETE'];
	const more = { access: resource.access, profile: resource.profile };
	const routes: Route[] = [];
	if (collection.length > 0) {
		const handlers: Route['handlers'] = {};
		if (collection.includes('GET')) handlers.GET = listAll(resource);
		if (collection.includes('PUT')) handlers.PUT = create(resource);
		routes.push({ path: resource.path, handlers, ...more });
	}
	if (document.length > 0) {
		const handlers: Route['handlers'] = {};
		for (const verb of document) handlers[verb] = VERBS[verb]?.(resource);
		routes.push({ path: `${resource.path}/{id}`, handlers, ...more });
	}
	return routes;
}

/** The server lists the method, but whoever uses it is told that it is not allowed. */
export const neverAllowed: Handler = () => {
	throw methodNotAllowed();
};

/** `OPTIONS` lists GET at such a path; asked for, it is not there. */
export const lacksGet = (call: Call): Method[] => (call.verb === 'GET' ? ['GET'] : []);

/** A view by one field's value, after the id when two are the same; documents without it sort first. */
export function by(type: string, field: string): View {
	return { types: [type], key: (doc) => (doc[field] ?? null) as string | number | null };
}

/** A view by id. */
export function byId(type: string): View {
	return { types: [type], key: (doc) => doc._id };
}

/** An answer of the kind "the command was sent": 200 or 201 in KAZOO 4, 202 in KAZOO 5. */
export function accepted(call: Call, data: unknown): Answer {
	return { data, ...(call.kernel.profile === 5 && call.verb !== 'GET' ? { status: 202 } : undefined) };
}

/** One more of what a document counts as, and one less of what it counted as before. */
export function counted(
	draft: Draft,
	category: string,
	itemOf: (fields: Fields) => string,
): QuantityChange[] {
	const { existing, fields } = draft;
	const after = itemOf(fields);
	const before = existing && itemOf(existing);
	if (before === after) return [];
	return [
		{ category, item: after, by: 1 },
		...(before === undefined ? [] : [{ category, item: before, by: -1 }]),
	];
}
