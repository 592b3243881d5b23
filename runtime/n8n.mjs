/**
 * Starts a real n8n: the pinned version on its pinned Node, with the packed nodes in it, on loopback, quiet and
 * without calling out. Used by `npm start` and by the end-to-end tests; any number can run side by side.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from './installation.mjs';
import { unpackPackage } from './package.mjs';
import { freePort, ProgramFailed, startProcess } from './processes.mjs';
import { RestClient } from './rest.mjs';

/** The log-in of the instances of tests. Any web page could know it, so `npm start` has a password of its own. */
export const OWNER = {
	email: 'demo@kazoo.example',
	password: 'Passw0rd!',
	firstName: 'Demo',
	lastName: 'Owner',
};

/** What each kind of process says when it can be used. `/healthz/readiness` answers before that. */
const READY = {
	start: 'Editor is now accessible',
	worker: 'n8n worker is now ready',
	webhook: 'Webhook listener waiting for requests',
};

/** No telemetry, no look-ups of versions, templates or licences, no modules that call out at start. */
const QUIET_AND_OFFLINE = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
};
/** Parts of n8n that call out, or that nobody needs here. */
const NOT_NEEDED = [
	'mcp-registry,mcp,instance-ai,agents,chat-hub,insights,external-secrets,source-control,sso-oidc,sso-saml',
	'ldap,log-streaming,provisioning,breaking-changes,quick-connect,workflow-builder,dynamic-credentials',
	'oauth-server,token-exchange,otel',
].flatMap((line) => line.split(','));

/**
 * The environment of an n8n process. It does not take over ours: an `N8N_*` or `DB_*` variable of the person's own
 * n8n would lead ours to their database.
 */
function environment({ folder, port, brokerPort, hash, knownModules, password }) {
	const { PATH, LANG, TZ, TMPDIR } = process.env;
	return {
		...Object.fromEntries(
			Object.entries({ PATH, LANG, TZ, TMPDIR }).filter(([, value]) => value !== undefined),
		),
		HOME: folder,
		NODE_ENV: 'production',
		...QUIET_AND_OFFLINE,
		N8N_DISABLED_MODULES: knownModules(NOT_NEEDED).join(','),
		N8N_USER_FOLDER: folder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// As it is by itself since version 2
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_SECURE_COOKIE: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: OWNER.firstName,
		N8N_INSTANCE_OWNER_LAST_NAME: OWNER.lastName,
		// One salt for all, so that the hash is the same at every start: a new one would end the open sessions.
		N8N_INSTANCE_OWNER_PASSWORD_HASH: hash(password, '$2b$10$n8nNodesKazooDemoOwne.'),
	};
}

/**
 * Starts n8n and waits until it can be used.
 *
 * @param {object} options
 * @param {string} options.folder the user folder; database, settings and log (`n8n.log`) live there
 * @param {number} [options.port] of 127.0.0.1; any free one by default
 * @param {{tarball: string, hash: string}} [options.packed] the package to load (see package.mjs)
 * @param {string} [options.password] of the owner; that of tests by default
 * @param {Record<string, string>} [options.env] further variables, such as those of queue mode
 * @param {'start' | 'worker' | 'webhook'} [options.role]
 * @param {string} [options.installed] the folder in which another n8n than the pinned one is installed
 * @param {number} [options.timeout] milliseconds to wait for it, 120,000 by default
 * @returns {Promise<{version: string, url: string, webhookUrl: string, port: number, folder: string, pid: number, rest: RestClient, lines: string[],
 *   exited: Promise<{code: number | null, signal: string | null}>, stop: () => Promise<void>,
 *   kill: () => Promise<void>, startAgain: () => ReturnType<typeof startN8n>}>}
 *   `webhookUrl` is where production webhooks are answered; `rest` is not logged in yet; `lines` are the last lines of its log; `stop` ends it with all its processes, `kill`
 *   without asking; `startAgain` starts what has ended with the same data at the same address, where sessions go on
 * @throws {ProgramFailed} with the end of its log when it ends or says nothing in time
 */
export async function startN8n({
	folder,
	port,
	packed,
	password = OWNER.password,
	env = {},
	role = 'start',
	installed,
	timeout = 120_000,
}) {
	const { version, node, program, ...about } = installation(installed);
	const home = join(folder, '.n8n');
	mkdirSync(home, { recursive: true });
	// The place where n8n keeps installed community packages: type names are the published ones.
	if (packed) await unpackPackage(packed, join(home, 'nodes', 'node_modules', 'n8n-nodes-kazoo'));
	port ??= await freePort();
	const brokerPort = await freePort();
	let ready;
	const isReady = new Promise((resolve) => (ready = resolve));
	const process_ = startProcess(node, [program, role], {
		// Not ours: n8n reads `.env` of the folder that it runs in.
		cwd: folder,
		env: { ...environment({ folder, port, brokerPort, password, ...about }), ...env },
		logFile: join(folder, 'n8n.log'),
		onLine: (line) => line.includes(READY[role]) && ready('ready'),
	});
	const clock = new AbortController();
	const outcome = await Promise.race([
		isReady,
		process_.exited.then(({ code, signal, error }) => `ended with ${error?.message ?? signal ?? code}`),
		new Promise((resolve) => {
			const timer = setTimeout(() => resolve(`was not ready after ${timeout / 1000} s`), timeout);
			clock.signal.addEventListener('abort', () => clearTimeout(timer));
		}),
	]);
	clock.abort();
	if (outcome !== 'ready') {
		await process_.stop();
		throw new ProgramFailed([`n8n ${outcome}:`, ...process_.tail.slice(-20)].join('\n  '));
	}
	const url = `http://127.0.0.1:${port}`;
	return {
		version,
		url,
		webhookUrl: url,
		port,
		folder,
		pid: process_.pid,
		rest: new RestClient(url),
		lines: process_.tail,
		exited: process_.exited,
		stop: () => process_.stop(15_000),
		kill: () => process_.kill(),
		startAgain: () => startN8n({ folder, port, password, packed, env, role, installed, timeout }),
	};
}
