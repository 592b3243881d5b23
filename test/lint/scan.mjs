/**
 * `npm run scan`: the scanner that n8n runs on verified community packages, on the two things that it looks at:
 * the source, and the package as npm would publish it. Builds first. Exit code 1 if it finds anything.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '../../node_modules/@n8n/scan-community-package/scanner/scanner.mjs';

const root = join(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-kazoo-scan-'));

/**
 * What may be in the package: compiled code, icons, codex files, output schemas where n8n looks for them, n8n's
 * descriptions as JSON, and the texts that npm always adds.
 */
const EXPECTED = new RegExp(
	[
		'^(?!.*\\.test\\.)dist/(nodes|credentials|crossbar)/.*\\.(js|d\\.ts|svg|node\\.json)$',
		'^dist/nodes/\\w+/__schema__/v\\d+\\.\\d+\\.\\d+/\\w+/\\w+\\.json$',
		'^dist/(known|types|methods)/\\w+\\.json$',
		'^(package\\.json|README\\.md|LICENSE)$',
	].join('|'),
);

/** Builds, packs and unpacks the package. Returns its folder. */
function publishedPackage() {
	// What a command has to say goes to the terminal, its result comes here
	const run = (command, args) =>
		execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
	const gulp = join(root, 'node_modules/gulp/bin/gulp.js');
	execFileSync(process.execPath, [gulp, 'build', '--silent'], { cwd: root, stdio: 'inherit' });
	const [{ filename, size, unpackedSize, entryCount, files }] = JSON.parse(
		run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary]),
	);
	run('tar', ['-xzf', join(temporary, filename), '-C', temporary]);
	const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;
	console.log(`${filename}: ${entryCount} files, ${kib(size)} packed, ${kib(unpackedSize)} unpacked`);
	const strangers = files.map(({ path }) => path).filter((path) => !EXPECTED.test(path));
	if (strangers.length > 0) {
		const more = strangers.length > 10 ? `, and ${strangers.length - 10} more` : '';
		console.log(`Does not belong in the package: ${strangers.slice(0, 10).join(', ')}${more}`);
		process.exitCode = 1;
	}
	return join(temporary, 'package');
}

try {
	const scans = [
		['source', root, SOURCE_FILE_PATTERNS],
		['published package', publishedPackage(), ['**/*.js', 'package.json']],
	];
	for (const [name, folder, patterns] of scans) {
		const { passed, message, details } = await analyzePackage(folder, patterns);
		// It also "passes" a folder in which there is nothing to look at
		const ok = passed && message === undefined;
		console.log(`n8n's scan of the ${name}: ${ok ? 'no findings' : (message ?? 'FAILED')}`);
		if (details) console.log(details);
		if (!ok) process.exitCode = 1;
	}
} finally {
	rmSync(temporary, { recursive: true, force: true });
}
