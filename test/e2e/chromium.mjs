/** The browser for the end-to-end tests. */
import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian.mjs';

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
	if (!existsSync(DEBIAN))
		await installDebianPackages(
			['chromium'],
			`${DEBIAN}, and CHROMIUM does not say where a Chromium or Chrome is`,
		);
	return DEBIAN;
}
