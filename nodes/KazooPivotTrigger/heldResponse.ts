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

/** The methods that write; headers that n8n sets before are of no use to KAZOO. */
const WRITING = [
	'appendHeader',
	'end',
	'flushHeaders',
	'removeHeader',
	'setHeader',
	'setHeaders',
	'write',
	'writeHead',
] as const;

type Method = (...values: unknown[]) => unknown;
type Methods = Record<(typeof WRITING)[number], Method>;

/** A response that n8n believes to write to. */
export class HeldResponse {
	private readonly chunks: Uint8Array[] = [];
	private readonly over = new AbortController();
	private sent = false;
	private written = false;
	private readonly own: Partial<Methods>;
	private readonly taken: Methods;

	/**
	 * @param decide turns what n8n wrote into what is sent
	 * @param late is told what n8n wrote after an answer of ours; one of the two is called, once
	 */
	constructor(
		private readonly response: Writable,
		private readonly decide: (written: Written) => Sent,
		private readonly late: (written: Written) => void,
	) {
		const methods = response as unknown as Methods;
		this.own = Object.fromEntries(WRITING.map((name) => [name, methods[name]]));
		const silent = Object.fromEntries(WRITING.map((name) => [name, () => response])) as Methods;
		this.taken = {
			...silent,
			write: (...values) => this.collect(values),
			end: (...values) => {
				this.collect(values);
				this.finish();
				return response;
			},
		};
		Object.assign(response, this.taken);
		response.on('close', () => this.over.abort());
	}

	/** Aborts once the answer is out, or the caller is gone. */
	get signal(): AbortSignal {
		return this.over.signal;
	}

	/**
	 * Sends an answer of ours.
	 * @returns false when there has been one already
	 */
	send({ status, contentType, body }: Sent): boolean {
		if (this.sent) return false;
		this.sent = true;
		const { response } = this;
		// Node's own methods call each other, so all of them must be back while it sends.
		Object.assign(response, this.own);
		response.statusCode = status;
		response.setHeader('Content-Type', contentType);
		response.end(body);
		Object.assign(response, this.taken);
		this.over.abort();
		return true;
	}

	/** Text or bytes, perhaps with an encoding and a function to call when they are written. */
	private collect(values: readonly unknown[]): true {
		const [chunk, encoding] = values;
		if (typeof chunk === 'string')
			this.chunks.push(
				Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'),
			);
		else if (chunk instanceof Uint8Array) this.chunks.push(chunk);
		values.find((one): one is () => void => typeof one === 'function')?.();
		return true;
	}

	private finish(): void {
		if (this.written) return;
		this.written = true;
		const body = Buffer.concat(this.chunks).toString('utf8');
		const written = { status: this.response.statusCode, body };
		if (this.sent) this.late(written);
		else this.send(this.decide(written));
	}
}
