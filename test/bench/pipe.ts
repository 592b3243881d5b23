/** A large file through bare Node, a stream into a stream: what that adds to the memory is the least for anybody. */
import {
	createReadStream,
	createWriteStream,
	mkdtempSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { get, request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { watchMemory } from './memory';

async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
	return await new Promise((resolve, reject) => sent.on('response', resolve).on('error', reject));
}

async function main(): Promise<void> {
	const { url, direction, bytes } = JSON.parse(process.argv[2] ?? '') as {
		url: string;
		direction: 'download' | 'upload';
		bytes: number;
	};
	const folder = mkdtempSync(join(tmpdir(), 'kazoo-pipe-'));
	const file = join(folder, 'sound.mp3');
	const address = `${url}/v2/media/${bytes}/raw`;
	const download = async () => await pipeline(await answerTo(get(address)), createWriteStream(file));
	const upload = async () => {
		const sent = request(address, { method: 'POST', headers: { 'content-length': bytes } });
		const answered = answerTo(sent);
		await pipeline(createReadStream(file), sent);
		(await answered).resume();
	};
	try {
		writeFileSync(file, '');
		if (direction === 'upload') truncateSync(file, bytes);
		console.log(JSON.stringify(await watchMemory(direction === 'upload' ? upload : download, false)));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

void main().then(() => process.exit(0)); // open connections must not keep it alive
