import type { Answer, Call } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema } from '../documents/resource';
import {
	expiredCredentials,
	type FieldErrors,
	invalidCredentials,
	Refusal,
	tooManyRequests,
	validationError,
} from '../request/refusal';
import { refuseExpired, userByHash } from './identify';
import { now } from '../values/time';
import { authResponse } from './response';
import { DEFAULT_LIFETIME } from '../tokens/tokens';

/** What one log-in costs: one for being nobody yet, one for trying. */
const LOGIN_COST = 2;

/** Refuses a client that tried too often; a correct log-in is refused too, then. */
export function charge(call: Call, cost = LOGIN_COST): void {
	const key = bucketKey(call);
	const enough = call.kernel.buckets.take(key, cost);
	call.remaining = call.kernel.buckets.remaining(key);
	if (!enough) throw tooManyRequests();
}

/** The bucket of a client: by address, and by the account in the path. */
export function bucketKey(call: Call): string {
	return `${call.remoteAddress}/${call.account?._id ?? 'no_account'}`;
}

/** Account names are compared without case, spaces and punctuation. */
export function normaliseName(name: unknown): string {
	return String(name)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');
}

/** Accounts that a log-in may mean: by phone number, else by realm, else by name, and in KAZOO 5 by id. */
export function accountsMeant(call: Call, data: Fields): Doc[] {
	const { store, profile } = call.kernel;
	const accounts = store.database('accounts').list('account');
	if (typeof data.phone_number === 'string') {
		const id = store.database('numbers').get(data.phone_number, 'number')?.pvt_assigned_to;
		const account = typeof id === 'string' ? store.account(id) : undefined;
		if (account) return [account];
	}
	const realm = data.account_realm ?? data.realm;
	if (typeof realm === 'string') {
		return accounts.filter((account) => String(account.realm).toLowerCase() === realm.toLowerCase());
	}
	if (typeof data.account_name === 'string') {
		const name = normaliseName(data.account_name);
		return accounts.filter((account) => normaliseName(account.name) === name);
	}
	if (profile === 5 && typeof data.account_id === 'string') {
		const account = store.account(data.account_id);
		return account ? [account] : [];
	}
	return [];
}

interface ModuleSettings {
	enabled?: boolean;
	token_auth_expiry_s?: number;
	/** KAZOO 5: whether its tokens may be exchanged for new ones. */
	renew?: boolean;
	multi_factor?: { enabled?: boolean; account_id?: string; configuration_id?: string };
}

/** An account's security settings for one way to log in, inherited from the accounts above it. */
export function moduleSettings(call: Call, account: Doc, module: string): ModuleSettings {
	const { store } = call.kernel;
	const chain = [...((account.pvt_tree as string[] | undefined) ?? []), account._id];
	let settings: ModuleSettings = {};
	for (const id of chain) {
		const modules = store.database(id).get('security')?.auth_modules as
			| Record<string, ModuleSettings>
			| undefined;
		settings = { ...settings, ...modules?.[module] };
	}
	return settings;
}

/** 400; how many users the page had that were looked at tells whether the log-in was right. */
function accountDisabled(found: number): Refusal {
	const details = { disabled: { message: 'account disabled' } };
	return new Refusal(400, 'validation error', { account: details }, false, { page_size: found });
}

/** Demands the second factor, if the account's settings and a configured provider say so. */
function secondFactor(call: Call, account: Doc, user: Doc, settings: ModuleSettings, data: Fields): void {
	const { multi_factor: wanted } = settings;
	if (wanted?.enabled !== true) return;
	const { store, profile } = call.kernel;
	const provider = store
		.database(wanted.account_id ?? account._id)
		.list('provider')
		.find(
			(candidate) =>
				candidate.enabled === true &&
				(wanted.configuration_id === undefined || candidate._id === wanted.configuration_id),
		);
	// Without a working provider the real server lets people in.
	if (!provider) return;
	const response = data.multi_factor_response;
	if (typeof response === 'string') {
		if (!/^AUTH\|.+:APP\|.+$/.test(response)) throw invalidCredentials();
		return;
	}
	throw new Refusal(401, 'invalid_credentials', {
		message: 'client needs to preform second-factor authentication',
		multi_factor_request: {
			provider_name: provider.provider_name ?? 'duo',
			settings: {
				duo_sig_request: `TX|${user._id}:APP|${account._id}`,
				duo_api_hostname: (provider.settings as Fields | undefined)?.api_hostname ?? 'duo.sandbox.example',
			},
		},
		...(profile === 5 ? { user_id: user._id } : undefined),
	});
}

const LOCK_COST = 10;

/** KAZOO 5 locks an account after too many failures, when it is told to. */
function lockOf(call: Call, data: Fields): { locked: () => boolean; failed: () => void } | undefined {
	const config = call.kernel.store.database('system_config').get('crossbar.auth')?.default as
		| Fields
		| undefined;
	if (call.kernel.profile !== 5 || config?.lock_account_on_failed_attempts !== true) return undefined;
	const { account_id: id, account_name: name, account_realm: realm, phone_number: phone } = data;
	const key = `lock/${String(id ?? name ?? realm ?? phone)}`;
	const { buckets } = call.kernel;
	return {
		locked: () => buckets.remaining(key) < LOCK_COST,
		failed: () => void buckets.take(key, LOCK_COST),
	};
}

/** Writes a log-in down, for `security/attempts`. */
function noteAttempt(call: Call, account: Doc, status: 'success' | 'failed'): void {
	const method = dataObject(call).method === 'sha' ? 'SHA' : 'MD5';
	call.kernel.store.createMonthly(account._id, 'login_attempt', now(), {
		auth_type: status === 'success' ? 'jwt_auth_token' : 'credentials',
		auth_module: 'cb_user_auth',
		status,
		message:
			status === 'success'
				? 'authentication resulted in token creation'
				: `failed to find a user with ${method} creds, request from IP address: ${call.remoteAddress}`,
		timestamp: now(),
		client_ip: call.remoteAddress,
	});
}

/** `PUT /user_auth`. */
export function logIn(call: Call): Answer {
	charge(call);
	const errors: FieldErrors = {};
	const data = checkSchema(call, 'user_auth', dataObject(call), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const lock = lockOf(call, data);
	if (lock?.locked()) {
		throw new Refusal(401, 'account_is_locked', {
			message: 'your account is locked because of too many failed login attempts',
		});
	}
	const field = data.method === 'sha' ? 'pvt_sha1_auth' : 'pvt_md5_auth';
	const accounts = accountsMeant(call, data);
	for (const account of accounts) {
		refuseExpired(account);
		const settings = moduleSettings(call, account, 'cb_user_auth');
		if (settings.enabled === false) throw expiredCredentials();
		const user = userByHash(call, account, field, String(data.credentials));
		if (account.pvt_enabled === false) throw accountDisabled(user ? 1 : 0);
		if (!user) continue;
		secondFactor(call, account, user, settings, data);
		noteAttempt(call, account, 'success');
		return tokenAnswer(
			call,
			{ account_id: account._id, owner_id: user._id, method: 'cb_user_auth' },
			settings,
		);
	}
	lock?.failed();
	for (const account of accounts) noteAttempt(call, account, 'failed');
	// The size of the page of users that was looked at gives away that the account exists.
	throw invalidCredentials(accounts.length > 0 ? { page_size: 0 } : undefined);
}

/** `PUT /api_auth`. An unknown key is a 404. */
export function logInByKey(call: Call): Answer {
	charge(call);
	const errors: FieldErrors = {};
	const data = checkSchema(call, 'api_auth', dataObject(call), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const account = call.kernel.store
		.database('accounts')
		.list('account')
		.find((candidate) => candidate.pvt_api_key === data.api_key);
	if (!account) throw new Refusal(404, 'bad identifier', [data.api_key], false, { page_size: 0 });
	const settings = moduleSettings(call, account, 'cb_api_auth');
	if (settings.enabled === false) throw expiredCredentials();
	return tokenAnswer(call, { account_id: account._id, method: 'cb_api_auth' }, settings);
}

/** Makes a token and says so: the token is in the envelope, not in the data. */
export function tokenAnswer(
	call: Call,
	claims: Fields,
	settings: { token_auth_expiry_s?: number } = {},
): Answer {
	const { tokens, store, profile } = call.kernel;
	const accountId = String(claims.account_id);
	const ownerId = claims.owner_id as string | undefined;
	const lifetime = settings.token_auth_expiry_s ?? DEFAULT_LIFETIME;
	call.token = tokens.make(claims, lifetime > 0 ? lifetime : profile === 5 ? 0 : DEFAULT_LIFETIME);
	call.auth = {
		accountId,
		ownerId,
		method: String(claims.method),
		claims,
		superduper: store.account(accountId)?.pvt_superduper_admin === true,
	};
	return {
		data: authResponse(call, accountId, ownerId),
		revision: 'automatic',
		id: ownerId ?? accountId,
		envelope: { page_size: 1 },
	};
}
