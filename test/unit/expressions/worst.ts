/**
 * The worst texts for a regular expression, made out of the expression itself, and how long it takes over them.
 *
 * What makes one slow is a repetition that can give back what it took: the text is what stands before it, then what it
 * repeats many times, then something on which all fails. An expression without an anchor is tried at every place, as
 * if a repetition stood before it.
 */
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';

import type { Expression } from './find';

/** Characters that many classes have, beside those of the expression. */
const COMMON = ['a', '0', ' ', '\n'];
/** What hardly any expression takes; the empty text is the end. */
const ENDS = ['', '\u0000', '\n'];
const MOST_SIGNS = 24;

/** A text that grows: one part of it is repeated, and sometimes then another one. */
interface Shape {
	readonly before: string;
	readonly repeated: string;
	readonly second?: string;
	readonly after: string;
}

/** How a text of this shape looks with about so many characters. */
export function textOf({ before, repeated, second, after }: Shape, length: number): string {
	const many = (part: string, share: number): string =>
		part.repeat(Math.max(1, Math.ceil(share / part.length)));
	return second === undefined
		? before + many(repeated, length) + after
		: before + many(repeated, length / 2) + many(second, length / 2) + after;
}

/** All shapes that may be bad for an expression. */
export function shapesOf({ source, flags }: Expression): Shape[] {
	const unicode = flags.includes('u');
	const pattern = new RegExpParser().parsePattern(source, 0, source.length, unicode);
	const signs = [...new Set([...signsIn(pattern), ...COMMON])].slice(0, MOST_SIGNS);
	const kept = flags.replace(/[gy]/g, '');
	const takes = (node: AST.Node, text: string): boolean => new RegExp(`^(?:${node.raw})$`, kept).test(text);
	const sampleOf = (node: AST.Node): string => sample(node, signs, takes);

	const shapes = new Map<string, Shape>();
	const add = (before: string, repeated: string): void => {
		if (repeated === '') return;
		for (const after of ENDS) {
			for (const [start, part] of [
				[before, repeated],
				['', before + repeated],
				['', repeated + after],
			] as const)
				shapes.set(JSON.stringify([start, part, after]), { before: start, repeated: part, after });
		}
	};
	/** Two repetitions side by side: what both take, then what the second one takes alone. */
	const addPair = (before: string, one: AST.Element, other: AST.Element): void => {
		const repeated = signs.find((sign) => takes(one, sign) && takes(other, sign));
		const second = signs.find((sign) => takes(other, sign) && !takes(one, sign));
		if (repeated === undefined || second === undefined) return;
		for (const after of [...ENDS, 'a']) {
			const shape = { before, repeated, second, after };
			shapes.set(JSON.stringify(shape), shape);
		}
	};
	/** What follows a repetition, longer and longer, may be taken by it, too. */
	const walk = (
		alternatives: readonly AST.Alternative[],
		before: string,
		outside: readonly AST.Element[],
	): void => {
		for (const { elements } of alternatives) {
			elements.forEach((element, index) => {
				const start = before + elements.slice(0, index).map(sampleOf).join('');
				const following = [...elements.slice(index + 1), ...outside];
				const inner = element.type === 'Quantifier' ? element.element : element;
				if (element.type === 'Quantifier' && element.max > 1) {
					const rest = following.map(sampleOf);
					const parts = [
						...signs,
						...rest.map((_, end) => rest.slice(0, end + 1).join('')),
						...samplesOf(inner),
					];
					for (const part of parts) if (takes(element, part) || takes(inner, part)) add(start, part);
					const near = following.findIndex((other) => !takes(other, ''));
					for (const other of near < 0 ? following : following.slice(0, near + 1))
						if (other.type === 'Quantifier' && other.max > 1) addPair(start, element, other);
				}
				if ('alternatives' in inner) walk(inner.alternatives, start, following);
			});
			// As if a repetition stood before it all
			const all = elements.map(sampleOf);
			all.forEach((_, end) => add(before, all.slice(0, end + 1).join('')));
		}
	};
	const samplesOf = (node: AST.Node): string[] =>
		'alternatives' in node
			? node.alternatives.map(({ elements }) => elements.map(sampleOf).join(''))
			: [sampleOf(node)];
	walk(pattern.alternatives, '', []);
	return [...shapes.values()];
}

/** What of a part leads to others than those inside of it. */
const LEAD_BACK = new Set(['parent', 'references', 'resolved']);

/** The characters that are named in an expression: as such, or as an end of a range. */
function signsIn(node: AST.Node): string[] {
	const signs: string[] = [];
	const visit = (part: unknown): void => {
		if (typeof part !== 'object' || part === null) return;
		const { type, value } = part as { type?: string; value?: number };
		if (type === 'Character' && value !== undefined) signs.push(String.fromCodePoint(value));
		for (const [key, inside] of Object.entries(part)) if (!LEAD_BACK.has(key)) [inside].flat().forEach(visit);
	};
	visit(node);
	return signs;
}

/** A short text that a part of an expression takes. */
function sample(
	node: AST.Node,
	signs: readonly string[],
	takes: (node: AST.Node, text: string) => boolean,
): string {
	switch (node.type) {
		case 'Character':
			return String.fromCodePoint(node.value);
		case 'CharacterClass':
		case 'CharacterSet':
			return [...signs, '_', '-', 'é', '\u0000'].find((sign) => takes(node, sign)) ?? '';
		case 'Quantifier':
			return sample(node.element, signs, takes).repeat(Math.max(1, node.min));
		case 'Group':
		case 'CapturingGroup':
			return (node.alternatives[0]?.elements ?? []).map((part) => sample(part, signs, takes)).join('');
		default:
			// Assertions and references take nothing of their own
			return '';
	}
}

/** Milliseconds of the processor that an expression takes over a text, at all its places where it is used so. */
function timeOf({ source, flags }: Expression, text: string): number {
	const expression = new RegExp(source, flags);
	const isRepeated = flags.includes('g') || flags.includes('y');
	const began = process.cpuUsage();
	for (let last = 0; expression.test(text) && isRepeated; last = expression.lastIndex)
		if (expression.lastIndex === last) expression.lastIndex++;
	const { user, system } = process.cpuUsage(began);
	return (user + system) / 1000;
}

/** The shortest of some times: other work on the machine makes a time longer, never shorter. */
function leastTime(expression: Expression, text: string, enough: number): number {
	let least = Infinity;
	for (let run = 0; run < 4 && least > enough; run++) {
		const time = timeOf(expression, text);
		if (time > 100 * enough) return time;
		least = Math.min(least, time);
	}
	return least;
}

/** Lengths to look for the worst shape: first short ones, where even what doubles with every character ends. */
const LOOKS = [22, 200, 1_000, 4_000];
/** Milliseconds that a text of such a length never takes when the time grows with its length. */
const MOST_OF_A_LOOK = 6;
/** Lengths to measure the worst shape at. */
const LENGTHS = [16_000, 64_000, 250_000, 1_000_000];
/** Milliseconds for a text of a length, on a slow machine beside other work. */
const mostFor = (length: number): number => 8 + length / 2_500;

/** Milliseconds that may be anything: a pause of the machine. */
const NOTHING = 100;

/**
 * Feeds an expression with a million characters of its worst.
 * @returns what is wrong: a text whose time grows faster than its length
 */
export function slowness(expression: Expression): string | undefined {
	let worst: { shape: Shape; time: number } | undefined;
	for (const shape of shapesOf(expression)) {
		let time = 0;
		for (const length of LOOKS) {
			time = leastTime(expression, textOf(shape, length), MOST_OF_A_LOOK);
			if (time > MOST_OF_A_LOOK) return told(expression, shape, length, time);
		}
		if (!worst || time > worst.time) worst = { shape, time };
	}
	if (!worst) return undefined;
	let before = 0;
	for (const length of LENGTHS) {
		const time = leastTime(expression, textOf(worst.shape, length), mostFor(length) / 4);
		if (time > mostFor(length)) return told(expression, worst.shape, length, time);
		// Four times the text is four times the work; sixteen times would be its square
		if (length === LENGTHS.at(-1) && time > NOTHING && time > 10 * before)
			return `${told(expression, worst.shape, length, time)}, a quarter of it ${before.toFixed(1)} ms`;
		before = time;
	}
	return undefined;
}

function told({ place, source, flags }: Expression, shape: Shape, length: number, time: number): string {
	const { before, repeated, second, after } = shape;
	const parts = [before, `many ${repeated}`, ...(second === undefined ? [] : [`many ${second}`]), after];
	const text = parts.map((part) => JSON.stringify(part)).join(', ');
	return `${place} /${source}/${flags}: ${length} characters of ${text} take ${time.toFixed(1)} ms`;
}
