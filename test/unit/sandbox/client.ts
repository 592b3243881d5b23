import { createHash } from 'node:crypto';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';

/** An answer of the sandbox. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The envelope, when the body is JSON. */
	body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- envelopes of every shape
}

/** A request with the token, if there is one; `data` is wrapped into an envelope. */
export interface Ask {
	data?: unknown;
	envelope?: Record<string, unknown>;
	raw?: string | Buffer;
	headers?: Record<string, string>;
	token?: string | null;
}

/** A sandbox and somebody who talks to it. */
export class Client {
	token = '';
	account = '';

	constructor(readonly sandbox: Sandbox) {}

	/** Starts a sandbox with the demo tenant and logs the reseller's administrator in. */
	static async start(options: SandboxOptions = {}): Promise<Client> {
		const client = new Client(await createSandbox({ quiet: true, cdrs: 60, ...options }));
		const { reseller } = client.sandbox.demo;
		await client.logIn(reseller.username, reseller.password, { account_realm: reseller.realm });
		return client;
	}

	async logIn(username: string, password: string, where: Record<string, string>): Promise<Reply> {
		const credentials = createHash('md5').update(`${username}:${password}`).digest('hex');
		const reply = await this.ask('PUT', '/user_auth', { data: { credentials, ...where }, token: null });
		if (reply.status === 201) {
			this.token = reply.body.auth_token as string;
			this.account = reply.body.data.account_id as string;
		}
		return reply;
	}

	async ask(method: string, path: string, { data, envelope, raw, headers, token }: Ask = {}): Promise<Reply> {
		const body =
			raw ??
			(data === undefined && envelope === undefined ? undefined : JSON.stringify({ ...envelope, data }));
		const response = await fetch(`${this.sandbox.url}/v2${path}`, {
			method,
			body: body as string | undefined,
			headers: {
				...(token === null ? undefined : { 'x-auth-token': token ?? this.token }),
				...(body !== undefined && raw === undefined ? { 'content-type': 'application/json' } : undefined),
				...headers,
			},
		});
		const text = await response.text();
		let parsed: Reply['body'] = {};
		try {
			parsed = JSON.parse(text) as Reply['body'];
		} catch {
			// CSV, a file, or nothing.
		}
		return { status: response.status, headers: response.headers, text, body: parsed };
	}

	/** The same below the account in use. */
	own(method: string, path: string, ask: Ask = {}): Promise<Reply> {
		return this.ask(method, `/accounts/${this.account}${path}`, ask);
	}
}
