import { cases, type Case } from './recorded-checks';
import { EXCHANGES, withRecordings } from '../../recordings';
import type { Exchange } from './recorded-checks';

/** Answers that schemas alone do not explain. */
const EXCEPTIONS: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^callflows\.patch\.bad\.numbers_type /,
		'Crossbar looks at the numbers before the schema, in other words',
	],
	[/^(webhooks\.create\.bad\.hook|rt\.hooks\.create\.bad-hook) /, 'the list of hooks is what webhooks runs'],
];

/** Answers that are not the document that was sent. */
const NOT_A_DOCUMENT: ReadonlyArray<readonly [RegExp, string]> = [
	[/\((PUT|POST) (user_auth|user_auth_recovery|api_auth)\)/, 'a log-in answers with a token'],
	[/\(PUT comments\)/, 'the answer has all earlier comments, too'],
	[
		/^charges\.reseller\.112\.subaccount /,
		'an account that was rolled back at once (observed.md, charges 12)',
	],
];

const isExcepted = (list: typeof EXCEPTIONS, name: string) => list.some(([pattern]) => pattern.test(name));

/** What validating added or changed: the same document with only those fields, undefined when there are none. */
function additions(sent: unknown, checked: unknown): unknown {
	if (typeof checked !== 'object' || checked === null || Array.isArray(checked)) {
		return JSON.stringify(sent) === JSON.stringify(checked) ? undefined : checked;
	}
	const before = (sent ?? {}) as Record<string, unknown>;
	const changed = Object.entries(checked)
		.map(([key, value]) => [key, additions(before[key], value)] as const)
		.filter(([, value]) => value !== undefined);
	if (changed.length > 0) return Object.fromEntries(changed);
	return sent === undefined ? checked : undefined;
}

withRecordings('schema errors against recorded answers of the real server', EXCHANGES, ({ lines }) => {
	describe.each([
		['recorded-exchanges.jsonl', 300],
		['recorded-jobs.jsonl', 200],
		['recorded-events.jsonl', 100],
	])('%s', (file, atLeast) => {
		let all: Case[] = [];
		beforeAll(() => {
			all = [...cases(lines<Exchange>(file))];
		});

		it('finds requests to check', () => {
			expect(all.length).toBeGreaterThan(atLeast);
		});

		it('finds the same errors, and none in what was accepted', () => {
			for (const { name, ours, expected } of all) {
				if (isExcepted(EXCEPTIONS, name)) expect(ours.errors ?? {}).not.toEqual(expected);
				else expect({ name, errors: ours.errors ?? {} }).toEqual({ name, errors: expected });
			}
		});

		it('fills in and converts what the server did', () => {
			for (const { name, data, ours, answer, status, method } of all) {
				if (status >= 300 || method === 'PATCH' || isExcepted(NOT_A_DOCUMENT, name)) continue;
				const added = additions(data, ours.doc);
				if (added !== undefined) expect({ name, answer }).toMatchObject({ name, answer: added });
			}
		});
	});

	it('has no exception that is not needed', () => {
		const names = ['recorded-exchanges.jsonl', 'recorded-jobs.jsonl', 'recorded-events.jsonl']
			.flatMap((file) => [...cases(lines<Exchange>(file))])
			.map(({ name }) => name);
		for (const [pattern] of [...EXCEPTIONS, ...NOT_A_DOCUMENT])
			expect(names.some((n) => pattern.test(n))).toBe(true);
	});
});
