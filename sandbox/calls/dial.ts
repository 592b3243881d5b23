import type { Flow } from './flow';

/** What a number that somebody dials leads to. */
export function dial(number: string): Flow {
	return { module: 'dial', data: { number } };
}
