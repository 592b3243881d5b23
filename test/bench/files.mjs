/** Large files through the node, in and out: the memory they take is that of a stream, whatever their size. */
import { createServer } from 'node:http';
import { measure, typescript } from './processes.mjs';
import { goal, mebibytes, seconds, table } from './report.mjs';

/** How much of a transfer may be held in memory at any time, in bytes. */
const MOST_MEMORY = 50_000_000;
const CHUNK = Buffer.alloc(64 * 1024, 'kazoo');
const ACCOUNT = 'a'.repeat(32);

/** A Crossbar that gives sounds of a size made as they go, and counts the bytes of those it is given. */
async function startServer() {
	const server = createServer(async (request, response) => {
		const json = (data) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ status: 'success', data, auth_token: 'a.b.c' }));
		};
		let received = 0;
		for await (const chunk of request) received += chunk.length;
		if (!request.url.includes('/media/')) return json({ account_id: ACCOUNT });
		if (request.method === 'POST') return json({ id: ACCOUNT, received });
		const bytes = Number(/\/media\/(\d+)/.exec(request.url)[1]);
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

/**
 * Node leaves up to 64 MiB of chunks that nobody uses any more lying about before it throws them away (V8 13, twice its
 * largest young generation), once, whatever the size of the file; so does a bare pipe. That is in "memory added".
 * What the transfer itself needs is what is held when they are thrown away at once.
 * @param {{bytes: number, rounds: number}} size of each file
 */
export async function measureFiles({ bytes, rounds }) {
	const server = await startServer();
	const best = async (args) => {
		const all = [];
		for (let round = 0; round < rounds; round++) all.push(await measure(args));
		const least = (name) => Math.min(...all.map((measured) => measured[name]));
		return { milliseconds: least('milliseconds'), addedMemory: least('addedMemory') };
	};
	const tenth = Math.ceil(bytes / 10);
	try {
		const rows = [['', 'time', 'memory added', 'a tenth of it', 'bare pipe', 'held']];
		for (const direction of ['download', 'upload']) {
			const job = { url: server.url, direction, bytes, held: false };
			const node = (more) => typescript('transfer.ts', JSON.stringify({ ...job, ...more }));
			const { milliseconds, addedMemory: added } = await best(node());
			const { addedMemory: ofTenth } = await best(node({ bytes: tenth }));
			const { addedMemory: bare } = await best(typescript('pipe.ts', JSON.stringify(job)));
			const { addedMemory: held } = await measure(node({ held: true }));
			rows.push([direction, seconds(milliseconds), ...[added, ofTenth, bare, held].map(mebibytes)]);
			goal(`${direction} of a large file, held in memory`, held, MOST_MEMORY, mebibytes);
		}
		console.log(`\nA file of ${bytes.toLocaleString('en')} bytes, in n8n's binary mode "filesystem"`);
		table(rows);
	} finally {
		server.stop();
	}
}
