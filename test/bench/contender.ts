/** Runs one `Job` (first argument, JSON) and prints its `Measurement` as JSON. */
import { clients, prepareBare } from './bare';
import type { Job, Measurement } from './job';

async function main(): Promise<void> {
	const job = JSON.parse(process.argv[2] ?? '') as Job;
	const bare = job.contender === 'axios' || job.contender === 'undici' ? clients[job.contender] : undefined;
	const run = bare ? await prepareBare(bare, job) : await (await import('./engine')).prepareEngine(job);

	globalThis.gc?.();
	const startMemory = process.memoryUsage.rss();
	const cpu = process.cpuUsage();
	const began = performance.now();
	const records = await run();
	const milliseconds = performance.now() - began;
	const { user, system } = process.cpuUsage(cpu);

	const expected = job.task === 'gets' ? job.gets : job.cdrs;
	// Of calls there are fewer than of their legs
	const isRight = job.task === 'calls' ? records > expected / 4 && records < expected : records === expected;
	if (!isRight) throw new Error(`${job.contender} read ${records} records instead of ${expected}`);
	const measurement: Measurement = {
		milliseconds,
		cpuMilliseconds: (user + system) / 1000,
		startMemory,
		peakMemory: process.resourceUsage().maxRSS * 1024,
		records,
	};
	console.log(JSON.stringify(measurement));
}

void main().then(() => process.exit(0)); // open connections must not keep it alive
