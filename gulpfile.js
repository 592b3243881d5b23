/**
 * Builds what ships: `npx gulp build` (or `npm run build`) leaves in dist/ the compiled nodes/, credentials/ and
 * crossbar/ with the icons, codex files and output schemas that n8n reads beside each class, and nothing else.
 */
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const { existsSync } = require('node:fs');
const { cp, readdir, readFile, rename, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, parallel, series, src } = require('gulp');

/** Files that n8n looks for beside the compiled class: icons, and the codex (`Kazoo.node.json`). */
const ASSETS = ['{nodes,credentials}/**/*.{svg,png}', 'nodes/**/*.node.json'];

/** A file that was renamed or removed in the sources must not live on in the package. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

function compile() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
		cwd: __dirname,
		stdio: 'inherit',
	});
}

/** `encoding: false`: by default gulp 5 reads files as UTF-8 text, which destroys PNG files. */
function assets() {
	return src(ASSETS, { base: '.', cwd: __dirname, encoding: false }).pipe(dest('dist', { cwd: __dirname }));
}

const SCHEMA_CACHE = join(__dirname, 'node_modules', '.cache', 'n8n-nodes-kazoo');

/** A text that changes with any source of the output schemas. */
async function schemaKey() {
	const folders = ['nodes', 'credentials', 'crossbar', 'sandbox', 'test'];
	const found = folders.map(async (folder) => {
		const names = await readdir(join(__dirname, folder), { recursive: true });
		return names.map((name) => join(folder, name)).filter((name) => /\.(ts|json)$/.test(name));
	});
	const files = ['package-lock.json', ...(await Promise.all(found)).flat().sort()];
	const hash = createHash('sha256');
	for (const file of files) hash.update(`${file}\0`).update(await readFile(join(__dirname, file)));
	return hash.digest('hex').slice(0, 16);
}

/**
 * What each operation gives, so that its fields can be dragged before it has run: n8n looks for
 * `__schema__/v1.0.0/<resource>/<operation>.json` beside the node. Asked of the sandbox, from the sources, not of dist/,
 * which takes half a minute: what was asked of the same sources is kept.
 */
async function outputSchemas() {
	const kept = join(SCHEMA_CACHE, `output-schemas-${await schemaKey()}`);
	if (!existsSync(kept)) {
		await rm(SCHEMA_CACHE, { recursive: true, force: true });
		const unfinished = `${kept}.${process.pid}`;
		const generator = ['--import', 'tsx', 'test/catalogue/outputSchemas.ts', unfinished];
		const generation = spawn(process.execPath, generator, { cwd: __dirname, stdio: 'inherit' });
		const [code] = await once(generation, 'exit');
		if (code !== 0) throw new Error('The output schemas were not made');
		await rename(unfinished, kept);
	}
	await cp(kept, join(__dirname, 'dist', 'nodes', 'Kazoo', '__schema__'), { recursive: true });
}

/**
 * Descriptions as JSON (dist/known, dist/types, dist/methods), with n8n's own tool: n8n reads these when it starts, and a
 * class only when a workflow runs it. Computing the description of 800 operations would take longer than reading it.
 */
function metadata() {
	return spawn(process.execPath, [require.resolve('n8n-core/bin/generate-metadata')], {
		cwd: __dirname,
		stdio: 'inherit',
	});
}

const build = series(clean, parallel(series(compile, assets, metadata), outputSchemas));

module.exports = { clean, build, default: build };
