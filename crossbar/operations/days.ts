/**
 * Dates inside of documents. Which fields are dates says the table of hints (days), the table below (moments), or the
 * form that the server's schema made; everything else is a person's own and stays what it is.
 */
import { hintedFields } from '../catalogue/hints';
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';
import { dayFromIso, InvalidDate, isGregorian, isTimeZone, isWrittenDate } from '../values/time';
import { hintedValues, withValue } from './document';
import type { Operation } from './operation';
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
	const zone = (await ownZone(operation, transport)) ?? (await zoneOfAccount(operation, transport));
	let { document } = input;
	for (const { path, value } of written)
		if (isWrittenDate(value)) document = withValue(document, path, dayFromIso(value, zone));
	return { ...operation, input: { ...input, document } };
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

/** The time zone of the account of an operation. @throws InvalidInput for one that nobody knows */
export async function zoneOfAccount({ input }: Operation, transport: Transport): Promise<string> {
	const accountId = input.path.accountId ?? (await transport.whoAmI()).accountId;
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
