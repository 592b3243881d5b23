/** `npm run real`: every row of the catalogue, the triggers and the lists against a real Crossbar; see docs/real.md. */
import '../node/harness/environment';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Outcome } from './outcome';

const USAGE = `npm run real -- --server URL --key KEY [--account ID] [--websocket URL] [--alone] [--only NAME] [--markdown FILE] [--quiet]
npm run real -- --sandbox 4|5 [...]

Tries everything in a sub-account that it makes (below --account, or the account of the key) and removes.
--alone    nobody else is on the server: also what sends mail, faxes, messages, or calls, in that sub-account
--only     what has this in its name: device.get, list of, Poll Trigger
--sandbox  starts a sandbox of that generation and tries that one
`;

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			server: { type: 'string' },
			key: { type: 'string' },
			account: { type: 'string' },
			websocket: { type: 'string' },
			sandbox: { type: 'string' },
			markdown: { type: 'string' },
			only: { type: 'string', default: '' },
			alone: { type: 'boolean', default: false },
			quiet: { type: 'boolean', default: false },
		},
	});
	// The engine's modules load after its environment is set
	const { check, sandboxOf } = await import('./check');
	const sandbox = values.sandbox === undefined ? undefined : await sandboxOf(values.sandbox);
	const server = sandbox?.server ?? values.server;
	const key = sandbox?.key ?? values.key;
	if (server === undefined || key === undefined) {
		process.stderr.write(USAGE);
		return 2;
	}
	const stop = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.on(signal, () => {
			if (!stop.signal.aborted) process.stderr.write(`\n${signal}: removing the account\n`);
			stop.abort();
		});
	const { lineOf, markdown, summary } = await import('./report');
	const show = (outcome: Outcome): void => {
		if (!values.quiet) process.stdout.write(`${lineOf(outcome)}\n`);
	};
	try {
		const { outcomes, about } = await check({
			server,
			key,
			parent: values.account,
			websocket: sandbox?.websocket ?? values.websocket,
			alone: values.alone || sandbox !== undefined,
			sandbox: sandbox !== undefined,
			only: values.only,
			signal: stop.signal,
			report: show,
		});
		if (values.markdown !== undefined) writeFileSync(values.markdown, markdown(about, outcomes));
		process.stdout.write(`\n${about.join('\n')}\n`);
		const failed = outcomes.filter(({ result }) => result === 'failed');
		if (failed.length > 0) process.stdout.write(`\n${failed.map(lineOf).join('\n')}\n`);
		process.stdout.write(`\n${summary(outcomes)}\n`);
		return stop.signal.aborted || failed.length > 0 ? 1 : 0;
	} finally {
		await sandbox?.close();
	}
}

main().then(
	(code) => process.exit(code), // open connections must not keep it alive
	(error: Error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	},
);
