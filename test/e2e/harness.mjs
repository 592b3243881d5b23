/** What the end-to-end tests stand on: a list of tests that runs in order, a sandbox, a real n8n with our package. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWNER, startN8n } from '../../runtime/n8n.mjs';
import { packPackage } from '../../runtime/package.mjs';
import { freePort } from '../../runtime/processes.mjs';
import { demoIdentities, startSandbox } from '../../runtime/sandboxProcess.mjs';
import { importCredential } from '../../runtime/workflows.mjs';

const tests = [];

/**
 * Adds a test. It gets the world; it may take `timeout` milliseconds.
 *
 * @param {{timeout?: number, since?: string}} [options] `since`: the first n8n that can do it, such as 2.7
 */
export function test(name, run, { timeout = 60_000, since } = {}) {
	tests.push({ name, run, timeout, since });
}

/** Whether a version of n8n is older than another; their first two numbers count. */
export function isBefore(version, since) {
	const [[major, minor], [sinceMajor, sinceMinor]] = [version, since].map((text) =>
		text.split('.').map(Number),
	);
	return major < sinceMajor || (major === sinceMajor && minor < sinceMinor);
}

/** Runs the tests whose names hold a text, one after another. Gives back how many passed and failed. */
export async function runTests(world, text = '') {
	const counts = { passed: 0, failed: 0, leftOut: 0 };
	for (const { name, run, timeout, since } of tests.filter((one) => one.name.includes(text))) {
		if (since && isBefore(world.n8n.version, since)) {
			console.log(`left out ${name}: n8n can do it since ${since}`);
			counts.leftOut += 1;
			continue;
		}
		const started = Date.now();
		let timer;
		try {
			await Promise.race([
				run(world),
				new Promise((_, reject) => {
					timer = setTimeout(() => reject(new Error(`no end after ${timeout / 1000} s`)), timeout);
				}),
			]);
			counts.passed += 1;
			console.log(`ok      ${name} (${Date.now() - started} ms)`);
		} catch (error) {
			counts.failed += 1;
			console.log(`FAILED  ${name} (${Date.now() - started} ms)\n${indent(error?.stack ?? error)}`);
			console.log(indent(['The end of n8n’s log:', ...world.n8n.lines.slice(-8)].join('\n')));
		} finally {
			clearTimeout(timer);
		}
	}
	return counts;
}

const indent = (text) => String(text).replace(/^/gm, '        ');

/**
 * Starts what the tests run against, on free ports, in a folder that is removed at the end of this process.
 *
 * @param {{start?: typeof startN8n}} [options] how n8n is started
 * @returns {Promise<World>}
 * @typedef {object} World
 * @property {{url: string}} sandbox
 * @property {any} demo identities of the demo tenant
 * @property {Awaited<ReturnType<typeof startN8n>>} n8n
 * @property {import('../../runtime/rest.mjs').RestClient} rest logged in
 * @property {{id: string, name: string, type: string}} credential for the demo reseller, by API key
 * @property {Crossbar} crossbar the demo reseller's own view of the sandbox, past n8n
 * @property {string} folder for what a test wants to put somewhere; removed at the end
 * @property {() => Promise<void>} startAgain starts n8n again after `n8n.kill()`; `n8n` is the new one then
 * @property {() => Promise<void>} crash kills n8n, as a power cut would, and starts it again
 * @property {(stop: () => Promise<void>) => void} atEnd for what a test leaves running for the next one
 * @property {() => Promise<void>} close ends what runs
 */
export async function startWorld({ start = startN8n } = {}) {
	const packed = await packPackage();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-kazoo-e2e-'));
	// Also when the run is cut off.
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const started = [];
	const close = async () => {
		await Promise.all(started.map((one) => one.stop()));
	};
	try {
		const demo = await demoIdentities();
		const keep = async (promise) => {
			const one = await promise;
			started.push(one);
			return one;
		};
		// Both are waited for before an error of one of them is passed on: nothing may start behind our back.
		const results = await Promise.allSettled([
			keep(startSandbox({ port: await freePort() })),
			keep(start({ folder: join(folder, 'n8n'), packed })),
		]);
		for (const { reason } of results) if (reason) throw reason;
		const [sandbox, n8n] = results.map(({ value }) => value);
		await n8n.rest.login(OWNER);
		const credential = await importCredential(n8n.rest, {
			name: 'KAZOO sandbox',
			type: 'crossbarApi',
			data: {
				serverUrl: sandbox.url,
				websocketUrl: sandbox.url.replace(/^http/, 'ws'),
				login: 'apiKey',
				apiKey: demo.apiKey,
				access: 'full',
			},
		});
		const crossbar = new Crossbar(sandbox.url, demo.apiKey);
		const world = {
			sandbox,
			demo,
			n8n,
			rest: n8n.rest,
			credential,
			crossbar,
			folder,
			startAgain: async () => {
				world.n8n = await keep(world.n8n.startAgain());
			},
			crash: async () => {
				await world.n8n.kill();
				await world.startAgain();
			},
			atEnd: (stop) => started.push({ stop }),
			close,
		};
		return world;
	} catch (error) {
		await close();
		throw error;
	}
}

/** Asks the sandbox directly, so that what comes through n8n can be compared with what is there. */
export class Crossbar {
	/** @param {string} url without /v2 @param {string} apiKey */
	constructor(url, apiKey) {
		Object.assign(this, { url, apiKey });
	}

	/** Logs in; gives back the token. */
	async logIn() {
		const response = await fetch(`${this.url}/v2/api_auth`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ data: { api_key: this.apiKey } }),
		});
		const { auth_token: token, data } = await response.json();
		if (!token) throw new Error(`the sandbox does not know its own API key: ${response.status}`);
		Object.assign(this, { token, accountId: data.account_id });
		return token;
	}

	/** The `data` of a GET below the own account. */
	get(path) {
		return this.request('GET', path);
	}

	/** The `data` of the answer to a request below the own account, which may send some itself. */
	async request(method, path, body) {
		// For each: a test may have let all tokens expire.
		await this.logIn();
		const response = await fetch(`${this.url}/v2/accounts/${this.accountId}/${path}`, {
			method,
			headers: {
				'x-auth-token': this.token,
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: JSON.stringify({ data: body }) }),
		});
		const { data, status } = await response.json();
		if (status !== 'success')
			throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(data)}`);
		return data;
	}

	/** Makes something happen: `calls`, `voicemails`, `devices/{id}` (see docs/sandbox.md). Gives back the answer. */
	async play(path, body, method = 'POST') {
		const response = await fetch(`${this.url}/sandbox/${path}`, {
			method,
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		});
		const answer = await response.json();
		if (!response.ok) throw new Error(`${method} /sandbox/${path}: ${JSON.stringify(answer)}`);
		return answer;
	}

	/** What came in since the last call of `forget`. */
	async requests() {
		return await (await fetch(`${this.url}/sandbox/requests`)).json();
	}

	async forget() {
		await fetch(`${this.url}/sandbox/requests`, { method: 'DELETE' });
	}
}

/** A workflow of a manual trigger and a chain of KAZOO nodes, `{name: parameters}`. */
export function kazooWorkflow(name, steps, credential) {
	return chain(name, [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		...Object.entries(steps).map(([nodeName, parameters]) => ({
			name: nodeName,
			...kazooNode('kazoo', parameters, credential),
		})),
	]);
}

/** A node of ours: `kazoo`, `kazooTrigger` and so on. */
export const kazooNode = (type, parameters, credential) => ({
	type: `n8n-nodes-kazoo.${type}`,
	parameters,
	credentials: { [credential.type]: { id: credential.id, name: credential.name } },
});

/** A workflow of nodes one after another; what a node does not say of itself is filled in. */
export function chain(name, steps) {
	const nodes = steps.map((node, index) => ({
		id: `node-${index}`,
		name: `Node ${index}`,
		typeVersion: 1,
		position: [220 * index, 0],
		...node,
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((node, index) => [nodes[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	// As the editor saves it; without pinData versions before 2.41 cannot test a webhook
	return { name, nodes, connections, pinData: {}, settings: { executionOrder: 'v1' }, active: false };
}

/** What a resource locator holds when an id was typed, or chosen from the list. */
export const locator = (value, mode = 'id') => ({ __rl: true, mode, value });
