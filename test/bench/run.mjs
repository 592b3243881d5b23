/**
 * `npm run bench`: our node against n8n's HTTP Request node and bare HTTP clients, all in one run on one machine, each
 * in a process of its own so that its memory can be told apart, one after another, several rounds in turn.
 * Of several rounds the best counts: whatever else the machine does can only make it slower. Times are of this machine;
 * the ratios between them are what counts.
 *
 * `npm run bench -- --cdrs 20000 --gets 500 --rounds 1` is a quick look, `--only sandbox` measures the sandbox alone. Exit code 1 if a goal is missed.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const PAGE_SIZE = 1000;
/** Goals of the project. */
const GOAL = { overBareClient: 1.3, overHttpRequest: 1, descriptionBytes: 350 * 1024, loadMilliseconds: 60 };

const { values } = parseArgs({
	options: {
		cdrs: { type: 'string', default: '100000' },
		gets: { type: 'string', default: '2000' },
		rounds: { type: 'string', default: '3' },
		only: { type: 'string' },
	},
});
const cdrs = Number(values.cdrs);
const gets = Number(values.gets);
const rounds = Number(values.rounds);

/** n8n's server needs Node 24: measure on the one that is pinned for it, if it is installed. */
const pinned = join(ROOT, 'runtime/node_modules/.bin/node');
const NODE = existsSync(pinned) ? pinned : process.execPath;
const typescript = (file, ...args) => [
	'--expose-gc',
	'--import',
	'tsx',
	join(ROOT, 'test/bench', file),
	...args,
];
const run = promisify(execFile);

const sandbox = spawnSync(NODE, typescript('sandbox.ts'), { cwd: ROOT, stdio: 'inherit' });
if (sandbox.status !== 0) process.exitCode = 1;
if (values.only === 'sandbox') process.exit();

/** The last line that a process prints, as JSON. */
async function measure(args) {
	const { stdout } = await run(NODE, args, { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 });
	return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Starts the sandbox; it ends when its input closes. */
async function startSandbox() {
	const child = spawn(NODE, typescript('server.ts', String(cdrs)), {
		cwd: ROOT,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = new Promise((resolve) => child.once('exit', resolve));
	for await (const line of createInterface({ input: child.stdout })) {
		if (!line.startsWith('{')) continue;
		return {
			target: JSON.parse(line),
			stop: async () => {
				child.stdin.end();
				await ended;
			},
		};
	}
	throw new Error('The sandbox did not start');
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const mebibytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;
const times = (ratio) => `${ratio.toFixed(2)} x`;

function table(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
	for (const row of rows) {
		const cells = row.map((cell, column) =>
			column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]),
		);
		console.log(`  ${cells.join('   ')}`.trimEnd());
	}
}

const NAMES = {
	kazoo: 'KAZOO node',
	httpRequest: 'HTTP Request node',
	httpRequestSplit: 'HTTP Request + Split Out',
	helper: "n8n's HTTP helper, bare",
	axios: 'axios, bare',
	undici: 'undici, bare',
};

/** Measures the contenders in turn and prints them; gives back the best of each. */
async function compare(title, contenders, job) {
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

const goals = [];
function goal(name, value, limit, show) {
	goals.push([value <= limit ? 'ok' : 'MISSED', name, show(value), `at most ${show(limit)}`]);
	if (value > limit) process.exitCode = 1;
}

// As dist/ gets it, in a folder of its own that no other build empties meanwhile
const built = join(ROOT, 'build/bench/dist');
rmSync(built, { recursive: true, force: true });
const build = spawnSync(
	process.execPath,
	[join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json', '--outDir', built],
	{ cwd: ROOT, stdio: 'inherit' },
);
if (build.status !== 0) throw new Error('The build failed');
const { stdout: version } = await run(NODE, ['--version']);
console.log(
	`Node ${version.trim()}, ${cpus().length} x ${cpus()[0].model.trim()}, best of ${rounds} round(s)`,
);

const { target, stop } = await startSandbox();
try {
	const job = { ...target, pageSize: PAGE_SIZE, gets };
	const list = await compare(
		`${cdrs.toLocaleString('en')} CDRs, all pages of ${PAGE_SIZE}`,
		['kazoo', 'httpRequest', 'httpRequestSplit', 'helper', 'axios', 'undici'],
		{ ...job, task: 'cdrs' },
	);
	const single = await compare(
		`${gets.toLocaleString('en')} single GETs (bare clients: 5 side by side, as the KAZOO node)`,
		['kazoo', 'httpRequest', 'helper', 'axios', 'undici'],
		{ ...job, task: 'gets' },
	);

	const replayed = { ...job, contender: 'kazoo', replayed: true };
	const perRecord = await measure(typescript('contender.ts', JSON.stringify({ ...replayed, task: 'cdrs' })));
	const perItem = await measure(typescript('contender.ts', JSON.stringify({ ...replayed, task: 'gets' })));
	const loads = [];
	for (let i = 0; i < 7; i++) loads.push(await measure([join(ROOT, 'test/bench/load.cjs')]));
	const load = Math.min(...loads.map(({ milliseconds }) => milliseconds));
	const [{ bytes, properties }] = loads;

	console.log('\nOur node by itself');
	table([
		['', ''],
		['one item outside the network, processor', `${((perItem.cpuMilliseconds / gets) * 1000).toFixed(0)} µs`],
		[
			'one record of a list outside the network, processor',
			`${((perRecord.cpuMilliseconds / cdrs) * 1000).toFixed(1)} µs`,
		],
		['loading the package', `${load.toFixed(1)} ms`],
		['description', `${(bytes / 1024).toFixed(1)} KiB, ${properties} properties`],
	]);

	goal(
		'all CDRs, time to the faster bare client',
		list.kazoo.time / Math.min(list.axios.time, list.undici.time),
		GOAL.overBareClient,
		times,
	);
	goal(
		'all CDRs, time to HTTP Request',
		list.kazoo.time / list.httpRequest.time,
		GOAL.overHttpRequest,
		times,
	);
	// n8n opens a connection for every request of a node, so no node comes near a client that keeps one open: the
	// barest client that a node can have is n8n's own helper
	goal(
		"single GETs, time to n8n's bare helper",
		single.kazoo.time / single.helper.time,
		GOAL.overBareClient,
		times,
	);
	goal(
		'single GETs, time to HTTP Request',
		single.kazoo.time / single.httpRequest.time,
		GOAL.overHttpRequest,
		times,
	);
	goal('description', bytes, GOAL.descriptionBytes, (value) => `${(value / 1024).toFixed(1)} KiB`);
	goal('loading', load, GOAL.loadMilliseconds, (value) => `${value.toFixed(1)} ms`);
	console.log('\nGoals');
	table(goals.map(([state, name, value, limit]) => [`${state.padEnd(7)} ${name}`, value, limit]));
} finally {
	await stop();
}
