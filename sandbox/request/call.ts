import type { Doc, Fields } from '../store/database';
import type { Auth } from '../tokens/tokens';
import type { Kernel } from './kernel';
import type { Refusal } from './refusal';

/** HTTP methods of Crossbar. */
export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** A file of a request: the whole body, or a part of a multipart one. */
export interface UploadedFile {
	/** Undefined when the client gave none. */
	name?: string;
	contentType: string;
	data: Buffer;
}

/** What came in the body. */
export interface Body {
	/** The content type without parameters; undefined when there was no body or it had no type. */
	contentType?: string;
	/** Bytes received. */
	size: number;
	/** The whole envelope, its keys lower-cased with `_`; empty when there was none. */
	envelope: Fields;
	/** `data` of the envelope; an empty object when there was none. */
	data: Fields | unknown[];
	/** Whether `data` was sent at all. */
	hasData: boolean;
	files: UploadedFile[];
	/** Text of a body that is neither JSON nor a file of a known kind. */
	raw: Buffer;
}

/** One request on its way through the checks. */
export interface Call {
	readonly kernel: Kernel;
	readonly requestId: string;
	/** The method of the request line. */
	readonly httpMethod: string;
	/** The method that counts: the tunnelled one, if there is one. */
	verb: Method;
	/** Path as asked, without the query. */
	readonly path: string;
	/** Decoded parts of the path after the version; empty parts are left out. */
	segments: string[];
	readonly query: Record<string, string>;
	/** The same, repeated keys included. */
	readonly queryPairs: readonly (readonly [string, string])[];
	readonly headers: Record<string, string | undefined>;
	readonly remoteAddress: string;
	body: Body;
	/** The token, whatever it is worth: envelopes echo it. */
	token?: string;
	auth?: Auth;
	/** Whether the token's account was gone already when the request came. */
	orphaned?: boolean;
	/** The account in the path. */
	account?: Doc;
	/** Parameters of the matched route, by name. */
	params: Record<string, string>;
	/** Content type that was negotiated for the answer. */
	accepted: string;
	/** How many rate-limit tokens the client's bucket has left. */
	remaining: number;
}

/** An answer other than an envelope: a file, CSV, PDF. */
export interface RawAnswer {
	body: Buffer | string;
	contentType: string;
	/** Whether `Range` is honoured. */
	ranges?: boolean;
	headers?: Record<string, string>;
}

/** What a handler gives back. */
export interface Answer {
	/** 200, or 201 for PUT, unless told otherwise. */
	status?: number;
	data?: unknown;
	/** `data` already written as JSON: long lists are written row by row, very long ones as bytes. */
	json?: string | Buffer;
	/** Goes into the envelope; for GET it is the ETag too. */
	revision?: string;
	/** More headers. */
	headers?: Record<string, string>;
	/** More keys of the envelope: paging. */
	envelope?: Fields;
	/** Id of what was made: it is added to the path for `Location`, which is the path itself when it is empty. */
	id?: string;
	/** Read-only facts that KAZOO 5 puts into the envelope. */
	metadata?: Fields;
	/** Keys that the answer of a chunked list does not have. */
	chunked?: boolean;
	raw?: RawAnswer;
}

/** A request that passed validation: conditions on the revision are looked at, then it is carried out. */
export interface Prepared {
	/** Revision of the document in question, if it is about one. */
	revision?: string;
	/** The server knows no revision when it looks at `If-Match`: only `*` fits. */
	unmatched?: boolean;
	/**
	 * Whether others may come in between looking and writing, as they do on the real server: `run` then finds out
	 * whether the document is still the one that was looked at.
	 */
	raced?: boolean;
	/** What has to be tried out elsewhere before it is carried out. Throws a refusal. */
	probe?: () => Promise<void>;
	run: () => Answer;
}

/** Carries out a method of a route: validates, and answers at once or says how to go on. */
export type Handler = (call: Call) => Answer | Prepared;

/** Content types that a method provides, the preferred one first. */
export type Provides = string[] | ((call: Call) => string[]);

/** A path and what may be done with it. */
export interface Route {
	/** From after the version, parameters in braces: `/accounts/{accountId}/users/{id}`. */
	path: string;
	handlers: Partial<Record<Method, Handler>>;
	/**
	 * Who may call it. Left out: a token whose account is the one in the path or above it; without an account in the
	 * path, the master only. `open`: anybody. `token`: anybody with a valid token. `system`: the master only.
	 * A function decides by itself (it is asked after the token was checked, which may be missing).
	 */
	access?: Access | Partial<Record<Method, Access>>;
	/** JSON and CSV unless told otherwise, by method. */
	provides?: Partial<Record<Method, Provides>>;
	/** Content types of bodies that are accepted, by method; all usual ones unless told otherwise. */
	accepts?: Partial<Record<Method, string[]>>;
	/** Only in this generation. */
	profile?: 4 | 5;
	/** The order in which the real server lists the methods, where it is not the usual one. */
	order?: Method[];
	/** Methods that are not there for some: nobody can delete the master. */
	lacks?: (call: Call) => Method[];
}

export type Access = 'open' | 'token' | 'system' | ((call: Call) => boolean | Refusal);

/**
 * Looks an option up as Crossbar does: in `data`, then in the query, then at the top of the envelope. Texts and
 * everything else come back as they were sent.
 */
export function requestValue(call: Call, key: string): unknown {
	const { data, envelope } = call.body;
	if (!Array.isArray(data) && data[key] !== undefined) return data[key];
	return call.query[key] ?? envelope[key];
}

/** Whether an option is switched on: true, "true", "1", "yes" ... */
export function requestFlag(call: Call, key: string): boolean {
	return isOn(requestValue(call, key));
}

/** Whether a value means yes, as Crossbar reads it. */
export function isOn(value: unknown): boolean {
	return value === true || (typeof value === 'string' && /^(true|yes|on|1|t)$/i.test(value));
}

/** `data` as an object; a crash of the real server when it is a list. */
export function dataObject(call: Call): Fields {
	return Array.isArray(call.body.data) ? {} : call.body.data;
}
