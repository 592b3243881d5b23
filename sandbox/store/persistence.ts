import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Doc } from './database';
import type { Store } from './store';

interface Line {
	database: string;
	doc: Doc;
	files?: { name: string; contentType: string; data: string }[];
}

/** Reads a data file into an empty store. False when there is no such file. */
export function loadFrom(file: string, store: Store): boolean {
	if (!existsSync(file)) return false;
	for (const text of readFileSync(file, 'utf8').split('\n')) {
		if (text === '') continue;
		const line = JSON.parse(text) as Line;
		const database = store.database(line.database);
		database.restore(line.doc);
		for (const { name, contentType, data } of line.files ?? []) {
			database.attach(line.doc._id, name, { contentType, data: Buffer.from(data, 'base64') });
		}
	}
	return true;
}

function write(file: string, store: Store): void {
	// Written beside and put in place at the end: a crash leaves the old file as it was.
	const temporary = `${file}.${randomUUID()}.new`;
	// A name of its own: a file that is there is nobody's to write over
	const handle = openSync(temporary, 'wx');
	try {
		let lines: string[] = [];
		const flush = () => {
			writeSync(handle, lines.join(''));
			lines = [];
		};
		for (const database of store.all()) {
			for (const doc of database.all()) {
				const files = [...database.attachments(doc._id)].map(([name, { contentType, data }]) => ({
					name,
					contentType,
					data: data.toString('base64'),
				}));
				const line: Line = { database: database.name, doc, ...(files.length > 0 ? { files } : undefined) };
				lines.push(`${JSON.stringify(line)}\n`);
				if (lines.length >= 1000) flush();
			}
		}
		flush();
	} catch (error) {
		rmSync(temporary, { force: true });
		throw error;
	} finally {
		closeSync(handle);
	}
	renameSync(temporary, file);
}

const DELAY = 1000;

/** Keeps a store in a file: some time after a change, and when the function it gives back is called. */
export function keepIn(file: string, store: Store): () => void {
	let timer: NodeJS.Timeout | undefined;
	const save = () => {
		timer = undefined;
		write(file, store);
	};
	const onChange = () => {
		timer ??= setTimeout(save, DELAY).unref();
	};
	store.events.on('doc', onChange);
	store.events.on('putBack', onChange);
	return () => {
		store.events.off('doc', onChange);
		store.events.off('putBack', onChange);
		clearTimeout(timer);
		write(file, store);
	};
}
