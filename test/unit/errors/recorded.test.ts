/**
 * Everything that a real Crossbar was recorded to refuse, where the recordings are at hand: each answer becomes a
 * sentence that holds the server's words and no secret.
 */
import { explain, type Explanation, type Failure } from '../../../crossbar/errors/explain';
import { EXCHANGES, type Recordings, withRecordings } from '../../recordings';

interface Line {
	name: string;
	direction?: string;
	request?: { method: string; path: string };
	response?: { status: number; headers: Record<string, string>; body: unknown };
}

interface Refusal {
	name: string;
	failure: Failure & { body: unknown };
	explanation: Explanation;
	/** As a person or a log sees it. */
	shown: string;
}

/** In place of the recorder's `<jwt>` and `<token>`. */
const TOKEN = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJrYXpvbyJ9.c2lnbmF0dXJl';

function refusals({ lines }: Recordings): Refusal[] {
	return lines<Line>(...EXCHANGES)
		.map((line) => JSON.parse(JSON.stringify(line).replace(/<jwt>|<token>/g, TOKEN)) as Line)
		.filter(({ request, response }) => request?.path.startsWith('/v') && (response?.status ?? 0) >= 400)
		.map(({ name, request, response }) => {
			const failure = {
				method: request?.method ?? '',
				path: (request?.path ?? '').replace(/^\/v\d/, ''),
				status: response?.status,
				headers: response?.headers,
				body: response?.body,
			};
			const explanation = explain(failure);
			return { name, failure, explanation, shown: `${explanation.message}\n${explanation.description}` };
		});
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const dataOf = ({ failure }: Refusal): unknown => (isObject(failure.body) ? failure.body.data : undefined);

/** What the server wrote for people: the message of the data, else of the envelope; of validation errors all. */
function wordsOf(refusal: Refusal): string[] {
	const { body } = refusal.failure;
	if (!isObject(body)) return [];
	const data = dataOf(refusal);
	if (body.message === 'validation error') {
		return Object.values(data as Record<string, Record<string, { message: string }>>).flatMap((rules) =>
			Object.values(rules).map(({ message }) => message),
		);
	}
	return [isObject(data) && typeof data.message === 'string' ? data.message : String(body.message)];
}

withRecordings('recorded refusals', EXCHANGES, (recordings) => {
	const all = refusals(recordings);
	/** The names of the scenarios for which something is not so. */
	const except = (holds: (refusal: Refusal) => boolean): string[] =>
		all.filter((refusal) => !holds(refusal)).map(({ name, shown }) => `${name}: ${shown}`);

	it('are all there', () => {
		expect(all.length).toBeGreaterThan(600);
	});

	it('become a sentence', () => {
		const isSentence = /^[A-Z“+«][^\n]{8,250}[^.\s]$/u;
		expect(except(({ explanation }) => isSentence.test(explanation.message))).toEqual([]);
		const ours = (shown: string): string => shown.replace(/\n(•|The server said|Request).*/g, '');
		const garbled = /undefined|\[object|\{\w+\}|NaN|please/;
		expect(except(({ shown }) => !garbled.test(ours(shown)))).toEqual([]);
	});

	it('say more than "KAZOO refused the request"', () => {
		expect(
			except(({ explanation }) => !explanation.message.startsWith('KAZOO refused the request (')),
		).toEqual([]);
	});

	it('keep the server’s words, with dates for the ends of a range', () => {
		const dated = (words: string): string =>
			words.replace(/(?<=created_(?:from|to) )6\d{10}/g, (seconds) =>
				new Date((Number(seconds) - 62_167_219_200) * 1000).toISOString().replace('.000', ''),
			);
		expect(
			except((refusal) => wordsOf(refusal).every((words) => refusal.shown.includes(dated(words)))),
		).toEqual([]);
	});

	it('hold no token, no key and no refused password', () => {
		expect(except(({ shown }) => !shown.includes('eyJ'))).toEqual([]);
		expect(except(({ shown }) => !/\b(?=\d*[a-f])[0-9a-f]{40,}\b/.test(shown))).toEqual([]);
		expect(
			except(
				({ shown }) =>
					!shown.split('\n').some((line) => /^• .*(password|pin|api_key|credentials)\).*given/.test(line)),
			),
		).toEqual([]);
	});

	it('keep the request id', () => {
		expect(
			except(
				({ failure: { body }, explanation, shown }) =>
					!isObject(body) ||
					(explanation.requestId === body.request_id && shown.includes(String(body.request_id))),
			),
		).toEqual([]);
	});

	it('name every field that was refused', () => {
		const validation = all.filter(
			({ failure: { body } }) => isObject(body) && body.message === 'validation error',
		);
		expect(validation.length).toBeGreaterThan(200);
		for (const refusal of validation) {
			const paths = Object.keys(dataOf(refusal) as object).map((path) => path.replace(/%2E/g, '.'));
			expect([...new Set(refusal.explanation.fields?.map(({ path }) => path))]).toEqual(paths);
			for (const { label } of refusal.explanation.fields ?? [])
				expect(refusal.shown.toLowerCase()).toContain(label.toLowerCase());
		}
	});
});
