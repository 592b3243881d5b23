/** Programs that the end-to-end tests need and npm does not have. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CACHE } from '../../runtime/paths.mjs';
import { ProgramFailed, runProcess } from '../../runtime/processes.mjs';
import { step } from '../../runtime/progress.mjs';

/**
 * Installs Debian packages, if this process may.
 *
 * @param {string[]} packages
 * @param {string} missing what is not there, for the sentence when it may not
 * @throws {ProgramFailed} with the way out
 */
export async function installDebianPackages(packages, missing) {
	const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
	if (!hasApt || process.getuid?.() !== 0)
		throw new ProgramFailed(`No ${missing}. Install it (as root: apt-get install ${packages.join(' ')})`);
	const log = {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		logFile: join(CACHE, 'install-debian-packages.log'),
	};
	await step(`Installing Debian's ${packages.join(' and ')}`, async () => {
		await runProcess('apt-get', ['update'], log);
		await runProcess('apt-get', ['install', '-y', '--no-install-recommends', ...packages], log);
	});
}
