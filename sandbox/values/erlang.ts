import type { Key } from './collation';

/**
 * Paging keys travel as Crossbar writes them: a view key in Erlang's external term format, in base64url without
 * padding. Only what view keys hold is written here: null, booleans, integers, texts, lists, and the empty object
 * (written as a tuple that holds an empty list) which CouchDB sorts after everything else.
 */
export const EMPTY_OBJECT = { object: true } as const;

type Term = Key | typeof EMPTY_OBJECT | Term[];

function write(term: Term, out: number[]): void {
	if (typeof term === 'string') {
		const bytes = Buffer.from(term, 'utf8');
		out.push(109, ...uint32(bytes.length), ...bytes);
	} else if (typeof term === 'number') {
		writeInteger(term, out);
	} else if (Array.isArray(term)) {
		if (term.length === 0) out.push(106);
		else {
			out.push(108, ...uint32(term.length));
			for (const item of term) write(item, out);
			out.push(106);
		}
	} else if (term === EMPTY_OBJECT) {
		out.push(104, 1, 106);
	} else {
		const atom = Buffer.from(String(term), 'latin1');
		out.push(119, atom.length, ...atom);
	}
}

function writeInteger(value: number, out: number[]): void {
	if (Number.isInteger(value) && value >= 0 && value < 256) out.push(97, value);
	else if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) out.push(98, ...uint32(value >>> 0));
	else {
		const bytes: number[] = [];
		for (let rest = BigInt(Math.abs(Math.trunc(value))); rest > 0n; rest >>= 8n)
			bytes.push(Number(rest & 255n));
		out.push(110, bytes.length, value < 0 ? 1 : 0, ...bytes);
	}
}

function uint32(value: number): number[] {
	return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** A view key as `next_start_key` shows it. */
export function encodeKey(key: Key | (Key | typeof EMPTY_OBJECT)[]): string {
	const out: number[] = [131];
	write(key, out);
	return Buffer.from(out).toString('base64url');
}

/** The opposite; undefined when the text is no such key. The empty object comes back as a text above all others. */
export function decodeKey(text: string): Key | undefined {
	const bytes = Buffer.from(text, 'base64url');
	if (bytes[0] !== 131) return undefined;
	try {
		const [key, end] = read(bytes, 1);
		return end === bytes.length ? key : undefined;
	} catch {
		// Cut short or of a type that keys do not have: not one of ours.
		return undefined;
	}
}

function read(bytes: Buffer, at: number): [Key, number] {
	const tag = bytes.readUInt8(at);
	switch (tag) {
		case 97:
			return [bytes.readUInt8(at + 1), at + 2];
		case 98:
			return [bytes.readInt32BE(at + 1), at + 5];
		case 110: {
			const length = bytes.readUInt8(at + 1);
			let value = 0;
			for (let i = length - 1; i >= 0; i--) value = value * 256 + bytes.readUInt8(at + 3 + i);
			return [bytes.readUInt8(at + 2) === 1 ? -value : value, at + 3 + length];
		}
		case 109: {
			const end = at + 5 + bytes.readUInt32BE(at + 1);
			if (end > bytes.length) throw new RangeError('short text');
			return [bytes.toString('utf8', at + 5, end), end];
		}
		case 119: {
			const end = at + 2 + bytes.readUInt8(at + 1);
			const atom = bytes.toString('latin1', at + 2, end);
			return [atom === 'true' ? true : atom === 'false' ? false : null, end];
		}
		case 106:
			return [[], at + 1];
		case 104:
			return [['\uffff'], at + 3];
		case 108: {
			const length = bytes.readUInt32BE(at + 1);
			const items: Key[] = [];
			let position = at + 5;
			for (let i = 0; i < length; i++) {
				const [item, next] = read(bytes, position);
				items.push(item);
				position = next;
			}
			return [items, position + 1];
		}
		default:
			throw new RangeError(`tag ${tag}`);
	}
}

/** Characters of a line when Erlang prints. */
const LINE = 78;

/** A list of names as Erlang prints it: as many on a line as fit, further lines moved in by one. */
export function printList(names: readonly string[]): string {
	const lines = ['['];
	names.forEach((name, index) => {
		const piece = `${name}${index === names.length - 1 ? ']' : ','}`;
		const line = lines[lines.length - 1] as string;
		if (index > 0 && line.length + piece.length > LINE) lines.push(` ${piece}`);
		else lines[lines.length - 1] = line + piece;
	});
	return names.length === 0 ? '[]' : lines.join('\n');
}
