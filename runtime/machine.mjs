/**
 * What the project needs of the machine itself, and npm does not have: programs, from Debian's packages. The one place
 * that knows them. `ensure.mjs` asks here first, before anything is installed or run; plain Node without dependencies.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CACHE } from './paths.mjs';
import { Refused, runProcess } from './processes.mjs';
import { step } from './progress.mjs';

/** Where Debian keeps Postgres; its programs are not on the PATH. */
const POSTGRES = '/usr/lib/postgresql';

/** A program on the PATH. @returns {string | undefined} its path */
function onPath(...names) {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

function canRun(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * The browser: what CHROMIUM names, else a Chromium or Chrome on the PATH.
 *
 * @returns {string | undefined} its path
 * @throws {Refused} when CHROMIUM names what is not there
 */
export function findChromium() {
	const { CHROMIUM } = process.env;
	if (!CHROMIUM) return onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
	if (existsSync(CHROMIUM)) return CHROMIUM;
	throw new Refused(`CHROMIUM says ${CHROMIUM}, which is not there.`);
}

/** Redis. @returns {string | undefined} the path of its server */
export const findRedis = () => onPath('redis-server');

/** Postgres, the newest. @returns {string | undefined} the folder with `initdb` and `postgres` */
export function findPostgres() {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
	const folders = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(POSTGRES, version, 'bin'));
	return folders.find((folder) => canRun(join(folder, 'postgres')));
}

/** What can be asked for: the Debian packages of each, and how to see whether they are there. */
const NEEDS = {
	/** Builds n8n's database driver. */
	compiler: ['python3', 'make', 'g++'].map((name) => ({ name, find: () => onPath(name) })),
	/** Shows the sandbox's page and n8n's editor to tests. */
	browser: [{ name: 'chromium', find: findChromium }],
	/** What n8n's queue mode stands on. */
	queue: [
		{ name: 'redis-server', find: findRedis },
		{ name: 'postgresql', find: findPostgres },
	],
};

/**
 * @param {(keyof typeof NEEDS)[]} needs
 * @returns {string[]} the Debian packages that are missing for them
 */
export function missingPackages(needs) {
	const packages = needs.flatMap((need) => NEEDS[need]).filter(({ find }) => find() === undefined);
	return [...new Set(packages.map(({ name }) => name))];
}

/**
 * How packages can be installed here: apt as root, or by a sudo that asks for no password.
 *
 * @param {string[]} packages
 * @param {{isRoot: boolean, hasApt: boolean, hasSudo: boolean}} may
 * @returns {[command: string, args: string[]][]} to be run one after another
 * @throws {Refused} with the command in one line, for the person to run
 */
export function installCommands(packages, { isRoot, hasApt, hasSudo }) {
	const apt = [['update'], ['install', '-y', '--no-install-recommends', ...packages]];
	if (!hasApt || !(isRoot || hasSudo)) {
		const sudo = isRoot ? '' : 'sudo ';
		const line = apt.map((args) => `${sudo}apt-get ${args.join(' ')}`).join(' && ');
		throw new Refused(
			`Missing on this machine: ${packages.join(', ')}. ${hasApt ? 'Install them with' : 'On Debian or Ubuntu'}: ${line}`,
		);
	}
	const setting = 'DEBIAN_FRONTEND=noninteractive';
	return apt.map((args) =>
		isRoot ? ['env', [setting, 'apt-get', ...args]] : ['sudo', ['-n', 'env', setting, 'apt-get', ...args]],
	);
}

/**
 * Installs what is missing, if this process may.
 *
 * @param {(keyof typeof NEEDS)[]} needs
 * @throws {Refused} with the command that helps, when it may not
 */
export async function prepareMachine(needs) {
	const packages = missingPackages(needs);
	if (packages.length === 0) return;
	const commands = installCommands(packages, {
		isRoot: process.getuid?.() === 0,
		hasApt: onPath('apt-get') !== undefined,
		hasSudo:
			onPath('sudo') !== undefined && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
	});
	mkdirSync(CACHE, { recursive: true });
	await step(`Installing Debian's ${packages.join(', ')}`, async () => {
		for (const [index, [command, args]] of commands.entries())
			await runProcess(command, args, { logFile: join(CACHE, `install-debian-${index}.log`) });
	});
	const left = missingPackages(needs);
	if (left.length > 0)
		throw new Refused(`${left.join(', ')}: installed, and what is needed of it is still not on the PATH.`);
}
