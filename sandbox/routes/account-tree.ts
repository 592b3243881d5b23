import type { Call, Handler, Route } from '../request/call';
import { requestValue } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { HIGHEST, list } from '../documents/listing';
import { fieldError, forbidden, Refusal } from '../request/refusal';
import { type Store, treeOf } from '../store/store';
import { hex } from '../values/ids';
import { now } from '../values/time';
import { showAccount } from './accounts';

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

/** The accounts right below one. */
function childrenOf(call: Call, parent: string): ReturnType<Handler> {
	return list(call, {
		database: call.kernel.store.database('accounts'),
		view: CHILDREN,
		prefix: [parent],
		highest: HIGHEST,
		show: (doc) => ({
			...summary(doc),
			descendants_count: doc.descendants_count ?? 0,
			flags: doc.flags ?? [],
		}),
	});
}

const children: Handler = (call) => childrenOf(call, (call.account as Doc)._id);

const descendants: Handler = (call) =>
	list(call, {
		database: call.kernel.store.database('accounts'),
		view: DESCENDANTS,
		prefix: [(call.account as Doc)._id],
		highest: HIGHEST,
		show: (doc) => ({ ...summary(doc), tree: treeOf(doc), flags: doc.flags ?? [] }),
	});

/** All that have the same parent, the account itself among them: for those above it, not for its own people. */
const siblings: Handler = (call) => {
	const account = call.account as Doc;
	if (!call.auth?.superduper && call.auth?.accountId === account._id) throw forbidden();
	return childrenOf(call, treeOf(account).at(-1) ?? 'undefined');
};

/** Of an account that is not there any more nothing is known. */
const named = (call: Call, ids: string[]): Fields[] =>
	ids.map((id) => {
		const account = call.kernel.store.account(id);
		return account ? { id, name: account.name } : {};
	});

/** The accounts above, as far up as the token's own, or all of them where that is none of them. */
const parents: Handler = (call) => {
	const ids = treeOf(call.account as Doc);
	const shown = ids.slice(Math.max(0, ids.indexOf(call.auth?.accountId ?? '')));
	return {
		data: named(call, shown),
		envelope: { page_size: shown.length },
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

/** Who resells to an account of that tree: the nearest above it that is a reseller, else the master. */
function resellerOf(store: Store, above: string[]): string | undefined {
	const resellers = above.filter((id) => store.account(id)?.pvt_reseller === true);
	return resellers.at(-1) ?? store.master()?._id;
}

/** Puts an account under others, with who resells to it. */
function hang(store: Store, account: Doc, above: string[]): Doc {
	return store.save('accounts', { ...account, pvt_tree: above, pvt_reseller_id: resellerOf(store, above) });
}

/** Where to is not looked at, as long as it is not below the account itself: an id of nobody will do. */
const move: Handler = (call) => {
	const account = call.account as Doc;
	const { store } = call.kernel;
	const to = requestValue(call, 'to');
	if (typeof to !== 'string') throw fieldError('to', 'required', "Field 'to' is required");
	if (!call.auth?.superduper) throw forbidden();
	const parent = store.account(to);
	const above = [...(parent ? treeOf(parent) : []), to];
	return {
		run: () => {
			if (above.includes(account._id)) throw forbidden();
			const moved = hang(store, account, above);
			for (const child of store.descendants(account._id)) {
				const own = treeOf(child);
				hang(store, child, [...above, ...own.slice(own.indexOf(account._id))]);
			}
			// The answer tells who resold to it before.
			return { data: showAccount(moved, call), revision: moved._rev };
		},
	};
};

function setReseller(reseller: boolean): Handler {
	return (call) => {
		const account = call.account as Doc;
		const { store, profile } = call.kernel;
		if (!call.auth?.superduper) throw forbidden();
		return {
			revision: account._rev,
			run: () => {
				if (account._id === store.master()?._id) throw forbidden();
				const below = store.descendants(account._id);
				if (below.some(({ pvt_reseller }) => pvt_reseller === true)) {
					throw new Refusal(500, 'account_has_descendants', { message: 'account has descendants' });
				}
				const saved =
					(account.pvt_reseller === true) === reseller
						? account
						: store.save('accounts', {
								...account,
								pvt_reseller: reseller,
								pvt_reseller_since: reseller ? now() : undefined,
							});
				for (const child of below) {
					store.save('accounts', { ...child, pvt_reseller_id: resellerOf(store, treeOf(child)) });
				}
				const data = showAccount(saved, call);
				return {
					data: reseller || profile === 5 ? data : { ...data, _read_only: { deleted: true } },
					revision: saved._rev,
					id: saved._id,
				};
			},
		};
	};
}

/** How accounts hang together. */
export const accountTreeRoutes: Route[] = [
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
];
