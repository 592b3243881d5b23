import { createHash } from 'node:crypto';
import type { Client } from './client';
import type { Clock } from './clock';
import type { Mapping } from './mapping';
import { dataOf, isObject, succeeded, type Exchange } from './recording';

/** Tokens are renewed before they are this old (milliseconds); they live for an hour. */
const RENEW_AFTER = 50 * 60_000;

const MASTER = 'master';

/** Somebody who can log in. */
export interface Person {
	/** The recorded id of his account. */
	account: string;
	username: string;
	password: string;
	/** `admin` or `user`. */
	level: string;
}

interface Held {
	token: string;
	since: number;
}

/**
 * Who the recording's `<token:WHO>` are. How WHO is found:
 * - `master`: the administrator of the master account;
 * - after a line `login WHO`: the token of its answer;
 * - a user made by a line whose name ends in `setup.X.Y` is `X-Y` (`setup.child.admin` is `child-admin`);
 * - a word that is the path of a log-in (`api_auth`): the token of the latest answer of `PUT /v2/api_auth`;
 * - `raw:TEXT`: the text itself, whatever it is worth;
 * - `short-lived`: a token whose time is over;
 * - anything else is a fresh log-in of the administrator of the account in the path.
 */
export class Identities {
	private readonly held = new Map<string, Held>();
	private readonly people = new Map<string, Person>();
	private readonly administrators = new Map<string, Person>();
	/** Recorded ids of accounts that no recorded line made. */
	private readonly presupposed = new Set<string>();

	constructor(
		private readonly client: Client,
		private readonly clock: Clock,
		private readonly mapping: Mapping,
		/** The realm of an account of the sandbox, by its id there. */
		private readonly realmOf: (account: string) => string | undefined,
	) {}

	/** Makes the administrator of the master account known. */
	setMaster(person: Person): void {
		this.add(person, MASTER);
	}

	/** Makes the administrator of an account known that no recorded line made. */
	presuppose(person: Person): void {
		this.presupposed.add(person.account);
		this.add(person);
	}

	private add(person: Person, who?: string): void {
		if (who !== undefined) {
			// A second run in the same recording: the name means somebody else from now on.
			this.held.delete(who);
			this.people.set(who, person);
		}
		if (person.level === 'admin' && !this.administrators.has(person.account)) {
			this.administrators.set(person.account, person);
		}
	}

	/** Takes note of users and tokens that an exchange made. */
	learn(exchange: Exchange, actualToken: string | undefined): void {
		const { request, name } = exchange;
		if (!succeeded(exchange) || request.method !== 'PUT') return;
		const users = /^\/v2\/accounts\/([0-9a-f]{32})\/users$/.exec(request.path);
		const sent = isObject(request.body) && isObject(request.body.data) ? request.body.data : {};
		if (users?.[1] && typeof sent.username === 'string' && typeof sent.password === 'string') {
			const person = {
				account: users[1],
				username: sent.username,
				password: sent.password,
				level: String(sent.priv_level ?? 'user'),
			};
			this.add(person, /(?:^|\.)setup\.(.+)$/.exec(name)?.[1]?.replaceAll('.', '-'));
		}
		const login = /^\/v2\/(\w+_auth)$/.exec(request.path);
		if (login?.[1] && actualToken !== undefined) {
			const held = { token: actualToken, since: this.clock.now };
			this.held.set(login[1], held);
			const who = /^login (.+)$/.exec(name)?.[1];
			if (who !== undefined) this.held.set(who, held);
		}
	}

	/** The text with every `<token:WHO>` and `<jwt>` replaced by a real token. */
	async fill(text: string, exchange: Exchange): Promise<string> {
		let filled = text;
		for (const [placeholder, who = ''] of text.matchAll(/<token:([^>]*)>/g)) {
			filled = filled.replace(placeholder, await this.token(who, exchange));
		}
		if (!/<(?:jwt|token)>/.test(filled)) return filled;
		// Which one it was is not told: the one the request names elsewhere, or the administrator's.
		const named = /<token:([^>]*)>/.exec(exchange.request.headers['x-auth-token'] ?? '')?.[1];
		return filled.replace(/<(?:jwt|token)>/g, await this.token(named ?? '', exchange));
	}

	/** What Basic authorisation takes for the administrator of the account in the path: `ID:md5(username:password)`. */
	basic(exchange: Exchange): string | undefined {
		const account = accountIn(exchange);
		const person = account === undefined ? undefined : this.administrators.get(account);
		if (!person) return undefined;
		const id = this.mapping.known(person.account) ?? person.account;
		return Buffer.from(`${id}:${credentialsOf(person)}`).toString('base64');
	}

	private async token(who: string, exchange: Exchange): Promise<string> {
		if (who.startsWith('raw:')) return who.slice(4).replace('…', '');
		const account = accountIn(exchange);
		const local = account === undefined ? undefined : this.administrators.get(account);
		// An account that the recording presupposes belongs to another run: names mean its people there.
		const foreign = who !== MASTER && account !== undefined && this.presupposed.has(account);
		const person = foreign ? local : (this.people.get(who) ?? local);
		const key = person && (foreign || !this.people.has(who)) ? `${who}@${person.account}` : who;
		const held = this.held.get(key) ?? (foreign ? undefined : this.held.get(who));
		if (held && this.clock.now - held.since < RENEW_AFTER) return held.token;
		if (!person) return held?.token ?? 'nobody';
		const token = who === 'short-lived' ? await this.expired(person) : await this.logIn(person);
		this.held.set(key, { token, since: this.clock.now });
		return token;
	}

	private async expired(person: Person): Promise<string> {
		const { now } = this.clock;
		this.clock.set(now - 2 * 3_600_000);
		try {
			return await this.logIn(person);
		} finally {
			this.clock.set(now);
		}
	}

	private async logIn(person: Person): Promise<string> {
		const credentials = credentialsOf(person);
		const realm = this.realmOf(this.mapping.known(person.account) ?? person.account);
		const body = Buffer.from(JSON.stringify({ data: { credentials, account_realm: realm } }));
		const answer = await this.client.send(
			'PUT',
			'/v2/user_auth',
			{ 'content-type': 'application/json' },
			body,
		);
		const token = isObject(answer.body) ? answer.body.auth_token : undefined;
		return typeof token === 'string' ? token : 'log-in-failed';
	}
}

function credentialsOf(person: Person): string {
	return createHash('md5').update(`${person.username.toLowerCase()}:${person.password}`).digest('hex');
}

/** The recorded id of the account that a request is about: in its path, or in the answer of a log-in. */
function accountIn(exchange: Exchange): string | undefined {
	const inPath = /\/accounts\/([0-9a-f]{32})/.exec(exchange.request.path)?.[1];
	if (inPath !== undefined) return inPath;
	const data = dataOf(exchange);
	return isObject(data) && typeof data.account_id === 'string' ? data.account_id : undefined;
}
