/** Builds the package and packs it as it would be published, when something that goes into it has changed. */
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { runProcess } from './processes.mjs';
import { step } from './progress.mjs';

/** What a build depends on. Output schemas change with the sandbox, too, but nothing runs by them: it may change alone. */
const SOURCES = [
	'nodes',
	'credentials',
	'crossbar',
	'test/catalogue/outputDocuments.ts',
	'test/catalogue/outputSchema.ts',
	'test/catalogue/outputSchemas.ts',
	'gulpfile.js',
	'tsconfig.json',
	'package.json',
	'package-lock.json',
	'README.md',
	'LICENSE',
];

function* filesIn(path) {
	if (!existsSync(path)) return;
	if (!statSync(path).isDirectory()) yield path;
	else for (const name of readdirSync(path).sort()) yield* filesIn(join(path, name));
}

function hashOfSources() {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		for (const file of filesIn(join(ROOT, source)))
			hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

/**
 * @returns {Promise<{tarball: string, hash: string}>} the packed package, and a hash that changes with its contents
 * @throws {Error} with the compiler's words when the build fails
 */
export async function packPackage() {
	const folder = join(CACHE, 'package');
	const tarball = join(folder, 'n8n-nodes-kazoo.tgz');
	const stamp = join(folder, 'sources.sha256');
	const hash = hashOfSources();
	if (existsSync(tarball) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
		return { tarball, hash };
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await step('Building the nodes', () =>
		runProcess(process.execPath, [join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build'], {
			name: 'npm run build',
			cwd: ROOT,
			logFile: join(CACHE, 'build.log'),
		}),
	);
	await runProcess('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
		name: 'npm pack',
		cwd: ROOT,
	});
	const [packed] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
	renameSync(join(folder, packed), tarball);
	writeFileSync(stamp, hash);
	return { tarball, hash };
}

/**
 * Unpacks a packed package into a folder, unless the same contents are there already.
 *
 * @param {{tarball: string, hash: string}} packed
 * @param {string} folder the package's own folder; what was there before is removed
 */
export async function unpackPackage({ tarball, hash }, folder) {
	const stamp = join(folder, '.unpacked');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await runProcess('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { name: 'tar' });
	writeFileSync(stamp, hash);
}
