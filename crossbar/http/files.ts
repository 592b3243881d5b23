/** Files in both directions: names, types and the bodies they travel in. */
import { InvalidInput } from '../values/input';
import type { CrossbarAnswer, OutgoingFile } from './messages';

/** Bytes that Crossbar takes at once unless it was set otherwise (`max_upload_size`, files.md section 1). */
export const LARGEST_UPLOAD = 8_000_000;

/**
 * @param length in bytes, where it is known
 * @param largest in bytes
 * @param what "The file"
 * @throws InvalidInput before anything is sent: the server would read all of it and then refuse
 */
export function assertFits(length: number | undefined, largest = LARGEST_UPLOAD, what = 'The file'): void {
	if (length === undefined || length <= largest) return;
	const bytes = (count: number): string => count.toLocaleString('en-US');
	throw new InvalidInput(
		`${what} is larger than KAZOO takes: ${bytes(length)} bytes, the most is ${bytes(largest)}`,
		'Nothing was sent. Make it smaller, or, if max_upload_size was raised on your server, set the option Maximum File Size.',
	);
}

/** The content of a file for one attempt to send it: bytes, text, or a new stream. */
export async function openFile({ content }: OutgoingFile): Promise<unknown> {
	return typeof content === 'function' ? await content() : content;
}

/** More came than was let in; what came was thrown away. */
export class TooLarge extends Error {
	/** @param what `most` counts */
	constructor(
		readonly most: number,
		readonly what: 'bytes' | 'objects' = 'bytes',
	) {
		super(`more than ${most} ${what}`);
	}
}

/**
 * A content, bytes or a stream, as text.
 * @param most bytes, counted while they come and after they were decompressed
 * @throws TooLarge
 */
export async function readText(content: unknown, most = Infinity): Promise<string> {
	return (await readBytes(content, most)).toString('utf8');
}

/**
 * The content of a text file that a person gives.
 * @param what "The CSV file"
 * @throws InvalidInput when it is not UTF-8: letters would be lost without a word
 */
export async function readUtf8(content: unknown, what: string): Promise<string> {
	const bytes = await readBytes(content);
	// UTF-16 without a byte order mark is valid UTF-8 as long as its letters are those of English.
	if (!bytes.includes(0)) {
		try {
			return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		} catch {
			// Said below.
		}
	}
	throw new InvalidInput(
		`${what} is not UTF-8 text`,
		'Nothing was sent. Save it as UTF-8: in Excel, the file type “CSV UTF-8”.',
	);
}

/**
 * A file's content, bytes or a stream, in one piece.
 * @param most bytes, counted while they come and after they were decompressed
 * @throws TooLarge
 */
export async function readBytes(content: unknown, most = Infinity): Promise<Buffer> {
	if (content === undefined || content === null) return Buffer.alloc(0);
	if (typeof content === 'string' || content instanceof Uint8Array) {
		if (content.length > most) throw new TooLarge(most);
		return Buffer.from(content);
	}
	const chunks: Uint8Array[] = [];
	let size = 0;
	// Leaving the loop ends the stream, and with it the connection
	for await (const chunk of content as AsyncIterable<Uint8Array | string>) {
		chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
		size += chunk.length;
		if (size > most) throw new TooLarge(most);
	}
	const [only] = chunks;
	return chunks.length === 1 && Buffer.isBuffer(only) ? only : Buffer.concat(chunks, size);
}

/** The file name and type of a download, from the headers. The stream is passed on untouched. */
export function fileInfo(
	answer: CrossbarAnswer,
	fallbackName: string,
): { fileName: string; mimeType: string } {
	const disposition = answer.headers['content-disposition'] ?? '';
	const extended = /filename\*=(?:UTF-8'')?([^;]+)/i.exec(disposition)?.[1];
	// KAZOO leaves most file names unquoted (files.md section 1), blanks included.
	const plain = /filename="([^"]*)"/i.exec(disposition)?.[1] ?? /filename=([^;]+)/i.exec(disposition)?.[1];
	const named = extended === undefined ? plain : decode(extended);
	const own = safeName(fromUtf8(named ?? ''));
	const [type] = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.exec(answer.headers['content-type']?.trim() ?? '') ?? [];
	// KAZOO 4 sends some files as "undefined"
	const mimeType = type === undefined || type === ANY_BYTES ? (typeOfName(own) ?? ANY_BYTES) : type;
	return { fileName: own || `${fallbackName}.${extensionOf(mimeType)}`, mimeType };
}

/** Headers are read as Latin-1; a name that was sent as UTF-8 is one only when read so: `MÃ¼ller.mp3` is `Müller.mp3`. */
function fromUtf8(name: string): string {
	if (!/[\u0080-\u00ff]/.test(name) || /[\u0100-\uffff]/.test(name)) return name;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
	} catch {
		return name;
	}
}

/** A name that every system takes for a file: no path, no drive, no control signs. */
function safeName(name: string): string {
	return name
		.replace(/[\p{Cc}\p{Cf}]/gu, '')
		.replace(/[/\\:]/g, '_')
		.trim()
		.replace(/^\.+$/, '');
}

/**
 * Fields and a file as one multipart body: the JSON envelope first, then the file (files.md section 1).
 * The server takes at most 8,000,000 bytes, so this one body is held in memory.
 */
export function multipart(
	data: Readonly<Record<string, unknown>>,
	file: { bytes: Uint8Array; mimeType: string; fileName: string },
): OutgoingFile {
	const boundary = `kazoo-${Array.from({ length: 24 }, () => Math.floor(Math.random() * 36).toString(36)).join('')}`;
	const quoted = file.fileName.replace(/["\p{Cc}]/gu, '_');
	const head =
		`--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ data })}\r\n` +
		`--${boundary}\r\nContent-Disposition: attachment; filename="${quoted}"\r\nContent-Type: ${file.mimeType}\r\n\r\n`;
	const content = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
	return { content, mimeType: `multipart/mixed; boundary=${boundary}`, length: content.length };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
	'application/pdf': 'pdf',
	'application/zip': 'zip',
	'audio/mp3': 'mp3',
	'audio/mpeg': 'mp3',
	'audio/ogg': 'ogg',
	'audio/wav': 'wav',
	'audio/x-wav': 'wav',
	'image/gif': 'gif',
	'image/jpeg': 'jpg',
	'image/jpg': 'jpg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/tiff': 'tiff',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/plain': 'txt',
	'text/x-vcard': 'vcf',
	'text/directory': 'vcf',
	'image/x-icon': 'ico',
	'application/x-pem-file': 'pem',
};

const ANY_BYTES = 'application/octet-stream';

/** The type that the ending of a file's name tells. */
export function typeOfName(fileName: string): string | undefined {
	const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase();
	const known = ({ jpeg: 'jpg', tif: 'tiff', htm: 'html' } as Record<string, string>)[ending ?? ''] ?? ending;
	return USUAL.get(known ?? '');
}

/** The usual type of each ending. */
const USUAL = new Map(
	Object.entries(EXTENSIONS)
		.filter(([type]) => !['audio/mp3', 'audio/x-wav', 'image/jpg', 'text/directory'].includes(type))
		.map(([type, ending]) => [ending, type]),
);

function extensionOf(mimeType: string): string {
	return EXTENSIONS[mimeType] ?? 'bin';
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.trim().replace(/^"|"$/g, ''));
	} catch {
		return text;
	}
}
