/** The Live Trigger in a real n8n while much happens: connections that break, and a burst. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from './harness.mjs';
import {
	all,
	amiss,
	isWhole,
	keyOf,
	latencies,
	listening,
	report,
	subscribed,
	until,
} from './listeningWorld.mjs';

const DROPS = 10;
const A_SECOND = 1_000;
const SECONDS = 10;
/** MB. */
const GROWTH = 300;

test(
	'live: of events told after a new subscription none is lost or doubled, ten broken connections long',
	async (world) => {
		const { sandbox, receiver, told, ...more } = await listening(world);
		const first = told.length;
		const wanted = [];
		const lasting = [];
		let going = true;
		const traffic = (async () => {
			while (going) {
				lasting.push(sandbox.call({ from: '1001', to: '1002', speed: 20 }));
				await sleep(1000);
			}
		})();
		const gaps = [];
		let socket = await subscribed(more);
		try {
			for (let drop = 0; drop < DROPS; drop++) {
				const dropped = Date.now();
				sandbox.faults([{ kind: 'drop-websockets' }]);
				socket = await subscribed(more, socket);
				gaps.push(Date.now() - dropped);
				const from = told.length;
				await until('an event', () => told.length > from + 3);
				const expected = all(told.slice(from));
				wanted.push(...expected);
				// Until they are through the connection that is broken next
				await sleep(200);
			}
		} finally {
			going = false;
		}
		const since = told.length;
		await traffic;
		await Promise.all(lasting);
		wanted.push(...all(told.slice(since)));
		const came = () => receiver.itemsOf('live').map(keyOf);
		await until('the last events', () => amiss(wanted, came()).lost.length === 0).catch(() => {});
		isWhole(wanted, came());
		const missed = amiss(all(told.slice(first)), came()).lost.length;
		report(
			`${DROPS} broken connections, subscribed again after ${Math.max(...gaps)} ms at most: of ${wanted.length} events told while subscribed lost 0, doubled 0; of ${told.length - first} in all ${missed} fell into the gaps`,
		);
	},
	{ timeout: 90_000 },
);

test(
	'live: a burst of 10,000 events in ten seconds loses and doubles nothing, and n8n does not grow',
	async (world) => {
		const { sandbox, receiver, told, now, accountId } = await listening(world);
		const { pid } = world.n8n;
		const before = memoryOf(pid);
		let most = before;
		const measuring = setInterval(() => (most = Math.max(most, memoryOf(pid))), 500);
		const begin = Date.now();
		for (let tenth = 1; tenth <= SECONDS * 10; tenth++) {
			for (let index = 0; index < A_SECOND / 10; index++) {
				const name = `burst-${++published}`;
				sandbox.bus.publish('kapi_call:publish_event', {
					'Event-Category': 'call_event',
					'Event-Name': 'CHANNEL_DESTROY',
					'Call-ID': `${name}@10.0.0.1`,
					'Call-Direction': 'inbound',
					Timestamp: now(),
					'Msg-ID': name,
					'Custom-Channel-Vars': { 'Account-ID': accountId },
				});
			}
			await sleep(Math.max(0, begin + tenth * 100 - Date.now()));
		}
		const took = (Date.now() - begin) / 1000;
		const isOfBurst = (key) => key.includes('burst-');
		const burst = told.filter(({ key }) => isOfBurst(key));
		const executions = () => receiver.listOf('live').filter(({ items }) => items.map(keyOf).some(isOfBurst));
		const came = () => executions().flatMap(({ items }) => items.map(keyOf));
		await until('the burst', () => came().length >= burst.length, 120_000).catch(() => {});
		// What comes twice comes soon
		await sleep(1_500);
		clearInterval(measuring);
		assert.equal(burst.length, A_SECOND * SECONDS);
		isWhole(all(burst), came());
		const last = (executions().at(-1).at - begin) / 1000;
		const { median, longest } = latencies(burst, executions());
		report(
			`${burst.length} events in ${took.toFixed(1)} s: ${executions().length} executions, the last after ${last.toFixed(1)} s; lost 0, doubled 0; ${median} ms in the middle, ${longest} ms at most`,
		);
		report(`memory of n8n: ${before} MB before, ${most} MB at most`);
		assert.ok(most - before < GROWTH, `n8n grew by ${most - before} MB`);
	},
	{ timeout: 180_000 },
);

let published = 0;

/** The resident memory of a process in MB, as Linux tells it. */
function memoryOf(pid) {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Math.round(Number(kilobytes) / 1024);
}
