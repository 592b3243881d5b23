/**
 * `npm run test:versions`: the core of the end-to-end tests in the versions of n8n that versions.json lists, one after
 * another; `npm run test:versions -- 2.0.3` only in those named. The results go into the table of docs/versions.md. What
 * the registry cannot install is said and passed over. Exit code 1 when a test failed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, ensure, ensureVersion } from '../../runtime/ensure.mjs';
import { installation } from '../../runtime/installation.mjs';
import { ROOT, RUNTIME } from '../../runtime/paths.mjs';
import { ProgramFailed, Refused, runProcess, startProcess } from '../../runtime/processes.mjs';

const PAGE = join(ROOT, 'docs', 'versions.md');
const HEAD = `# Versions of n8n

The core of the end-to-end tests (the node and its pickers, the credential, the error output, webhooks, Pivot, live events and polling; not the editor) in versions of n8n that people run. Written by \`npm run test:versions\`, which \`test/e2e/versions.json\` tells which; the GitHub workflow _n8n versions_ runs it every week.

| n8n | Node | tests | on |
| --- | --- | --- | --- |
`;
const LIST = JSON.parse(readFileSync(join(import.meta.dirname, 'versions.json'), 'utf8'));

/** The rows that the page has, by version. */
function readRows() {
	const lines = existsSync(PAGE) ? readFileSync(PAGE, 'utf8').split('\n') : [];
	const rows = lines.filter((line) => /^\| \d/.test(line));
	return new Map(rows.map((row) => [row.split('|')[1].trim(), row]));
}

const order = (version) =>
	version
		.split('.')
		.map((part) => part.padStart(5, '0'))
		.join('.');

function writeRow(version, node, tests) {
	const rows = readRows();
	rows.set(version, `| ${version} | ${node} | ${tests} | ${new Date().toISOString().slice(0, 10)} |`);
	const sorted = [...rows].sort(([a], [b]) => (order(a) < order(b) ? -1 : 1)).map(([, row]) => row);
	writeFileSync(PAGE, `${HEAD}${sorted.join('\n')}\n`);
}

/** What a row of the list means now. */
async function resolve({ n8n, node }) {
	if (n8n === 'pinned') return { folder: RUNTIME, n8n: installation(RUNTIME).version };
	if (n8n !== 'latest') return { n8n, node };
	return { n8n: (await runProcess('npm', ['view', 'n8n', 'version'])).at(-1), node };
}

/** @returns {Promise<boolean>} whether nothing failed */
async function run(row) {
	const { n8n, node, folder: ready } = await resolve(row);
	console.log(`\n== n8n ${n8n}`);
	let folder;
	try {
		folder = ready ?? (await ensureVersion({ n8n, node }));
	} catch (error) {
		if (!(error instanceof ProgramFailed)) throw error;
		const reason = /notarget (.*)/.exec(error.message)?.[1] ?? error.message.split('\n')[0];
		console.log(`Passed over, for it cannot be installed: ${reason}`);
		writeRow(n8n, node, `cannot be installed here: ${reason.trim()}`);
		return true;
	}
	const { exited, tail } = startProcess(process.execPath, [join(import.meta.dirname, 'core.mjs')], {
		cwd: ROOT,
		echo: true,
		env: { ...process.env, N8N_FOLDER: folder },
	});
	const { code } = await exited;
	const counts = /^\d+ passed, \d+ failed.*$/.exec(tail.at(-1) ?? '')?.[0];
	const [version] = await runProcess(installation(folder).node, ['--version']);
	writeRow(n8n, version.slice(1), counts ?? 'did not start');
	return code === 0;
}

await command(async () => {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !LIST.some(({ n8n }) => n8n === name));
	if (unknown.length > 0) throw new Refused(`Not in test/e2e/versions.json: ${unknown.join(', ')}`);
	const rows = LIST.filter(({ n8n }) => wanted.length === 0 || wanted.includes(n8n));
	await ensure({ runtime: rows.some(({ n8n }) => n8n === 'pinned') });
	const results = [];
	for (const row of rows) results.push(await run(row));
	process.exitCode = results.every(Boolean) ? 0 : 1;
});
