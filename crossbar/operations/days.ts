/**
 * Dates inside of documents. Which fields are dates says the table of hints (days), the table below (moments), or the
 * form that the server's schema made; everything else is a person's own and stays what it is.
 */
import type { IDataObject } from 'n8n-workflow';

import { resourceOf } from '../catalogue';
import { hintedFields } from '../catalogue/hints';
import type { Row } from '../catalogue/notation';
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';
import { plainText } from '../values/records';
import { dayFromIso, dayOfMoment, InvalidDate, isGregorian, isTimeZone, isWrittenDate } from '../values/time';
import { hintedValues, valueAt, withValue } from './document';
import type { Operation, Values } from './operation';
import { buildRequest, fillPath } from './request';

/** Fields with Gregorian seconds of a moment that people may write, by schema; entries of a list have its path. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
	accounts: ['notifications.low_balance.last_notification'],
	contacts: ['history.timestamp'],
	port_requests: ['scheduled_date', 'comments.timestamp', 'created', 'updated'],
	resource_selectors: ['start_time', 'stop_time'],
};
/** The server's own, which come back with what it gave. */
const EVERYWHERE = ['created', 'modified', 'pvt_created', 'pvt_modified'];
/** What KAZOO takes for an account that has none (schema `accounts`). */
const DEFAULT_ZONE = 'America/Los_Angeles';

/**
 * Whether a field of a document holds a moment, by its path.
 * @param form the fields that the form shows as dates
 */
export function momentsOf(schema: string, form: ReadonlySet<string>): (path: string) => boolean {
	const hints = hintedFields(schema);
	const known = new Set([...EVERYWHERE, ...(MOMENTS[schema] ?? []), ...form]);
	return (path) => known.has(path) && hints[path]?.as !== 'day';
}

/**
 * The operation with its calendar days as KAZOO counts them: from the midnight where the document's own time zone is, or
 * its account's. A dry run sends nothing, so it shows the days.
 * @throws InvalidDate, NodeApiError when the account cannot be read
 */
export async function withDays(operation: Operation, transport: Transport): Promise<Operation> {
	const { row, input } = operation;
	if (!row.document || !input.document || transport.isDryRun) return operation;
	const days = hintedValues(row.document, input.document).filter(
		({ hint, value }) => hint.as === 'day' && value !== '',
	);
	for (const { value, label } of days) refuseUnixTime(value, label);
	const written = days.filter(({ value }) => isWrittenDate(value));
	if (written.length === 0) return operation;
	const zone =
		(await ownZone(operation, transport)) ?? (await zoneOfAccount(input.path.accountId, transport));
	let { document } = input;
	for (const { path, value } of written)
		if (isWrittenDate(value)) document = withValue(document, path, dayFromIso(value, zone));
	return { ...operation, input: { ...input, document } };
}

/**
 * Records with their calendar days as days, where their own time zone is, or their account's: what comes from here goes
 * back by Update as the same day. An account that cannot be read leaves them the moments that they are.
 * @param records as people see them: dates that were left as numbers stay numbers
 */
export async function withShownDays(
	{ row, input }: Operation,
	records: IDataObject[],
	transport: Transport,
): Promise<IDataObject[]> {
	const paths = daysOf(row);
	const isMoment = (value: unknown): value is string => typeof value === 'string' && value.endsWith('Z');
	if (!paths.some((path) => records.some((record) => isMoment(valueAt(record, path))))) return records;
	const shown: IDataObject[] = [];
	for (const record of records) {
		const accountId = plainText(record.account_id) || input.path.accountId;
		const zone = zoneOr(record) ?? (await zoneOfAccount(accountId, transport).catch(() => undefined));
		let copy: Values = record;
		for (const path of zone === undefined ? [] : paths) {
			const value = valueAt(record, path);
			if (zone !== undefined && isMoment(value)) copy = withValue(copy, path, dayOfMoment(value, zone));
		}
		shown.push(copy as IDataObject);
	}
	return shown;
}

/** By row: items ask again and again. */
const daysByRow = new WeakMap<Row, readonly string[]>();

/** The fields of a resource's documents that hold days. */
function daysOf(row: Row): readonly string[] {
	const known = daysByRow.get(row) ?? findDays(row);
	daysByRow.set(row, known);
	return known;
}

function findDays(row: Row): string[] {
	const schema = resourceOf(row).rows.find(({ document }) => document !== undefined)?.document;
	if (schema === undefined) return [];
	return Object.entries(hintedFields(schema)).flatMap(([path, { as }]) => (as === 'day' ? [path] : []));
}

/** The time zone of a record, if it has one that exists. */
function zoneOr({ timezone }: IDataObject): string | undefined {
	return typeof timezone === 'string' && isTimeZone(timezone) ? timezone : undefined;
}

/** A Unix time in seconds would be a day of the year 56. */
function refuseUnixTime(value: unknown, label: string): void {
	if (typeof value === 'number' && value > 0 && !isGregorian(value))
		throw new InvalidDate(`${label} cannot be ${value}. Write it as a day, like 2026-12-24`);
	const isDate: boolean = isWrittenDate(value);
	if (typeof value === 'string' && !isDate && !/^\d{11,12}$/.test(value.trim()))
		throw new InvalidDate(`${label}: “${value.slice(0, 100)}” is not a date. Write it like 2026-12-24`);
}

/** The time zone that the document itself has, or has already where only a part of it is sent. */
async function ownZone({ row, input }: Operation, transport: Transport): Promise<string | undefined> {
	const { timezone } = input.document ?? {};
	if (typeof timezone === 'string' && timezone !== '') return timezone;
	if (!row.route.startsWith('PATCH ')) return undefined;
	const { path } = buildRequest(row, input);
	const what = 'Read the time zone';
	const { envelope } = await transport.send({ method: 'GET', path, expect: [404], what });
	return zoneIn(envelope.data);
}

/** The time zone of an account, of our own if none is given. @throws InvalidInput for one that nobody knows */
export async function zoneOfAccount(given: string | undefined, transport: Transport): Promise<string> {
	const accountId = given ?? (await transport.whoAmI()).accountId;
	const zone = await transport.once(`time zone of ${accountId}`, async () => {
		const path = fillPath('/accounts/{accountId}', { accountId });
		const { envelope } = await transport.send({ method: 'GET', path, what: 'Read the account’s time zone' });
		return zoneIn(envelope.data);
	});
	return zone ?? DEFAULT_ZONE;
}

/** @throws InvalidInput for a time zone that nobody knows */
function zoneIn(data: unknown): string | undefined {
	const { timezone } = (data ?? {}) as { timezone?: unknown };
	if (typeof timezone !== 'string' || timezone === '' || timezone === 'inherit') return undefined;
	if (!isTimeZone(timezone))
		throw new InvalidInput(
			`KAZOO has a time zone here that does not exist: “${timezone.slice(0, 100)}”`,
			'Nothing was sent: a day begins by the time zone of its account. Mend Time Zone of the account first.',
		);
	return timezone;
}
