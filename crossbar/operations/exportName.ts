/** What an export is called: whose it is and of which time. KAZOO calls it by a number that it makes up. */
import { resourceOf } from '../catalogue';
import type { Transport } from '../http/transport';
import { gregorianFromIso, gregorianNow, isoFromGregorian, LONGEST_RANGE } from '../values/time';
import type { Operation } from './operation';
import { fillPath } from './request';

/** @returns “blue-door-dental-cdr-2026-11-01-to-2026-11-30.csv”; nothing where it is no export, or has a name already */
export async function exportName(
	{ row, input }: Operation,
	transport: Transport,
): Promise<string | undefined> {
	const { accountId } = input.path;
	const { fileName, createdFrom, createdTo } = input.query;
	if (row.accept !== 'text/csv' || !accountId || transport.isDryRun || isGiven(fileName)) return undefined;
	const name = await transport.once(`name of ${accountId}`, async () => {
		const path = fillPath('/accounts/{accountId}', { accountId });
		const request = {
			method: 'GET',
			path,
			expect: [403, 404],
			what: 'Read the name of the account',
		} as const;
		const { status, envelope } = await transport.send(request);
		return status < 300 ? (envelope.data as { name?: unknown } | undefined)?.name : undefined;
	});
	const to = isGiven(createdTo) ? gregorianFromIso(createdTo) : gregorianNow();
	const from = isGiven(createdFrom) ? gregorianFromIso(createdFrom) : to - LONGEST_RANGE;
	const period = row.query?.createdFrom ? [dayOf(from), 'to', dayOf(to)] : [];
	const parts = [typeof name === 'string' ? name : accountId, resourceOf(row).name, ...period];
	return `${parts.map(plain).filter(Boolean).join('-')}.csv`;
}

const isGiven = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const dayOf = (seconds: number): string => isoFromGregorian(seconds).slice(0, 10);

/** Letters of every language and digits, with hyphens between. */
function plain(text: string): string {
	return text
		.slice(0, 100)
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join('-');
}
