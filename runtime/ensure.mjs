/**
 * Makes sure that this machine can run the project: programs (machine.mjs), then the packages that are missing. Plain Node without dependencies, because it runs before anything is installed.
 *
 * Nothing is done twice: the tree that npm recorded in `node_modules` is compared with the lock file, so a second
 * run takes some milliseconds, a changed lock is noticed, and an install that was cut off is done again.
 */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nodeForN8n } from './installation.mjs';
import { missingPackages, prepareMachine } from './machine.mjs';
import { CACHE, ROOT, RUNTIME } from './paths.mjs';
import {
	isAlive,
	isStopping,
	ProgramFailed,
	Refused,
	runProcess,
	stopAll,
	stopOnSignals,
} from './processes.mjs';
import { step } from './progress.mjs';

/** The oldest Node that the tools run on. */
const OLDEST_NODE = 20;
/** Older versions of n8n take this package from its maker's own server; the same is on npm. */
const XLSX = 'npm:@e965/xlsx@0.20.3';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const major = (version) => Number.parseInt(version, 10);

/**
 * Whether the packages of a folder are those of its lock file. Packages made for one platform are not judged:
 * npm installs only those of this one.
 */
function isInstalled(folder) {
	const recorded = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(recorded)) return false;
	const present = readJson(recorded).packages;
	return Object.entries(readJson(join(folder, 'package-lock.json')).packages).every(
		([path, { version, optional, os, cpu, libc }]) =>
			path === '' || optional || os || cpu || libc || present[path]?.version === version,
	);
}

/** Installs what the lock file of a folder says, and nothing else. */
async function install(folder, title, logName) {
	const packages = Object.keys(readJson(join(folder, 'package-lock.json')).packages).length;
	// npm records the tree when it has finished; without the record an install that is cut off counts as none.
	rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
	await step(title, async (detail) => {
		let fetched = 0;
		await runProcess('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=http'], {
			name: `npm ci in ${folder}`,
			cwd: folder,
			logFile: join(CACHE, logName),
			onLine: (line) => {
				// Two requests a package, its description and its archive; then npm unpacks without a word.
				if (!line.startsWith('npm http ')) return;
				fetched += 1;
				detail(fetched < 1.7 * packages ? `${Math.floor((50 * fetched) / packages)} % fetched` : 'unpacking');
			},
		});
	});
}

/**
 * n8n's database driver is the one package with a part in C++ that has to be built. The file that says it was
 * lies inside the package, so that it goes when npm replaces the package.
 */
const driverIn = (folder) => join(folder, 'node_modules', 'sqlite3');
const driverStamp = (folder) =>
	join(driverIn(folder), 'build', `built-${readJson(join(driverIn(folder), 'package.json')).version}`);
const isDriverBuilt = (folder) =>
	existsSync(join(driverIn(folder), 'package.json')) && existsSync(driverStamp(folder));

async function buildDriver(folder = RUNTIME) {
	const node = nodeForN8n(folder);
	// Headers of the Node that will load it; they come with it, so that nothing is fetched for the build.
	const headers = join(node, '..', '..');
	const env = { ...process.env };
	if (existsSync(join(headers, 'include', 'node', 'node.h'))) env.npm_config_nodedir = headers;
	await step("Building n8n's database driver (about a minute)", () =>
		runProcess('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			name: 'npm rebuild sqlite3',
			cwd: folder,
			env,
			logFile: join(CACHE, 'install-driver.log'),
		}),
	);
	await runProcess(node, ['-e', "new (require('sqlite3').Database)(':memory:').close()"], {
		name: "n8n's database driver",
		cwd: folder,
	});
	writeFileSync(driverStamp(folder), '');
}

/**
 * Installs another version of n8n than the pinned one, with the Node it needs, in a folder of its own in the cache.
 *
 * @param {{n8n: string, node: string}} versions
 * @returns {Promise<string>} the folder
 * @throws {ProgramFailed} with npm's words, when the registry does not have all of it
 */
export async function ensureVersion({ n8n, node }) {
	const folder = join(CACHE, 'n8n', n8n);
	const file = join(folder, 'package.json');
	const wanted = readJson(join(RUNTIME, 'package.json'));
	const optionalDependencies = Object.fromEntries(
		Object.keys(wanted.optionalDependencies).map((name) => [name, node]),
	);
	const overrides = { ...wanted.overrides, xlsx: XLSX };
	const text = JSON.stringify({ private: true, dependencies: { n8n }, optionalDependencies, overrides });
	if (existsSync(file) && readFileSync(file, 'utf8') === text && isDriverBuilt(folder)) return folder;
	await alone(async () => {
		await prepareMachine(['compiler']);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		writeFileSync(file, text);
		copyFileSync(join(RUNTIME, '.npmrc'), join(folder, '.npmrc'));
		await step(`Installing n8n ${n8n}, 2 GB (some minutes)`, () =>
			runProcess('npm', ['install', '--no-package-lock', '--prefer-offline'], {
				name: `npm install n8n@${n8n}`,
				cwd: folder,
				logFile: join(CACHE, `install-n8n-${n8n}.log`),
			}),
		);
		await buildDriver(folder);
	});
	return folder;
}

/** Lets one install at a time work in this folder; the lock of one that has died is broken. */
async function alone(work) {
	mkdirSync(CACHE, { recursive: true });
	const lock = join(CACHE, 'installing');
	for (let told = false; ; ) {
		try {
			writeFileSync(lock, String(process.pid), { flag: 'wx' });
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
		const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
		// A lock without a number is one that is being written, unless it stays so.
		if (holder ? !isAlive(holder) : age > 5_000) rmSync(lock, { force: true });
		else if (!told) console.log('Waiting: another command is installing in this folder ...');
		told = true;
		await sleep(300);
	}
	try {
		return await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

/**
 * Makes sure that Node is new enough, and that the programs and packages are there.
 *
 * @param {{runtime?: boolean, machine?: Parameters<typeof prepareMachine>[0]}} [options] `runtime`: n8n too, not only
 *   the tools; `machine`: what the caller needs besides of what npm does not have
 * @throws {Refused} when something is missing that cannot be installed from here
 */
export async function ensure({ runtime = false, machine = [] } = {}) {
	if (major(process.versions.node) < OLDEST_NODE) {
		throw new Refused(`Node ${OLDEST_NODE} or newer is needed; this is Node ${process.versions.node}.`);
	}
	const isServerReady = () => !runtime || (isInstalled(RUNTIME) && isDriverBuilt(RUNTIME));
	const needs = () => [...machine, ...(isServerReady() ? [] : ['compiler'])];
	if (missingPackages(needs()).length === 0 && isInstalled(ROOT) && isServerReady()) return;
	await alone(async () => {
		// First: what has to be asked of the person is said before minutes of work
		await prepareMachine(needs());
		if (!isInstalled(ROOT)) await install(ROOT, 'Installing the tools (about a minute)', 'install-tools.log');
		if (isServerReady()) return;
		if (!isInstalled(RUNTIME))
			await install(RUNTIME, 'Installing n8n, 2 GB (about three minutes)', 'install-n8n.log');
		if (!isDriverBuilt(RUNTIME)) await buildDriver();
	});
}

/**
 * Runs the main function of a command: Ctrl-C ends all that it has started; an error that says all by itself is shown without a stack.
 *
 * @param {() => Promise<void>} main
 */
export async function command(main) {
	stopOnSignals();
	try {
		await main();
	} catch (error) {
		// After Ctrl-C whatever fails, fails because of it; the signal's handler ends this process.
		if (isStopping()) return;
		const isPlain = error instanceof Refused || error instanceof ProgramFailed;
		console.error(isPlain ? error.message : (error?.stack ?? error));
		await stopAll();
		process.exit(1);
	}
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
	await command(() => ensure({ runtime: true }));
