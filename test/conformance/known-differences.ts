import type { Outcome } from './player';

/** A difference that stays, and why. It counts against the percentage all the same. */
export interface KnownDifference {
	/** In one sentence. */
	reason: string;
	/** Which outcomes it explains. */
	applies: (outcome: Outcome) => boolean;
}

/** Differences that are understood and stay: this is documentation, it changes no figure. */
export const knownDifferences: readonly KnownDifference[] = [];
