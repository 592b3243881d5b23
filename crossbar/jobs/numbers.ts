/** Phone numbers that a plan adds: whether somebody else has them. */
import type { Change } from '../changes/change';
import type { Document } from '../changes/kinds';
import type { Live } from '../changes/live';
import { SIDE_BY_SIDE } from '../changes/live';
import type { Problem } from '../changes/lookup';
import type { Transport } from '../http/transport';
import { mapConcurrently } from '../values/concurrency';

/** What KAZOO answers for a number that it does not have, or may not tell (observed.md 24). */
const UNKNOWN = [400, 403, 404, 500];

/**
 * Numbers that somebody else has, and numbers of callflows that the account will not have.
 * @param accountId one that is there and may ask
 * @throws NodeApiError
 */
export async function numberProblems(
	changes: readonly Change[],
	live: Live,
	accountId: string,
	transport: Transport,
): Promise<Problem[]> {
	const added = changes.filter(({ kind, action }) => kind === 'phoneNumber' && action === 'create');
	const own = new Set([
		...live.documents.flatMap(({ kind, id }) => (kind === 'phoneNumber' ? [id] : [])),
		...added.map(({ name }) => name),
	]);
	const strangers = changes.flatMap((change) =>
		newNumbers(change)
			.filter((number) => !own.has(number))
			.map((number) => ({ number, place: `callflow “${change.name}”` })),
	);
	const asked = [...added.map(({ name }) => ({ number: name, place: 'phone_numbers' })), ...strangers];
	const found = await mapConcurrently(asked, SIDE_BY_SIDE, async ({ number, place }) => {
		const owner = await ownerOf(number, accountId, transport);
		if (owner !== undefined && owner !== live.accountId)
			return [{ place: `${place} ${number}`, problem: `the number belongs to the account ${owner}` }];
		if (own.has(number) || owner !== undefined) return [];
		return [{ place: `${place} ${number}`, problem: 'the account does not have the number' }];
	});
	return found.flat();
}

/** Phone numbers that a callflow has not had before. */
function newNumbers({ kind, action, document, was }: Change): string[] {
	if (kind !== 'callflow' || action === 'delete') return [];
	const before = new Set(numbersOf(was));
	return numbersOf(document).filter((number) => number.startsWith('+') && !before.has(number));
}

function numbersOf(callflow: Document | undefined): string[] {
	const { numbers } = callflow ?? {};
	return Array.isArray(numbers) ? numbers.filter((number) => typeof number === 'string') : [];
}

async function ownerOf(number: string, accountId: string, transport: Transport): Promise<string | undefined> {
	const { status, envelope } = await transport.send({
		method: 'GET',
		path: `/accounts/${encodeURIComponent(accountId)}/phone_numbers/${encodeURIComponent(number)}/identify`,
		expect: UNKNOWN,
		what: `Look whose number ${number} is`,
	});
	const { account_id: owner } = (envelope.data ?? {}) as { account_id?: unknown };
	return status === 200 && typeof owner === 'string' ? owner : undefined;
}
