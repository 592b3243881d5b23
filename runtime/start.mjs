/**
 * `npm start`: installs what is missing, builds and packs the nodes, starts the sandbox and a real n8n with the
 * packed nodes in it, imports the example workflows, says where to look, and ends it all on Ctrl-C.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressOf } from './address.mjs';
import { command, ensure } from './ensure.mjs';
import { OWNER, startN8n } from './n8n.mjs';
import { packPackage } from './package.mjs';
import { CACHE } from './paths.mjs';
import { isAlive, isPortFree, isStopping, Refused } from './processes.mjs';
import { step } from './progress.mjs';
import { demoIdentities, startSandbox } from './sandboxProcess.mjs';
import { importCredential, importWorkflow, readExamples, switchOn } from './workflows.mjs';

const HELP = `Starts the KAZOO sandbox and a real n8n with the KAZOO nodes in it, on this machine only.

  npm start -- [options]

  --port N           port of n8n (5678)
  --crossbar-port N  port of the sandbox (8000)
  --profile 4|5      the KAZOO generation that the sandbox plays (4)
  --server URL       no sandbox: work with the Crossbar at this address, e.g. https://crossbar.example.com:8443
  --address URL      where KAZOO finds this n8n, for webhooks and Pivot: KAZOO calls no 127.0.0.1. If it is an address of
                     this machine, n8n listens on all of them; else have a proxy pass on what comes there
  --help             this text

Ctrl-C ends both. n8n keeps its data in .cache/demo (with --server in a folder for that server); delete the folder
to begin anew. The sandbox begins anew at every start.`;

function readOptions() {
	const options = {
		port: '5678',
		'crossbar-port': '8000',
		profile: '4',
		server: undefined,
		address: undefined,
		help: false,
	};
	let values;
	try {
		({ values } = parseArgs({
			options: Object.fromEntries(
				Object.entries(options).map(([name, value]) => [
					name,
					{ type: value === false ? 'boolean' : 'string' },
				]),
			),
		}));
	} catch (error) {
		throw new Refused(`${error.message.split('.')[0]}. npm start -- --help tells the options.`);
	}
	// `npm start --port 5680`, without the `--` in between: npm keeps the option for itself and passes it on so.
	for (const name of Object.keys(options)) {
		values[name] ??= process.env[`npm_config_${name.replaceAll('-', '_')}`] || options[name];
	}
	const port = (name) => {
		const number = Number(values[name]);
		if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
		throw new Refused(`--${name} takes a port number, not "${values[name]}".`);
	};
	if (!['4', '5'].includes(values.profile))
		throw new Refused(`--profile takes 4 or 5, not "${values.profile}".`);
	if (values.server !== undefined && !/^https?:\/\/[^/]+/.test(values.server)) {
		throw new Refused(
			`--server takes an address such as https://crossbar.example.com:8443, not "${values.server}".`,
		);
	}
	if (values.address !== undefined && !/^https?:\/\/[^/]+/.test(values.address)) {
		throw new Refused(`--address takes an address such as http://192.0.2.10:5678, not "${values.address}".`);
	}
	return { ...values, port: port('port'), crossbarPort: port('crossbar-port') };
}

/** Made at the first start: a web page must not know the log-ins of what listens on this machine. */
function secretIn(file) {
	if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
	return readFileSync(file, 'utf8').trim();
}

/** The owner's: n8n wants a capital letter and a number in it. */
function passwordOf(secret) {
	return `N8${createHash('sha256').update(`${secret} n8n`).digest('hex').slice(0, 14)}`;
}

/** The credential that the examples use. */
async function credentialFor({ server }, sandbox, secret) {
	if (!sandbox) {
		return {
			name: `KAZOO at ${new URL(server).host}`,
			type: 'crossbarApi',
			// n8n saves no credential without the key; the person puts theirs in its place.
			data: { serverUrl: server, login: 'apiKey', apiKey: 'your API key' },
		};
	}
	const { apiKey } = await demoIdentities(secret);
	return {
		name: 'KAZOO sandbox',
		type: 'crossbarApi',
		data: {
			serverUrl: sandbox.url,
			// The sandbox lets websockets in at the same port.
			websocketUrl: sandbox.url.replace(/^http/, 'ws'),
			login: 'apiKey',
			apiKey,
			access: 'full',
		},
	};
}

/** Imports credential and examples; what was imported last time stands beside the database. */
async function importDemo(n8n, credential, isSandbox) {
	const file = join(n8n.folder, 'imported.json');
	const last = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	// What the person typed for their own server is not ours to write over.
	const saved = await importCredential(n8n.rest, credential, { keep: !isSandbox });
	const examples = readExamples().filter(({ demo }) => demo);
	const marks = {};
	for (const { id, workflow, demo } of examples) {
		marks[id] = await importWorkflow(n8n.rest, { id, workflow }, saved, last[id]);
		if (isSandbox && demo.active) await switchOn(n8n.rest, id, marks[id] !== last[id]);
	}
	writeFileSync(file, JSON.stringify(marks));
	return examples;
}

const WORDS = {
	user: 'user',
	device: 'phone',
	callflow: 'callflow',
	vmbox: 'voicemail box',
	cdr: 'call record',
};

/** What the sandbox holds, a line an account. */
async function describeSandbox(url) {
	const { accounts } = await (await fetch(`${url}/sandbox`)).json();
	const width = Math.max(...accounts.map(({ name }) => name.length));
	return accounts.map(({ name, numbers, documents }) => {
		const counts = Object.entries({ ...documents, number: numbers })
			.map(([type, count]) => [WORDS[type] ?? (type === 'number' ? 'number' : undefined), count])
			.filter(([word, count]) => word && count > 0)
			.map(
				([word, count]) =>
					`${count.toLocaleString('en')} ${word}${count === 1 ? '' : word.endsWith('x') ? 'es' : 's'}`,
			);
		return `  ${name.padEnd(width)}  ${counts.join(', ')}`;
	});
}

async function main() {
	const started = Date.now();
	const options = readOptions();
	if (options.help) {
		console.log(HELP);
		return;
	}
	const host = options.server && new URL(options.server).host.replace(/[^\w.-]/g, '_');
	const folder = join(CACHE, host ? `demo-${host}` : 'demo');
	const runningFile = join(folder, 'running.json');
	const running = existsSync(runningFile) ? JSON.parse(readFileSync(runningFile, 'utf8')) : undefined;
	if (running && isAlive(running.pid))
		throw new Refused(`It runs already at ${running.url} (process ${running.pid}).`);
	const refuseTaken = async (port, option) => {
		if (await isPortFree(port)) return;
		throw new Refused(
			`Port ${port} is taken by another program. Choose another: npm start -- --${option} ${port + 2}`,
		);
	};
	await refuseTaken(options.port, 'port');
	if (!options.server) await refuseTaken(options.crossbarPort, 'crossbar-port');

	await ensure({ runtime: true });
	const packed = await packPackage();
	mkdirSync(folder, { recursive: true });
	writeFileSync(runningFile, JSON.stringify({ pid: process.pid, url: `http://127.0.0.1:${options.port}` }));
	process.on('exit', () => rmSync(runningFile, { force: true }));
	const secretFile = join(CACHE, 'sandbox-secret');
	const secret = secretIn(secretFile);
	const password = passwordOf(secret);
	const [sandbox, n8n] = await step(options.server ? 'Starting n8n' : 'Starting the sandbox and n8n', () =>
		Promise.all([
			options.server
				? undefined
				: startSandbox({
						port: options.crossbarPort,
						profile: options.profile,
						logFile: join(CACHE, 'sandbox.log'),
						args: ['--secret-file', secretFile],
					}),
			startN8n({ folder, port: options.port, packed, password, env: addressOf(options.address) }),
		]),
	);
	await n8n.rest.login({ ...OWNER, password });
	const examples = await importDemo(
		n8n,
		await credentialFor(options, sandbox, secret),
		sandbox !== undefined,
	);

	const lines = ['', `n8n       ${n8n.url}`, `Log-in    ${OWNER.email}  ${password}`];
	if (sandbox)
		lines.push(
			`Sandbox   ${sandbox.url} in a browser shows what happens and places calls; its API is below /v2`,
			`          KAZOO ${options.profile}; it holds`,
			...(await describeSandbox(sandbox.url)),
		);
	else
		lines.push(
			`Crossbar  ${options.server}: type your log-in into the credential "KAZOO at ${new URL(options.server).host}"`,
		);
	lines.push(
		'',
		sandbox
			? 'Try first'
			: 'Imported; made for the demo customers of the sandbox, so read them before you run them',
	);
	for (const { id, workflow, demo } of examples) {
		lines.push(`  ${workflow.name}`, `    ${n8n.url}/workflow/${id}`);
		if (sandbox) lines.push(`    ${demo.hint}`);
	}
	lines.push('', `Ready after ${Math.round((Date.now() - started) / 1000)} s. Ctrl-C ends everything.`);
	console.log(lines.join('\n'));

	const first = await Promise.race([
		n8n.exited.then((end) => ({ name: 'n8n', log: join(folder, 'n8n.log'), ...end })),
		...(sandbox
			? [sandbox.exited.then((end) => ({ name: 'The sandbox', log: join(CACHE, 'sandbox.log'), ...end }))]
			: []),
	]);
	// Reached by Ctrl-C too; then the signal's handler ends this process.
	if (isStopping()) return;
	throw new Error(`${first.name} ended by itself (${first.signal ?? first.code}); its log: ${first.log}`);
}

await command(main);
