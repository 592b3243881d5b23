import type { Call } from '../request/call';
import type { Doc } from '../store/database';
import { expiredCredentials, fieldError } from '../request/refusal';
import { requestValue } from '../request/call';
import type { Auth } from '../tokens/tokens';
import { now } from '../values/time';

type Kind = 'token' | 'basic' | 'bearer' | 'unknown';

function fromAuthorization(header: string): { kind: Kind; value: string } {
	if (header.startsWith('Basic ')) return { kind: 'basic', value: header.slice(6) };
	if (header.startsWith('Bearer ')) return { kind: 'bearer', value: header.slice(7) };
	return { kind: 'unknown', value: header };
}

/** Where the token is: the header `X-Auth-Token`, the option `auth_token`, then `Authorization`. */
function findToken(call: Call): { kind: Kind; value: string } | undefined {
	const header = call.headers['x-auth-token'];
	if (header) return { kind: 'token', value: header };
	const option = requestValue(call, 'auth_token');
	if (typeof option === 'string' && option) return { kind: 'token', value: option };
	const authorization = call.headers.authorization ?? requestValue(call, 'authorization');
	return typeof authorization === 'string' && authorization ? fromAuthorization(authorization) : undefined;
}

/** HTTP Basic takes `ACCOUNT_ID:md5(user:password)` and nothing else. */
function basic(call: Call, value: string): Auth | undefined {
	const text = Buffer.from(value, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	if (colon === -1) return undefined;
	const { store } = call.kernel;
	const account = store.account(text.slice(0, colon));
	if (!account) return undefined;
	const user = userByHash(call, account, 'pvt_md5_auth', text.slice(colon + 1));
	if (!user) return undefined;
	return {
		accountId: account._id,
		ownerId: user._id,
		method: 'cb_basic_auth',
		claims: { account_id: account._id, owner_id: user._id, method: 'cb_basic_auth' },
		superduper: account.pvt_superduper_admin === true,
	};
}

/** The enabled user of an account with these credentials. */
export function userByHash(call: Call, account: Doc, field: string, hash: string): Doc | undefined {
	return call.kernel.store
		.database(account._id)
		.list('user')
		.find((user) => user[field] === hash && user.enabled !== false);
}

/** Throws the 400 for an account whose time has run out. */
export function refuseExpired(account: Doc | undefined): void {
	const expires = account?.pvt_trial_expires;
	if (typeof expires === 'number' && expires <= now()) {
		throw fieldError('account', 'expired', 'account expired', { cause: expires });
	}
}

/**
 * The early look at the token: sets `call.token` and, for a good one, `call.auth`. A bad token is no error yet (open
 * routes do not mind), an expired one is.
 */
export function identify(call: Call): void {
	const found = findToken(call);
	if (!found) return;
	call.token = found.value;
	if (found.kind === 'basic') call.auth = basic(call, found.value);
	if (found.kind === 'token') {
		const checked = call.kernel.tokens.check(found.value);
		if (checked.state === 'expired') throw expiredCredentials();
		if (checked.state === 'valid') call.auth = checked.auth;
	}
	const wanted = call.headers['x-auth-account-id'];
	if (wanted && call.auth && call.auth.accountId !== wanted) call.auth = undefined;
	if (!call.auth) return;
	const account = call.kernel.store.account(call.auth.accountId);
	call.orphaned = account === undefined;
	refuseExpired(account);
}
