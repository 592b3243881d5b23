import type { Exchange, Line } from './recording';

/**
 * Requests that were sent together, by the line of the first: a scenario numbers them, and their answers did not come
 * in that order. Answers that came in order may as well be of requests sent one after the other, and are taken so.
 */
export function sentTogether(lines: readonly Line[]): Map<number, Exchange[]> {
	const groups = new Map<number, Exchange[]>();
	let group: Exchange[] = [];
	let scenario: string | undefined;
	const finish = () => {
		const numbers = group.map(({ name }) => Number(name.slice(name.lastIndexOf('.') + 1)));
		const [first] = group;
		if (first && numbers.some((number, i) => i > 0 && number < (numbers[i - 1] ?? 0))) {
			groups.set(first.line, group);
		}
		group = [];
	};
	for (const line of lines) {
		if (line.kind !== 'exchange') continue;
		const name = /^(.+)\.\d+$/.exec(line.name)?.[1];
		if (name === undefined || name !== scenario) finish();
		scenario = name;
		if (name !== undefined) group.push(line);
	}
	finish();
	return groups;
}

/** In the order to send them: who succeeded was there before those who were refused. */
export function winnersFirst(group: readonly Exchange[]): Exchange[] {
	const won = ({ response }: Exchange): boolean => response.status < 300;
	return [...group.filter(won), ...group.filter((exchange) => !won(exchange))];
}
