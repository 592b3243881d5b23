/** What the machine is missing, and who may install it: runtime/machine.mjs, run by Node as `npm test` runs it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(resolve(__dirname, '../../runtime/machine.mjs')).href;

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-kazoo-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a program on the PATH of the runs below, which hold nothing else. */
function program(name: string, script = 'exit 0'): string {
	const file = join(folder, name);
	writeFileSync(file, `#!/bin/sh\n${script}\n`);
	chmodSync(file, 0o755);
	return file;
}

/** Runs some lines with the module as `machine`. */
function run(code: string, env: Record<string, string> = {}): { out: unknown; error: string } {
	const script = `import * as machine from ${JSON.stringify(MODULE)};
		const show = (value) => console.log('=' + JSON.stringify(value ?? null));
		try { ${code} } catch (error) { console.error(error.constructor.name + ': ' + error.message); }`;
	const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
		env: { PATH: folder, ...env },
		encoding: 'utf8',
	});
	const line = stdout.split('\n').find((one) => one.startsWith('='));
	return {
		out: line === undefined ? undefined : (JSON.parse(line.slice(1)) as unknown),
		error: stderr.trim(),
	};
}

const MAY = { isRoot: false, hasApt: true, hasSudo: false };
const commands = (may: object) =>
	run(`show(machine.installCommands(['chromium', 'make'], ${JSON.stringify({ ...MAY, ...may })}))`);

describe('what is missing', () => {
	const missing = (need: string) => run(`show(machine.missingPackages([${JSON.stringify(need)}]))`);

	test('is named as Debian names it', () => {
		expect(missing('compiler').out).toEqual(['python3', 'make', 'g++']);
		program('make');
		expect(missing('compiler').out).toEqual(['python3', 'g++']);
		expect(missing('browser').out).toEqual(['chromium']);
		expect(missing('queue').out).toContain('redis-server');
	});

	test.each(['chromium', 'google-chrome'])('%s is a browser', (name) => {
		const file = program(name);
		expect(missing('browser').out).toEqual([]);
		expect(run('show(machine.findChromium())').out).toBe(file);
	});

	test('CHROMIUM names another browser, and has to be right', () => {
		const file = program('my-own');
		expect(run('show(machine.findChromium())', { CHROMIUM: file }).out).toBe(file);
		expect(run('machine.findChromium()', { CHROMIUM: '/nowhere' }).error).toMatch(
			/^Refused: CHROMIUM says \/nowhere/,
		);
	});
});

describe('who may install', () => {
	test('root, by apt', () => {
		const [update, install] = commands({ isRoot: true }).out as [string, string[]][];
		expect(update).toEqual(['env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'update']]);
		expect(install?.[1].slice(1)).toEqual([
			'apt-get',
			'install',
			'-y',
			'--no-install-recommends',
			'chromium',
			'make',
		]);
	});

	test('somebody with a sudo that does not ask', () => {
		const [update] = commands({ hasSudo: true }).out as [string, string[]][];
		expect(update).toEqual(['sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'update']]);
	});

	test.each([
		[{}, 'sudo apt-get install'],
		[{ hasApt: false, hasSudo: true }, 'sudo apt-get install'],
		[{ hasApt: false, isRoot: true }, '&& apt-get install'],
	])('%j: the command in one line', (may, words) => {
		const { out, error } = commands(may);
		expect(out).toBeUndefined();
		expect(error).toMatch(
			/^Refused: Missing on this machine: chromium, make\. .*: .*apt-get update && .*chromium make$/,
		);
		expect(error).toContain(words);
		expect(error).not.toContain('\n');
	});
});

test('what is missing is installed, and once', () => {
	const log = join(folder, 'log');
	const path = `${folder}:${join(process.execPath, '..')}:/usr/bin:/bin`;
	const real = (name: string) => execFileSync('which', [name], { encoding: 'utf8' }).trim();
	// Nothing but what is here, so that the machine's own browser does not count
	for (const name of ['env', 'sh', 'cp', 'chmod']) program(name, `PATH=${path} exec ${real(name)} "$@"`);
	program('sudo', '[ "$1" = -n ] && shift; exec "$@"');
	program(
		'apt-get',
		`echo "$DEBIAN_FRONTEND $*" >> ${log}\n[ "$1" = install ] && cp ${folder}/sudo ${folder}/chromium; exit 0`,
	);
	const { out, error } = run(
		`await machine.prepareMachine(['browser']);
		await machine.prepareMachine(['browser']);
		const { readFileSync } = await import('node:fs');
		show(readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n'));`,
	);
	expect(error).toBe('');
	expect(out).toEqual([
		'noninteractive update',
		'noninteractive install -y --no-install-recommends chromium',
	]);
});
