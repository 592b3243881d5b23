/**
 * Builds what ships: `npx gulp build` (or `npm run build`) leaves in dist/ the compiled nodes/, credentials/ and
 * crossbar/ with the icons, codex files and output schemas that n8n reads beside each class, and nothing else.
 */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
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

/**
 * What each operation gives, so that its fields can be dragged before it has run: n8n looks for
 * `__schema__/v1.0.0/<resource>/<operation>.json` beside the node. Asked of the sandbox, from the sources: it needs
 * nothing of dist/.
 */
function outputSchemas() {
	const generator = ['--import', 'tsx', 'test/catalogue/outputSchemas.ts', 'dist/nodes/Kazoo/__schema__'];
	return spawn(process.execPath, generator, { cwd: __dirname, stdio: 'inherit' });
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
