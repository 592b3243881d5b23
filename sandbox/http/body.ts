import type { Body, UploadedFile } from '../request/call';
import type { Fields } from '../store/database';
import { headerParameter, parseMultipart } from './multipart';
import { fieldError, validationError } from '../request/refusal';

/** The most that a body may hold, in bytes. */
export const MAX_UPLOAD = 8_000_000;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a content type (without parameters) is JSON to Crossbar: `application/vnd.x+json` is not. */
export function isJsonType(type: string): boolean {
	return type === 'application/json' || type === 'application/x-json';
}

function decode(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		// Bytes that are no UTF-8 are taken for Latin-1, as the real server does.
		return bytes.toString('latin1');
	}
}

/** Whether an object in valid JSON has a key twice. */
function hasKeyTwice(text: string): boolean {
	const open: (Set<string> | undefined)[] = [];
	for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
		if (token === '{') open.push(new Set());
		else if (token === '[') open.push(undefined);
		else if (token === '}' || token === ']') open.pop();
		else if (key !== undefined) {
			const keys = open.at(-1);
			const name = JSON.parse(key) as string;
			if (keys?.has(name)) return true;
			keys?.add(name);
		}
	}
	return false;
}

function parseJson(text: string): Fields {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw fieldError('json', 'invalid', 'decoder_exit around 0', { target: 'body' });
	}
	if (!isObject(value)) throw fieldError('json', 'invalid', 'All JSON must be valid', { target: 'body' });
	return value;
}

function normalise(envelope: Fields): Fields {
	const result: Fields = {};
	for (const [key, value] of Object.entries(envelope)) {
		if (value !== null) result[key.toLowerCase().replaceAll('-', '_')] = value;
	}
	return result;
}

function takeEnvelope(body: Body, parsed: Fields): void {
	body.envelope = normalise(parsed);
	const { data } = body.envelope;
	if (data === undefined) {
		throw validationError({
			data: { required: { message: 'Field is required but missing', value: body.envelope } },
		});
	}
	if (!isObject(data) && !Array.isArray(data)) {
		throw validationError({
			data: {
				type: {
					message: 'Value did not match type(s): object, array',
					target: 'object, array',
					value: data,
				},
			},
		});
	}
	body.data = data;
	body.hasData = true;
}

function fromBase64(text: string): { contentType?: string; data: Buffer } {
	const uri = /^data:([^;,]*)(?:;[^,]*)?,(.*)$/s.exec(text);
	const encoded = (uri ? (uri[2] ?? '') : text).replace(/\s/g, '');
	if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(encoded)) {
		throw fieldError('file', 'encoding', 'failed to decode base64 data');
	}
	return { contentType: uri?.[1] || undefined, data: Buffer.from(encoded, 'base64') };
}

/** The content type without its parameters, in lower case. */
export function baseType(header: string | undefined): string | undefined {
	return header?.split(';')[0]?.trim().toLowerCase() || undefined;
}

/**
 * Reads a body as Crossbar does: JSON and forms are envelopes, multipart is a JSON part and files, everything else is
 * one file. Throws the 400 of each way to get it wrong. `filename` is what the query says. With `keysOnce` a key that is
 * in an object twice is wrong, too.
 */
export function readBody(
	raw: Buffer,
	headers: Record<string, string | undefined>,
	query: Record<string, string>,
	keysOnce = false,
): Body {
	const contentType = baseType(headers['content-type']);
	const body: Body = {
		contentType,
		size: raw.length,
		envelope: {},
		data: {},
		hasData: false,
		files: [],
		raw,
	};
	if (raw.length > MAX_UPLOAD) {
		throw fieldError('file', 'maxSize', `Payload or Files must not be more than ${MAX_UPLOAD} bytes`, {
			target: MAX_UPLOAD,
		});
	}
	const file = (data: Buffer, type: string): UploadedFile => ({
		name: query.filename,
		contentType: type,
		data,
	});
	if (contentType === undefined || isJsonType(contentType)) {
		if (raw.length > 0) {
			const text = decode(raw);
			const envelope = parseJson(text);
			if (keysOnce && hasKeyTwice(text)) {
				throw fieldError('json', 'invalid', 'duplicate key', { target: 'body' });
			}
			takeEnvelope(body, envelope);
		}
	} else if (contentType === 'application/x-www-form-urlencoded') {
		if (raw.length > 0) takeEnvelope(body, formOrJson(decode(raw)));
	} else if (contentType.startsWith('multipart/')) {
		readParts(body, raw, headers['content-type'] ?? '');
	} else if (contentType === 'application/base64' || contentType === 'application/x-base64') {
		const decoded = fromBase64(raw.toString('latin1'));
		const named =
			decoded.contentType === 'application/base64' ? 'application/octet-stream' : decoded.contentType;
		body.files.push(file(decoded.data, named ?? 'application/base64'));
	} else if (headers['content-transfer-encoding']?.toLowerCase() === 'base64') {
		body.files.push(file(fromBase64(raw.toString('latin1')).data, contentType));
	} else {
		body.files.push(file(raw, contentType));
	}
	return body;
}

function formOrJson(text: string): Fields {
	if (text.trimStart().startsWith('{')) return parseJson(text);
	return Object.fromEntries(new URLSearchParams(text));
}

function readParts(body: Body, raw: Buffer, header: string): void {
	for (const part of parseMultipart(raw, header) ?? []) {
		const disposition = part.headers['content-disposition'] ?? '';
		const type = baseType(part.headers['content-type']);
		if (type !== undefined && isJsonType(type)) takeEnvelope(body, parseJson(decode(part.data)));
		else if (type !== undefined) {
			body.files.push({
				name: headerParameter(disposition, 'filename'),
				contentType: type,
				data: part.data,
			});
		} else {
			// A plain form field.
			const name = headerParameter(disposition, 'name');
			if (name !== undefined) body.envelope[name] = decode(part.data);
		}
	}
}
