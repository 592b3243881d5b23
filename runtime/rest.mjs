/**
 * n8n's internal REST API, as its editor uses it: log in, save and test credentials, fill pickers, save and run
 * workflows. Measured on the pinned n8n; not an API that n8n promises to keep.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** An answer of n8n with an error status: `status`, n8n's message, and the `body` as it came. */
export class RestError extends Error {
	constructor(method, path, status, body) {
		super(`${method} ${path}: ${status} ${body?.message ?? JSON.stringify(body)}`);
		this.status = status;
		this.body = body;
	}
}

/** What fetch says of a connection that was kept, and is closed. */
const CLOSED = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Speaks to one n8n. Each method throws RestError when n8n refuses. */
export class RestClient {
	#url;
	#cookie = '';

	/** @param {string} url such as http://127.0.0.1:5678 */
	constructor(url) {
		this.#url = url;
	}

	/**
	 * Sends one request under `/rest` (or an absolute path of this server) and gives back what is in `data`. On a machine
	 * that is busy n8n refuses everything while its database takes long to answer; that is waited for, a minute at most.
	 */
	async request(method, path, body, until = Date.now() + 60_000) {
		const response = await this.#send(method, path, body).catch(async (error) => {
			// A connection that n8n closed while this process was busy, and did not see it
			if (!CLOSED.has(error.cause?.code)) throw error;
			return await this.#send(method, path, body);
		});
		const cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie) this.#cookie = cookie.split(';', 1)[0];
		const text = await response.text();
		let answer;
		try {
			answer = text === '' ? undefined : JSON.parse(text);
		} catch {
			answer = { message: text.slice(0, 300) };
		}
		if (response.status === 503 && /Database is not ready/.test(answer?.message) && Date.now() < until) {
			await sleep(500);
			return await this.request(method, path, body, until);
		}
		if (!response.ok) throw new RestError(method, path, response.status, answer);
		return answer !== null && typeof answer === 'object' && 'data' in answer ? answer.data : answer;
	}

	#send(method, path, body) {
		return fetch(this.#url + (path.startsWith('/') ? path : `/rest/${path}`), {
			method,
			headers: {
				// n8n ties a session to the browser that it was opened in.
				'browser-id': 'n8n-nodes-kazoo',
				...(this.#cookie && { cookie: this.#cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}

	get(path) {
		return this.request('GET', path);
	}
	post(path, body) {
		return this.request('POST', path, body);
	}
	patch(path, body) {
		return this.request('PATCH', path, body);
	}
	delete(path) {
		return this.request('DELETE', path);
	}

	/** Logs in; later requests carry the session. Gives back the user. */
	async login({ email, firstName, lastName, password }) {
		const { userManagement } = await this.get('settings');
		// Versions before 2.20 have no owner by their environment
		if (userManagement?.showSetupOnFirstLoad)
			await this.post('owner/setup', { email, firstName, lastName, password });
		return await this.post('login', { emailOrLdapLoginId: email, password });
	}

	/** Descriptions of all node types, as the editor loads them. */
	nodeTypes() {
		return this.get('/types/nodes.json');
	}

	/** What the credential's "Test connection" says: `{status: 'OK' | 'Error', message}`. It must be saved first. */
	testCredential({ id, name, type, data }) {
		return this.post('credentials/test', { credentials: { id, name, type, data } });
	}

	/**
	 * Switches a workflow on and waits until its triggers are set up.
	 *
	 * @throws {Error} with n8n's reason when they cannot be
	 */
	async activateWorkflow(id, timeout = 60_000) {
		const { versionId } = await this.get(`workflows/${id}`);
		await this.post(`workflows/${id}/activate`, { versionId });
		await this.#published(id, 'published', timeout);
	}

	/** Switches a workflow off and waits until its triggers are taken down. */
	async deactivateWorkflow(id, timeout = 60_000) {
		await this.post(`workflows/${id}/deactivate`, {});
		await this.#published(id, 'not_published', timeout);
	}

	async #published(id, wanted, timeout) {
		const end = Date.now() + timeout;
		for (;;) {
			const { status, triggers } = await this.#publicationStatus(id, wanted);
			if (status === wanted) return;
			if (status !== 'in_progress') {
				const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
				throw new Error(`workflow ${id} is ${status}: ${reasons.join('; ')}`);
			}
			if (Date.now() > end) throw new Error(`workflow ${id} is still ${status} after ${timeout / 1000} s`);
			await sleep(150);
		}
	}

	/** Versions without it have switched before they answered. */
	async #publicationStatus(id, wanted) {
		try {
			return await this.get(`workflows/${id}/publication-status`);
		} catch (error) {
			if (error.status === 404) return { status: wanted };
			throw error;
		}
	}

	/**
	 * The finished executions of a workflow (the last hundred), the oldest first, as `runWorkflow` gives them.
	 *
	 * @param {string} id
	 * @param {{atLeast?: number, timeout?: number}} [options] waits until there are so many; milliseconds
	 */
	async executionsOf(id, { atLeast = 0, timeout = 30_000 } = {}) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const end = Date.now() + timeout;
		for (;;) {
			const { results } = await this.get(`executions?limit=100&filter=${filter}`);
			const ended = results.filter(hasEnded);
			if (ended.length >= atLeast) {
				const executions = [];
				for (const { id: execution } of ended.reverse())
					executions.push(await readExecution(await this.get(`executions/${execution}`)));
				return executions;
			}
			if (Date.now() > end)
				throw new Error(`${ended.length} executions of workflow ${id} after ${timeout / 1000} s`);
			await sleep(200);
		}
	}

	/** Some versions fail to show an execution that has no data yet. */
	async #execution(id) {
		try {
			return await this.get(`executions/${id}`);
		} catch (error) {
			if (error.status === 500) return { status: 'running' };
			throw error;
		}
	}

	/**
	 * Starts a saved workflow by hand; one that begins with a webhook listens for a test event then.
	 *
	 * @returns {Promise<{executionId?: string, waitingForWebhook?: boolean}>}
	 */
	async startWorkflow(id, { trigger, destination }) {
		return await this.post(`workflows/${id}/run`, {
			// Versions before 2.20 take the workflow from here
			workflowData: await this.get(`workflows/${id}`),
			triggerToStartFrom: { name: trigger },
			...(destination && { destinationNode: { nodeName: destination, mode: 'inclusive' } }),
		});
	}

	/**
	 * Runs a saved workflow by hand from its trigger and waits for the end.
	 *
	 * @param {string} id
	 * @param {{trigger: string, destination?: string, timeout?: number}} options names of nodes; milliseconds
	 * @returns {Promise<{id: string, status: string, startedAt: string, error: any,
	 *   nodes: Record<string, {items: any[][], files: any[][], error?: any}>}>}
	 *   `nodes` holds what each node gave out: items by output, and beside them the descriptions of their files
	 */
	async runWorkflow(id, { trigger, destination, timeout = 60_000 }) {
		const { executionId } = await this.startWorkflow(id, { trigger, destination });
		if (!executionId) throw new Error(`n8n started no execution of workflow ${id}`);
		const end = Date.now() + timeout;
		for (;;) {
			const execution = await this.#execution(executionId);
			// The end is saved before the data, in some versions
			if (hasEnded(execution) && execution.data !== '[]') return await readExecution(execution);
			if (Date.now() > end)
				throw new Error(`execution ${executionId} is ${execution.status} after ${timeout / 1000} s`);
			await sleep(150);
		}
	}
}

/** One that goes on after it waited has a time at which it stopped, too. */
const hasEnded = ({ stoppedAt, status }) =>
	stoppedAt && !['new', 'running', 'waiting', 'unknown'].includes(status);

/** Takes an execution's data, which n8n keeps in `flatted` form, apart into what each node gave out. */
async function readExecution({ id, status, startedAt, data }) {
	// Loaded late: this module is imported before the packages are installed.
	const { parse } = await import('flatted');
	const { resultData } = parse(data);
	const nodes = Object.entries(resultData.runData).map(([name, runs]) => {
		const last = runs.at(-1);
		const each = (read) => (last.data?.main ?? []).map((items) => (items ?? []).map(read));
		return [
			name,
			{ items: each(({ json }) => json), files: each(({ binary }) => binary), error: last.error },
		];
	});
	return { id, status, startedAt, error: resultData.error, nodes: Object.fromEntries(nodes) };
}
