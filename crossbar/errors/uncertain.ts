/** A write that failed may have been carried out all the same: when that is so, and how to find out. */
import type { Failure } from './failure';
import type { BodyKind } from './hint';

/** Answers of a gateway that gave up waiting: the server behind it goes on. 499 is nginx's word for it. */
const GIVEN_UP: readonly number[] = [408, 425, 499];

/** Whether it was to change something. */
export function isWrite({ writes, method }: Failure): boolean {
	return writes ?? method !== 'GET';
}

/**
 * Whether an answered request may have done its work, whatever the answer says.
 * @param refused whether KAZOO's own words show that it did not begin
 */
export function mayHaveActed(failure: Failure, kind: BodyKind, refused: boolean): boolean {
	const { status = 0 } = failure;
	if (!isWrite(failure)) return false;
	if (status < 300 || status >= 500 || GIVEN_UP.includes(status)) return !(refused && kind === 'json');
	return isAccountWrittenAnyway(failure, kind);
}

/**
 * KAZOO stores a change of an account although it answers that name or realm are taken, or that the account was changed
 * meanwhile (observed.md 20, changes.md). What its schema refuses is not stored.
 */
function isAccountWrittenAnyway({ status, method, path, body }: Failure, kind: BodyKind): boolean {
	if (!/^\/(accounts\/[^/?]+|account)\/?(\?|$)/.test(path) || !/^(PATCH|POST)$/.test(method)) return false;
	return status === 412 || (status === 400 && kind === 'json' && /"unique"\s*:/.test(textOf(body)));
}

function textOf(body: unknown): string {
	return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}

/** What to do before such a request is sent again. */
export function howToLook({ method, path }: Failure): string {
	const isCall = method === 'GET' || /\/(quickcall|clicktocall)\//.test(path);
	const look = isCall
		? 'with Channel: Get Many whether the call is there'
		: 'with Get or Get Many what is there now';
	return `${UNSURE}: look ${look} before repeating it.`;
}

const UNSURE = 'It may have been carried out all the same';

/** Whether a failure says of a request that it may have done its work. */
export function isUnsure(error: unknown): boolean {
	return descriptionOf(error).includes(UNSURE);
}

/** The words of such a failure, once somebody has looked and knows better. */
export function lookedAt(error: unknown, found: string): string {
	const description = descriptionOf(error);
	const begins = description.indexOf(UNSURE);
	if (begins < 0) return description;
	const ends = description.indexOf('\n', begins);
	return description.slice(0, begins) + found + (ends < 0 ? '' : description.slice(ends));
}

function descriptionOf(error: unknown): string {
	const { description } = (error ?? {}) as { description?: unknown };
	return typeof description === 'string' ? description : '';
}
