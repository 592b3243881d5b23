/**
 * Asks the sandbox as fast as it can, in a process of its own, and prints what came and how long it took as JSON:
 * `sandbox-client.mjs URL TOKEN gets PATH COUNT` asks for one path, several at once; `... pages PATH` follows a list.
 */
import { Agent, request } from 'node:http';

const [url, token, task, path, count] = process.argv.slice(2);
const AT_ONCE = 8;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

function get(asked) {
	return new Promise((resolve, reject) => {
		const outgoing = request(`${url}${asked}`, { agent, headers: { 'x-auth-token': token } }, (response) => {
			const chunks = [];
			response.on('data', (chunk) => chunks.push(chunk));
			response.on('end', () =>
				response.statusCode === 200
					? resolve(Buffer.concat(chunks))
					: reject(new Error(`${asked}: ${response.statusCode}`)),
			);
		});
		outgoing.on('error', reject);
		outgoing.end();
	});
}

async function gets() {
	let left = Number(count);
	const work = async () => {
		while (left-- > 0) await get(path);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return Number(count);
}

async function pages() {
	let rows = 0;
	let start = '';
	do {
		const page = await get(`${path}${start}`);
		// What pages have of their own is before the rows; reading those would be the client's own time
		const head = page.subarray(0, 4000).toString('latin1');
		rows += Number(/"page_size":"?(\d+)/.exec(head)?.[1]);
		const next = /"next_start_key":"([^"]+)"/.exec(head)?.[1];
		start = next === undefined ? '' : `&start_key=${encodeURIComponent(next)}`;
	} while (start !== '');
	return rows;
}

const began = performance.now();
const done = task === 'gets' ? await gets() : await pages();
console.log(JSON.stringify({ count: done, milliseconds: performance.now() - began }));
agent.destroy();
