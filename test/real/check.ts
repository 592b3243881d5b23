/** The whole check, from the account that it makes to its removal. */
import { createHash } from 'node:crypto';
import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { createSandbox, DEMO } from '../../sandbox';
import { CredentialStore } from '../node/harness/credentials';
import { makeAccount } from './account';
import { openGuard } from './guard';
import { tryJobs } from './jobs';
import { tryForms, tryLists } from './lists';
import type { Outcome } from './outcome';
import { tryRows, type Setting } from './rows';
import { tryTriggers } from './triggers';

/** What to check, and how. */
export interface Request {
	readonly server: string;
	readonly key: string;
	/** The account under which the test account is made: the key's own unless told otherwise. */
	readonly parent?: string;
	/** Of Blackhole; without it the Live Trigger is not tried. */
	readonly websocket?: string;
	readonly alone: boolean;
	/** Whether the server is the sandbox. */
	readonly sandbox: boolean;
	/** Only what has this in its name. */
	readonly only: string;
	readonly signal: AbortSignal;
	readonly report: (outcome: Outcome) => void;
}

/** Runs everything. @throws Error when there is no log-in, or the account cannot be made or removed */
export async function check(request: Request): Promise<{ outcomes: Outcome[]; about: string[] }> {
	const guard = await openGuard(request.server);
	try {
		const account = await makeAccount(guard, request.key, request.parent);
		const { signal, alone, sandbox, only, report } = request;
		const data = {
			serverUrl: guard.url,
			login: 'apiKey',
			apiKey: request.key,
			websocketUrl: request.websocket ?? '',
		};
		const credentials = new CredentialStore({ type: new CrossbarApi(), data });
		const setting: Setting = { guard, credentials, account, alone, sandbox, only, signal, report };
		const outcomes: Outcome[] = [];
		try {
			outcomes.push(...(await tryRows(setting)));
			for (const part of [tryLists, tryForms, tryTriggers, tryJobs])
				if (!signal.aborted) outcomes.push(...(await part(setting)));
		} finally {
			await account.remove();
		}
		const about = [
			`KAZOO ${account.version}, ${new Date().toISOString().slice(0, 10)}; in the account “${account.name}”, which was made for it and removed.`,
		];
		return { outcomes, about };
	} finally {
		await guard.close();
	}
}

/** A sandbox to check, and what is known of it. */
export interface CheckedSandbox {
	readonly server: string;
	readonly websocket: string;
	/** The API key of its uppermost account. */
	readonly key: string;
	readonly customers: ReadonlyArray<{ readonly id: string; readonly name: string }>;
	readonly close: () => Promise<void>;
}

/** Starts a sandbox. @param cdrs records of calls that the demo has @throws Error for another generation than 4 or 5 */
export async function sandboxOf(generation: string, cdrs = 0): Promise<CheckedSandbox> {
	if (generation !== '4' && generation !== '5') throw new Error('--sandbox is 4 or 5');
	const sandbox = await createSandbox({ profile: generation === '5' ? 5 : 4, quiet: true, cdrs });
	const { master } = DEMO;
	const response = await fetch(`${sandbox.url}/v2/user_auth`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			data: { credentials: md5(`${master.username}:${master.password}`), account_name: master.name },
		}),
	});
	const { auth_token: token } = (await response.json()) as { auth_token: string };
	const key = await fetch(`${sandbox.url}/v2/accounts/${master.id}/api_key`, {
		headers: { 'x-auth-token': token },
	});
	const { data } = (await key.json()) as { data: { api_key: string } };
	return {
		server: sandbox.url,
		websocket: sandbox.websocketUrl,
		key: data.api_key,
		customers: sandbox.demo.customers,
		close: async () => await sandbox.close(),
	};
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
