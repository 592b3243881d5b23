/** The Live Trigger in a real n8n while much happens: connections that break, and a burst. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from './harness.mjs';
import { all, amiss, isWhole, keyOf, listening, report, subscribed, until } from './listeningWorld.mjs';

const DROPS = 10;
const BURST = 200;

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
	'live: a burst loses nothing',
	async (world) => {
		const { sandbox, receiver, told, now, accountId } = await listening(world);
		for (let index = 0; index < BURST; index++) {
			sandbox.bus.publish('kapi_call:publish_event', {
				'Event-Category': 'call_event',
				'Event-Name': 'CHANNEL_DESTROY',
				'Call-ID': `burst-${index}@10.0.0.1`,
				'Call-Direction': 'inbound',
				Timestamp: now(),
				'Msg-ID': `burst-${index}`,
				'Custom-Channel-Vars': { 'Account-ID': accountId },
			});
			if (index % 100 === 0) await sleep(0);
		}
		const isOfBurst = (key) => key.includes('burst-');
		const burst = told.filter(({ key }) => isOfBurst(key));
		assert.equal(burst.length, BURST);
		const started = () => receiver.listOf('live').filter(({ items }) => items.map(keyOf).some(isOfBurst));
		await until('the burst', () => started().length >= BURST, 60_000).catch(() => {});
		const executions = started();
		isWhole(
			all(burst),
			executions.flatMap(({ items }) => items.map(keyOf)),
		);
		const seconds = (executions.at(-1).at - burst[0].at) / 1000;
		report(
			`${BURST} events at once: ${executions.length} executions in ${seconds.toFixed(1)} s, ${Math.round(BURST / seconds)} events a second; lost 0, doubled 0`,
		);
	},
	{ timeout: 90_000 },
);
