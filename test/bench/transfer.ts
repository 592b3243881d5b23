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
	/** Whether what is not in use is thrown away before the memory is looked at. */
	held: boolean;
}

/** Of the file that goes first, in bytes: it loads what is loaded on first use, and logs in. */
const FIRST = 1000;
const CHUNK = Buffer.alloc(64 * 1024, 'kazoo');
const dist = join(__dirname, '../../build/bench/dist');

function* chunks(bytes: number): Generator<Buffer> {
	for (let left = bytes; left > 0; left -= CHUNK.length)
		yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
}

async function main(): Promise<void> {
	const { url, direction, bytes, held } = JSON.parse(process.argv[2] ?? '') as Transfer;
	// The engine's modules load after its environment is set.
	const { binaryData, runNode } = await import('../node/harness/engine');
	const { watchMemory } = await import('./memory');
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
		// The server gives as many bytes as the ID says
		const mediaId = { __rl: true, mode: 'id', value: String(size).padStart(32, '0') };
		const parameters: INodeParameters = { resource: 'media', operation: direction, mediaId };
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

	await (
		await transfer(FIRST)
	)();
	const carry = await transfer(bytes);
	const measured = await watchMemory(async () => {
		const carried = await carry();
		if (carried !== bytes) throw new Error(`${carried} of ${bytes} bytes were carried`);
	}, held);
	console.log(JSON.stringify(measured));
}

void main().then(() => process.exit(0)); // open connections must not keep it alive
