import { createHmac } from 'node:crypto';
import type { Doc, Fields } from '../store/database';
import type { Needs } from './needs';
import { treeOf } from '../store/store';
import { canonicalJson } from './encoding';
import type { Occurrence } from './occurrence';
import { now } from '../values/time';

/**
 * Which hooks fire for an occurrence, and what each delivers. Follows observed.md, second half, 3, 5, 7 and 9, and
 * webhooks.md 1, 3 and 4.
 */

/** As much of a hook as a delivery needs. */
export interface Hook {
	id: string;
	/** Whose hook it is; the occurrence may be a sub-account's. */
	accountId: string;
	fields: Fields;
}

/** Keys of `custom_data` that choose and are not delivered. */
const CHOOSING = new Set(['type', 'action']);

const hookOf = (doc: Doc): Hook => ({ id: doc._id, accountId: String(doc.pvt_account_id), fields: doc });

/** KAZOO reads `enabled` when a hook is changed, not when it is created: a hook made switched off fires. */
function isOn(doc: Doc): boolean {
	return doc.enabled !== false || doc._rev.startsWith('1-');
}

/** `custom_data` of a hook may name the types and actions it is for; `all` is any. */
function isFor({ fields }: Hook, { modifiers }: Occurrence): boolean {
	const custom = fields.custom_data as Fields | undefined;
	if (!modifiers || !custom) return true;
	return Object.entries(modifiers).every(
		([key, value]) => custom[key] === undefined || custom[key] === 'all' || custom[key] === value,
	);
}

/** `modifiers` of a hook name values that fields must have; a field that is not there does not matter. */
function passes({ fields }: Hook, payload: Fields): boolean {
	return Object.entries((fields.modifiers ?? {}) as Fields).every(([key, wanted]) => {
		const value = payload[key];
		if (value === undefined) return true;
		return Array.isArray(wanted) ? wanted.includes(value) : wanted === value;
	});
}

/**
 * The hooks that fire, in the order in which they do: the account's own, then those of the accounts above that want
 * sub-accounts, the nearest first. Among the hooks of one account it is not the order of their creation.
 */
export function hooksFor(needs: Needs, occurrence: Occurrence): Hook[] {
	const { only, accountId } = occurrence;
	if (only) return [{ id: String(only._id), accountId, fields: only }];
	const account = needs.store.database('accounts').raw(accountId);
	const line = [accountId, ...(account ? [...treeOf(account)].reverse() : [])];
	const chosen = needs.store
		.database('webhooks')
		.list('webhook')
		.filter((doc) => doc.hook === 'all' || doc.hook === occurrence.hook)
		.filter((doc) => isOn(doc) && line.includes(String(doc.pvt_account_id)))
		.filter((doc) => doc.pvt_account_id === accountId || doc.include_subaccounts === true)
		.filter((doc) => !occurrence.internal || doc.include_internal_legs !== false)
		.map(hookOf)
		.filter((hook) => isFor(hook, occurrence) && passes(hook, occurrence.payload));
	return chosen.sort(
		(a, b) => line.indexOf(a.accountId) - line.indexOf(b.accountId) || (a.id < b.id ? -1 : 1),
	);
}

/** `custom_data` without what only chooses. */
export function customData(hook: Hook): Fields {
	const custom = (hook.fields.custom_data ?? {}) as Fields;
	return Object.fromEntries(Object.entries(custom).filter(([key]) => !CHOOSING.has(key)));
}

/** Version 2 of KAZOO 5; the signature covers time and data, not what `custom_data` adds. */
function signed(hook: Hook, { name, data }: Occurrence): Fields {
	const { sha256_key: key } = (hook.fields.security_settings ?? {}) as Fields;
	const timestamp = now();
	const mac =
		typeof key === 'string'
			? createHmac('sha256', key)
					.update(`${timestamp}${canonicalJson(data)}`)
					.digest('base64')
			: undefined;
	return { action: 'event', name, data, timestamp, ...(mac === undefined ? undefined : { hmac: mac }) };
}

/** What a hook delivers: `custom_data` overrides what is there, `cluster_id` overrides `custom_data`. */
export function payloadFor(needs: Needs, hook: Hook, occurrence: Occurrence): Fields {
	const second = needs.profile === 5 && hook.fields.version === 'v2' && !occurrence.only;
	const payload = second ? signed(hook, occurrence) : occurrence.payload;
	// KAZOO adds the last of them first.
	const custom = Object.fromEntries(Object.entries(customData(hook)).reverse());
	return { ...payload, ...custom, ...(second ? undefined : { cluster_id: needs.clusterId }) };
}
