/** Redis and Postgres for queue mode: Debian's programs, on loopback, with all they write in one folder. */
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgres, findRedis } from '../../runtime/machine.mjs';
import { freePort, ProgramFailed, runProcess, startProcess } from '../../runtime/processes.mjs';

/** Starts a Redis that keeps nothing. @returns {Promise<{port: number, stop: () => Promise<void>}>} */
export async function startRedis(folder) {
	const port = await freePort();
	const redis = startProcess(
		findRedis(),
		['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
		{
			logFile: join(folder, 'redis.log'),
		},
	);
	await untilListening('redis-server', port, redis);
	return { port, stop: () => redis.stop() };
}

/**
 * Starts a Postgres with an empty database `postgres`, whose only user of the same name needs no password.
 *
 * @returns {Promise<{port: number, stop: () => Promise<void>}>}
 */
export async function startPostgres(folder) {
	const programs = findPostgres();
	const program = (name) => join(programs, name);
	const data = join(folder, 'postgres');
	mkdirSync(data, { recursive: true });
	const as = await unprivileged(data);
	const run = (command, args) => [...as, command, ...args];
	const [initdb, ...initArguments] = run(program('initdb'), ['-D', data, '-U', 'postgres', '--auth=trust']);
	await runProcess(initdb, initArguments, { name: 'initdb', cwd: data });
	const port = await freePort();
	const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${data}`, 'fsync=off'];
	const [command, ...args] = run(program('postgres'), [
		'-D',
		data,
		'-p',
		String(port),
		...settings.flatMap((setting) => ['-c', setting]),
	]);
	const postgres = startProcess(command, args, { logFile: join(folder, 'postgres.log'), cwd: data });
	await untilListening('postgres', port, postgres);
	return { port, stop: () => postgres.stop() };
}

/** Postgres does not run as root: then it runs as the user that Debian's package made, who gets the folder. */
async function unprivileged(folder) {
	if (process.getuid() !== 0) return [];
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await runProcess('id', [flag, 'postgres'])).at(-1))),
	);
	chownSync(folder, uid, gid);
	return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}

async function untilListening(name, port, { exited, tail }) {
	let ended;
	void exited.then(({ code, signal, error }) => (ended = error?.message ?? signal ?? code));
	for (let tries = 0; tries < 300; tries++) {
		if (ended !== undefined)
			throw new ProgramFailed([`${name} ended with ${ended}:`, ...tail.slice(-10)].join('\n  '));
		if (await answers(port)) return;
		await sleep(100);
	}
	throw new ProgramFailed(`${name} does not listen after 30 s`);
}

async function answers(port) {
	return await new Promise((resolve) => {
		const socket = new Socket();
		socket.once('error', () => resolve(false));
		socket.connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
	});
}
