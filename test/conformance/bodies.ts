import { createHash } from 'node:crypto';
import type { Mapping } from './mapping';
import { dataOf, isObject, type Exchange, type Line } from './recording';

const BINARY = /^<binary (\d+) bytes sha1:([0-9a-f]{40})>$/;
const BASE64 = /^(?:data:[^,]*;base64,)?([A-Za-z0-9+/]{40,}={0,2})$/;

/** Fields of an answer that no client sets: ids, times, private fields, and the two ends of a call in full. */
const MADE_BY_SERVER = /^(?:_|pvt_)|(?:^|_)(?:id|timestamp|from|to|user|realm|timezone|attempts)$/;

/**
 * Bodies of requests. A recording keeps JSON and text; of bytes it keeps length and hash, of large bodies the length.
 * What is missing is looked for elsewhere in the recording (the same bytes in base64, or as text of an answer), tried
 * out where the hash can prove it, and otherwise made up: right kind, right length.
 */
export class Bodies {
	private readonly bytes = new Map<string, Buffer>();

	constructor(lines: readonly Line[]) {
		for (const line of lines) {
			if (line.kind !== 'exchange') continue;
			for (const body of [line.request.body, line.response.body])
				if (typeof body === 'string') this.keep(body);
		}
	}

	/** The bytes to send for a request; undefined for none. */
	of(exchange: Exchange, mapping: Mapping): Buffer | undefined {
		const { body } = exchange.request;
		if (body === undefined) return undefined;
		if (typeof body === 'string') {
			const binary = BINARY.exec(body);
			if (!binary) return Buffer.from(mapping.translate(body), 'utf8');
			const [, length = '0', hash = ''] = binary;
			return this.bytes.get(hash) ?? this.make(exchange, Number(length), hash);
		}
		if (isObject(body) && typeof body.$elided_bytes === 'number') return padded(body.$elided_bytes);
		return Buffer.from(JSON.stringify(mapping.translateJson(body)), 'utf8');
	}

	private keep(text: string): void {
		this.store(Buffer.from(text, 'utf8'));
		const base64 = BASE64.exec(text.trim());
		if (base64?.[1]) this.store(Buffer.from(base64[1], 'base64'));
	}

	private store(bytes: Buffer): void {
		this.bytes.set(sha1(bytes), bytes);
	}

	private make(exchange: Exchange, length: number, hash: string): Buffer {
		const proven = guesses(exchange).find((guess) => guess.length === length && sha1(guess) === hash);
		const type = exchange.request.headers['content-type'] ?? '';
		const bytes =
			proven ??
			(type.startsWith('multipart/') ? this.multipart(exchange, type, length) : noise(type, length));
		this.bytes.set(hash, bytes);
		return bytes;
	}

	/** A JSON part with what the answer shows that a client can set, and a file that fills the length. */
	private multipart(exchange: Exchange, type: string, length: number): Buffer {
		const boundary = /boundary="?([^";]+)/.exec(type)?.[1] ?? 'boundary';
		const data = dataOf(exchange);
		const settable = isObject(data)
			? Object.fromEntries(Object.entries(data).filter(([key]) => !MADE_BY_SERVER.test(key)))
			: {};
		const head = [
			`--${boundary}\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ data: settable })}\r\n`,
			`--${boundary}\r\ncontent-type: ${fileTypeOf(exchange)}\r\n\r\n`,
		].join('');
		const tail = `\r\n--${boundary}--\r\n`;
		const room = Math.max(64, length - head.length - tail.length);
		const file = [...this.bytes.values()].find(
			(bytes) => bytes.length > 64 && bytes.length <= length && length - bytes.length < 600,
		);
		return Buffer.concat([Buffer.from(head), file ?? noise(fileTypeOf(exchange), room), Buffer.from(tail)]);
	}
}

/** What kind of file a multipart body to this path holds: sound to a voicemail box, otherwise a PDF. */
function fileTypeOf(exchange: Exchange): string {
	return /\/(?:messages|media)\b/.test(exchange.request.path) ? 'audio/x-wav' : 'application/pdf';
}

/** JSON bodies that would have the recorded answer: one field of it in an envelope. */
function guesses(exchange: Exchange): Buffer[] {
	const data = dataOf(exchange);
	if (!isObject(data)) return [];
	return Object.entries(data).flatMap(([key, value]) => {
		const text = JSON.stringify({ data: { [key]: value } });
		return [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')];
	});
}

/** A JSON envelope of exactly that many bytes. */
function padded(length: number): Buffer {
	const empty = JSON.stringify({ data: { name: 'large', padding: '' } });
	return Buffer.from(empty.replace('""', `"${'x'.repeat(Math.max(0, length - empty.length))}"`), 'utf8');
}

/** Bytes that are no text, beginning as files of the type do. */
function noise(type: string, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	for (let index = 0; index < length; index++) bytes[index] = 0x80 | ((index * 7) & 0x3f);
	const head = headOf(type, length);
	head.copy(bytes, 0, 0, Math.min(head.length, length));
	return bytes;
}

function headOf(type: string, length: number): Buffer {
	if (/wav/.test(type)) {
		const head = Buffer.alloc(44);
		head.write('RIFF', 0);
		head.writeUInt32LE(Math.max(0, length - 8), 4);
		head.write('WAVEfmt ', 8);
		head.writeUInt32LE(16, 16);
		head.writeUInt16LE(1, 20);
		head.writeUInt16LE(1, 22);
		head.writeUInt32LE(8000, 24);
		head.writeUInt32LE(16000, 28);
		head.writeUInt16LE(2, 32);
		head.writeUInt16LE(16, 34);
		head.write('data', 36);
		head.writeUInt32LE(Math.max(0, length - 44), 40);
		return head;
	}
	if (/mpeg|mp3/.test(type)) return Buffer.from('ID3\u0003', 'latin1');
	if (/pdf/.test(type)) return Buffer.from('%PDF-1.4\n', 'latin1');
	if (/png/.test(type)) return Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
	return Buffer.alloc(0);
}

function sha1(bytes: Buffer): string {
	return createHash('sha1').update(bytes).digest('hex');
}
