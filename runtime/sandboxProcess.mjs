/** The sandbox as a process of its own, for `npm start` and the end-to-end tests. */
import { ProgramFailed, startProcess } from './processes.mjs';
import { typescriptArguments } from './typescript.mjs';

/**
 * Starts the sandbox and waits until it can be used.
 *
 * @param {{port: number, profile?: string | number, args?: string[], logFile?: string}} options `args`: further
 *   options of sandbox/cli.ts
 * @returns {Promise<{url: string, exited: Promise<{code: number | null, signal: string | null}>, stop: () => Promise<void>}>}
 *   `url` is without /v2
 * @throws {ProgramFailed} with the end of its output when it ends instead
 */
export async function startSandbox({ port, profile = 4, args = [], logFile }) {
	let ready;
	const isReady = new Promise((resolve) => (ready = resolve));
	const sandbox = startProcess(
		process.execPath,
		// The n8n beside it listens on loopback, which a real KAZOO would not call
		typescriptArguments('sandbox/cli.ts', [
			...['--port', String(port), '--profile', String(profile), '--allow-loopback-uris'],
			...args,
		]),
		{ logFile, onLine: (line) => line.includes('sandbox ready') && ready('ready') },
	);
	const outcome = await Promise.race([
		isReady,
		sandbox.exited.then(({ code, signal, error }) => `ended with ${error?.message ?? signal ?? code}`),
	]);
	if (outcome !== 'ready')
		throw new ProgramFailed([`The sandbox ${outcome}:`, ...sandbox.tail.slice(-20)].join('\n  '));
	return { url: `http://127.0.0.1:${port}`, exited: sandbox.exited, stop: () => sandbox.stop() };
}

/**
 * Names, log-ins and keys of the demo tenant, as sandbox/demo/identities.ts has them.
 *
 * @param {string} [secret] what the log-ins are made of (`--secret-file` of sandbox/cli.ts)
 */
export async function demoIdentities(secret) {
	const { tsImport } = await import('tsx/esm/api');
	const { demoOf, logInsOf } = await tsImport('../sandbox/demo/identities.ts', import.meta.url);
	return demoOf(logInsOf(secret));
}
