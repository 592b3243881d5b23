/** Digits that are asked for more than once in a call. */
import { collectedUnderNames, withOwnCollections } from '../../../crossbar/pivot/collections';

const OURS = 'https://n8n.example.com/webhook/w/pivot';
const isOurs = (url: string): boolean => url === OURS;
const again = { module: 'pivot', data: { voice_url: OURS }, children: {} };
const collect = (next: object, data: object = {}) => ({
	module: 'collect_dtmf',
	data: { max_digits: 1, ...data },
	children: { _: next },
});

interface Flow {
	data: { collection_name?: string };
	children: Record<string, Flow>;
}

const nameIn = (flow: unknown): string | undefined => (flow as Flow).data.collection_name;

test('each answer collects under names of its own, which come back as they were given', () => {
	const flow = collect(collect(again, { collection_name: 'pin' }));
	const names = [1, 2].flatMap((hour) => {
		const asked = withOwnCollections(flow, isOurs, Date.UTC(2026, 10, 29, hour));
		return [nameIn(asked), nameIn((asked as Flow).children._)];
	});
	expect(new Set(names).size).toBe(4);
	const digits = Object.fromEntries(names.map((name, at) => [String(name), String(at)]));
	// The second answer is the one that counts, in whatever order KAZOO tells them
	for (const told of [digits, Object.fromEntries(Object.entries(digits).reverse())])
		expect(collectedUnderNames(told)).toEqual({
			byName: { default: '2', pin: '3' },
			last: expect.any(String),
		});
	expect(['2', '3']).toContain(collectedUnderNames(digits).last);
});

test('two steps of one answer under one name do not share it', () => {
	const asked = withOwnCollections(collect(collect(again)), isOurs, Date.now()) as Flow;
	expect(nameIn(asked)).not.toBe(nameIn(asked.children._));
});

test('what leads elsewhere, and everything else, stays as it is', () => {
	const elsewhere = { module: 'pivot', data: { voice_url: 'https://other.example.com' }, children: {} };
	const flows = [
		collect(elsewhere),
		collect({ module: 'hangup', data: {}, children: {} }),
		again,
		'text',
		null,
	];
	for (const flow of flows) expect(withOwnCollections(flow, isOurs, Date.now())).toEqual(flow);
	const branched = { ...collect(again), children: { _: elsewhere, 1: again } };
	expect(nameIn(withOwnCollections(branched, isOurs, Date.now()))).toMatch(/^default--/);
});

test('nothing was typed the second time', () => {
	const [first, second] = [1, 2].map((minute) =>
		String(nameIn(withOwnCollections(collect(again), isOurs, Date.UTC(2026, 0, 1, 0, minute)))),
	) as [string, string];
	expect(collectedUnderNames({ [first]: '5', [second]: '' })).toEqual({ byName: { default: '' }, last: '' });
});

test('names that nobody here gave stay', () => {
	expect(collectedUnderNames({ pin: '1', 'a--b': '2' })).toEqual({ byName: { pin: '1', 'a--b': '2' } });
});
