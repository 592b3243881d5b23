/** All that is wrong with what is wanted, in one error, before anything is written. */
import type { Problem } from '../changes/lookup';
import { InvalidInput } from '../values/input';

const MOST_SHOWN = 20;
/** Of those that differ in nothing but the place and the name. */
const MOST_ALIKE = 2;

/** The first of each sort, so that a thousand of one do not hide the other. */
function telling(problems: readonly Problem[]): Problem[] {
	const count = new Map<string, number>();
	return problems
		.filter(({ place, problem }) => {
			const sort = `${place.replace(/\d+/g, '')} ${problem.replace(/“[^“”]*”/g, '')}`;
			count.set(sort, (count.get(sort) ?? 0) + 1);
			return (count.get(sort) as number) <= MOST_ALIKE;
		})
		.slice(0, MOST_SHOWN);
}

/** @param what cannot be done: "The blueprint cannot be applied" */
export function wrong(what: string, problems: readonly Problem[]): InvalidInput {
	const lines = telling(problems).map(({ place, problem }) => `${place}: ${problem}`);
	if (problems.length === 1) return new InvalidInput(`${what}: ${lines.join('')}`, 'Nothing was changed.');
	const more = problems.length - lines.length;
	return new InvalidInput(
		`${what} for ${problems.length} reasons`,
		[
			'Nothing was changed.',
			...lines.map((line) => `• ${line}`),
			...(more > 0 ? [`and ${more} more`] : []),
		].join('\n'),
	);
}
