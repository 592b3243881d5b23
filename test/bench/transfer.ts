/** Carries one large file through the node and prints how long it took and what memory it added, as JSON. */
import '../node/harness/environment';
import { Readable } from 'node:stream';
import { join } from 'node:path';
import type { IBinaryData, ICredentialType, INodeParameters, INodeType } from 'n8n-workflow';

interface Transfer {
	/** Of the server, without /v2. */
	url: string;
	direction: 'download' | 'upload';
	/** Of the file. */
	bytes: number;
}

/** How often memory is looked at, in milliseconds. */
const EVERY = 10;
const WARM_UP = 100_000_000;
const CHUNK = Buffer.alloc(64 * 1024, 'kazoo');
const MEDIA = { __rl: true, mode: 'id', value: 'b'.repeat(32) };
const dist = join(__dirname, '../../build/bench/dist');

function* chunks(bytes: number): Generator<Buffer> {
	for (let left = bytes; left > 0; left -= CHUNK.length)
		yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
}

async function main(): Promise<void> {
	const { url, direction, bytes } = JSON.parse(process.argv[2] ?? '') as Transfer;
	// The engine's modules load after its environment is set.
	const { binaryData, runNode } = await import('../node/harness/engine');
	const { CredentialStore } = await import('../node/harness/credentials');
	const { Kazoo } = (await import(join(dist, 'nodes/Kazoo/Kazoo.node.js'))) as { Kazoo: new () => INodeType };
	const { CrossbarApi } = (await import(join(dist, 'credentials/CrossbarApi.credentials.js'))) as {
		CrossbarApi: new () => ICredentialType;
	};
	const credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: url, login: 'apiKey', apiKey: 'k'.repeat(64), access: 'full' },
	});
	const node = new Kazoo();

	const transfer = async (size: number): Promise<() => Promise<number>> => {
		const parameters: INodeParameters = { resource: 'media', operation: direction, mediaId: MEDIA };
		const location = { type: 'custom' as const, pathSegments: ['bench'], sourceType: 'bench', sourceId: '1' };
		const described: IBinaryData = { data: '', fileName: 'sound.mp3', mimeType: 'audio/mp3' };
		const binary =
			direction === 'upload'
				? { data: await binaryData.store(location, Readable.from(chunks(size)), described) }
				: undefined;
		const options = direction === 'upload' ? { maximumFileSize: 10_000 } : {};
		return async () => {
			const items = [{ json: {}, ...(binary ? { binary } : {}) }];
			const result = await runNode(node, { ...parameters, options }, { credentials, items });
			if (result.error) throw result.error;
			const [item] = result.items;
			if (direction === 'upload') return Number(item?.json.received);
			const { fileSize } = await binaryData.getMetadata(item?.binary?.data?.id ?? '');
			return fileSize;
		};
	};

	// Log-in, code that compiles on its first use and the heap of a stream do not count: a smaller file goes first.
	await (
		await transfer(WARM_UP)
	)();
	const carry = await transfer(bytes);
	globalThis.gc?.();
	const start = process.memoryUsage.rss();
	let peak = start;
	const watch = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, EVERY);
	const began = performance.now();
	const carried = await carry();
	const milliseconds = performance.now() - began;
	clearInterval(watch);
	if (carried !== bytes) throw new Error(`${carried} of ${bytes} bytes were carried`);
	console.log(JSON.stringify({ milliseconds, addedMemory: peak - start }));
}

void main().then(() => process.exit(0)); // open connections must not keep it alive
