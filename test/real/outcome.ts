/** What came of trying a row, a trigger or a list. */
import type { Exchange } from './guard';
import { knownFault, lackOfSandbox } from './known';

export type Result =
	/** As the row says. */
	| 'worked'
	/** The server said no, and had to. */
	| 'refused'
	/** It was not tried, or the server lacks what it needs. */
	| 'untried'
	/** It is wrong, and that is known (known.ts). */
	| 'known'
	/** It did not work, and nothing explains it. */
	| 'failed';

export interface Outcome {
	readonly name: string;
	/** Method and path, as the catalogue has it. */
	readonly request: string;
	result: Result;
	/** Why; empty where it worked. */
	reason: string;
}

/** A case that was tried, and what was asked of the server for it. */
export interface Tried {
	readonly outcome: Outcome;
	readonly exchanges: readonly Exchange[];
}

/** A refusal that is right: which status, and why. */
export interface Expected {
	readonly status: number | readonly number[];
	readonly reason: string;
	/** `refused` unless told: `untried` where it is the server that lacks something. */
	readonly result?: Result;
}

/** What is known of a try. */
export interface Attempt {
	readonly error?: string;
	readonly exchanges: readonly Exchange[];
	readonly expected?: Expected;
	/** What does not exist in the account and had to be made up: "Recording". */
	readonly madeUp: readonly string[];
	/** The key may not do it on this server. */
	readonly needs?: string;
}

/** Of the server's words, in characters. */
const LONGEST = 300;

/** What the last request of the row was answered with. */
function lastRefusal(exchanges: readonly Exchange[]): Exchange | undefined {
	return exchanges.filter(({ status, stopped }) => status >= 400 || stopped).at(-1);
}

/** Tells what came of a row. */
export function judge({
	error,
	exchanges,
	expected,
	madeUp,
	needs,
}: Attempt): Pick<Outcome, 'result' | 'reason'> {
	if (error === undefined) return { result: 'worked', reason: '' };
	const refusal = lastRefusal(exchanges);
	if (refusal === undefined) {
		const own = expected?.status === 0;
		return own
			? { result: expected.result ?? 'refused', reason: expected.reason }
			: { result: 'failed', reason: error };
	}
	const { status, stopped, refusal: words } = refusal;
	if (stopped)
		return { result: 'failed', reason: `it asked for something outside: ${refusal.method} ${refusal.path}` };
	if (expected !== undefined && [expected.status].flat().includes(status))
		return { result: expected.result ?? 'refused', reason: `${status}: ${expected.reason}` };
	if (status === 503)
		return { result: 'untried', reason: '503: a part of KAZOO that does it does not answer' };
	if (status === 404 && madeUp.length > 0 && !isUnknownPath(refusal))
		return { result: 'refused', reason: `404: there is no ${madeUp.join(' and no ')} in a new account` };
	if (status === 403 && needs !== undefined) return { result: 'refused', reason: `403: only for a ${needs}` };
	return { result: 'failed', reason: `${status} ${words.slice(0, LONGEST)} (${error})` };
}

/** KAZOO knows no such path: the row is wrong, or a module is not loaded. */
export function isUnknownPath({ status, refusal }: Exchange): boolean {
	return status === 404 && (refusal === '' || /^not_found /.test(refusal));
}

/** The part of a path that one module of Crossbar answers for: `devices`, below an account or not. */
export function moduleOf(path: string): string {
	return path.replace(/^\/accounts\/[^/]+/, '').split('/')[1] ?? '';
}

/**
 * Of the rows that failed because KAZOO knows no such path: where it knows nothing else of that module either, the module
 * is not loaded, which is no fault of the row.
 */
function excuseMissingModules(outcomes: readonly Tried[]): void {
	const known = new Set<string>();
	for (const { exchanges } of outcomes)
		for (const exchange of exchanges)
			if (!exchange.stopped && !isUnknownPath(exchange) && exchange.status > 0)
				known.add(moduleOf(exchange.path));
	for (const { outcome, exchanges } of outcomes) {
		const refusal = lastRefusal(exchanges);
		if (outcome.result !== 'failed' || refusal === undefined || !isUnknownPath(refusal)) continue;
		const module = moduleOf(refusal.path);
		if (known.has(module)) continue;
		outcome.result = 'untried';
		outcome.reason = `404: the server does not have “${module}” (module not loaded)`;
	}
}

/** The outcomes of a part of the check, with all that is known of them. @param sandbox whether the server is the sandbox */
export function settled(tried: readonly Tried[], { sandbox }: { sandbox: boolean }): Outcome[] {
	excuseMissingModules(tried);
	for (const { outcome } of tried) {
		if (outcome.result !== 'failed') continue;
		const lack = sandbox ? lackOfSandbox(outcome.name) : undefined;
		const fault = knownFault(outcome.name);
		if (lack !== undefined) Object.assign(outcome, { result: 'untried', reason: lack });
		else if (fault !== undefined)
			Object.assign(outcome, { result: 'known', reason: `${fault}: ${outcome.reason}` });
	}
	return tried.map(({ outcome }) => outcome);
}
