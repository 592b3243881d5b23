/** What crosses the door to the network. */
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput, quoted } from '../values/input';

/** What Crossbar's API is asked with; there is no other way through the door. */
const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;

export type Method = (typeof METHODS)[number];

/**
 * A method in its one form, whatever an expression gave: the limits of a credential compare it.
 * @throws InvalidInput for anything that is none of the five
 */
export function methodOf(given: unknown): Method {
	const text = typeof given === 'string' ? given.trim() : '';
	// Only ASCII: some other letters become these when they are made capital
	const known = /^[A-Za-z]+$/.test(text) && METHODS.find((method) => method === text.toUpperCase());
	if (known) return known;
	throw new InvalidInput(
		`There is no method ${quoted(given)}`,
		`Nothing was sent. It is one of: ${METHODS.join(', ')}.`,
	);
}

/** The envelope that Crossbar puts around every JSON answer. */
export interface Envelope {
	data?: unknown;
	status?: string;
	message?: string;
	error?: string;
	request_id?: string;
	revision?: string;
	start_key?: string;
	next_start_key?: string;
	page_size?: number | string;
	metadata?: IDataObject;
	version?: string;
	timestamp?: string;
	auth_token?: string;
}

/** Lists and objects are sent as JSON. */
export type QueryValue = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

/** `null` and `undefined` are left out. */
export type Query = Readonly<Record<string, QueryValue | null | undefined>>;

/** A file on its way to the server; `length` in bytes where it is known. */
export interface OutgoingFile {
	/** The bytes or the text; of a stored file what opens a new stream, since a stream can be sent once only. */
	readonly content: Uint8Array | string | (() => Promise<unknown>);
	readonly mimeType: string;
	readonly length?: number;
	/** What the operation takes, in words, for error messages. */
	readonly takes?: string;
}

export interface CrossbarRequest {
	readonly method: Method;
	/** Below `/v2`, every segment encoded (see operations/request.ts). */
	readonly path: string;
	readonly query?: Query;
	/** The request envelope: `{data: ...}`. */
	readonly body?: Readonly<Record<string, unknown>>;
	readonly file?: OutgoingFile;
	/** A GET that may change something all the same: it is not repeated, and Read Only refuses it. */
	readonly writes?: boolean;
	/** More headers; `false` leaves out one that would be sent by itself. */
	readonly headers?: Readonly<Record<string, string | false>>;
	/** Accept header; `application/json`, or anything for a file, unless told. */
	readonly accept?: string;
	/** The answer is a file: it comes as a stream and is never held in memory. */
	readonly stream?: boolean;
	/**
	 * Is told what the envelope of a list says before its data, before the data is read.
	 * @returns whether it has sent a request, which then gets the time to leave
	 */
	readonly foresee?: (head: Envelope) => boolean;
	/** Ends the connection, also while the stream of the answer is read. */
	readonly breakOff?: AbortSignal;
	/** Error statuses that the caller deals with itself. */
	readonly expect?: readonly number[];
	/** The operation in words, for error messages. */
	readonly what?: string;
	/** Labels of the form's fields by their path on the wire, for error messages. */
	readonly labels?: Readonly<Record<string, string>>;
}

export interface CrossbarAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Empty for streams and for answers without JSON. */
	readonly envelope: Envelope;
	/** The text of an answer that is not JSON; the stream of a file. */
	readonly content?: unknown;
}
