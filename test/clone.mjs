/** The project as somebody else gets it: a copy with nothing beside it. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../runtime/paths.mjs';

/**
 * Copies the files that git knows or would add, as they are now, and lends the copy our packages.
 *
 * @returns {{folder: string, remove: () => void}}
 */
export function cloneElsewhere() {
	const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const parent = mkdtempSync(join(realpathSync(tmpdir()), 'n8n-nodes-kazoo-clone-'));
	const remove = () => rmSync(parent, { recursive: true, force: true });
	// Also when the run is cut off
	process.on('exit', remove);
	const folder = join(parent, 'project');
	for (const file of new Set(files.split('\0').filter(Boolean)))
		if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(folder, file));
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	return { folder, remove };
}
