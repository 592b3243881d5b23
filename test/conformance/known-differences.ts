import type { Outcome } from './player';
import type { Json } from './recording';

/** A difference that stays, and why. It counts against the percentage all the same. */
export interface KnownDifference {
	/** In one sentence. */
	reason: string;
	/** Which outcomes it explains. */
	applies: (outcome: Outcome) => boolean;
}

/** Differences that are understood and stay: this is documentation, it changes no figure. */
export const knownDifferences: readonly KnownDifference[] = [
	{
		reason:
			'a job of the server that runs by itself told of a low balance and wrote that down in the account',
		applies: (outcome) => missed(outcome, /"low_balance"|"action":"doc_edited","type":"account"/),
	},
];

/** Whether an event that looks like this did not come, or another came in its place. */
function missed({ kind, differences }: Outcome, look: RegExp): boolean {
	const text = (value: Json | undefined) => JSON.stringify(value ?? null);
	return kind === 'event' && differences.some(({ recorded }) => look.test(text(recorded)));
}
