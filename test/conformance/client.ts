import { createHash } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Json, RecordedResponse } from './recording';

/** An answer as it came, and as a recorder would have written it down. */
export interface Answer extends RecordedResponse {
	bytes: Buffer;
}

/** Sends requests exactly as told (no header added but those HTTP needs) and reads answers like the recorder did. */
export class Client {
	private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });
	private readonly origin: URL;

	constructor(url: string) {
		this.origin = new URL(url);
	}

	/** Sends one request. Rejects when the connection breaks or nothing comes for 30 seconds. */
	send(method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const length = body === undefined ? undefined : { 'content-length': String(body.length) };
			const outgoing = request(
				{
					hostname: this.origin.hostname,
					port: this.origin.port,
					agent: this.agent,
					method,
					path,
					headers: { ...headers, ...length },
					timeout: 30_000,
				},
				(response) => {
					read(response).then((bytes) => resolve(toAnswer(response, bytes)), reject);
				},
			);
			outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path} in 30 s`)));
			outgoing.on('error', reject);
			outgoing.end(body);
		});
	}

	/** Closes what is open. */
	close(): void {
		this.agent.destroy();
	}
}

async function read(response: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of response) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function toAnswer(response: IncomingMessage, bytes: Buffer): Answer {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(response.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return { status: response.statusCode ?? 0, headers, body: describe(bytes), bytes };
}

/** A body as recordings hold it: null, JSON (objects only), text, or `<binary N bytes sha1:HEX>`. */
export function describe(bytes: Buffer): Json {
	if (bytes.length === 0) return null;
	const text = bytes.toString('utf8');
	if (!Buffer.from(text, 'utf8').equals(bytes)) {
		return `<binary ${bytes.length} bytes sha1:${createHash('sha1').update(bytes).digest('hex')}>`;
	}
	if (text.startsWith('{')) {
		try {
			return JSON.parse(text) as Json;
		} catch {
			// Text that only begins like JSON.
		}
	}
	return text;
}
