/** The browser for the end-to-end tests. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CACHE } from '../../runtime/paths.mjs';
import { runProcess } from '../../runtime/processes.mjs';
import { step } from '../../runtime/progress.mjs';
import { join } from 'node:path';

const DEBIAN = '/usr/bin/chromium';

/**
 * Where Chromium is. Installs Debian's when there is none and this process may.
 *
 * @returns {Promise<string>} the path of the program
 * @throws {Error} with the way out, when there is none
 */
export async function findChromium() {
	const { CHROMIUM } = process.env;
	if (CHROMIUM) {
		if (existsSync(CHROMIUM)) return CHROMIUM;
		throw new Error(`CHROMIUM says ${CHROMIUM}, which is not there`);
	}
	if (existsSync(DEBIAN)) return DEBIAN;
	const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
	if (!hasApt || process.getuid?.() !== 0) {
		throw new Error(
			`No ${DEBIAN}. Install it (as root: apt-get install chromium) or set CHROMIUM to the path of a Chromium or Chrome`,
		);
	}
	const log = {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		logFile: join(CACHE, 'install-chromium.log'),
	};
	await step("Installing Debian's Chromium", async () => {
		await runProcess('apt-get', ['update'], log);
		await runProcess('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], log);
	});
	return DEBIAN;
}
