/** What an export is called: whose it is and of which time. KAZOO calls it by a number that it makes up. */
import { resourceOf } from '../catalogue';
import type { Transport } from '../http/transport';
import type { Range } from '../values/periods';
import { dayIn } from '../values/periods';
import { gregorianNow, LONGEST_RANGE } from '../values/time';
import type { Operation } from './operation';
import { fillPath } from './request';

/** @returns “blue-door-dental-cdr-2026-11-01-to-2026-11-30.csv”; nothing where it is no export, or has a name already */
export async function exportName(
	{ row, input }: Operation,
	range: Range | undefined,
	transport: Transport,
): Promise<string | undefined> {
	const { accountId } = input.path;
	const { fileName } = input.query;
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
	const to = range?.to ?? gregorianNow();
	const days = [range?.from ?? to - LONGEST_RANGE, to].map((seconds) =>
		dayIn(range?.timeZone ?? 'UTC', seconds),
	);
	const period = row.range ? [...new Set(days)].join('-to-') : '';
	const parts = [typeof name === 'string' ? name : accountId, resourceOf(row).name, period];
	return `${parts.map(plain).filter(Boolean).join('-')}.csv`;
}

const isGiven = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Letters of every language and digits, with hyphens between. */
function plain(text: string): string {
	return text
		.slice(0, 100)
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join('-');
}
