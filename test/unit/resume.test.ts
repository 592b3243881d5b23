import { Readable } from 'node:stream';

import type { CrossbarAnswer } from '../../crossbar/http/messages';
import { fits, resumable, versionOf } from '../../crossbar/http/resume';

const answer = (status: number, headers: Record<string, string>): CrossbarAnswer => ({
	status,
	headers,
	envelope: {},
});

describe('the version of a file', () => {
	test.each([
		[
			{ etag: '"1-a"', 'content-length': '100' },
			{ etag: '"1-a"', length: 100 },
		],
		// What a proxy makes of an ETag when it compresses says nothing about bytes.
		[{ etag: 'W/"1-a"', 'content-length': '100' }, { length: 100 }],
		[{ etag: '1-a' }, {}],
		[{}, {}],
	])('%j', (headers, version) => {
		expect(versionOf(answer(200, headers as Record<string, string>))).toEqual(version);
	});
});

describe('the rest of a file', () => {
	const version = { etag: '"1-a"', length: 100 };
	const rest = { etag: '"1-a"', 'content-range': 'bytes 40-99/100', 'content-length': '60' };
	const judged = (headers: Record<string, string | undefined>, status = 206) =>
		fits(answer(status, JSON.parse(JSON.stringify({ ...rest, ...headers }))), version, 40);

	test('is what is missing of this version', () => {
		expect(judged({})).toBe(true);
		expect(judged({}, 200)).toBe(false);
		expect(fits(answer(206, rest), { etag: '"1-a"' }, 40)).toBe(false);
	});

	test.each([
		{ etag: '"2-b"' },
		{ etag: undefined },
		{ 'content-range': undefined },
		{ 'content-range': 'bytes 39-99/100' },
		{ 'content-range': 'bytes 40-98/100' },
		{ 'content-range': 'bytes 40-99/101' },
		{ 'content-range': 'bytes 40-99/*' },
		// A compressed part
		{ 'content-length': '30' },
		{ 'content-length': undefined },
	])('is not %j', (headers) => {
		expect(judged(headers)).toBe(false);
	});
});

test('a file without an end is broken off, and not continued', async () => {
	const content = Readable.from(
		(function* () {
			for (;;) yield Buffer.alloc(1000);
		})(),
	);
	const breakOff = new AbortController();
	const resuming = { ask: fail, pause: fail, times: 3, patience: 1000, most: 10_000 };
	const file = resumable({ answer: { ...answer(200, {}), content }, breakOff }, resuming);
	let bytes = 0;
	const read = async (): Promise<void> => {
		for await (const chunk of file.content as Readable) bytes += (chunk as Buffer).length;
	};
	await expect(read()).rejects.toThrow('The file has more than 10,000 bytes');
	expect(bytes).toBe(10_000);
	expect(content.destroyed).toBe(true);
	expect(breakOff.signal.aborted).toBe(true);
});

async function fail(): Promise<never> {
	throw new Error('It was asked for again');
}
