import type { Fields } from '../store/database';

/** What a validation error says of one field: rule -> details. The key of the map is the field's path. */
export type FieldErrors = Record<string, Record<string, Fields & { message: string }>>;

/**
 * A request that Crossbar refuses: thrown anywhere below the server, which turns it into the error envelope.
 * `data` undefined leaves the key out (crashes of the real server have none).
 */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly data?: unknown,
		/** True for the answers that have no body at all (406, 412, 415). */
		readonly bare = false,
		/** More keys of the envelope. */
		readonly envelope?: Fields,
	) {
		super(message);
	}
}

/** 400 with what is wrong, field by field. */
export function validationError(errors: FieldErrors): Refusal {
	return new Refusal(400, 'validation error', errors);
}

/** 400 for one field. */
export function fieldError(path: string, rule: string, message: string, more: Fields = {}): Refusal {
	return validationError({ [path]: { [rule]: { message, ...more } } });
}

/** 404 for a document that is not there, was deleted or is of another type. */
export function badIdentifier(cause: string): Refusal {
	return new Refusal(404, 'bad_identifier', { cause, message: 'bad identifier' });
}

/** What Erlang's code takes for no id at all. */
const NO_IDS = new Set(['0', 'false', 'undefined', 'NULL']);

/** An id that the real server does not even ask its database for: 503. */
export function mustBeId(id: string): void {
	if (NO_IDS.has(id)) throw new Refusal(503, 'datastore fatal error', {});
}

/** 404 of the modules that look something up themselves: the data is a list with the id. */
export function unknownThing(id: string): Refusal {
	return new Refusal(404, 'bad identifier', [id]);
}

/** 404 for a path that no module answers. */
export function notFound(): Refusal {
	return new Refusal(404, 'not_found', { message: 'not found' });
}

/** 404 for requests that make no sense to the server, bad page sizes among them. */
export function faultyRequest(message = 'faulty request'): Refusal {
	return new Refusal(404, 'faulty_request', { message });
}

/** 401 for a missing or unknown token, and for a log-in that failed. */
export function invalidCredentials(envelope?: Fields): Refusal {
	return new Refusal(401, 'invalid_credentials', { message: 'invalid credentials' }, false, envelope);
}

/** 401 of the other kind: the token has expired, or (KAZOO 5) the account is unknown. */
export function expiredCredentials(): Refusal {
	return new Refusal(401, 'invalid credentials', {});
}

/** 403. */
export function forbidden(cause?: string): Refusal {
	return new Refusal(403, 'forbidden', {
		...(cause === undefined ? undefined : { cause }),
		message: 'forbidden',
	});
}

/** 405. */
export function methodNotAllowed(message = 'method not allowed'): Refusal {
	return new Refusal(405, 'invalid_method', { message });
}

/** 409: the document there is another one than the writer knows. */
export function conflict(): Refusal {
	return new Refusal(409, 'datastore_conflict', { message: 'conflicting documents' });
}

/** 429. */
export function tooManyRequests(): Refusal {
	return new Refusal(429, 'too_many_requests', { message: 'too many requests' });
}

/** 500 of a module that crashed while it looked at the request: no data. */
export function initFailed(): Refusal {
	return new Refusal(500, 'init failed');
}

/** An answer without a body: 406, 412, 415. */
export function bare(status: number): Refusal {
	return new Refusal(status, '', undefined, true);
}
