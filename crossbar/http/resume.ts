/**
 * A download that goes on after the connection broke. What was already handed on is never fetched twice into the
 * file: the server is asked for the rest (`Range`), and where it does not give exactly that, for the whole again, whose
 * beginning has to be what came before. Nothing is held in memory but a checksum.
 *
 * Crossbar knows `Range` for files, yet not `If-Range`, and says neither beforehand (files.md section 1): which rest
 * came is seen by its ETag, its place and its length.
 */
import { createHash } from 'crypto';

import { InvalidInput } from '../values/input';
import { isStream } from './answer';
import { systemClock } from './clock';
import type { CrossbarAnswer } from './messages';

/** An answer, and what ends its connection. */
export interface Download {
	readonly answer: CrossbarAnswer;
	readonly breakOff: AbortController;
}

/** The way to the server, and how long to try. */
export interface Resuming {
	/** Asks for the same file with more headers. @param expect error statuses that are not thrown */
	readonly ask: (headers: Readonly<Record<string, string>>, expect: readonly number[]) => Promise<Download>;
	/** How often the download may go on. */
	readonly times: number;
	/** Waits before it goes on. @throws Cancelled */
	readonly pause: (attempt: number) => Promise<void>;
	/** Milliseconds without progress after which the connection counts as broken. */
	readonly patience: number;
	/** Bytes that a file may have, decompressed: one without an end would fill the disk. */
	readonly most?: number;
}

const LARGEST_FILE = 2_000_000_000;

/** What of a Node stream is used: n8n lets a package have no stream of its own, so that the one that came makes it. */
interface NodeStream extends AsyncIterable<Uint8Array> {
	readonly constructor: { from(chunks: AsyncIterable<Uint8Array>, options: { objectMode: false }): unknown };
}

/** One version of a file, as far as the server tells them apart. */
interface Version {
	/** Only a strong one says that the bytes are the same. */
	readonly etag?: string;
	/** In bytes. */
	readonly length?: number;
}

/** The answer of a download with a content that goes on when it breaks; it fails with InvalidInput or as `ask` does. */
export function resumable(download: Download, resuming: Resuming): CrossbarAnswer {
	const { answer } = download;
	if (!isStream(answer.content)) return answer;
	const { constructor } = answer.content as NodeStream;
	return { ...answer, content: constructor.from(chunks(download, resuming), { objectMode: false }) };
}

/** What was handed on so far. */
class Given {
	bytes = 0;
	readonly sum = createHash('sha256');

	add(chunk: Uint8Array): Uint8Array {
		this.bytes += chunk.length;
		this.sum.update(chunk);
		return chunk;
	}
}

async function* chunks(first: Download, resuming: Resuming): AsyncGenerator<Uint8Array> {
	const { most = LARGEST_FILE } = resuming;
	const given = new Given();
	let version = versionOf(first.answer);
	let download = first;
	for (let times = 0; ; times++) {
		let end: 'complete' | 'changed' | 'too large' | Error;
		try {
			end = yield* handOn(download, given, { patience: resuming.patience, most });
		} catch (error) {
			end = download.breakOff.signal.aborted ? new Error('nothing came any more') : (error as Error);
		}
		if (end === 'complete') return;
		if (end === 'changed') throw changed();
		if (end === 'too large') {
			download.breakOff.abort();
			throw tooLarge(most);
		}
		if (times >= resuming.times) throw brokenOff(times, given.bytes, version.length, end);
		await resuming.pause(times);
		download = await rest(version, given.bytes, resuming);
		if (!isPart(download)) version = versionOf(download.answer);
	}
}

/** What is new in an answer. Of a whole file the beginning is not, and has to be what was handed on. */
async function* handOn(
	download: Download,
	given: Given,
	{ patience, most }: { readonly patience: number; readonly most: number },
): AsyncGenerator<Uint8Array, 'complete' | 'changed' | 'too large'> {
	let known = isPart(download) ? 0 : given.bytes;
	const again = createHash('sha256');
	for await (const chunk of read(download, patience)) {
		const old = Math.min(known, chunk.length);
		if (old > 0) {
			again.update(chunk.subarray(0, old));
			known -= old;
			if (known === 0 && !again.digest().equals(given.sum.copy().digest())) return 'changed';
		}
		if (given.bytes + chunk.length - old > most) return 'too large';
		if (old < chunk.length) yield given.add(chunk.subarray(old));
	}
	return known > 0 ? 'changed' : 'complete';
}

/** What a server says that does not give this range; Crossbar breaks on one beyond the end (observed.md 15). */
const NO_RANGE = [412, 416, 500];

/** The rest of the file, or else the whole. */
async function rest(version: Version, given: number, { ask }: Resuming): Promise<Download> {
	if (given > 0 && version.etag !== undefined && version.length !== undefined) {
		// A range counts the bytes of the file itself, not those of a compressed one.
		const headers = { 'Accept-Encoding': 'identity', 'If-Range': version.etag };
		const part = await ask({ ...headers, Range: `bytes=${given}-` }, NO_RANGE);
		if (part.answer.status === 200 || fits(part.answer, version, given)) return part;
		part.breakOff.abort();
	}
	return await ask({}, []);
}

const isPart = ({ answer }: Download): boolean => answer.status === 206;

/** Whether an answer is exactly what is missing of this very version. */
export function fits({ status, headers }: CrossbarAnswer, { etag, length }: Version, from: number): boolean {
	if (status !== 206 || length === undefined) return false;
	return (
		headers.etag === etag &&
		headers['content-range'] === `bytes ${from}-${length - 1}/${length}` &&
		headers['content-length'] === String(length - from)
	);
}

/** What the headers of a whole file say of its version. */
export function versionOf({ headers }: CrossbarAnswer): Version {
	const { etag, 'content-length': length } = headers;
	return {
		...(etag?.startsWith('"') ? { etag } : {}),
		...(length === undefined ? {} : { length: Number(length) }),
	};
}

/** Bytes within the patience that are progress: fewer are somebody who keeps us waiting. */
const PROGRESS = 1024;

/** The content of an answer. A connection without progress for as long as the patience, or twice that, is ended. */
async function* read({ answer, breakOff }: Download, patience: number): AsyncGenerator<Uint8Array> {
	const over = new AbortController();
	let came = 0;
	let waiting = true;
	const watch = async (): Promise<void> => {
		for (let seen = -PROGRESS; came - seen >= PROGRESS || !waiting; ) {
			seen = waiting ? came : -PROGRESS;
			await systemClock.wait(patience, over.signal);
			if (over.signal.aborted) return;
		}
		breakOff.abort();
	};
	void watch();
	try {
		for await (const chunk of answer.content as NodeStream) {
			came += chunk.length;
			waiting = false;
			yield chunk;
			waiting = true;
		}
	} finally {
		over.abort();
	}
}

function tooLarge(most: number): InvalidInput {
	return new InvalidInput(
		`The file has more than ${most.toLocaleString('en-US')} bytes`,
		'The rest was not read, and nothing of it was kept. KAZOO has no such files: look at what stands at the Server URL of the credential.',
	);
}

function changed(): InvalidInput {
	return new InvalidInput(
		'The file changed on the server while it was downloaded',
		'The connection broke, and what the server gave after that does not go with what came before. Nothing of it was kept: run it again.',
	);
}

function brokenOff(times: number, given: number, length: number | undefined, why: Error): InvalidInput {
	const count = (bytes: number): string => bytes.toLocaleString('en-US');
	const all = length === undefined ? 'bytes' : `of ${count(length)} bytes`;
	return new InvalidInput(
		`The download broke off after ${count(given)} ${all}`,
		`${times === 0 ? '' : `It was continued ${times === 1 ? 'once' : `${times} times`} and broke again. `}The network said: ${why.message}. Nothing of it was kept. Run it again; Retries in the options says how often a download is continued.`,
	);
}
