import { isDeepStrictEqual } from 'node:util';
import { isAccountAdmin } from '../auth/authorise';
import { normaliseName } from '../auth/login';
import type { Answer, Call, Handler, Prepared, Route } from '../request/call';
import { dataObject, requestFlag } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { countBeforeDeletion, countDescendants } from '../store/descendants';
import {
	change,
	create,
	deletedAnswer,
	type Draft,
	idOfClient,
	lacksGet,
	neverAllowed,
	read,
	type Resource,
} from '../documents/resource';
import { freeNumber } from '../numbers/operations';
import { hex } from '../values/ids';
import { mergeDeep, present, publicFields } from '../store/merge';
import { expiredCredentials, type FieldErrors, forbidden, Refusal } from '../request/refusal';
import { type Store, treeOf } from '../store/store';
import { now } from '../values/time';

const DEFAULT_TIMEZONE = 'America/Los_Angeles';

/** Who pays what is the requester's business: who resells to the account sees limits, the master's own are normal. */
function billingMode(call: Call, reseller: unknown): string {
	if (call.auth?.accountId === reseller) return 'limits_only';
	return reseller === call.kernel.store.master()?._id ? 'normal' : 'manual';
}

/** What an answer tells of an account beside its fields. `reseller`: who resells to it, as far as the server looked. */
function leaked(account: Doc, call: Call, reseller: unknown): Fields {
	const expires = account.pvt_trial_expires;
	const telling = (key: string, value: unknown) => (value === undefined ? undefined : { [key]: value });
	return {
		wnm_allow_additions: account.pvt_wnm_allow_additions === true || account.pvt_superduper_admin === true,
		superduper_admin: account.pvt_superduper_admin === true,
		...(requestFlag(call, 'include_api_key') ? { api_key: account.pvt_api_key } : undefined),
		created: account.pvt_created,
		enabled: account.pvt_enabled !== false,
		...telling('reseller_id', reseller),
		is_reseller: account.pvt_reseller === true,
		billing_mode: billingMode(call, reseller),
		...telling('notification_preference', account.pvt_notification_preference),
		...telling('trial_time_left', expires === undefined ? undefined : Number(expires) - now()),
	};
}

/** Who resells to the account that an answer shows: below a reseller it is the account in the path. */
function resellerShown(doc: Doc, call: Call): unknown {
	// `PUT /accounts` has no account in its path to look at.
	if (!call.account) return undefined;
	const { _id, pvt_reseller, pvt_reseller_id } = call.account;
	return pvt_reseller === true && _id !== doc._id ? _id : (pvt_reseller_id ?? _id);
}

/** An account with the facts about it, as GET and every change show it. */
export function showAccount(doc: Doc, call: Call): Fields {
	return { ...present(doc), ...leaked(doc, call, resellerShown(doc, call)) };
}

/** Facts are not fields: KAZOO 5 has them outside of the data, and tells none of an account that is gone. */
function withoutFacts({ enabled: _enabled, ...fields }: Fields): Fields {
	return fields;
}

/** Facts that a client may send back with the document; the others are kept as if they were fields. */
const NOT_KEPT = ['wnm_allow_additions', 'superduper_admin', 'billing_mode', 'trial_time_left'];

/** Accounts with that key in one of the two views, in the order of their ids. */
function others(call: Call, keyOf: (account: Doc) => string, key: string): string[] {
	const found = call.kernel.store.database('accounts').list('account');
	return found.filter((account) => keyOf(account) === key).map(({ _id }) => _id);
}

/** Names are unique as far as the first account of that name is this one; realms only where no other has it. */
function clashes({ call, existing, fields }: Draft): FieldErrors {
	const errors: FieldErrors = {};
	const { name, realm } = fields;
	if (typeof name === 'string') {
		const [first] = others(call, (account) => normaliseName(account.name), normaliseName(name)).sort();
		if (first !== undefined && first !== existing?._id) {
			errors.name = { unique: { message: 'Account name already in use', cause: name } };
		}
	}
	if (typeof realm === 'string') {
		const same = others(call, (account) => String(account.realm).toLowerCase(), realm.toLowerCase());
		if (same.length > 1 || (same.length === 1 && same[0] !== existing?._id)) {
			errors.realm = { unique: { message: 'Account realm already in use', cause: realm } };
		}
	}
	return errors;
}

/**
 * What fits the schema is written while it is still being looked at: over what is there, so that nothing is ever taken
 * away, and even when the request is refused afterwards (a clash, a revision). So it is on the real server.
 */
function writeEarly(draft: Draft, existing: Doc): void {
	const { call, fields } = draft;
	const written = mergeDeep(publicFields(existing), fields);
	if (!isDeepStrictEqual(written, publicFields(existing))) {
		const { store } = call.kernel;
		draft.existing = store.save('accounts', { ...existing, ...written });
	}
	draft.fields = written;
}

/** Whether an account is switched on is the business of those above it; without a word of theirs it is. */
function importEnabled({ call, existing, fields, hidden }: Draft): void {
	const { enabled } = fields;
	delete fields.enabled;
	const path = call.account?._id;
	if (call.auth === undefined || call.auth.accountId === path) return;
	const above = existing ? treeOf(existing) : call.account ? [...treeOf(call.account), path] : undefined;
	if (above && !above.includes(call.auth.accountId)) return;
	hidden.pvt_enabled = enabled !== false;
}

const accounts: Resource = {
	path: '/accounts',
	type: 'account',
	schema: 'accounts',
	view: { types: ['account'], key: (doc) => String(doc.name) },
	summary: present,
	database: () => 'accounts',
	escapesDots: true,
	unmatched: ['POST', 'DELETE'],
	prepare: ({ fields }) => {
		if (fields.realm === undefined || fields.realm === '') fields.realm = `${hex(6)}.sip.sandbox.example`;
		else if (typeof fields.realm === 'string') fields.realm = fields.realm.replaceAll(' ', '');
		fields.timezone ??= DEFAULT_TIMEZONE;
		for (const key of NOT_KEPT) delete fields[key];
	},
	check: (draft) => {
		const { errors, existing } = draft;
		const fits = Object.keys(errors).length === 0;
		const clashing = clashes(draft);
		if (existing && fits) writeEarly(draft, existing);
		for (const [field, rules] of Object.entries(clashing)) errors[field] ??= rules;
		importEnabled(draft);
	},
	show: (doc, call, method) =>
		call.kernel.profile === 5
			? withoutFacts(present(doc))
			: method === 'DELETE'
				? present(doc)
				: showAccount(doc, call),
	facts: (doc, call) => leaked(doc, call, resellerShown(doc, call)),
};

/** A new account below the one in the path, or below the token's own. */
const createChild = create({
	...accounts,
	make: ({ call, fields, hidden }) => {
		const { store } = call.kernel;
		const parentId = call.account?._id ?? call.auth?.accountId;
		const parent = parentId === undefined ? undefined : store.account(parentId);
		const enabled =
			hidden.pvt_enabled === undefined ? parent?.pvt_enabled !== false : hidden.pvt_enabled === true;
		const made = store.createAccount(fields, { parentId, enabled, id: idOfClient(call) });
		countDescendants(store, treeOf(made).slice(-1));
		return made;
	},
	// An account that is there already is no conflict, but worse.
	ownIds: true,
});

/**
 * An account with an id of the client's that cannot be made: KAZOO 4 takes back what it began to make. Of an id that
 * is none nothing is left; of another account's id that account, with all that it has.
 */
function unrolled(call: Call): (() => Answer) | undefined {
	const { kernel } = call;
	const { _id, id: plain, ID } = dataObject(call);
	const id = [_id, plain, ID].find((value) => typeof value === 'string' && value !== '');
	if (kernel.profile !== 4 || typeof id !== 'string') return undefined;
	if (!/^[0-9a-f]{32}$/.test(id)) return () => ({});
	const there = kernel.store.account(id);
	if (!there) return undefined;
	return () => {
		destroyAccount(kernel.store, there);
		return { data: present(there), revision: there._rev, id };
	};
}

/** The answer about a new account has neither revision nor location. */
const createAccount: Handler = (call) => {
	// KAZOO 5 looks at the id even where nobody may choose one: somebody may want to come by another's account.
	const { id } = dataObject(call);
	if (call.kernel.profile === 5 && typeof id === 'string' && call.kernel.store.account(id)) {
		throw expiredCredentials();
	}
	const prepared = createChild(call) as Prepared;
	return {
		...prepared,
		run: () => {
			const undone = unrolled(call);
			if (undone) return undone();
			const answer = prepared.run();
			return now() - Number(call.account?.pvt_reseller_since) <= FRESH_RESELLER
				? rollBack(call, answer)
				: { ...answer, revision: undefined, id: undefined };
		},
	};
};

/** Seconds in which a new reseller cannot have accounts yet. */
const FRESH_RESELLER = 1;

/** Who became a reseller a moment ago is not one everywhere yet: the new account is made, shown and gone again. */
function rollBack(call: Call, answer: Answer): Answer {
	const { kernel } = call;
	const made = kernel.store.account(answer.id as string) as Doc;
	kernel.store.remove('accounts', made, true);
	kernel.store.drop(made._id);
	countDescendants(call.kernel.store, treeOf(made));
	return { ...answer, data: present(made) };
}

/** Takes an account and all it has away; its numbers are nobody's then. */
function destroyAccount(store: Store, account: Doc): Doc {
	for (const number of store.numbersOf(account._id)) freeNumber(store, number);
	countBeforeDeletion(store, treeOf(account).slice(-1));
	const gone = store.remove('accounts', account);
	store.drop(account._id);
	return gone;
}

const removeAccount: Handler = (call) => {
	const account = call.account as Doc;
	const { store } = call.kernel;
	if (store.descendants(account._id).length > 0) {
		throw new Refusal(500, 'account_has_descendants', { message: 'account has descendants' });
	}
	const active = ['submitted', 'pending', 'scheduled'];
	const porting = store
		.database('port_requests')
		.list('port_request')
		.some((port) => port.pvt_account_id === account._id && active.includes(String(port.pvt_port_state)));
	if (porting) {
		throw new Refusal(500, 'account_has_active_port', { message: 'Account has active port request' });
	}
	return {
		unmatched: true,
		run: () => deletedAnswer(accounts, call, destroyAccount(store, account)),
	};
};

const apiKey: Handler = (call) => {
	const account = call.account as Doc;
	return { data: { api_key: account.pvt_api_key }, revision: account._rev };
};

const newApiKey: Handler = (call) => {
	if (!isAccountAdmin(call)) throw forbidden();
	const account = call.account as Doc;
	return {
		run: () => {
			const saved = call.kernel.store.save('accounts', { ...account, pvt_api_key: hex(64) });
			return { data: { api_key: saved.pvt_api_key }, revision: saved._rev, id: saved._id };
		},
	};
};

/** `/accounts/{accountId}` is a document whose id is the account's. */
const itself =
	(handler: Handler): Handler =>
	(call) =>
		handler({ ...call, params: { ...call.params, id: call.params.accountId as string } });

/** Accounts and how they hang together. */
export const accountRoutes: Route[] = [
	{
		path: '/accounts',
		handlers: { GET: neverAllowed, PUT: createAccount },
		order: ['GET', 'PUT'],
		lacks: lacksGet,
		access: 'token',
	},
	{
		path: '/accounts/{accountId}',
		handlers: {
			GET: itself(read(accounts)),
			PUT: createAccount,
			POST: itself(change(accounts, 'POST')),
			PATCH: itself(change(accounts, 'PATCH')),
			DELETE: removeAccount,
		},
		lacks: (call) => (call.params.accountId === call.kernel.store.master()?._id ? ['DELETE'] : []),
	},
	{ path: '/accounts/{accountId}/api_key', handlers: { GET: apiKey, PUT: newApiKey } },
];
