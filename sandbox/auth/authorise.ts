import type { Access, Call, Method, Route } from '../request/call';
import { forbidden, invalidCredentials, Refusal } from '../request/refusal';
import { treeOf } from '../store/store';
import { refuseRestricted } from './restrictions';

function accessOf(route: Route, verb: Method): Access | undefined {
	return typeof route.access === 'object' ? route.access[verb] : route.access;
}

/** Whether the token's account is this one or above it. */
export function mayReach(call: Call, accountId: string): boolean {
	const { auth, kernel } = call;
	if (!auth) return false;
	if (auth.superduper || auth.accountId === accountId) return true;
	const account = kernel.store.account(accountId);
	return account !== undefined && treeOf(account).includes(auth.accountId);
}

/** Whether the token is of a user who is an administrator; the token of an API key never is. */
export function isAccountAdmin(call: Call): boolean {
	const { auth, kernel } = call;
	if (!auth?.ownerId) return false;
	return kernel.store.database(auth.accountId).get(auth.ownerId, 'user')?.priv_level === 'admin';
}

/** Refuses with 401 who is nobody, and with 403 who may not do this. */
export function authorise(call: Call, route: Route): void {
	const access = accessOf(route, call.verb);
	if (access === 'open') return;
	if (typeof access === 'function') {
		const verdict = access(call);
		if (verdict instanceof Refusal) throw verdict;
		if (!verdict) throw call.auth ? forbidden() : invalidCredentials();
		return;
	}
	if (!call.auth) throw invalidCredentials();
	refuseRestricted(call);
	if (access === 'token') return;
	if (access === 'system' || !call.account) {
		if (!call.auth.superduper) throw forbidden();
		return;
	}
	if (!mayReach(call, call.account._id)) throw forbidden();
}
