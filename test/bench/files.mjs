/** Large files through the node, in and out: the memory they take is that of a stream, whatever their size. */
import { createServer } from 'node:http';
import { goal, mebibytes, seconds, table } from './report.mjs';
import { measure, typescript } from './processes.mjs';

/** How much a transfer may add to the memory of the process, in bytes. */
const MOST_MEMORY = 50 * 2 ** 20;
const CHUNK = Buffer.alloc(64 * 1024, 'kazoo');
const ACCOUNT = 'a'.repeat(32);

/** A Crossbar that gives sounds of a size made as they go, and counts the bytes of those it is given. */
async function startServer(bytes) {
	const server = createServer(async (request, response) => {
		const json = (data) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ status: 'success', data, auth_token: 'a.b.c' }));
		};
		let received = 0;
		for await (const chunk of request) received += chunk.length;
		if (!request.url.includes('/media/')) return json({ account_id: ACCOUNT });
		if (request.method === 'POST') return json({ id: ACCOUNT, received });
		response.writeHead(200, { 'content-type': 'audio/mp3', 'content-length': bytes });
		for (let left = bytes; left > 0; left -= CHUNK.length) {
			const written = response.write(left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK);
			if (!written) await new Promise((resolve) => response.once('drain', resolve));
		}
		response.end();
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** @param {{bytes: number}} size of each file */
export async function measureFiles({ bytes }) {
	const server = await startServer(bytes);
	try {
		const rows = [['', 'time', 'memory added']];
		for (const direction of ['download', 'upload']) {
			const { milliseconds, addedMemory } = await measure(
				typescript('transfer.ts', JSON.stringify({ url: server.url, direction, bytes })),
			);
			rows.push([direction, seconds(milliseconds), mebibytes(addedMemory)]);
			goal(`${direction} of a large file, memory`, addedMemory, MOST_MEMORY, mebibytes);
		}
		console.log(`\nA file of ${bytes.toLocaleString('en')} bytes, in n8n's binary mode "filesystem"`);
		table(rows);
	} finally {
		server.stop();
	}
}
