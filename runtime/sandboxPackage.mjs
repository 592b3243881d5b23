/**
 * `npm run sandbox:pack`: the sandbox as a package of its own, which `npx` can run. It leaves the package in
 * `build/crossbar-sandbox/`, also packed, and prints the path of that; `npm publish PATH` publishes it, once the owner has
 * given it a name (`sandbox/package.template.json`).
 */
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command, ensure } from './ensure.mjs';
import { ROOT } from './paths.mjs';
import { runProcess } from './processes.mjs';

const FOLDER = join(ROOT, 'build', 'crossbar-sandbox');
/** What the page of the sandbox is made of, beside its code. */
const ASSETS = ['html', 'css', 'js'].map((ending) => `.${ending}`);
const START = "#!/usr/bin/env node\nrequire('./sandbox/cli.js');\n";

const readJson = (...path) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));

/** The template with what it shares with the project: version, licence, author, and versions of what it depends on. */
function describe() {
	const { version, license, homepage, repository, bugs, author, devDependencies } = readJson('package.json');
	const { dependencies, ...template } = readJson('sandbox', 'package.template.json');
	const versions = Object.fromEntries(dependencies.map((name) => [name, devDependencies[name]]));
	return { version, license, homepage, repository, bugs, author, ...template, dependencies: versions };
}

/** @returns {Promise<string>} the path of the packed package */
export async function packSandbox() {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	await runProcess(process.execPath, [compiler, '-p', 'tsconfig.sandbox.json', '--outDir', FOLDER], {
		name: 'tsc',
		cwd: ROOT,
	});
	const page = join('sandbox', 'page');
	cpSync(join(ROOT, page), join(FOLDER, page), {
		recursive: true,
		filter: (path) => basename(path) === 'page' || ASSETS.some((ending) => path.endsWith(ending)),
	});
	writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(describe(), undefined, '\t'));
	writeFileSync(join(FOLDER, 'crossbar-sandbox.js'), START);
	chmodSync(join(FOLDER, 'crossbar-sandbox.js'), 0o755);
	copyFileSync(join(ROOT, 'docs', 'sandbox.md'), join(FOLDER, 'README.md'));
	copyFileSync(join(ROOT, 'LICENSE'), join(FOLDER, 'LICENSE'));
	const packed = await runProcess('npm', ['pack', '--ignore-scripts'], { name: 'npm pack', cwd: FOLDER });
	return join(FOLDER, packed.at(-1));
}

if (process.argv[1] === import.meta.filename) {
	await command(async () => {
		await ensure();
		console.log(await packSandbox());
	});
}
