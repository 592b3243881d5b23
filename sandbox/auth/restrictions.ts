import type { Call } from '../request/call';
import type { Fields } from '../store/database';
import { forbidden } from '../request/refusal';
import { treeOf } from '../store/store';

interface Restriction {
	allowed_accounts?: string[];
	rules?: Record<string, string[]>;
}

const pick = (node: unknown, key: string): unknown =>
	typeof node === 'object' && node !== null ? ((node as Fields)[key] ?? (node as Fields)._) : undefined;

/** Whether a pattern such as `/`, `a/b` or `#` fits the parts of a path after the endpoint. */
function fits(pattern: string, params: string[]): boolean {
	const parts = pattern.split('/').filter(Boolean);
	for (let i = 0; i < parts.length; i++) {
		if (parts[i] === '#') return true;
		if (i >= params.length || (parts[i] !== '*' && parts[i] !== params[i])) return false;
	}
	return parts.length === params.length;
}

function allowedAccount(entry: Restriction, call: Call): boolean {
	if (!entry.allowed_accounts) return true;
	const own = call.auth?.accountId ?? '';
	const asked = call.account?._id ?? own;
	return entry.allowed_accounts.some(
		(allowed) =>
			allowed === '_' ||
			allowed === asked ||
			(allowed === '{AUTH_ACCOUNT_ID}' && asked === own) ||
			(allowed === '{DESCENDANT_ACCOUNT_ID}' &&
				call.account !== undefined &&
				treeOf(call.account).includes(own)),
	);
}

/** The last endpoint of a path and what follows it: `accounts/A/users/U` is `users` and `[U]`. */
function endpointOf(call: Call): { endpoint: string; params: string[] } {
	const { segments } = call;
	if (segments[0] === 'accounts' && segments.length > 2) {
		return { endpoint: segments[2] as string, params: segments.slice(3) };
	}
	return { endpoint: segments[0] ?? '', params: segments.slice(1) };
}

/** Refuses what the account's token restrictions do not allow; the master is exempt. */
export function refuseRestricted(call: Call): void {
	const { auth, kernel } = call;
	if (!auth || auth.superduper) return;
	const doc = kernel.store.database(auth.accountId).get('token_restrictions');
	if (!doc) return;
	const user = auth.ownerId ? kernel.store.database(auth.accountId).get(auth.ownerId, 'user') : undefined;
	const level = String(user?.priv_level ?? 'admin');
	const { endpoint, params } = endpointOf(call);
	const entries = pick(pick(pick(doc.restrictions, auth.method), level), endpoint);
	const entry = Array.isArray(entries)
		? (entries as Restriction[]).find((candidate) => allowedAccount(candidate, call))
		: undefined;
	const rule = Object.entries(entry?.rules ?? {}).find(([pattern]) => fits(pattern, params));
	const verbs = rule?.[1] ?? [];
	if (!verbs.includes(call.verb) && !verbs.includes('_')) {
		throw forbidden('access denied by token restrictions');
	}
}
