/**
 * A change of an account. KAZOO 4 stores one that it refuses because its name or realm is taken, and then the other
 * account that has the name cannot be changed any more; it also stores what it answers with 412 (facts/changes.md).
 */
import { NodeApiError } from 'n8n-workflow';

import type { Envelope } from '../http/messages';
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';
import { plainText } from '../values/records';
import { fillPath } from './request';

type Fields = Readonly<Record<string, unknown>>;

/** What an account must not share with another one, and how KAZOO compares it. */
const UNIQUE = {
	name: (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, ''),
	realm: (realm: string): string => realm.toLowerCase(),
} as const;

/** The only field that null removes; elsewhere it is ignored. */
const REMOVABLE = ['preflow.always'];

export interface AccountChange {
	/** `/accounts/{id}`, below `/v2`. */
	readonly path: string;
	/** What is sent in `data`. */
	readonly data: Fields;
}

/**
 * Sends a change of an account, after a look whether it can succeed.
 * @param send gets the account as it stands
 * @throws InvalidInput when the name or realm is taken, or a field is to be removed: nothing is sent then
 * @throws NodeApiError of the change; its description says what of it was stored all the same
 */
export async function changingAccount<T>(
	{ path, data }: AccountChange,
	transport: Transport,
	send: (before: Fields) => Promise<T>,
): Promise<T> {
	const before = await accountAt(path, transport);
	refuseRemovals(data, before);
	for (const key of ['name', 'realm'] as const) await refuseTaken(key, data[key], before, transport);
	return await send(before).catch(async (error: unknown) => {
		if (error instanceof NodeApiError && error.httpCode)
			error.description = [error.description, await whatStands(path, data, before, transport)]
				.filter(Boolean)
				.join('\n');
		throw error;
	});
}

async function accountAt(path: string, transport: Transport): Promise<Fields> {
	const { envelope } = await transport.send({ method: 'GET', path, what: 'Get account' });
	return (envelope.data ?? {}) as Fields;
}

function refuseRemovals(data: Fields, before: Fields): void {
	const kept = removals(data).filter((path) => !REMOVABLE.includes(path) && at(before, path) !== undefined);
	if (kept.length === 0) return;
	throw new InvalidInput(
		`KAZOO cannot remove a field of an account: ${kept.join(', ')}`,
		'Nothing was sent. Give the field another value, or empty the whole object that holds it by {}: {"caller_id": {"external": {}}}.',
	);
}

/** The dotted paths of what is null. */
function removals(value: Fields, path: readonly string[] = []): string[] {
	return Object.entries(value).flatMap(([key, entry]) => {
		if (entry === null) return [[...path, key].join('.')];
		return isFields(entry) ? removals(entry, [...path, key]) : [];
	});
}

/** Among the accounts below ours; of others nobody tells us, and what they refuse is read afterwards. */
async function refuseTaken(
	key: keyof typeof UNIQUE,
	wanted: unknown,
	before: Fields,
	transport: Transport,
): Promise<void> {
	if (typeof wanted !== 'string' || wanted === before[key]) return;
	const compared = UNIQUE[key];
	const found = await search(key, compared(wanted), transport);
	const other = found.find(
		(account) =>
			account.id !== before.id &&
			typeof account[key] === 'string' &&
			compared(account[key]) === compared(wanted),
	);
	if (!other) return;
	throw new InvalidInput(
		`Another account has the ${key} “${wanted}”: ${plainText(other.name)} (${plainText(other.id)})`,
		'Nothing was sent. KAZOO would refuse the change and store it all the same, and the other account could not be changed any more.',
	);
}

async function search(
	key: keyof typeof UNIQUE,
	value: string,
	transport: Transport,
): Promise<readonly Fields[]> {
	if (value === '') return [];
	const { accountId } = await transport.whoAmI();
	const request = {
		method: 'GET',
		path: fillPath('/accounts/{accountId}/search', { accountId }),
		query: { t: 'account', q: key, v: value, paginate: false },
		what: `Search accounts by ${key}`,
	} as const;
	const { envelope } = await transport.send(request).catch((error: unknown): { envelope: Envelope } => {
		// A system may be without the search; the refusal itself is still looked at
		if (error instanceof NodeApiError) return { envelope: {} };
		throw error;
	});
	return Array.isArray(envelope.data) ? (envelope.data as Fields[]).filter(isFields) : [];
}

/** What a refused change left behind, in words. */
async function whatStands(path: string, data: Fields, before: Fields, transport: Transport): Promise<string> {
	let after: Fields;
	try {
		after = await accountAt(path, transport);
	} catch {
		return 'KAZOO may have stored it all the same: read the account, and put it back by another Update.';
	}
	const changed = Object.keys(data).filter((key) => !same(before[key], after[key]));
	if (changed.length === 0) return 'The account was read again: nothing of it was stored.';
	const now = changed.map((key) => `${key} is ${JSON.stringify(after[key])}`).join(', ');
	const old = Object.fromEntries(
		changed.filter((key) => before[key] !== undefined).map((key) => [key, before[key]]),
	);
	const added = changed.filter((key) => before[key] === undefined);
	return [
		`KAZOO refused it and stored it all the same: ${now}.`,
		...(Object.keys(old).length > 0
			? [`Put it back at once by Account: Update with this JSON: ${JSON.stringify(old)}`]
			: []),
		...(added.length > 0 ? [`What was added cannot be taken out, only changed: ${added.join(', ')}.`] : []),
	].join('\n');
}

/** Whether two values are the same; the order of keys does not count. */
function same(one: unknown, other: unknown): boolean {
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((entry, index) => same(entry, other[index]));
	if (!isFields(one) || !isFields(other)) return one === other;
	const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...keys].every((key) => same(one[key], other[key]));
}

function at(fields: Fields, path: string): unknown {
	return path.split('.').reduce<unknown>((place, key) => (isFields(place) ? place[key] : undefined), fields);
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
