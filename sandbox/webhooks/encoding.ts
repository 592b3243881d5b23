import type { Fields } from '../store/database';

/**
 * How payloads are written. Follows observed.md, second half, 2, and webhooks.md 3 and 4: KAZOO 4 pretty-prints JSON,
 * KAZOO 5 sorts its keys and leaves no room; forms nest in brackets and escape values only.
 */

/** JSON as KAZOO 4 pretty-prints it: two spaces, a space on each side of the colon. */
export function prettyJson(value: unknown, indent = ''): string {
	const deeper = `${indent}  `;
	if (Array.isArray(value)) {
		if (value.length === 0) return '[]';
		return `[\n${value.map((item) => deeper + prettyJson(item, deeper)).join(',\n')}\n${indent}]`;
	}
	if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
	const members = Object.entries(value).map(
		([key, item]) => `${deeper}${JSON.stringify(key)} : ${prettyJson(item, deeper)}`,
	);
	return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

/** JSON with sorted keys and no white space. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
	const members = Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
	return `{${members.join(',')}}`;
}

/** A piece of a form: text, or pieces. The log of attempts shows forms in this shape. */
export type FormPart = string | FormPart[];

const escaped = (value: unknown): string =>
	encodeURIComponent(String(value))
		.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%20', '+');

function pairs(members: [key: FormPart, value: unknown][]): FormPart[] {
	return members.flatMap(([key, value], index) => [
		...(index === 0 ? [] : ['&']),
		isNested(value)
			? nested(key, value)
			: typeof key === 'string'
				? [key, '=', escaped(value)]
				: [...key, '=', escaped(value)],
	]);
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

function nested(key: FormPart, value: object): FormPart[] {
	const stem: FormPart = typeof key === 'string' ? [key] : key;
	const members: [FormPart, unknown][] = Array.isArray(value)
		? // KAZOO has no brackets for what is in a list: objects there are JSON.
			value.map((item: unknown) => [[stem, '[', '', ']'], isNested(item) ? JSON.stringify(item) : item])
		: Object.entries(value).map(([inner, item]) => [[stem, '[', inner, ']'], item]);
	return pairs(members);
}

/** A payload as a form, in pieces; `formText` puts them together. */
export function formParts(payload: Fields): FormPart[] {
	return pairs(Object.entries(payload));
}

/** The text of a form: `a=1&b[c]=x+y`; an empty object leaves nothing between two `&`. */
export function formText(parts: FormPart): string {
	return typeof parts === 'string' ? parts : parts.map(formText).join('');
}
