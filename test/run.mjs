/**
 * `npm test`: installs what is missing, then runs every layer, each to its end whatever the one before it did.
 * `npm test -- unit node` runs only those named. Exit code 1 if anything failed; the last line has the counts.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command, ensure } from '../runtime/ensure.mjs';
import { CACHE, ROOT } from '../runtime/paths.mjs';
import { Refused, startProcess } from '../runtime/processes.mjs';
import { seconds } from '../runtime/progress.mjs';
import { cloneElsewhere } from './clone.mjs';
import { needsOf } from './needs.mjs';

const tool = (...path) => join(ROOT, 'node_modules', ...path);
const REPORTS = join(CACHE, 'test');
/** Where recordings of a real Crossbar may lie (test/recordings.ts). */
const RECORDINGS = join(ROOT, '..', 'shared', 'crossbar');

/** The `describe` of tests that are left out for want of recordings (test/recordings.ts). */
const LEFT_OUT = 'without recordings';

/** Runs Node on something, with its output on ours. Gives back its exit code and its last lines. */
async function node(args, cwd = ROOT) {
	const { exited, tail } = startProcess(process.execPath, args, { cwd, echo: true });
	const { code } = await exited;
	return { code, tail };
}

/** A layer without counts of its own is one test. */
const single = (args) => async () => {
	const { code } = await node(args);
	return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** Runs a project of jest.config.js. */
async function runJest(project, { folder = ROOT, report = join(REPORTS, `${project}.json`) } = {}) {
	rmSync(report, { force: true });
	const { code } = await node(
		[
			tool('jest', 'bin', 'jest.js'),
			'--selectProjects',
			project,
			'--json',
			`--outputFile=${report}`,
			'--silent=false',
		],
		folder,
	);
	if (!existsSync(report)) return { passed: 0, failed: 1 };
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
		readFileSync(report, 'utf8'),
	);
	const pending = testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status === 'pending');
	// A file that cannot be loaded has no tests to fail, and a layer without tests proves nothing.
	const broken = numRuntimeErrorTestSuites || (code !== 0 && numFailedTests === 0 ? 1 : 0);
	return {
		passed: numPassedTests,
		failed: numFailedTests + broken,
		skipped: pending.length,
		leftOut: pending.map(({ ancestorTitles, title }) =>
			ancestorTitles.at(-1) === LEFT_OUT
				? title
				: `${[...ancestorTitles, title].join(' ')} (for another reason)`,
		),
	};
}

const jest = (project) => () => runJest(project);

/** The unit layer once more, where nothing lies beside the project: nothing may need what is not in it. */
async function unitElsewhere() {
	const clone = cloneElsewhere();
	try {
		const { leftOut, skipped, ...counts } = await runJest('unit', {
			folder: clone.folder,
			report: join(REPORTS, 'clone.json'),
		});
		console.log(`Left out in the clone: ${skipped} (${leftOut?.join('; ')})`);
		return counts;
	} finally {
		clone.remove();
	}
}

/** End-to-end tests, which close with `N passed, N failed`. */
const endToEnd = (file) => async () => {
	const { code, tail } = await node([file]);
	const counts = /^(\d+) passed, (\d+) failed$/.exec(tail.at(-1) ?? '');
	if (!counts) return { passed: 0, failed: 1 };
	const [passed, failed] = [Number(counts[1]), Number(counts[2])];
	return { passed, failed: failed || (code === 0 ? 0 : 1) };
};

const LAYERS = {
	lint: single(['test/lint/run.mjs']),
	types: single([tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.dev.json']),
	scan: single(['test/lint/scan.mjs']),
	docs: single([tool('vitepress', 'bin', 'vitepress.js'), 'build', 'docs']),
	unit: jest('unit'),
	node: jest('node'),
	conformance: jest('conformance'),
	real: single(['--import', 'tsx', 'test/real/cli.ts', '--sandbox', '4', '--quiet']),
	clone: unitElsewhere,
	e2e: endToEnd('test/e2e/run.mjs'),
	queue: endToEnd('test/e2e/queue.mjs'),
};

async function main() {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !(name in LAYERS));
	if (unknown.length > 0)
		throw new Refused(`No such layer: ${unknown.join(', ')}. There are ${Object.keys(LAYERS).join(', ')}.`);
	// Without recordings the clone would be what has run already
	const isByDefault = (name) => name !== 'clone' || existsSync(RECORDINGS);
	const chosen = Object.keys(LAYERS).filter((name) =>
		wanted.length === 0 ? isByDefault(name) : wanted.includes(name),
	);
	await ensure(needsOf(chosen));
	mkdirSync(REPORTS, { recursive: true });

	const results = [];
	for (const name of chosen) {
		console.log(`\n== ${name}`);
		const started = Date.now();
		const result = await LAYERS[name]();
		results.push({ name, time: seconds(Date.now() - started), skipped: 0, ...result });
	}
	const total = { passed: 0, failed: 0, skipped: 0 };
	console.log('\n== all');
	for (const { name, time, leftOut, ...counts } of results) {
		const skipped = counts.skipped ? `, ${counts.skipped} skipped` : '';
		console.log(
			`${name.padEnd(12)} ${counts.failed ? 'FAILED' : 'ok    '}  ${counts.passed} passed, ${counts.failed} failed${skipped}, ${time}`,
		);
		for (const key of Object.keys(total)) total[key] += counts[key];
	}
	const leftOut = results.flatMap((result) => result.leftOut ?? []);
	if (leftOut.length > 0)
		console.log(`Left out, for want of recordings in ../shared/crossbar: ${leftOut.join('; ')}`);
	console.log(
		`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
	);
	process.exitCode = total.failed ? 1 : 0;
}

await command(main);
