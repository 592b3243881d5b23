import { describeFlow, titleOf } from '../../../crossbar/callflow/describe';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const names: Record<string, string> = { [A]: 'Ann "The Voice" Ames', [B]: 'Office Hours' };

const flow = {
	module: 'temporal_route',
	data: { rules: [B] },
	children: {
		_: { module: 'tts', data: { text: 'We are <closed>' }, children: {} },
		[B]: {
			module: 'user',
			data: { id: A, timeout: 20 },
			children: { _: { module: 'voicemail', data: { id: 'c'.repeat(32) }, children: {} } },
		},
	},
};

test('a flow is told as a tree, branches before what happens otherwise', () => {
	const { text } = describeFlow('Main: 1001', flow, (id) => names[id]);
	expect(text.split('\n')).toEqual([
		'Main: 1001',
		'  Time of Day Office Hours',
		'    on Office Hours: User Ann "The Voice" Ames (20 s)',
		`      then Voicemail ${'c'.repeat(32)}`,
		'    then Text to Speech We are <closed>',
	]);
});

test('and as a chart, with the signs that Mermaid reads itself written as entities', () => {
	const { mermaid } = describeFlow('Main: 1001', flow, (id) => names[id]);
	expect(mermaid.split('\n')).toEqual([
		'flowchart TD',
		'  start(["Main: 1001"])',
		'  s0["Time of Day Office Hours"]',
		'  s1["User Ann #34;The Voice#34; Ames (20 s)"]',
		`  s2["Voicemail ${'c'.repeat(32)}"]`,
		'  s3["Text to Speech We are #60;closed#62;"]',
		'  start --> s0',
		'  s0 -->|"Office Hours"| s1',
		'  s1 --> s2',
		'  s0 --> s3',
	]);
});

test('what is broken is told as well', () => {
	expect(describeFlow('Empty', undefined, () => undefined).text).toBe('Empty\n  (no steps)');
	const { text } = describeFlow('Odd', { module: 'of_theirs', children: { _: 7 } }, () => undefined);
	expect(text).toBe('Odd\n  of_theirs\n    then (no step)');
});

test('long texts are cut and brought into one line', () => {
	const { text } = describeFlow(
		'Say',
		{ module: 'tts', data: { text: `a\n${'b'.repeat(90)}` } },
		() => undefined,
	);
	expect(text.split('\n')).toHaveLength(2);
	expect(text).toMatch(/a b+…$/);
});

test('a title has the name and the numbers', () => {
	expect(titleOf({ name: 'Main', numbers: ['1001', '1002'], patterns: ['^9$'] })).toBe(
		'Main: 1001, 1002, ^9$',
	);
	expect(titleOf({})).toBe('Callflow');
});
