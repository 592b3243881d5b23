/**
 * `npm run bench`: what our node costs, all in one run on one machine, each measurement in a process of its own.
 * Of several rounds the best counts: whatever else the machine does can only make it slower. Times are of this machine;
 * the ratios between them are what counts.
 *
 * `npm run bench -- --only clients --cdrs 20000 --gets 500 --rounds 1` is a quick look at one part; the parts are
 * sandbox (is it fast enough to be no bottleneck), clients (against n8n's HTTP Request node and bare HTTP clients),
 * calls (whole ones beside their legs), files (large ones, there and back), jobs (a large customer, planned), editor
 * (against n8n's Slack node, in a browser) and fleet (an audit of all customers). Exit code 1 if a goal is missed.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCalls } from './calls.mjs';
import { compareClients } from './clients.mjs';
import { measureEditor } from './editor.mjs';
import { measureFiles } from './files.mjs';
import { measureFleet } from './fleet.mjs';
import { measureJobs } from './jobs.mjs';
import { BUILT, NODE, ROOT, run, typescript } from './processes.mjs';
import { printGoals } from './report.mjs';

const { values } = parseArgs({
	options: {
		only: { type: 'string', default: 'sandbox,clients,calls,files,jobs,editor,fleet' },
		cdrs: { type: 'string', default: '100000' },
		gets: { type: 'string', default: '2000' },
		/** Of the customer of `jobs`. */
		users: { type: 'string', default: '1000' },
		/** Of the tree of `fleet`; each account has 25 phones. */
		accounts: { type: 'string', default: '200' },
		rounds: { type: 'string', default: '3' },
		/** Of each file, in bytes. */
		bytes: { type: 'string', default: '1000000000' },
	},
});
const rounds = Number(values.rounds);
const parts = {
	sandbox: () => {
		const { status } = spawnSync(NODE, typescript('sandbox.ts'), { cwd: ROOT, stdio: 'inherit' });
		if (status !== 0) process.exitCode = 1;
	},
	clients: () => compareClients({ cdrs: Number(values.cdrs), gets: Number(values.gets), rounds }),
	calls: () => measureCalls({ cdrs: Number(values.cdrs), rounds }),
	files: () => measureFiles({ bytes: Number(values.bytes), rounds }),
	jobs: () => measureJobs({ users: Number(values.users), rounds }),
	editor: () => measureEditor({ rounds }),
	fleet: () => measureFleet({ accounts: Number(values.accounts) }),
};
const chosen = values.only.split(',');
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) throw new Error(`No such part: ${unknown}; there are ${Object.keys(parts)}`);

rmSync(BUILT, { recursive: true, force: true });
const build = spawnSync(
	process.execPath,
	[join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json', '--outDir', BUILT],
	{ cwd: ROOT, stdio: 'inherit' },
);
if (build.status !== 0) throw new Error('The build failed');
copyFileSync(join(ROOT, 'package.json'), join(BUILT, '../package.json'));
await run(process.execPath, [join(ROOT, 'node_modules/n8n-core/bin/generate-metadata')], {
	cwd: join(BUILT, '..'),
});
const { stdout: version } = await run(NODE, ['--version']);
console.log(
	`Node ${version.trim()}, ${cpus().length} x ${cpus()[0].model.trim()}, best of ${rounds} round(s)`,
);
for (const name of chosen) await parts[name]();
printGoals();
