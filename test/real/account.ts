/** The account in which everything is tried: made by the check and removed by it, with all that came of it. */
import { randomBytes } from 'node:crypto';
import type { Guard } from './guard';

type Json = Record<string, unknown>;

/** A plain request to the server, apart from the node. @throws Error with the server's words when it refuses */
export type Ask = (method: string, path: string, data?: unknown) => Promise<Json>;

/** The account that was made, and the one above it. */
export interface TestAccount {
	readonly id: string;
	readonly name: string;
	/** `4.0.0`, as the server tells it. */
	readonly version: string;
	readonly ask: Ask;
	remove(): Promise<void>;
}

/** Logs in and makes the account. @throws Error when the server refuses */
export async function makeAccount(guard: Guard, key: string, parent?: string): Promise<TestAccount> {
	let token = '';
	let version = '';
	const ask: Ask = async (method, path, data) => {
		const response = await fetch(`${guard.url}/v2${path}`, {
			method,
			headers: { 'content-type': 'application/json', accept: 'application/json', 'x-auth-token': token },
			...(data === undefined ? {} : { body: JSON.stringify({ data }) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${wordsOf(text)}`);
		const envelope = JSON.parse(text) as Json;
		version = String(envelope.version ?? version);
		return envelope;
	};

	const login = await ask('PUT', '/api_auth', { api_key: key });
	token = String(login.auth_token);
	const above = parent ?? String((login.data as Json).account_id);
	const name = `n8n-check-${randomBytes(4).toString('hex')}`;
	// The one change outside of an account of ours; the guard takes the new account in by itself
	guard.own.add(above);
	try {
		const { data } = await ask('PUT', `/accounts/${above}`, { name, realm: `${name}.example.com` });
		const { id } = data as { id: string };
		return { id, name, version, ask, remove: async () => await remove(id, ask) };
	} finally {
		guard.own.delete(above);
	}
}

/** What the server says of a refusal; never its token. */
function wordsOf(text: string): string {
	try {
		const { message, data } = JSON.parse(text) as Json;
		return `${String(message)} ${JSON.stringify(data)}`;
	} catch {
		return text.slice(0, 300);
	}
}

/** Numbers are let go for good, accounts below go first. @throws Error telling what is left */
async function remove(id: string, ask: Ask): Promise<void> {
	const { data: below } = await ask('GET', `/accounts/${id}/descendants?paginate=false`);
	// The deepest first
	const tree = (below as Array<{ id: string; tree?: string[] }>).sort(
		(a, b) => (b.tree?.length ?? 0) - (a.tree?.length ?? 0),
	);
	for (const account of [...tree.map((entry) => entry.id), id]) {
		const { data } = await ask('GET', `/accounts/${account}/phone_numbers?paginate=false`);
		for (const number of Object.keys((data as { numbers?: Json }).numbers ?? {}))
			await ask(
				'DELETE',
				`/accounts/${account}/phone_numbers/${encodeURIComponent(number)}?hard=true`,
				{},
			).catch(() => {});
		await ask('DELETE', `/accounts/${account}`);
	}
}
