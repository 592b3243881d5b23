/** Our node against n8n's HTTP Request node and bare HTTP clients, in turn, several rounds. */
import { join } from 'node:path';
import { goal, mebibytes, seconds, table, times } from './report.mjs';
import { measure, ROOT, startSandbox, typescript } from './processes.mjs';

const PAGE_SIZE = 1000;
/** How often the package is loaded; the best counts. */
const LOADS = 20;
/** Goals of the project. */
const GOAL = {
	listOverHelper: 1.1,
	singleOverHelper: 1.15,
	overHttpRequest: 1,
	descriptionBytes: 420 * 1024,
	loadMilliseconds: 60,
};

const NAMES = {
	kazoo: 'KAZOO node',
	httpRequest: 'HTTP Request node',
	httpRequestSplit: 'HTTP Request + Split Out',
	helper: "n8n's HTTP helper, bare",
	axios: 'axios, bare',
	undici: 'undici, bare',
};

/** Measures the contenders in turn and prints them; gives back the best of each. */
async function compare(title, contenders, job, rounds) {
	const results = Object.fromEntries(contenders.map((contender) => [contender, []]));
	for (let round = 0; round < rounds; round++) {
		for (const contender of contenders) {
			const measurement = await measure(typescript('contender.ts', JSON.stringify({ ...job, contender })));
			results[contender].push(measurement);
		}
	}
	const bests = Object.fromEntries(
		contenders.map((contender) => {
			const of = (pick) => Math.min(...results[contender].map(pick));
			return [
				contender,
				{
					time: of(({ milliseconds }) => milliseconds),
					cpu: of(({ cpuMilliseconds }) => cpuMilliseconds),
					memory: of(({ startMemory, peakMemory }) => Math.max(0, peakMemory - startMemory)),
					peak: of(({ peakMemory }) => peakMemory),
				},
			];
		}),
	);
	console.log(`\n${title}`);
	const base = bests.undici;
	table([
		['', 'time', 'to undici', 'processor', 'memory used', 'to undici', 'peak of process'],
		...contenders.map((contender) => {
			const { time, cpu, memory, peak } = bests[contender];
			return [
				NAMES[contender],
				seconds(time),
				times(time / base.time),
				seconds(cpu),
				mebibytes(memory),
				times(memory / Math.max(base.memory, 2 ** 20)),
				mebibytes(peak),
			];
		}),
	]);
	return bests;
}

/** @param {{cdrs: number, gets: number, rounds: number}} size */
export async function compareClients({ cdrs, gets, rounds }) {
	const { target, stop } = await startSandbox(cdrs);
	try {
		const job = { ...target, pageSize: PAGE_SIZE, gets };
		const list = await compare(
			`${cdrs.toLocaleString('en')} CDRs, all pages of ${PAGE_SIZE}`,
			['kazoo', 'httpRequest', 'httpRequestSplit', 'helper', 'axios', 'undici'],
			{ ...job, task: 'cdrs' },
			rounds,
		);
		const single = await compare(
			`${gets.toLocaleString('en')} single GETs (bare clients: 10 side by side, as the KAZOO node)`,
			['kazoo', 'httpRequest', 'helper', 'axios', 'undici'],
			{ ...job, task: 'gets' },
			rounds,
		);

		const replayed = { ...job, contender: 'kazoo', replayed: true };
		const perRecord = await measure(
			typescript('contender.ts', JSON.stringify({ ...replayed, task: 'cdrs' })),
		);
		const perItem = await measure(typescript('contender.ts', JSON.stringify({ ...replayed, task: 'gets' })));
		const loads = [];
		for (let i = 0; i < LOADS; i++) loads.push(await measure([join(ROOT, 'test/bench/load.cjs')]));
		const load = Math.min(...loads.map(({ milliseconds }) => milliseconds));
		const classes = Math.min(...loads.map(({ classMilliseconds }) => classMilliseconds));
		const [{ bytes, properties }] = loads;

		console.log('\nOur node by itself');
		table([
			['', ''],
			[
				'one item outside the network, processor',
				`${((perItem.cpuMilliseconds / gets) * 1000).toFixed(0)} µs`,
			],
			[
				'one record of a list outside the network, processor',
				`${((perRecord.cpuMilliseconds / cdrs) * 1000).toFixed(1)} µs`,
			],
			['loading the package when n8n starts', `${load.toFixed(1)} ms`],
			['loading all classes, once, when a workflow needs them', `${classes.toFixed(1)} ms`],
			['description', `${(bytes / 1024).toFixed(1)} KiB, ${properties} properties`],
		]);

		// n8n's own helper is what a verified node has to use, so it is the limit; undici and axios are shown beside it.
		// Time of the processor is steadier than the clock
		goal(
			"all CDRs, processor, to n8n's bare helper",
			list.kazoo.cpu / list.helper.cpu,
			GOAL.listOverHelper,
			times,
		);
		goal(
			'all CDRs, processor, to HTTP Request with Split Out',
			list.kazoo.cpu / list.httpRequestSplit.cpu,
			GOAL.overHttpRequest,
			times,
		);
		goal(
			"single GETs, processor, to n8n's bare helper",
			single.kazoo.cpu / single.helper.cpu,
			GOAL.singleOverHelper,
			times,
		);
		goal(
			'single GETs, processor, to HTTP Request',
			single.kazoo.cpu / single.httpRequest.cpu,
			GOAL.overHttpRequest,
			times,
		);
		goal('description', bytes, GOAL.descriptionBytes, (value) => `${(value / 1024).toFixed(1)} KiB`);
		goal('loading', load, GOAL.loadMilliseconds, (value) => `${value.toFixed(1)} ms`);
	} finally {
		await stop();
	}
}
