/** Calls that the sandbox plays, from outside to somebody of the demo. */
import { setTimeout as sleep } from 'node:timers/promises';

/** The direct number of somebody with phones and a voicemail box. */
export const NUMBER = '+14155550104';
export const CALLER = '+15005550142';

export const missed = ['noAnswer', 'hangUp'];
export const answered = ['answer', { do: 'hangUp', after: 10 }];

/** Plays a call to its end. @param {import('./harness.mjs').World} world */
export const call = ({ crossbar }, steps) =>
	crossbar.play('calls', { from: CALLER, to: NUMBER, steps, speed: 100, wait: true });

/** Waits until something is so. */
export async function until(isSo, timeout = 20_000) {
	const end = Date.now() + timeout;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error(`not so after ${timeout / 1000} s: ${isSo}`);
		await sleep(300);
	}
}
