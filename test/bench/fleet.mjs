/** An audit with all rules over a whole tree of customers: its time, its requests, and memory that does not grow. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { measure, NODE, ROOT, typescript } from './processes.mjs';
import { goal, mebibytes, seconds, table } from './report.mjs';

const PHONES = 25;
const MOST_MILLISECONDS = 90_000;
/** What all accounts may hold more than a few of them, in bytes: findings are kept, documents are not. */
const MOST_GROWTH = 40_000_000;
/**
 * Lists and single records that all rules together read of an account: users, devices, their status, voicemail boxes,
 * numbers, callflows, rules, rule sets, media, menus, groups, queues, conferences, webhooks, port requests; classifiers
 * and limits.
 */
const LISTS = 17;

/** Starts the sandbox; it ends when its input closes. */
async function startTree(accounts) {
	const child = spawn(NODE, typescript('fleetTree.ts', String(accounts), String(PHONES)), {
		cwd: ROOT,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = new Promise((resolve) => child.once('exit', resolve));
	for await (const line of createInterface({ input: child.stdout })) {
		if (!line.startsWith('{')) continue;
		const stop = async () => {
			child.stdin.end();
			await ended;
		};
		return { ...JSON.parse(line), stop };
	}
	throw new Error('The sandbox did not start');
}

/** @param {{accounts: number}} size of the tree: 20 at least */
export async function measureFleet({ accounts }) {
	const { url, apiKey, documents, stop } = await startTree(accounts);
	try {
		const audit = async (realm) =>
			await measure(typescript('fleetAudit.ts', JSON.stringify({ url, apiKey, realm })));
		// Of 200 customers these are 19 and 190 to 199
		const some = await audit('customer19');
		const all = await audit('.fleet.example');
		console.log(`\nAudit of ${accounts} accounts with ${accounts * PHONES} phones, all rules`);
		table([
			['', 'time', 'memory held', 'requests', 'findings'],
			...Object.entries({ 'all accounts': all, 'some of them': some }).map(([name, measured]) => [
				name,
				seconds(measured.milliseconds),
				mebibytes(measured.addedMemory),
				measured.requests,
				measured.findings,
			]),
		]);
		goal('audit of the whole tree', all.milliseconds, MOST_MILLISECONDS, seconds);
		goal(
			'memory of all accounts over that of some',
			all.addedMemory - some.addedMemory,
			MOST_GROWTH,
			mebibytes,
		);
		// Log-in, who we are, and the list of accounts
		goal('requests', all.requests, documents + accounts * LISTS + 3, String);
	} finally {
		await stop();
	}
}
