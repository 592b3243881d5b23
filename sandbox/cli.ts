import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createSandbox } from './index';

const USAGE =
	'sandbox --port 8000 --websocket-port 5555 --profile 4|5 --data FILE --host 127.0.0.1 --cdrs 2000 --allow-loopback-uris --secret-file FILE --empty';

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65535;

/** What the log-ins of the demo tenant are made of: kept, so that they are the same next time. */
function secretIn(file: string): string {
	if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
	return readFileSync(file, 'utf8').trim();
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8000' },
			'websocket-port': { type: 'string' },
			profile: { type: 'string', default: '4' },
			data: { type: 'string' },
			host: { type: 'string', default: '127.0.0.1' },
			cdrs: { type: 'string' },
			'allow-loopback-uris': { type: 'boolean', default: false },
			'secret-file': { type: 'string' },
			empty: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(`${USAGE}\n`);
		return;
	}
	const profile = Number(values.profile);
	const port = Number(values.port);
	const websocketPort = values['websocket-port'] === undefined ? undefined : Number(values['websocket-port']);
	const cdrs = values.cdrs === undefined ? undefined : Number(values.cdrs);
	if (profile !== 4 && profile !== 5) throw new Error('--profile is 4 or 5');
	if (!isPort(port)) throw new Error('--port is a number up to 65535');
	if (websocketPort !== undefined && !isPort(websocketPort)) {
		throw new Error('--websocket-port is a number up to 65535');
	}
	if (cdrs !== undefined && (!Number.isInteger(cdrs) || cdrs < 0)) throw new Error('--cdrs is a number');
	const sandbox = await createSandbox({
		port,
		websocketPort,
		profile,
		host: values.host,
		dataFile: values.data,
		cdrs,
		seed: !values.empty,
		allowLoopbackUris: values['allow-loopback-uris'],
		secret: values['secret-file'] === undefined ? undefined : secretIn(values['secret-file']),
	});
	const stop = () => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	process.stdout.write(
		`Crossbar sandbox ready at ${sandbox.url}/v2 (profile ${profile}), websockets at ${sandbox.websocketUrl}\n`,
	);
	if (values['secret-file'] !== undefined && !values.empty) {
		const { reseller } = sandbox.demo;
		process.stdout.write(
			`Log-in of ${reseller.name}: API key ${reseller.apiKey}, or ${reseller.username} with ${reseller.password}\n`,
		);
	}
}

main().catch((error: Error) => {
	process.stderr.write(`sandbox: ${error.message}\n`);
	process.exitCode = 1;
});
