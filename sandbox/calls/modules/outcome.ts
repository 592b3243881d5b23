import type { Fields } from '../../store/database';
import type { SimulatedCall } from '../call';
import type { Flow } from '../flow';
import type { Ending } from '../endings';

/** What came of a step: the branch to go on with, another flow in its place, or the end of the call. */
export type Outcome = string | { flow: Flow } | { end: Ending };

/** What a step of a callflow does. */
export type Module = (call: SimulatedCall, data: Fields, flow: Flow) => Outcome | Promise<Outcome>;

/** The branch that is taken when no other fits. */
export const ON = '_';

/** Seconds that an announcement of unknown length takes. */
export const ANNOUNCEMENT = 3;

/** A number of seconds from a document; the other where there is none. */
export const seconds = (value: unknown, otherwise: number): number => {
	const number = Number(value);
	return Number.isFinite(number) && number > 0 ? number : otherwise;
};
