import { isAccountAdmin } from '../auth/authorise';
import { normaliseName } from '../auth/login';
import type { Answer, Call, Handler, Prepared, Route } from '../request/call';
import { dataObject, requestValue } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
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
import { hex } from '../values/ids';
import { HIGHEST, list } from '../documents/listing';
import { mergeAccount, present, privateFields } from '../store/merge';
import { badIdentifier, expiredCredentials, fieldError, forbidden, Refusal } from '../request/refusal';
import { treeOf } from '../store/store';
import { now } from '../values/time';

const DEFAULT_TIMEZONE = 'America/Los_Angeles';

/** Who pays what is the requester's business: a reseller sees limits, everybody else nothing special. */
function billingMode(call: Call, account: Doc): string {
	const { auth } = call;
	return auth?.superduper || auth?.accountId === account.pvt_reseller_id ? 'limits_only' : 'normal';
}

function leaked(account: Doc, call: Call): Fields {
	return {
		notification_preference: account.pvt_notification_preference,
		wnm_allow_additions: account.pvt_wnm_allow_additions === true || account.pvt_superduper_admin === true,
		superduper_admin: account.pvt_superduper_admin === true,
		created: account.pvt_created,
		enabled: account.pvt_enabled !== false,
		reseller_id: account.pvt_reseller_id ?? account._id,
		is_reseller: account.pvt_reseller === true,
		billing_mode: billingMode(call, account),
	};
}

/** Facts are not fields: KAZOO 5 has them outside of the data, and tells none of an account that is gone. */
function withoutFacts({ enabled: _enabled, ...fields }: Fields): Fields {
	return fields;
}

/** `PUT /accounts` has no account in its path to look at who resells to it. */
function leakedWithoutPath(facts: Fields): Fields {
	const { reseller_id: _reseller, ...rest } = facts;
	return { ...rest, billing_mode: 'manual' };
}

const READ_ONLY = [
	'wnm_allow_additions',
	'superduper_admin',
	'enabled',
	'billing_mode',
	'notification_preference',
];

function checkUnique(draft: Draft): void {
	const { call, existing, fields, errors } = draft;
	const others = call.kernel.store
		.database('accounts')
		.list('account')
		.filter((account) => account._id !== existing?._id);
	const name = normaliseName(fields.name);
	if (
		!errors.name &&
		typeof fields.name === 'string' &&
		others.some((other) => normaliseName(other.name) === name)
	) {
		errors.name = { unique: { message: 'Account name already in use', cause: fields.name } };
	}
	const realm = typeof fields.realm === 'string' ? fields.realm.toLowerCase() : undefined;
	if (realm && !errors.realm && others.some((other) => String(other.realm).toLowerCase() === realm)) {
		errors.realm = { unique: { message: 'Account realm already in use', cause: fields.realm } };
	}
	if (existing && (errors.name?.unique || errors.realm?.unique)) keepRefused(draft, existing);
}

/** A change of an account that clashes is refused, and yet stored: so it is on the real server. */
function keepRefused(draft: Draft, existing: Doc): void {
	if (draft.call.verb !== 'PATCH') return;
	draft.call.kernel.store.save('accounts', {
		...draft.fields,
		...privateFields(existing),
		_id: existing._id,
		pvt_type: existing.pvt_type,
		pvt_created: existing.pvt_created,
	});
}

const accounts: Resource = {
	path: '/accounts',
	type: 'account',
	schema: 'accounts',
	view: { types: ['account'], key: (doc) => String(doc.name) },
	summary: present,
	database: () => 'accounts',
	escapesDots: true,
	merge: mergeAccount,
	prepare: (draft) => {
		const { fields } = draft;
		if (fields.realm === undefined) {
			fields.realm = draft.existing?.realm ?? `${hex(6)}.sip.sandbox.example`;
		} else if (typeof fields.realm === 'string') fields.realm = fields.realm.toLowerCase();
		fields.timezone ??= DEFAULT_TIMEZONE;
		// Read-only facts that a client sends back with the document.
		for (const key of READ_ONLY) {
			if (key === 'enabled' && typeof fields.enabled === 'boolean') draft.hidden.pvt_enabled = fields.enabled;
			delete fields[key];
		}
	},
	check: (draft) => {
		// A default of the schema that is kept elsewhere.
		delete draft.fields.enabled;
		checkUnique(draft);
	},
	show: (doc, call, method) =>
		call.kernel.profile === 5
			? withoutFacts(present(doc))
			: method === 'DELETE'
				? present(doc)
				: { ...present(doc), ...(call.account ? leaked(doc, call) : leakedWithoutPath(leaked(doc, call))) },
	facts: (doc, call) => (call.account ? leaked(doc, call) : leakedWithoutPath(leaked(doc, call))),
};

/** A new account below the one in the path, or below the token's own. */
const createChild = create({
	...accounts,
	make: ({ call, fields }) => {
		const parentId = call.account?._id ?? call.auth?.accountId;
		const made = call.kernel.store.createAccount(fields, { parentId, id: idOfClient(call) });
		countDescendants(call.kernel.store, treeOf(made));
		return made;
	},
});

/** The answer about a new account has neither revision nor location. */
const createAccount: Handler = (call) => {
	// KAZOO 5 looks at the id even where nobody may choose one: somebody may want to come by another's account.
	const { id } = dataObject(call);
	if (call.kernel.profile === 5 && typeof id === 'string' && call.kernel.store.account(id)) {
		throw expiredCredentials();
	}
	const prepared = createChild(call) as Prepared;
	const taken = call.kernel.profile === 4 ? accountNamed(call) : undefined;
	return {
		...prepared,
		run: () => {
			if (taken) return destroyed(call, taken);
			const answer = prepared.run();
			return now() - Number(call.account?.pvt_reseller_since) <= FRESH_RESELLER
				? rollBack(call, answer)
				: { ...answer, revision: undefined, id: undefined };
		},
	};
};

/** The account whose id somebody gives to a new one. */
function accountNamed(call: Call): Doc | undefined {
	const { _id, id, ID } = dataObject(call);
	const named = [_id, id, ID].find((value) => typeof value === 'string' && value !== '');
	return typeof named === 'string' ? call.kernel.store.account(named) : undefined;
}

/** The new account cannot be made where one is; what is undone then is the one that was there, with all in it. */
function destroyed(call: Call, account: Doc): Answer {
	const { store } = call.kernel;
	countBeforeDeletion(store, treeOf(account));
	store.remove('accounts', account, true);
	store.drop(account._id);
	return { status: 201, data: present(account), revision: account._rev };
}

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

const CHILDREN: View = {
	types: ['account'],
	key: (doc) => [treeOf(doc).at(-1) ?? null, String(doc.name)],
};

const DESCENDANTS: View = {
	types: ['account'],
	key: () => undefined,
	keys: (doc) => treeOf(doc).map((ancestor) => [ancestor, String(doc.name)]),
};

const summary = (doc: Doc): Fields => ({ id: doc._id, name: doc.name, realm: doc.realm });

const children: Handler = (call) =>
	list(call, {
		database: call.kernel.store.database('accounts'),
		view: CHILDREN,
		prefix: [(call.account as Doc)._id],
		highest: HIGHEST,
		show: (doc) => ({
			...summary(doc),
			descendants_count: doc.descendants_count ?? 0,
			flags: doc.flags ?? [],
		}),
	});

const descendants: Handler = (call) =>
	list(call, {
		database: call.kernel.store.database('accounts'),
		view: DESCENDANTS,
		prefix: [(call.account as Doc)._id],
		highest: HIGHEST,
		show: (doc) => ({ ...summary(doc), tree: treeOf(doc), flags: doc.flags ?? [] }),
	});

const siblings: Handler = (call) => {
	const account = call.account as Doc;
	const parent = treeOf(account).at(-1);
	// Siblings are the parent's business: who may not reach the parent may not see them.
	const reach =
		call.auth?.superduper ||
		(parent !== undefined &&
			(call.auth?.accountId === parent || treeOf(account).includes(call.auth?.accountId ?? '')));
	if (!reach) throw forbidden();
	return list(call, {
		database: call.kernel.store.database('accounts'),
		view: CHILDREN,
		prefix: [parent ?? ''],
		highest: HIGHEST,
		only: (doc) => doc._id !== account._id,
		show: (doc) => ({
			...summary(doc),
			descendants_count: doc.descendants_count ?? 0,
			flags: doc.flags ?? [],
		}),
	});
};

const named = (call: Call, ids: string[]): Fields[] =>
	ids.map((id) => ({ id, name: call.kernel.store.account(id)?.name }));

const parents: Handler = (call) => {
	const ids = treeOf(call.account as Doc);
	return {
		data: named(call, ids),
		envelope: { page_size: ids.length },
		revision: hex(),
	};
};

/** The accounts above, from the token's own on down. */
const tree: Handler = (call) => {
	const account = call.account as Doc;
	const ids = treeOf(account);
	const own = ids.indexOf(call.auth?.accountId ?? '');
	return { data: own === -1 ? [] : named(call, ids.slice(own)), revision: account._rev };
};

const removeAccount: Handler = (call) => {
	const account = call.account as Doc;
	const { store } = call.kernel;
	return {
		revision: account._rev,
		run: () => {
			if (store.descendants(account._id).length > 0) {
				throw new Refusal(500, 'account_has_descendants', { message: 'account has descendants' });
			}
			const ports = store.database('port_requests').list('port_request');
			const active = ['submitted', 'pending', 'scheduled'];
			if (
				ports.some(
					(port) => port.pvt_account_id === account._id && active.includes(String(port.pvt_port_state)),
				)
			) {
				throw new Refusal(500, 'account_has_active_port', { message: 'Account has active port request' });
			}
			for (const number of store.numbersOf(account._id)) {
				store.save('numbers', {
					...number,
					pvt_assigned_to: undefined,
					pvt_used_by: undefined,
					pvt_state: 'available',
				});
			}
			countBeforeDeletion(store, treeOf(account));
			const gone = store.remove('accounts', account);
			store.drop(account._id);
			return deletedAnswer(accounts, call, gone);
		},
	};
};

const move: Handler = (call) => {
	const account = call.account as Doc;
	const { store } = call.kernel;
	const to = requestValue(call, 'to');
	if (typeof to !== 'string') throw fieldError('to', 'required', "Field 'to' is required");
	if (!call.auth?.superduper) throw forbidden();
	const parent = store.account(to);
	if (!parent) throw badIdentifier(to);
	if (to === account._id || treeOf(parent).includes(account._id)) throw forbidden();
	return {
		run: () => {
			const above = [...treeOf(parent), to];
			const moved = store.save('accounts', {
				...account,
				pvt_tree: above,
				pvt_reseller_id: parent.pvt_reseller ? to : parent.pvt_reseller_id,
			});
			for (const child of store.descendants(account._id)) {
				const own = treeOf(child);
				store.save('accounts', { ...child, pvt_tree: [...above, ...own.slice(own.indexOf(account._id))] });
			}
			return { data: accounts.show?.(moved, call, 'POST'), revision: moved._rev };
		},
	};
};

/** Everything below an account, down to the next reseller, is resold by another one now. */
function resell(call: Call, id: string, resellerId: unknown): void {
	const { store } = call.kernel;
	const below = store.descendants(id);
	const resellers = new Set(below.filter((account) => account.pvt_reseller === true).map(({ _id }) => _id));
	for (const account of below) {
		if (treeOf(account).some((ancestor) => resellers.has(ancestor))) continue;
		store.save('accounts', { ...account, pvt_reseller_id: resellerId });
	}
}

function setReseller(reseller: boolean): Handler {
	return (call) => {
		const account = call.account as Doc;
		if (!call.auth?.superduper) throw forbidden();
		return {
			run: () => {
				const { store } = call.kernel;
				const saved =
					(account.pvt_reseller === true) === reseller
						? account
						: store.save('accounts', {
								...account,
								pvt_reseller: reseller,
								pvt_reseller_since: reseller ? now() : undefined,
							});
				if (saved !== account) resell(call, account._id, reseller ? account._id : account.pvt_reseller_id);
				const data = accounts.show?.(saved, call, 'PUT') ?? {};
				return {
					data: reseller || call.kernel.profile === 5 ? data : { ...data, _read_only: { deleted: true } },
					revision: saved._rev,
					id: saved._id,
				};
			},
		};
	};
}

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
	{ path: '/accounts/{accountId}/children', handlers: { GET: children } },
	{ path: '/accounts/{accountId}/descendants', handlers: { GET: descendants } },
	{ path: '/accounts/{accountId}/siblings', handlers: { GET: siblings } },
	{ path: '/accounts/{accountId}/parents', handlers: { GET: parents } },
	{ path: '/accounts/{accountId}/tree', handlers: { GET: tree } },
	{ path: '/accounts/{accountId}/move', handlers: { POST: move } },
	{
		path: '/accounts/{accountId}/reseller',
		handlers: { PUT: setReseller(true), DELETE: setReseller(false) },
	},
	{ path: '/accounts/{accountId}/api_key', handlers: { GET: apiKey, PUT: newApiKey } },
];
