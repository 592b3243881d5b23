import { ENDINGS, type Ending } from './endings';

/** How a number outside always behaves. */
interface Stranger {
	readonly ending: Ending;
	/** For the transcript of a call. */
	readonly what: string;
	/** What a fax machine of that number does. */
	readonly machine: 'busy' | 'noAnswer' | 'drops';
}

/** Numbers outside that fail, so that a test needs no steps; nobody has numbers of this block. */
export const STRANGERS: ReadonlyMap<string, Stranger> = new Map([
	['+15005550001', { ending: ENDINGS.busy, what: 'is busy', machine: 'busy' }],
	['+15005550002', { ending: ENDINGS.noAnswer, what: 'is not answered', machine: 'noAnswer' }],
	['+15005550003', { ending: ENDINGS.rejected, what: 'refuses the call', machine: 'busy' }],
	['+15005550004', { ending: ENDINGS.unknown, what: 'does not exist', machine: 'noAnswer' }],
	['+15005550005', { ending: ENDINGS.unavailable, what: 'cannot be reached', machine: 'drops' }],
]);
