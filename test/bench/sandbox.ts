/**
 * `npm run bench -- --only sandbox`: how fast the sandbox itself is, against its goals. It runs in this process and its
 * client in another, so that its processor time can be told apart: what counts is what one core does in a second, whatever
 * else the machine is busy with. Of several rounds the best counts.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSandbox, type Sandbox } from '../../sandbox';

const GETS = 10_000;
const CDRS = 100_000;
const PAGE_SIZE = 1000;
const ROUNDS = 3;
/** Goals of the project: a second of one core, a second, milliseconds. */
const GOAL = { gets: 5000, records: 50_000, start: 1000 };

const run = promisify(execFile);

interface Measured {
	count: number;
	milliseconds: number;
	/** Of the sandbox alone. */
	cpuMilliseconds: number;
}

async function measure(sandbox: Sandbox, token: string, ...task: string[]): Promise<Measured> {
	const before = process.cpuUsage();
	const client = join(__dirname, 'sandbox-client.mjs');
	const { stdout } = await run(process.execPath, [client, sandbox.url, token, ...task]);
	const { user, system } = process.cpuUsage(before);
	return { ...(JSON.parse(stdout) as Measured), cpuMilliseconds: (user + system) / 1000 };
}

async function logIn({ url, demo }: Sandbox): Promise<{ token: string; account: string }> {
	const response = await fetch(`${url}/v2/api_auth`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ data: { api_key: demo.apiKey } }),
	});
	const { auth_token: token, data } = (await response.json()) as {
		auth_token: string;
		data: { account_id: string };
	};
	return { token, account: data.account_id };
}

async function best(rate: () => Promise<number>): Promise<number> {
	const rates: number[] = [];
	for (let round = 0; round < ROUNDS; round++) rates.push(await rate());
	return Math.max(...rates);
}

async function main(): Promise<void> {
	const began = process.cpuUsage();
	await (await createSandbox({ quiet: true })).close();
	const started = process.cpuUsage(began);
	const start = (started.user + started.system) / 1000;

	const sandbox = await createSandbox({ quiet: true, cdrs: CDRS });
	const { token, account } = await logIn(sandbox);
	const small = `/v2/accounts/${account}/devices?page_size=1`;
	const gets = await best(async () => {
		const { count, cpuMilliseconds } = await measure(sandbox, token, 'gets', small, String(GETS));
		return (count / cpuMilliseconds) * 1000;
	});
	const pages = `/v2/accounts/${account}/cdrs?page_size=${PAGE_SIZE}`;
	let onTheClock = 0;
	const records = await best(async () => {
		const { count, milliseconds, cpuMilliseconds } = await measure(sandbox, token, 'pages', pages);
		if (count !== CDRS) throw new Error(`${count} of ${CDRS} CDRs came`);
		onTheClock = Math.max(onTheClock, (count / milliseconds) * 1000);
		return (count / cpuMilliseconds) * 1000;
	});
	await sandbox.close();

	const rows: [string, boolean, string, string][] = [
		['small GETs in a second of one core', gets >= GOAL.gets, number(gets), `at least ${number(GOAL.gets)}`],
		[
			`CDRs of ${number(CDRS)} in a second of one core, page by page`,
			records >= GOAL.records,
			number(records),
			`at least ${number(GOAL.records)}`,
		],
		[
			'start with the demo tenant',
			start <= GOAL.start,
			`${number(start)} ms`,
			`at most ${number(GOAL.start)} ms`,
		],
	];
	console.log('\nThe sandbox');
	console.log(`  (with the client, on the clock: ${number(onTheClock)} CDRs in a second)`);
	for (const [name, met, value, limit] of rows) {
		console.log(`  ${met ? 'ok    ' : 'MISSED'} ${name.padEnd(56)} ${value.padStart(10)}   ${limit}`);
		if (!met) process.exitCode = 1;
	}
}

const number = (value: number): string => Math.round(value).toLocaleString('en');

void main();
