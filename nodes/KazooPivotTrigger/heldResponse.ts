/**
 * Holds back what n8n answers to a request until it has been looked at.
 *
 * n8n answers a webhook itself, in several ways: with the last node's item, with what a node sent (`sendResponse`, in
 * queue mode from another process), with "Error in workflow" and status 500, or with an empty text. All of them end in
 * this one response object, and none of them can be told to wait, to be checked, or to be replaced after some seconds:
 * `noWebhookResponse` makes n8n forget the response, and with it the answer. So the object's own methods of writing are
 * taken over, the lowest ones, under which every other (`send`, `json`, `pipe`) is built. What n8n writes is collected;
 * the first answer, ours or n8n's once it was checked, is sent, and what comes later goes nowhere.
 */

/** The part of Node's response that answers are written with. */
export interface Writable {
	statusCode: number;
	setHeader(name: string, value: string): unknown;
	end(content: string): unknown;
	on(event: 'close', listener: () => void): unknown;
}

/** What n8n wanted to send. */
export interface Written {
	readonly status: number;
	readonly body: string;
}

/** What is sent. */
export interface Sent {
	readonly status: number;
	readonly contentType: string;
	readonly body: string;
}

/** Methods that may be called by n8n and must do nothing any more. */
const SILENT = [
	'appendHeader',
	'flushHeaders',
	'removeHeader',
	'setHeader',
	'setHeaders',
	'writeHead',
] as const;

/** A response that n8n believes to write to. */
export class HeldResponse {
	private readonly chunks: Uint8Array[] = [];
	private readonly gone = new AbortController();
	private sent = false;
	private readonly setHeader: Writable['setHeader'];
	private readonly end: Writable['end'];

	/** @param decide turns what n8n wrote into what is sent; called at most once */
	constructor(
		private readonly response: Writable,
		private readonly decide: (written: Written) => Sent,
	) {
		this.setHeader = response.setHeader.bind(response);
		this.end = response.end.bind(response);
		response.on('close', () => this.gone.abort());
		const silent = Object.fromEntries(SILENT.map((name) => [name, () => response]));
		Object.assign(response, silent, {
			write: (chunk: unknown, ...rest: unknown[]) => {
				this.collect(chunk, rest);
				return true;
			},
			end: (chunk: unknown, ...rest: unknown[]) => {
				this.collect(chunk, rest);
				this.finish();
				return response;
			},
		});
	}

	/** Aborts once the answer is out, or the caller is gone. */
	get signal(): AbortSignal {
		return this.gone.signal;
	}

	/**
	 * Sends an answer of ours.
	 * @returns false when there has been one already
	 */
	send({ status, contentType, body }: Sent): boolean {
		if (this.sent) return false;
		this.sent = true;
		this.response.statusCode = status;
		this.setHeader('Content-Type', contentType);
		this.end(body);
		this.gone.abort();
		return true;
	}

	private collect(chunk: unknown, rest: readonly unknown[]): void {
		const callback = [chunk, ...rest].find((one): one is () => void => typeof one === 'function');
		const [encoding] = rest;
		if (typeof chunk === 'string')
			this.chunks.push(
				Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'),
			);
		else if (chunk instanceof Uint8Array) this.chunks.push(chunk);
		callback?.();
	}

	private finish(): void {
		if (this.sent) return;
		const body = Buffer.concat(this.chunks).toString('utf8');
		this.send(this.decide({ status: this.response.statusCode, body }));
	}
}
