/** Downloads whose connection breaks: they go on, and what comes out is the file to the byte, or a sentence. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id, node } from './demo';
import { fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { binaryData, runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const sound = (seed: string, length = 300_000): Buffer => {
	const blocks: Buffer[] = [];
	for (let index = 0; index * 32 < length; index++)
		blocks.push(createHash('sha256').update(`${seed}${index}`).digest());
	return Buffer.concat(blocks).subarray(0, length);
};
const FILE = sound('a');
const OTHER = sound('b');
const ETAG = '"1-abc"';
const media = { resource: 'media', operation: 'download', mediaId: id('b'.repeat(32)) };

/** What the server does with one request: `cut` is where it closes the connection, counted in what it sends. */
interface Step {
	status?: number;
	file?: Buffer;
	etag?: string;
	/** Gives what the `Range` asks for. */
	ranges?: boolean;
	range?: string;
	headers?: Record<string, string>;
	body?: Buffer;
	cut?: number;
	/** Stops sending at `cut` and keeps the connection. */
	stall?: boolean;
	/** Milliseconds from the last byte to the closing. */
	linger?: number;
}

let server: FakeCrossbar | undefined;
let asked: IncomingMessage[] = [];

afterEach(async () => {
	await server?.close();
	server = undefined;
});

function play(step: Step, request: IncomingMessage, response: ServerResponse): void {
	const { file = FILE, etag, ranges, cut, stall, linger = 20 } = step;
	const from = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
	const body = step.body ?? file.subarray(from);
	response.writeHead(step.status ?? (from > 0 ? 206 : 200), {
		'content-type': 'audio/x-wav',
		'content-disposition': 'attachment; filename=hello.wav',
		'content-length': body.length,
		...(etag === undefined ? {} : { etag }),
		...(from > 0 ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
		...step.headers,
	});
	if (cut === undefined) response.end(body);
	else if (stall) response.write(body.subarray(0, cut));
	else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), linger));
}

/** A server that does this and then that; the last for ever. */
async function serve(...steps: Step[]): Promise<void> {
	asked = [];
	server = await fakeCrossbar((request, response) => {
		const step = steps[Math.min(asked.length, steps.length - 1)] as Step;
		asked.push(request);
		play(step, request, response);
	});
}

async function run(parameters: INodeParameters = {}, options: NodeOptions = {}): Promise<NodeResult> {
	const data = { serverUrl: server?.url ?? '', login: 'apiKey', apiKey: 'k'.repeat(64) };
	const credentials = new CredentialStore({ type: new CrossbarApi(), data });
	return await runNode(node, { accountScope: 'mine', ...media, ...parameters }, { credentials, ...options });
}

async function bytesOf({ items, error }: NodeResult): Promise<Buffer> {
	if (error) throw error;
	const chunks: Buffer[] = [];
	for await (const chunk of await binaryData.getAsStream(items[0]?.binary?.data?.id ?? ''))
		chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

const ranges = () => asked.map(({ headers }) => headers.range);
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;

describe('the connection breaks', () => {
	test('once: the rest is asked for, of the same version', async () => {
		await serve({ etag: ETAG, cut: 100_000 }, { etag: ETAG, ranges: true });
		const result = await run();
		expect((await bytesOf(result)).equals(FILE)).toBe(true);
		expect(result.items[0]?.json).toMatchObject({ file_name: 'hello.wav', mime_type: 'audio/x-wav' });
		expect(ranges()).toEqual([undefined, 'bytes=100000-']);
		expect(asked[1]?.headers).toMatchObject({ 'if-range': ETAG, 'accept-encoding': 'identity' });
	});

	test('twice, at different places', async () => {
		await serve(
			{ etag: ETAG, cut: 100_000 },
			{ etag: ETAG, ranges: true, cut: 50_000 },
			{ etag: ETAG, ranges: true },
		);
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(ranges()).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
	});

	test('before the first byte', async () => {
		await serve({ etag: ETAG, cut: 0 }, { etag: ETAG, ranges: true });
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(ranges()).toEqual([undefined, undefined]);
	});

	test('again and again: a sentence, and nothing half-written', async () => {
		await serve({ etag: ETAG, cut: 100_000 }, { etag: ETAG, ranges: true, cut: 10 });
		const result = await run({ options: { retries: 2 } });
		expect(result.error?.message).toBe('The download broke off after 100,020 of 300,000 bytes');
		expect(words(result)).toMatch(/continued 2 times .* Nothing of it was kept\./);
		expect(result.items).toEqual([]);
		expect(asked).toHaveLength(3);
	});

	test('and nothing may be repeated', async () => {
		await serve({ etag: ETAG, cut: 100_000 });
		const result = await run({ options: { retries: 0 } });
		expect(result.error).toBeDefined();
		expect(result.items).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	test('without a word: nothing comes for as long as the timeout', async () => {
		await serve({ etag: ETAG, cut: 100_000, stall: true }, { etag: ETAG, ranges: true });
		expect((await bytesOf(await run({ options: { timeout: 1 } }))).equals(FILE)).toBe(true);
		expect(ranges()).toEqual([undefined, 'bytes=100000-']);
	});

	test('and the run is cancelled: no more is asked for', async () => {
		await serve({ etag: ETAG, cut: 100_000, stall: true });
		const result = await run({}, { cancelAfter: 300 });
		expect(result.cancelled).toBe(true);
		expect(asked).toHaveLength(1);
	});

	test('of what was made for this request (a zip): it is not asked for a second time', async () => {
		await serve({ cut: 100_000 });
		const result = await run({
			resource: 'voicemailMessage',
			operation: 'downloadMany',
			vmboxId: id('c'.repeat(32)),
			messages: '202611-88388f5238c7a045e3090aa395fbb088',
		});
		expect(result.error).toBeDefined();
		expect(asked).toHaveLength(1);
	});
});

describe('the server does not give the rest', () => {
	test('it knows no ranges: the whole comes again, its beginning is left out', async () => {
		await serve({ etag: ETAG, cut: 100_000 }, { etag: ETAG });
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(asked).toHaveLength(2);
	});

	test('it has no ETag (voicemail): no range is asked for, the whole is compared', async () => {
		await serve({ cut: 100_000 }, { cut: 60_000 }, {});
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(ranges()).toEqual([undefined, undefined, undefined]);
	});

	test('a weak ETag does not promise the same bytes', async () => {
		await serve({ etag: `W/${ETAG}`, cut: 100_000 }, { etag: `W/${ETAG}`, ranges: true });
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(ranges()).toEqual([undefined, undefined]);
	});

	test.each([
		['another place', { 'content-range': `bytes 99999-${FILE.length - 1}/${FILE.length}` }],
		['another length', { 'content-range': `bytes 100000-${FILE.length - 1}/${FILE.length + 1}` }],
		['only a part of it', { 'content-range': 'bytes 100000-199999/300000', 'content-length': '100000' }],
		['no place', { 'content-range': '' }],
		['another ETag', { etag: '"2-def"' }],
	])('the part is from %s: it is not used', async (_, headers) => {
		const part = { status: 206, etag: ETAG, ranges: true, headers };
		const body = OTHER.subarray(0, Number(headers['content-length' as never] ?? 200_000));
		await serve({ etag: ETAG, cut: 100_000 }, { ...part, body }, { etag: ETAG });
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(ranges()).toEqual([undefined, 'bytes=100000-', undefined]);
	});

	test('it fails at a range', async () => {
		await serve({ etag: ETAG, cut: 100_000 }, { status: 500, body: Buffer.alloc(0) }, { etag: ETAG });
		expect((await bytesOf(await run())).equals(FILE)).toBe(true);
		expect(asked).toHaveLength(3);
	});

	test('it compresses: places in the compressed file are none in the file', async () => {
		const text = Buffer.from(FILE.toString('hex'));
		const compressed = { etag: ETAG, file: gzipSync(text), headers: { 'content-encoding': 'gzip' } };
		// What a decompressor has not handed on when it is cut off is dropped, so it gets the time
		await serve(
			{ ...compressed, cut: 100_000, linger: 1000 },
			{ etag: ETAG, file: text, ranges: true },
			compressed,
		);
		expect((await bytesOf(await run())).equals(text)).toBe(true);
		expect(asked).toHaveLength(3);
	});
});

describe('the file is another one now', () => {
	const replaced = { etag: '"2-def"', file: OTHER };

	test('other bytes: a sentence', async () => {
		await serve({ etag: ETAG, cut: 100_000 }, { ...replaced, ranges: true });
		const result = await run();
		expect(result.error?.message).toBe('The file changed on the server while it was downloaded');
		expect(result.items).toEqual([]);
	});

	test('a server that knows If-Range gives the whole: a sentence, too', async () => {
		await serve({ etag: ETAG, cut: 100_000 }, replaced);
		expect(words(await run())).toMatch(/^The file changed .* run it again/);
	});

	test('it is shorter than what came', async () => {
		await serve({ cut: 100_000 }, { file: FILE.subarray(0, 50_000) });
		expect(words(await run())).toMatch(/^The file changed /);
	});

	test('it grew, and begins the same: the new one comes whole', async () => {
		const grown = Buffer.concat([FILE, OTHER]);
		await serve({ etag: ETAG, cut: 100_000 }, { etag: '"2-def"', file: grown });
		expect((await bytesOf(await run())).equals(grown)).toBe(true);
	});

	test('it is gone', async () => {
		const gone = JSON.stringify({ status: 'error', error: '404', message: 'bad_identifier', data: {} });
		await serve({ etag: ETAG, cut: 100_000 }, { status: 404, body: Buffer.from(gone) });
		expect((await run()).error).toMatchObject({ httpCode: '404' });
		expect(asked).toHaveLength(2);
	});
});

describe('against the sandbox', () => {
	let demo: Demo;
	beforeAll(async () => {
		demo = await Demo.open(0);
	});
	afterAll(async () => {
		await demo.close();
	});

	test('a sound whose connection breaks twice while the token expires', async () => {
		const made = await demo.create('media', { name: 'Greeting', streamable: true });
		const location = { type: 'custom' as const, pathSegments: ['t'], sourceType: 't', sourceId: 't' };
		const described = { data: '', fileName: 'greeting.wav', mimeType: 'audio/x-wav' };
		const binary = { data: await binaryData.store(location, FILE, described) };
		await demo.first(
			{ resource: 'media', operation: 'upload', mediaId: id(made.id), inputField: 'data' },
			{ items: [{ json: {}, binary }] },
		);
		demo.sandbox.clearRequests();
		// The first is the answer that the token has expired
		demo.sandbox.faults([
			{ kind: 'cut', bytes: 70_000, path: '/^.*raw$/', times: 3 },
			{ kind: 'expire-tokens', path: '/^.*raw$/', times: 1 },
		]);
		const result = await demo.run({ ...media, mediaId: id(made.id) });
		demo.sandbox.faults([]);
		expect((await bytesOf(result)).equals(FILE)).toBe(true);
		const raw = demo.sandbox.requests().filter(({ path }) => path.endsWith('/raw'));
		expect(raw.map(({ status, headers }) => [status, headers.range])).toEqual([
			[401, undefined],
			[200, undefined],
			[206, 'bytes=70000-'],
			[206, 'bytes=140000-'],
		]);
	});
});
