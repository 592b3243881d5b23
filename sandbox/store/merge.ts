import type { Doc, Fields } from './database';

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: Fields): boolean => Object.keys(value).length === 0;

/**
 * PATCH as most resources do it: objects are merged at any depth, but an empty one empties what is there; lists are
 * replaced, null takes a key away.
 */
export function mergeDeep(target: Fields, changes: Fields): Fields {
	const merged = { ...target };
	for (const [key, value] of Object.entries(changes)) {
		const before = merged[key];
		if (value === null) delete merged[key];
		else if (!isObject(value)) merged[key] = value;
		else merged[key] = isEmpty(value) ? {} : mergeDeep(isObject(before) ? before : {}, value);
	}
	return merged;
}

/** PATCH of webhooks and resources: keys are replaced as they are, null takes a top-level key away. */
export function mergeShallow(target: Fields, changes: Fields): Fields {
	const merged = { ...target, ...changes };
	for (const [key, value] of Object.entries(changes)) if (value === null) delete merged[key];
	return merged;
}

const isPrivate = (key: string): boolean => key.startsWith('_') || key.startsWith('pvt_');

/** The fields of a request's data that may be stored: private ones and the id are dropped. */
export function publicData(data: Fields): Fields {
	const fields: Fields = {};
	for (const [key, value] of Object.entries(data)) if (!isPrivate(key) && key !== 'id') fields[key] = value;
	return fields;
}

/** A document's public fields, without its id. */
export function publicFields(doc: Fields): Fields {
	const fields: Fields = {};
	for (const key in doc) if (!isPrivate(key)) fields[key] = doc[key];
	return fields;
}

/** A document as clients see it: public fields and `id`. */
export function present(doc: Doc): Fields {
	const fields = publicFields(doc);
	fields.id = doc._id;
	return fields;
}

/** A document's private fields. */
export function privateFields(doc: Doc): Fields {
	const fields: Fields = {};
	for (const key in doc) if (isPrivate(key)) fields[key] = doc[key];
	return fields;
}
