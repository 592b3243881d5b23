/** Whole calls against the legs they are made of: CDR: Get Calls beside CDR: Get Many with Return All. */
import { goal, mebibytes, seconds, table, times } from './report.mjs';
import { measure, startSandbox, typescript } from './processes.mjs';

const PAGE_SIZE = 1000;
/** Goal of the project. */
const OVER_LIST = 1.3;
const TASKS = { cdrs: 'Get Many, Return All', calls: 'Get Calls' };

/** @param {{cdrs: number, rounds: number}} size */
export async function measureCalls({ cdrs, rounds }) {
	const { target, stop } = await startSandbox(cdrs);
	try {
		const job = { ...target, contender: 'kazoo', pageSize: PAGE_SIZE, gets: 0 };
		const results = { cdrs: [], calls: [] };
		for (let round = 0; round < rounds; round++)
			for (const task of Object.keys(TASKS))
				results[task].push(await measure(typescript('contender.ts', JSON.stringify({ ...job, task }))));
		const best = (task, pick) => Math.min(...results[task].map(pick));
		const of = (task) => ({
			time: best(task, ({ milliseconds }) => milliseconds),
			cpu: best(task, ({ cpuMilliseconds }) => cpuMilliseconds),
			memory: best(task, ({ startMemory, peakMemory }) => Math.max(0, peakMemory - startMemory)),
			records: results[task][0].records,
		});
		const [list, calls] = [of('cdrs'), of('calls')];
		console.log(`\n${cdrs.toLocaleString('en')} legs`);
		table([
			['', 'items', 'time', 'processor', 'memory used'],
			...[
				[TASKS.cdrs, list],
				[TASKS.calls, calls],
			].map(([name, { records, time, cpu, memory }]) => [
				name,
				records.toLocaleString('en'),
				seconds(time),
				seconds(cpu),
				mebibytes(memory),
			]),
		]);
		// Time of the processor is steadier than the clock
		goal('Get Calls, processor, to Get Many of its legs', calls.cpu / list.cpu, OVER_LIST, times);
		goal('Get Calls, time, to Get Many of its legs', calls.time / list.time, OVER_LIST, times);
	} finally {
		await stop();
	}
}
