/** What there is of people in an account: callflows that ring them, numbers that nobody uses. Pure. */
import { isRecord } from '../../values/records';
import type { Document, KindName } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import type { Wanted } from '../../changes/lookup';
import { namesOf } from '../../changes/lookup';

/** The stored documents of a kind. */
export const ofKind = (live: Live, kind: KindName): Stored[] =>
	live.documents.filter((stored) => stored.kind === kind);

/** What people call it. */
export const called = ({ kind, document, id }: Stored): string => kinds[kind].name(document) || id;

/** Numbers and extensions of a callflow, whatever stands there. */
export function numbersOf({ numbers }: Document): string[] {
	return Array.isArray(numbers) ? numbers.filter((number) => typeof number === 'string') : [];
}

/** Phone numbers begin with a plus, extensions do not. */
export const isPhoneNumber = (number: string): boolean => number.startsWith('+');

/** Whether a callflow is a person's own, or rings the person first; of lists only the owner is known. */
export function isOwnFlow({ document: { owner_id: owner, flow } }: Stored, userId: string): boolean {
	if (owner !== undefined) return owner === userId;
	return isRecord(flow) && flow.module === 'user' && isRecord(flow.data) && flow.data.id === userId;
}

/** The callflow under which a person is dialled: the own one with the most numbers. */
export function mainFlow(live: Live, userId: string): Stored | undefined {
	const own = ofKind(live, 'callflow').filter(
		(flow) => isOwnFlow(flow, userId) && numbersOf(flow.document).length > 0,
	);
	return own.sort((one, other) => numbersOf(other.document).length - numbersOf(one.document).length)[0];
}

/** Numbers in service that nothing uses, the lowest first. */
export function spareNumbers(live: Live): string[] {
	const used = new Set(ofKind(live, 'callflow').flatMap(({ document }) => numbersOf(document)));
	return ofKind(live, 'phoneNumber')
		.filter(
			({ id, document: { state, used_by: by } }) =>
				!used.has(id) && (state ?? 'in_service') === 'in_service' && (by === undefined || by === ''),
		)
		.map(({ id }) => id)
		.sort();
}

/** The one document of a kind that is called so; else why there is none. */
export function named(live: Live, kind: KindName, text: string): { one: Stored } | { problem: string } {
	const wanted = text.trim().toLowerCase();
	const all = ofKind(live, kind);
	const found = all.filter(
		({ id, document }) =>
			id.toLowerCase() === wanted || namesOf(kind, document).some((name) => name.toLowerCase() === wanted),
	);
	const [one] = found;
	const { label, plural } = kinds[kind];
	if (one && found.length === 1) return { one };
	if (live.missing.includes(kind)) return { problem: `this server has no ${plural.replaceAll('_', ' ')}` };
	return {
		problem: one
			? `${found.length} are called ${label} “${text}”; which one is meant?`
			: `there is no ${label} “${text}”`,
	};
}

/** That a wanted document is this one, if there is one. */
export const idOf = (stored: Stored | undefined): Pick<Wanted, 'id'> => (stored ? { id: stored.id } : {});
