/** Whole jobs: a customer of many users, read and planned against a document that is equal. */
import { measure, startSandbox, typescript } from './processes.mjs';
import { goal, mebibytes, seconds, table, times } from './report.mjs';

/** How many requests planning may take, as a multiple of those that reading needs. */
const MOST_REQUESTS = 1.3;
const SIDE_BY_SIDE = 10;
/** Bytes that may be held at any time. */
const MOST_MEMORY = 150_000_000;

/** @param {{users: number, rounds: number}} size of the customer */
export async function measureJobs({ users, rounds }) {
	const sandbox = await startSandbox(users, 'customer.ts');
	try {
		const { target: customer } = sandbox;
		const all = [];
		for (let round = 0; round < rounds; round++)
			all.push(await measure(typescript('jobs.ts', JSON.stringify(customer))));
		const least = (name) => Math.min(...all.map((measured) => measured[name]));
		const [{ requests, most, bytes }] = all;
		console.log(
			`\nA customer of ${users.toLocaleString('en')} users, ${customer.documents.toLocaleString('en')} documents, planned against its own blueprint of ${mebibytes(bytes)}`,
		);
		table([
			['', 'time', 'requests', 'reading needs', 'side by side', 'held'],
			['plan', seconds(least('milliseconds')), requests, customer.needed, most, mebibytes(least('held'))],
		]);
		goal(
			'requests of a plan against those that reading needs',
			requests / customer.needed,
			MOST_REQUESTS,
			times,
		);
		goal('requests of a plan side by side', most, SIDE_BY_SIDE, String);
		goal('memory that a plan holds', least('held'), MOST_MEMORY, mebibytes);
	} finally {
		await sandbox.stop();
	}
}
