import { createHmac } from 'node:crypto';
import type { Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Store } from '../store/store';

/** Who asks: what a token says. */
export interface Auth {
	accountId: string;
	/** The user; an API key has none. */
	ownerId?: string;
	/** Name of the module that made the token: `cb_user_auth`, `cb_api_auth`, `cb_auth`, `cb_basic_auth`. */
	method: string;
	/** All claims of the token. */
	claims: Fields;
	/** Whether the account may do everything: it is the master. */
	superduper: boolean;
}

/** Seconds that a token lives unless the account's security settings say otherwise. */
export const DEFAULT_LIFETIME = 3600;

/** What became of a token that was looked at. */
export type TokenState = { state: 'valid'; auth: Auth } | { state: 'expired' } | { state: 'unknown' };

interface Known {
	auth: Auth;
	/** Unix seconds. */
	expires: number;
	/** Secrets of account and user at the time: a token dies when one of them is changed. */
	secrets: string;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Makes and checks the texts that look like Crossbar's JSON Web Tokens. They are signed with a key of their own. */
export class Tokens {
	private readonly secret = hex(64);
	private readonly keyId = hex();
	private readonly known = new Map<string, Known>();
	/** Tokens made before this moment (Unix milliseconds) count as expired: the fault switch. */
	private expireBefore = 0;
	private readonly made = new Map<string, number>();

	constructor(private readonly store: Store) {}

	/** The id of the key that tokens are signed with, as `/auth/keys` shows it. */
	get signingKeyId(): string {
		return this.keyId;
	}

	/** A new token. `claims` need `account_id` and `method`; `lifetime` in seconds, 0 for one that never expires. */
	make(claims: Fields, lifetime = DEFAULT_LIFETIME): string {
		const time = Date.now();
		const secrets = this.secretsOf(String(claims.account_id), claims.owner_id as string | undefined);
		const payload: Fields = {
			iss: 'kazoo',
			identity_sig: createHmac('sha256', this.secret).update(secrets).digest('base64url'),
			// Two log-ins of one second must not give the same token.
			jti: hex(16),
			...claims,
			...(lifetime === 0 ? undefined : { exp: Math.floor(time / 1000) + lifetime }),
		};
		const signed = `${base64url({ alg: 'RS256', typ: 'JWT', kid: this.keyId })}.${base64url(payload)}`;
		const token = `${signed}.${this.sign(signed)}`;
		this.made.set(token, time);
		return token;
	}

	/** What a token is worth now. */
	check(token: string): TokenState {
		const known = this.known.get(token) ?? this.read(token);
		if (!known) return { state: 'unknown' };
		if (known.expires * 1000 <= Date.now() || (this.made.get(token) ?? 0) < this.expireBefore) {
			return { state: 'expired' };
		}
		if (known.secrets !== this.secretsOf(known.auth.accountId, known.auth.ownerId))
			return { state: 'unknown' };
		return { state: 'valid', auth: known.auth };
	}

	/** Makes every token that exists now an expired one. */
	expireAll(): void {
		this.expireBefore = Date.now() + 1;
	}

	private read(token: string): Known | undefined {
		const parts = token.split('.');
		if (parts.length !== 3 || this.sign(`${parts[0]}.${parts[1]}`) !== parts[2]) return undefined;
		const claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) as Fields;
		const accountId = String(claims.account_id);
		const ownerId = claims.owner_id as string | undefined;
		const secrets = this.secretsOf(accountId, ownerId);
		const signature = createHmac('sha256', this.secret).update(secrets).digest('base64url');
		if (signature !== claims.identity_sig) return undefined;
		const auth: Auth = {
			accountId,
			ownerId,
			method: String(claims.method),
			claims,
			superduper: this.store.account(accountId)?.pvt_superduper_admin === true,
		};
		const expires = typeof claims.exp === 'number' ? claims.exp : Infinity;
		const known = { auth, expires, secrets };
		this.known.set(token, known);
		return known;
	}

	private secretsOf(accountId: string, ownerId?: string): string {
		const account = this.store.database('accounts').raw(accountId)?.pvt_signature_secret ?? '';
		const user = ownerId ? (this.store.database(accountId).raw(ownerId)?.pvt_signature_secret ?? '') : '';
		return `${accountId}/${String(account)}/${ownerId ?? ''}/${String(user)}`;
	}

	private sign(text: string): string {
		return createHmac('sha256', this.secret).update(text).digest('base64url');
	}
}
