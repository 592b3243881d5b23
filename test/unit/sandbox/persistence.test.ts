import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Buckets } from '../../../sandbox/tokens/buckets';
import { decodeKey, encodeKey } from '../../../sandbox/values/erlang';
import { Client } from './client';

test('a data file keeps documents and files over a restart', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	const dataFile = join(folder, 'state.ndjson');
	try {
		const first = await Client.start({ dataFile });
		const made = await first.own('PUT', '/media', { data: { name: 'Kept', media_source: 'upload' } });
		const raw = `/media/${made.body.data.id}/raw`;
		await first.own('POST', raw, { raw: Buffer.from('RIFFxx'), headers: { 'content-type': 'audio/x-wav' } });
		await first.sandbox.close();
		const second = await Client.start({ dataFile });
		expect((await second.own('GET', raw)).text).toBe('RIFFxx');
		await second.sandbox.close();
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('paging keys are those of the real server', () => {
	// Taken from a recorded answer: a list of a moment and an id.
	const recorded = 'g2wAAAACbgUAj_J45A5tAAAAJzIwMjYxMS1jZjg0YjgyZDljMWNkMDE5MTU3NzYxMmU0OTUyMGYxMWo';
	expect(decodeKey(recorded)).toEqual([63962673807, '202611-cf84b82d9c1cd0191577612e49520f11']);
	expect(encodeKey([63962673807, '202611-cf84b82d9c1cd0191577612e49520f11'])).toBe(recorded);
	expect(decodeKey('zzz')).toBeUndefined();
});

test('a bucket holds a hundred tokens and gets ten a second', () => {
	let time = 0;
	const buckets = new Buckets(() => time);
	expect(buckets.take('a', 100)).toBe(true);
	expect(buckets.take('a', 1)).toBe(false);
	time = 2500;
	expect(buckets.remaining('a')).toBe(20);
	expect(buckets.take('a', 30)).toBe(false);
	expect(buckets.remaining('a')).toBe(0);
});
