/** Progress on the terminal: one line a step, with the seconds it has taken so far. */
import { isStopping } from './processes.mjs';

const TTY = process.stdout.isTTY === true;

/** Seconds as people read them: "7 s", "2 min 05 s". */
export function seconds(milliseconds) {
	const total = Math.round(milliseconds / 1000);
	return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${String(total % 60).padStart(2, '0')} s`;
}

/**
 * Runs one step of work and shows that it goes on: on a terminal the line is redrawn every second, elsewhere
 * (CI, a file) a line is added every 20 seconds.
 *
 * @template T
 * @param {string} title what is being done, without a full stop
 * @param {(detail: (text: string) => void) => Promise<T>} work is given a function to show a detail with
 * @returns {Promise<T>}
 */
export async function step(title, work) {
	const started = Date.now();
	let detail = '';
	const line = () => `${title} ... ${seconds(Date.now() - started)}${detail && `, ${detail}`}`;
	const draw = () =>
		process.stdout.write(
			TTY ? `\r\x1b[K${line().slice(0, (process.stdout.columns ?? 80) - 1)}` : `${line()}\n`,
		);
	if (TTY) draw();
	else process.stdout.write(`${title} ...\n`);
	const timer = setInterval(draw, TTY ? 1_000 : 20_000);
	let outcome = 'failed';
	try {
		const result = await work((text) => (detail = text));
		outcome = 'done';
		return result;
	} finally {
		clearInterval(timer);
		process.stdout.write(
			`${TTY ? '\r\x1b[K' : ''}${title}: ${isStopping() ? 'stopped' : outcome} (${seconds(Date.now() - started)})\n`,
		);
	}
}
