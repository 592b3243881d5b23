/**
 * Programs that we start and must be able to end for good: each runs in a process group of its own, so that
 * what it starts in turn (n8n's task runner, a compiler below npm) ends with it.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const WINDOWS = process.platform === 'win32';
const running = new Set();
let stopping = false;

/** Whether a signal has told us to end. */
export const isStopping = () => stopping;

/** Sends a signal to a process, or (negative id) to a whole process group. False when nothing is left of it. */
function send(pid, signal) {
	try {
		process.kill(pid, signal);
		return true;
	} catch (error) {
		// EPERM: something is left in the group that is not ours to signal; treat it as gone.
		if (error.code === 'ESRCH' || error.code === 'EPERM') return false;
		throw error;
	}
}

/**
 * Starts a program in its own process group.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, logFile?: string, onLine?: (line: string) => void,
 *   echo?: boolean, inherit?: boolean}} [options] `logFile` gets all output, `onLine` sees each line of it, `echo` shows it on ours;
 *   `inherit` gives it our terminal instead, in our group, so that it can read from it
 * @returns {{pid: number | undefined, tail: string[], exited: Promise<{code: number | null, signal: string | null, error?: Error}>,
 *   stop: (graceMs?: number) => Promise<void>, kill: () => Promise<void>}}
 *   `tail` holds the last lines of output; `exited` never rejects; `stop` asks the group to end, and kills it
 *   after `graceMs` milliseconds; `kill` does not ask.
 */
export function startProcess(
	command,
	args,
	{ cwd, env = process.env, logFile, onLine, echo = false, inherit = false } = {},
) {
	if (stopping) throw new Error('stopping');
	const child = spawn(command, args, {
		cwd,
		env,
		detached: !WINDOWS && !inherit,
		stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
	});
	const target = child.pid && (WINDOWS || inherit ? child.pid : -child.pid);
	const log = logFile ? createWriteStream(logFile) : undefined;
	const tail = [];
	const eachLine = (line) => {
		tail.push(line);
		if (tail.length > 40) tail.shift();
		onLine?.(line);
	};
	for (const stream of inherit ? [] : [child.stdout, child.stderr]) {
		let rest = '';
		stream.setEncoding('utf8');
		stream.on('data', (text) => {
			log?.write(text);
			if (echo) process.stdout.write(text);
			const lines = (rest + text).split('\n');
			rest = lines.pop();
			lines.forEach(eachLine);
		});
		stream.on('end', () => rest && eachLine(rest));
	}
	const exited = new Promise((resolve) => {
		child.on('error', (error) => resolve({ code: null, signal: null, error }));
		child.on('close', (code, signal) => resolve({ code, signal }));
		// Something that it started may live on and hold its output open.
		child.on('exit', (code, signal) => setTimeout(() => resolve({ code, signal }), 500));
	});
	const handle = {
		pid: child.pid,
		target,
		tail,
		exited,
		stop: (graceMs = 10_000) => stop(handle, graceMs),
		kill: async () => {
			if (target !== undefined) send(target, 'SIGKILL');
			await exited;
		},
	};
	running.add(handle);
	void exited.then(() => {
		log?.end();
		// What it left behind in its group is ended with the rest.
		if (target === undefined || !send(target, 0)) running.delete(handle);
	});
	return handle;
}

async function stop({ target, exited }, graceMs) {
	if (target === undefined) return;
	const gone = async (milliseconds) => {
		const end = Date.now() + milliseconds;
		while (send(target, 0)) {
			if (Date.now() > end) return false;
			await sleep(50);
		}
		return true;
	};
	send(target, 'SIGTERM');
	if (!(await gone(graceMs))) {
		send(target, 'SIGKILL');
		// Bounded: a dead process that its parent has not collected yet still counts as there.
		await gone(3_000);
	}
	await Promise.race([exited, sleep(1_000, undefined, { ref: false })]);
}

/** A sentence for the person at the keyboard (something is missing, taken, mistyped); shown without a stack. */
export class Refused extends Error {}

/** A program that we ran did not do its work. The message has the end of what it said, so a stack says nothing more. */
export class ProgramFailed extends Error {}

/**
 * Runs a program to its end.
 *
 * @returns {Promise<string[]>} the last lines of its output
 * @throws {ProgramFailed} with those lines when it fails
 */
export async function runProcess(command, args, options = {}) {
	const handle = startProcess(command, args, options);
	const { code, signal, error } = await handle.exited;
	if (code === 0) return handle.tail;
	const what = `${options.name ?? [command, ...args].join(' ')} ${error ? `could not start: ${error.message}` : `ended with ${signal ?? code}`}`;
	const log = options.logFile ? `\n(all of it: ${options.logFile})` : '';
	throw new ProgramFailed([what, ...handle.tail.slice(-20)].join('\n  ') + log);
}

/** Ends everything that was started and still runs. */
export async function stopAll() {
	await Promise.all([...running].map((handle) => handle.stop()));
	running.clear();
}

process.on('exit', () => {
	// Last resort, for a way out that did not pass through stopAll: nothing may outlive us.
	for (const handle of running) if (handle.target !== undefined) send(handle.target, 'SIGKILL');
});

/**
 * On Ctrl-C, a plain kill or a closed terminal: ends everything that was started, then this process.
 * A second Ctrl-C kills at once; within a second of the first it counts as the same one, because npm passes
 * the signal on that the terminal has sent already.
 *
 * Started by npm, it ends when npm has ended: the shell in between does not pass a signal on.
 */
export function stopOnSignals() {
	let first = 0;
	const onSignal = (signal) => {
		if (stopping) {
			if (Date.now() - first > 1_000) process.exit(1);
			return;
		}
		stopping = true;
		first = Date.now();
		if (running.size > 0) console.log('\nStopping ...');
		void stopAll().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	setInterval(() => process.ppid === parent || onSignal('SIGTERM'), 500).unref();
}

/** Whether a process with this id exists. */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Whether a port of 127.0.0.1 is free. */
export async function isPortFree(port) {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort() {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}
