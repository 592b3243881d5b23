/**
 * KAZOO counts seconds from the year 0 ("Gregorian seconds"), people write ISO dates.
 * This is the only place that knows the difference.
 */

import { quoted } from './input';

/** Seconds from the Gregorian epoch to the Unix epoch. */
const OFFSET = 62_167_219_200;

/** Gregorian seconds of 1970 to 9999: no duration, price, Unix time or time in milliseconds falls into it. */
const EARLIEST = OFFSET;
const LATEST = 315_569_519_999;

/** The longest range of time the server answers at once, in seconds: 31 days and an hour (envelope.md 7). */
export const LONGEST_RANGE = 2_682_000;

/** What people and n8n give as a date: ISO text, a JavaScript date or one of luxon. */
export type DateInput = string | Date | { toISO(): string | null };

/** A date that cannot be read; the message says what was given and how to write it. */
export class InvalidDate extends Error {}

/** @returns the current time in whole Gregorian seconds */
export function gregorianNow(): number {
	return Math.floor(Date.now() / 1000) + OFFSET;
}

/** @param seconds Unix seconds, with or without a fraction; Gregorian ones are passed on */
export function gregorianFromUnix(seconds: number): number {
	return seconds >= EARLIEST ? seconds : seconds + OFFSET;
}

/**
 * The server's clock, from an answer of its: the envelope's `timestamp`, else the `Date` header.
 * @returns whole Gregorian seconds; nothing when it says neither
 */
export function serverTime(timestamp: unknown, date: string | undefined): number | undefined {
	const said = [timestamp, date].map((text) => Date.parse(typeof text === 'string' ? text : ''));
	const milliseconds = said.find((value) => !Number.isNaN(value));
	return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000) + OFFSET;
}

/**
 * @param date ISO text (`2026-11-23`, `2026-11-23T18:00`, `2026-11-23T18:00:00+01:00`) or a date object;
 *   Gregorian seconds, as the server gives them, are passed on
 * @param timeZone IANA name of the zone of a text that has none; a date alone is its midnight there
 * @returns whole Gregorian seconds
 * @throws InvalidDate for anything else, Unix times among them: the server would take them for the year 56
 */
export function gregorianFromIso(date: DateInput, timeZone = 'UTC'): number {
	const text = textOf(date);
	if (/^\d+(\.\d+)?$/.test(text)) return gregorianFromNumber(Number(text));
	const parts = ISO.exec(text)?.groups;
	if (!parts) throw unreadable(text);
	const { day, hour = '00', minute = '00', second = '00', zone } = parts;
	const wallClock = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
	// JavaScript turns 30 February into 2 March
	if (Number.isNaN(wallClock) || new Date(wallClock).toISOString().slice(0, 10) !== day)
		throw unreadable(text);
	return Math.floor((wallClock - offsetOf(zone, wallClock, timeZone)) / 1000) + OFFSET;
}

/**
 * A calendar day in a zone, in whole Gregorian seconds of its beginning there. The day is the one that is written; only
 * a time other than midnight that names its zone is a moment, and means the day of that moment.
 * @throws InvalidDate
 */
export function dayFromIso(date: DateInput, timeZone: string): number {
	const text = textOf(date);
	const { day, hour, minute, second = '00', zone } = ISO.exec(text)?.groups ?? {};
	const isMoment = zone !== undefined && [hour, minute, second].join('') !== '000000';
	if (day === undefined) return gregorianFromIso(text, timeZone);
	if (!isMoment) return gregorianFromIso(day, timeZone);
	return gregorianFromIso(dayOfMoment(text, timeZone), timeZone);
}

/**
 * The calendar day of a moment in a zone: `2026-12-24`.
 * @throws InvalidDate
 */
export function dayOfMoment(date: DateInput, timeZone: string): string {
	const moment = (gregorianFromIso(date) - OFFSET) * 1000;
	return new Date(moment + zoneOffset(moment, timeZone)).toISOString().slice(0, 10);
}

/**
 * @param seconds Gregorian seconds
 * @returns ISO text in UTC; with milliseconds only when there are any: `2026-11-23T17:00:00Z`
 * @throws RangeError for a number that is no date
 */
export function isoFromGregorian(seconds: number): string {
	const unix = seconds - OFFSET;
	if (!Number.isInteger(unix)) return isoDate(unix).replace('.000Z', 'Z');
	const day = Math.floor(unix / DAY);
	// Records of a list are mostly of one day, and its text costs the most
	if (day !== lastDay.number)
		lastDay = { number: day, text: isoDate(day * DAY).slice(0, -'00:00:00.000Z'.length) };
	const second = unix - day * DAY;
	return `${lastDay.text}${twoDigits(second / 3600)}:${twoDigits((second / 60) % 60)}:${twoDigits(second % 60)}Z`;
}

const DAY = 86_400;
let lastDay = { number: NaN, text: '' };

function isoDate(unix: number): string {
	return new Date(Math.round(unix * 1000)).toISOString();
}

function twoDigits(number: number): string {
	return number < 10 ? `0${Math.floor(number)}` : String(Math.floor(number));
}

/** Fields that hold Gregorian seconds, by schemas and recordings; every `..._timestamp` is one besides. */
const DATE_FIELDS = new Set([
	...['timestamp', 'created', 'modified', 'date_created', 'date_modified', 'pvt_created', 'pvt_modified'],
	...['interaction_time', 'utc_seconds', 'last_notification', 'delivered', 'expiration_date', 'join_time'],
	...['start_date', 'end_date', 'start_time', 'stop_time', 'due_date'],
	...['signing_date', 'transfer_date', 'scheduled_date', 'trial_expires', 'pvt_trial_expires'],
]);
/** Plain words that mean a date only when their value is a number, or ISO text on the way in. */
const DATE_WORDS = new Set(['start', 'end', 'next', 'updated']);
/** Fields that hold Unix seconds: until when a token is good. */
const UNIX_FIELDS = new Set(['exp']);
/** Unix seconds of the years 2001 to 2096. */
const isUnix = (seconds: number): boolean => seconds >= 1e9 && seconds < 4e9;
/** What stands in here is the user's own: a date in it is a text. */
const FREE_FORM = new Set([
	...['custom_data', 'custom_channel_vars', 'custom_application_vars', 'custom_conference_vars'],
	...['custom_sip_headers', 'custom_request_headers', 'ui_metadata', 'user_metadata'],
]);

/** Whether a whole-number field of this name holds Gregorian seconds; `unix_timestamp` and `exp` do not, which are Unix. */
export function isDateField(key: string): boolean {
	return isNamedDate(key) || DATE_WORDS.has(key);
}

/**
 * Every field with Gregorian seconds, also those written as text (CDRs), or with Unix seconds as an ISO date. What it is given stays as it is;
 * what holds no date is given back itself, since this runs for every field of every record of long lists.
 */
export function datesToIso(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return datesOfList(value);
	if (isDateObject(value)) return value;
	let copy: Record<string, unknown> | undefined;
	const record = value as Record<string, unknown>;
	// `in` reads the fields of a parsed record seven times as fast as a walk over its keys does
	for (const key in record) {
		const entry = record[key];
		const shown = dateToIso(key, entry);
		if (shown === entry) continue;
		copy ??= { ...record };
		copy[key] = shown;
	}
	return copy ?? value;
}

function datesOfList(list: unknown[]): unknown[] {
	let copy: unknown[] | undefined;
	for (let index = 0; index < list.length; index++) {
		const shown = datesToIso(list[index]);
		if (shown === list[index]) continue;
		copy ??= [...list];
		copy[index] = shown;
	}
	return copy ?? list;
}

/** The value of one field, and all in it, as `datesToIso` shows it. */
export function dateToIso(key: string, entry: unknown): unknown {
	if (typeof entry === 'object') return FREE_FORM.has(key) ? entry : datesToIso(entry);
	if (typeof entry === 'number' && UNIX_FIELDS.has(key))
		return isUnix(entry) ? isoFromGregorian(Math.floor(entry) + OFFSET) : entry;
	if (typeof entry === 'number')
		return isGregorian(entry) && isDateField(key) ? isoFromGregorian(entry) : entry;
	if (typeof entry !== 'string' || (entry.length !== 11 && entry.length !== 12)) return entry;
	const isDate = isNamedDate(key) && /^\d+$/.test(entry) && isGregorian(Number(entry));
	return isDate ? isoFromGregorian(Number(entry)) : entry;
}

/**
 * A copy in which the dates are Gregorian seconds; numbers and other texts stay.
 * @param isDate whether a field is one, by its dotted path; entries of a list have the path of the list
 * @param timeZone of texts without one
 * @throws InvalidDate for a date that does not exist
 */
export function datesFromIso(
	document: Readonly<Record<string, unknown>>,
	isDate: (path: string) => boolean,
	timeZone = 'UTC',
): Record<string, unknown> {
	return converted(document, '', (path, entry) =>
		isDate(path) && isWrittenDate(entry) ? gregorianFromIso(entry, timeZone) : entry,
	) as Record<string, unknown>;
}

/** Whether a value is a date as people and n8n write it. */
export function isWrittenDate(value: unknown): value is DateInput {
	return isDateObject(value) || (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value.trim()));
}

export interface WindowOptions {
	/** Longest window in seconds; the server's limit unless told otherwise. */
	readonly maximum?: number;
	/** The latest window first, as the server sorts; else the earliest. Windows are cut from the first one on. */
	readonly newestFirst?: boolean;
}

/**
 * Cuts a range of time into windows the server accepts. Both ends of a window count (`created_from` and
 * `created_to` are inclusive), so the next one starts a second further: every second is in exactly one.
 * @param from first and @param to last second of the range, whole Gregorian seconds
 */
export function windows(
	from: number,
	to: number,
	{ maximum = LONGEST_RANGE, newestFirst = true }: WindowOptions = {},
): Array<{ from: number; to: number }> {
	const parts: Array<{ from: number; to: number }> = [];
	if (newestFirst) {
		for (let end = to; end >= from; end -= maximum + 1)
			parts.push({ from: Math.max(from, end - maximum), to: end });
	} else {
		for (let start = from; start <= to; start += maximum + 1)
			parts.push({ from: start, to: Math.min(to, start + maximum) });
	}
	return parts;
}

const ISO =
	/^(?<day>[1-9]\d{3}-\d\d-\d\d)(?:[T ](?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:[.,]\d+)?)? ?(?<zone>Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i;

function textOf(date: DateInput): string {
	if (typeof date === 'number') return String(date);
	if (date instanceof Date) return Number.isNaN(date.getTime()) ? 'an invalid date' : date.toISOString();
	if (isDateObject(date)) return date.toISO() ?? 'an invalid date';
	return String(date ?? '').trim();
}

function isDateObject(value: unknown): value is Exclude<DateInput, string> {
	if (typeof value !== 'object' || value === null) return false;
	return value instanceof Date || ('toISO' in value && typeof value.toISO === 'function');
}

function gregorianFromNumber(number: number): number {
	if (isGregorian(number)) return Math.floor(number);
	// Unix times of the years 2001 to 2286, in seconds or milliseconds
	const unix = number >= 1e12 && number < 1e13 ? number / 1000 : number;
	const meant =
		unix >= 1e9 && unix < 1e10 ? `: ${new Date(unix * 1000).toISOString().slice(0, 19)}Z` : ' with its year';
	throw new InvalidDate(`${number} is a number, not a date. Write it as a date${meant}`);
}

function unreadable(text: string): InvalidDate {
	return text === ''
		? new InvalidDate('The date is empty. Write it like 2026-11-23 or 2026-11-23T18:00:00Z')
		: new InvalidDate(`${quoted(text)} is not a date. Write it like 2026-11-23 or 2026-11-23T18:00:00Z`);
}

/** Milliseconds by which the wall clock is ahead of UTC. */
function offsetOf(zone: string | undefined, wallClock: number, timeZone: string): number {
	if (zone === undefined) return offsetInZone(wallClock, timeZone);
	const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * The offset of a wall clock in a zone. A time that exists twice is the first; one that the clock jumps over is as far
 * behind the jump as it would be behind its beginning, as Luxon has it.
 */
function offsetInZone(wallClock: number, timeZone: string): number {
	const before = zoneOffset(wallClock - DAY * 1000, timeZone);
	const after = zoneOffset(wallClock + DAY * 1000, timeZone);
	const holds = (offset: number): boolean => zoneOffset(wallClock - offset, timeZone) === offset;
	return holds(before) || !holds(after) ? before : after;
}

const zones = new Map<string, boolean>();

/** Whether there is a time zone of this IANA name. */
export function isTimeZone(name: string): boolean {
	let known = zones.get(name);
	if (known === undefined) zones.set(name, (known = canFormat(name)));
	return known;
}

function canFormat(timeZone: string): boolean {
	try {
		Intl.DateTimeFormat('en-US', { timeZone });
		return true;
	} catch {
		return false;
	}
}

function zoneOffset(instant: number, timeZone: string): number {
	if (timeZone === 'UTC') return 0;
	if (!isTimeZone(timeZone))
		throw new InvalidDate(`There is no time zone ${quoted(timeZone)}. Write it like Europe/Vienna`);
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		...{ year: 'numeric', month: 'numeric', day: 'numeric' },
		...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
	}).formatToParts(instant);
	const [year = 0, month = 1, ...rest] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) =>
		Number(parts.find((part) => part.type === type)?.value),
	);
	return Date.UTC(year, month - 1, ...rest) - Math.floor(instant / 1000) * 1000;
}

/** Whether a number can be Gregorian seconds of a time since 1970. */
export function isGregorian(number: number): boolean {
	return number >= EARLIEST && number <= LATEST;
}

function isNamedDate(key: string): boolean {
	return DATE_FIELDS.has(key) || (key.endsWith('_timestamp') && !key.startsWith('unix_'));
}

/** A deep copy in which `convert` has seen every field of every object with its path. */
function converted(
	value: unknown,
	prefix: string,
	convert: (path: string, entry: unknown) => unknown,
): unknown {
	if (Array.isArray(value)) return value.map((entry) => converted(entry, prefix, convert));
	if (typeof value !== 'object' || value === null || isDateObject(value)) return value;
	const copy: Record<string, unknown> = {};
	for (const [key, entry] of Object.entries(value)) {
		const path = `${prefix}${key}`;
		const isNested = typeof entry === 'object' && entry !== null && !isDateObject(entry);
		const shown = isNested ? converted(entry, `${path}.`, convert) : convert(path, entry);
		Object.defineProperty(copy, key, { value: shown, enumerable: true, writable: true, configurable: true });
	}
	return copy;
}
