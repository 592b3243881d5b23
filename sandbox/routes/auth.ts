import { isAccountAdmin } from '../auth/authorise';
import { accountsMeant, charge, logIn, logInByKey, moduleSettings, tokenAnswer } from '../auth/login';
import { authResponse } from '../auth/response';
import type { Answer, Call, Handler, Route } from '../request/call';
import { dataObject, requestValue } from '../request/call';
import { databaseName } from '../store/changes';
import { checkSchema } from '../documents/resource';
import type { Auth } from '../tokens/tokens';
import { hex } from '../values/ids';
import { present } from '../store/merge';
import { notify } from '../bus/notification';
import {
	expiredCredentials,
	fieldError,
	type FieldErrors,
	forbidden,
	invalidCredentials,
	Refusal,
	validationError,
} from '../request/refusal';
import { crossbarSetting } from '../store/system-settings';
import { now } from '../values/time';

/** What `PUT /user_auth` does: an action other than to log in is forbidden without an account. */
const userAuth: Handler = (call) => {
	if (requestValue(call, 'action') !== undefined) throw forbidden();
	return logIn(call);
};

/** Only the master's administrators may act as somebody else's user (KAZOO 5: its API keys too). */
function mayImpersonate(call: Call): boolean {
	const { auth, account, kernel } = call;
	if (!auth?.superduper || requestValue(call, 'action') !== 'impersonate_user') return false;
	return auth.accountId !== account?._id && (isAccountAdmin(call) || (kernel.profile === 5 && !auth.ownerId));
}

const impersonate: Handler = (call) => {
	const { auth, account, kernel, params } = call;
	const user = account && kernel.store.database(account._id).get(params.userId as string, 'user');
	if (!auth || !user) throw forbidden();
	return tokenAnswer(call, {
		account_id: account._id,
		owner_id: user._id,
		method: 'cb_user_auth',
		original_account_id: auth.accountId,
		original_owner_id: auth.ownerId,
	});
};

const tokenInPath: Handler = (call) => {
	if (!call.auth || call.params.token !== call.token) throw invalidCredentials();
	if (call.account?._id !== call.auth.accountId) throw forbidden();
	return { data: authResponse(call, call.auth.accountId, call.auth.ownerId) };
};

function checked(call: Call, schema: string) {
	const errors: FieldErrors = {};
	const data = checkSchema(call, schema, dataObject(call), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return data;
}

const MAILED = 'If the user exists, an email with instructions has been sent';

const askRecovery: Handler = (call) => {
	charge(call, 1);
	const data = checked(call, 'user_auth_recovery');
	const silent = call.kernel.profile === 5;
	const account = accountsMeant(call, data)[0];
	if (!account) {
		if (silent) return { data: MAILED };
		const key = (['phone_number', 'account_realm', 'account_name'] as const).find((name) => data[name]);
		throw fieldError(key ?? 'account_name', 'not_found', 'The provided account could not be found', {
			cause: data[key ?? 'account_name'],
		});
	}
	const { store } = call.kernel;
	const name = String(data.username).toLowerCase();
	const user = store
		.database(account._id)
		.list('user')
		.find((candidate) => String(candidate.username ?? '').toLowerCase() === name);
	if (!user) {
		if (silent) return { data: MAILED };
		throw fieldError('username', 'not_found', 'The provided user name was not found', {
			cause: data.username,
		});
	}
	// The mail would hold its id; people of the sandbox find it in the account's database.
	const { _id: id } = store.create(
		account._id,
		'password_reset',
		{ pvt_userid: user._id },
		{ id: `${account._id}${hex(100)}` },
	);
	notify(call.kernel, 'crossbar', 'password_recovery', account._id, {
		'Account-DB': databaseName(account._id),
		Email: user.email,
		'First-Name': user.first_name,
		'Last-Name': user.last_name,
		'Password-Reset-Link': `${String(data.ui_url ?? '')}?recovery=${id}`,
		Timezone: user.timezone ?? account.timezone,
		'User-ID': user._id,
	});
	return {
		data: silent
			? MAILED
			: `Request for password reset handled, email sent to: ${String(user.email ?? user.username)}`,
	};
};

/** Seconds in which KAZOO 5 takes the id that was mailed. */
const RESET_LIFETIME = 3600;

const useRecovery: Handler = (call) => {
	charge(call, 1);
	const data = checked(call, 'user_auth_recovery_reset');
	const id = String(data.reset_id);
	const { store } = call.kernel;
	const database = store.database(id.slice(0, 32));
	const user = database.get(String(database.get(id, 'password_reset')?.pvt_userid), 'user');
	if (!user) {
		throw fieldError('user', 'not_found', 'The provided reset_id did not resolve to any user', { cause: id });
	}
	// Seen on KAZOO 4: the user as he is, and no token. KAZOO 5 gives the token and asks for a new password.
	if (call.kernel.profile === 4) return { data: present(user), revision: user._rev };
	const accountId = id.slice(0, 32);
	const lifetime = Number(crossbarSetting(store, 'reset_id_expiry_s') ?? RESET_LIFETIME);
	if (now() - Number(database.get(id, 'password_reset')?.pvt_created) > lifetime) throw forbidden();
	store.save(accountId, { ...user, require_password_update: true });
	const answer = tokenAnswer(call, { account_id: accountId, owner_id: user._id, method: 'cb_user_auth' });
	return { ...answer, envelope: {}, id: undefined };
};

const tokenInfo: Handler = (call) => {
	const token = requestValue(call, 'token');
	if (typeof token !== 'string' || token === '') {
		const where = call.verb === 'GET' ? 'params' : 'request';
		throw new Refusal(404, `missing token in ${where}`, {});
	}
	const known = call.kernel.tokens.check(token);
	if (known.state === 'expired') throw expiredCredentials();
	if (known.state === 'unknown') throw invalidCredentials();
	const { auth } = known;
	const account = call.kernel.store.account(auth.accountId);
	const more = call.kernel.profile === 5 ? { ...auth.claims, account_realm: account?.realm } : {};
	return { data: { ...more, ...authResponse(call, auth.accountId, auth.ownerId) }, status: 200 };
};

/** KAZOO 5 renews a token only where the settings of the account say so of the way in which it was made. */
function refuseRenewal(call: Call, { accountId, method }: Auth): void {
	if (method === 'undefined') throw new Refusal(412, 'invalid token for renew', {});
	const account = call.kernel.store.account(accountId);
	if (account && moduleSettings(call, account, method).renew === true) return;
	throw new Refusal(405, `${method} not allowed to renew`, {});
}

/** `PUT /auth`: a new token for the old one, or a new secret that kills every token. */
const authAction: Handler = (call) => {
	const { auth, kernel } = call;
	if (!auth) throw invalidCredentials();
	const action = requestValue(call, 'action');
	if (action === 'refresh_token') {
		if (kernel.profile === 5) refuseRenewal(call, auth);
		const answer = tokenAnswer(call, {
			account_id: auth.accountId,
			owner_id: auth.ownerId,
			method: 'cb_auth',
		});
		return { ...answer, envelope: {} };
	}
	if (action === 'reset_signature_secret') {
		if (!auth.superduper || !isAccountAdmin(call)) throw forbidden();
		kernel.tokens.expireAll();
		return { data: {} };
	}
	throw fieldError('action', 'required', 'Field is required but missing');
};

/** Makes every token of an account, or of one user, worthless. */
const resetSecret: Handler = (call) => {
	const { account, auth, kernel, params } = call;
	if (!account || !auth) throw invalidCredentials();
	if (requestValue(call, 'action') !== 'reset_signature_secret') {
		throw fieldError('action', 'required', 'Field is required but missing');
	}
	const self = params.userId !== undefined && params.userId === auth.ownerId;
	if (!self && !isAccountAdmin(call)) throw forbidden();
	return {
		run: (): Answer => {
			const database = params.userId === undefined ? 'accounts' : account._id;
			const doc = kernel.store.database(database).get(params.userId ?? account._id);
			if (!doc) throw forbidden();
			kernel.store.save(database, { ...doc, pvt_signature_secret: hex(64) });
			return { data: {} };
		},
	};
};

const PROVIDERS = [
	{ id: 'salesforce', provider_type: 'oauth' },
	{ id: 'office365', provider_type: 'oauth' },
	{ id: 'google', provider_type: 'oauth' },
	{
		id: 'duo',
		enabled: false,
		name: 'System Default Provider',
		provider_name: 'duo',
		provider_type: 'multi_factor',
	},
];

const currentToken: Handler = (call) => {
	const { auth } = call;
	if (!auth) throw invalidCredentials();
	return { data: { ...auth.claims, ...authResponse(call, auth.accountId, auth.ownerId) } };
};

/** Logging in, and everything about tokens. */
export const authRoutes: Route[] = [
	{ path: '/user_auth', handlers: { PUT: userAuth }, access: 'open' },
	{ path: '/accounts/{accountId}/user_auth', handlers: { PUT: logIn }, access: 'open' },
	{ path: '/user_auth/{token}', handlers: { GET: tokenInPath }, access: 'open' },
	{ path: '/accounts/{accountId}/user_auth/{token}', handlers: { GET: tokenInPath }, access: 'open' },
	{ path: '/user_auth/recovery', handlers: { PUT: askRecovery, POST: useRecovery }, access: 'open' },
	{
		path: '/accounts/{accountId}/users/{userId}/user_auth',
		handlers: { PUT: impersonate },
		access: mayImpersonate,
	},
	{ path: '/api_auth', handlers: { PUT: logInByKey }, access: 'open' },
	// Nobody's address is known here: the answer is the one for an unknown address.
	{
		path: '/ip_auth',
		handlers: {
			PUT: () => {
				throw invalidCredentials();
			},
		},
		access: 'open',
	},
	{ path: '/auth', handlers: { PUT: authAction }, access: 'token' },
	{ path: '/accounts/{accountId}/auth', handlers: { PUT: resetSecret } },
	{ path: '/accounts/{accountId}/users/{userId}/auth', handlers: { PUT: resetSecret } },
	{
		path: '/auth/authorize',
		handlers: {
			PUT: (call) => {
				if (call.kernel.profile === 4) throw new Refusal(500, 'schema auth.authorize not found.', {});
				const known = call.kernel.tokens.check(String(requestValue(call, 'token')));
				if (known.state !== 'valid') throw invalidCredentials();
				return tokenAnswer(call, { ...known.auth.claims, method: 'cb_auth' });
			},
		},
		access: 'open',
	},
	{
		path: '/auth/callback',
		handlers: {
			PUT: () => {
				throw invalidCredentials();
			},
		},
		access: 'open',
	},
	{ path: '/auth/tokeninfo', handlers: { GET: tokenInfo, POST: tokenInfo }, access: 'open' },
	{
		path: '/auth/providers',
		handlers: {
			GET: () => ({ data: PROVIDERS, envelope: { page_size: PROVIDERS.length }, revision: hex() }),
		},
		access: 'token',
	},
	{
		path: '/auth/keys',
		handlers: { GET: (call) => ({ data: [call.kernel.tokens.signingKeyId] }) },
		access: 'token',
	},
	{
		path: '/token_auth',
		// A JSON web token is stored nowhere: KAZOO 4 says yes to its deletion, and it lives on.
		handlers: {
			GET: currentToken,
			DELETE: (call) => {
				if (call.kernel.profile === 4) return {};
				throw new Refusal(404, 'bad_identifier', { message: 'bad identifier', cause: call.token });
			},
		},
		order: ['DELETE', 'GET'],
		access: 'token',
	},
];
