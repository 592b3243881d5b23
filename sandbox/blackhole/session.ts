import type { Auth } from '../tokens/tokens';
import type { Buckets } from '../tokens/buckets';
import type { Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Needs } from './needs';
import { treeOf } from '../store/store';
import { now } from '../values/time';
import { type Binding, BindingError, matches, resolve } from './bindings';
import type { Event } from './routing';

/**
 * One websocket: who it is, what it is subscribed to, and its answers. Follows blackhole.md 2 and 3, observed.md 31
 * and second half 10, and the recorded frames: the first token serves the whole connection, nothing of a refused
 * message is kept, and KAZOO 4's answers that have no data of their own carry those of the one before.
 */

/** What the API action of KAZOO 5 needs: runs a request and gives back the body of its answer. */
export type RunRequest = (method: string, path: string, token: string, body: unknown) => Promise<unknown>;

/** An answer of the server to a message. */
type Reply = Fields & { action: 'reply' };

/** Why a message is refused. */
class Refused extends Error {}

interface Incoming extends Fields {
	action: string;
	data: Fields;
}

/** A live websocket; `answer` takes what the client says, `framesFor` gives what it is told of an event. */
export class Session {
	/** Gregorian seconds. */
	readonly timestamp = now();
	name: unknown;
	metadata: unknown;
	auth: Auth | undefined;
	private token = '';
	private bindings: Binding[] = [];
	/** Data of the latest successful answer. */
	private latest: Fields = {};

	/** `id` is the client's address and port; `auth` is known when the handshake had a token. */
	constructor(
		private readonly needs: Needs,
		private readonly buckets: Buckets,
		private readonly run: RunRequest,
		readonly id: string,
		readonly source: string,
		readonly destination: string,
		known?: { auth: Auth; token: string },
	) {
		this.auth = known?.auth;
		this.token = known?.token ?? '';
	}

	/** Bindings as the client asked for them, one for each of the bus. */
	get subscribed(): string[] {
		return this.bindings.map(({ client }) => client);
	}

	/** Answers a message; undefined when KAZOO 5 has nothing to say. Rejects when it is not a JSON object. */
	async answer(text: string): Promise<Reply | undefined> {
		const message = JSON.parse(text) as Incoming;
		if (typeof message !== 'object' || message === null) throw new TypeError('not an object');
		const requestId = typeof message.request_id === 'string' ? message.request_id : hex();
		const reply = { action: 'reply' as const, request_id: requestId };
		try {
			const data = await this.carryOut(message);
			return data && { ...reply, status: 'success', data };
		} catch (error) {
			if (!(error instanceof Refused) && !(error instanceof BindingError)) throw error;
			return { ...reply, status: 'error', data: { errors: [error.message] } };
		}
	}

	/** The frames that an event is: one for each binding that takes it. */
	framesFor({ routingKey, name, data }: Event): Fields[] {
		return this.bindings
			.filter(({ key }) => matches(key, routingKey))
			.map(({ client, key }) => ({
				action: 'event',
				subscribed_key: client,
				subscription_key: key,
				name,
				routing_key: routingKey,
				data,
			}));
	}

	private async carryOut(message: Incoming): Promise<Fields | undefined> {
		if (!this.buckets.take(this.id, 1)) throw new Refused(`rate limiting threshold hit for ${this.id}!`);
		const auth = this.authenticate(message.auth_token);
		const data = await this.command(message, auth);
		if (this.auth === undefined) this.token = String(message.auth_token);
		this.auth = auth;
		if (message.name !== undefined) this.name = message.name;
		if (message.metadata !== undefined) this.metadata = message.metadata;
		if (data) this.latest = data;
		return data;
	}

	private authenticate(token: unknown): Auth {
		if (this.auth) return this.auth;
		if (typeof token !== 'string' || token === '') throw new Refused('authentication token required');
		if (token.split('.').length !== 3) throw new Refused('invalid authentication token format');
		const checked = this.needs.tokens.check(token);
		if (checked.state !== 'valid') throw new Refused(`failed to authenticate token ${token}`);
		return checked.auth;
	}

	private async command(message: Incoming, auth: Auth): Promise<Fields | undefined> {
		const five = this.needs.profile === 5;
		if (message.action === 'subscribe') return this.subscribe(this.wanted(message, auth), auth);
		if (message.action === 'unsubscribe') return this.unsubscribe(this.wanted(message, auth));
		if (!five) return this.latest;
		if (message.action === 'ping') return { response: 'pong' };
		return message.action === 'api' ? this.api(message, String(message.auth_token ?? this.token)) : undefined;
	}

	/** The bindings that a message names. */
	private wanted({ data }: Incoming, auth: Auth): Array<{ binding: string; found: Binding[] }> {
		const fields = typeof data === 'object' && data !== null ? data : {};
		const { profile, store } = this.needs;
		const names = profile === 5 ? namesOfFive(fields) : namesOfFour(fields);
		const accountId = String(fields.account_id ?? auth.accountId);
		return names.map((binding) => ({
			binding,
			found: resolve({ store, profile, accountId, binding, superduper: auth.superduper }),
		}));
	}

	private subscribe(wanted: Array<{ found: Binding[] }>, auth: Auth): Fields {
		const found = wanted.flatMap((wish) => wish.found);
		for (const { accountId } of found) this.authorise(accountId, auth);
		const held = new Set(this.bindings.map(identity));
		const fresh = found.filter((binding) => !held.has(identity(binding)));
		this.bindings = [...this.bindings, ...fresh];
		if (this.needs.profile === 4) return { subscribed: this.subscribed };
		return { subscribed: fresh.map(({ client }) => client), subscriptions: this.subscribed };
	}

	private unsubscribe(wanted: Array<{ binding: string; found: Binding[] }>): Fields {
		const gone = new Set(wanted.flatMap(({ found }) => found.map(identity)));
		this.bindings = this.bindings.filter((binding) => !gone.has(identity(binding)));
		const left = this.needs.profile === 4 ? 'subscribed' : 'subscriptions';
		return { unsubscribed: wanted.map(({ binding }) => binding), [left]: this.subscribed };
	}

	private authorise(accountId: string, auth: Auth): void {
		if (auth.superduper) return;
		if (accountId === '*') throw new Refused('unauthorized wildcard account id');
		const account = this.needs.store.account(accountId);
		const below = account !== undefined && treeOf(account).includes(auth.accountId);
		if (accountId !== auth.accountId && !below) throw new Refused('unauthorized account id');
	}

	private async api({ data }: Incoming, token: string): Promise<Fields> {
		if (typeof data !== 'object' || data === null) throw new Refused('missing required data object');
		if (typeof data.endpoint !== 'string') throw new Refused('missing endpoint');
		const method = String(data.verb ?? 'get').toUpperCase();
		return (await this.run(method, data.endpoint, token, data.body)) as Fields;
	}
}

const identity = ({ accountId, key }: Binding): string => `${accountId} ${key}`;

/** KAZOO 4 wants both keys and knows no list. */
function namesOfFour(data: Fields): string[] {
	if (Object.keys(data).length === 0) throw new Refused('missing required keys in data object');
	const missing = ['account_id', 'binding'].filter((key) => data[key] === undefined);
	if (missing.length > 0) throw new Refused(`missing required keys : ${missing.join(', ')}`);
	return [String(data.binding)];
}

function namesOfFive(data: Fields): string[] {
	const names = Array.isArray(data.bindings) ? data.bindings.map(String) : [];
	if (typeof data.binding === 'string') names.push(data.binding);
	if (names.length === 0) throw new Refused('empty subscription');
	return names;
}
