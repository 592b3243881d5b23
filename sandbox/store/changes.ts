import type { Doc } from './database';
import { type DocEvent, type Store, treeOf } from './store';
import { monthOf, now } from '../values/time';

/**
 * What KAZOO tells of a changed document: in whose database it sees which change. Follows webhooks.md 2.3 and the
 * recorded deliveries: numbers are mirrored into the account that has them, an account is kept twice and told of twice,
 * and with it its databases go.
 */
export interface Change {
	accountId: string;
	action: 'doc_created' | 'doc_edited' | 'doc_deleted' | 'db_deleted';
	/** Left out where nothing tells what it was: of a number that is gone, and of settings. */
	type?: string;
	id: string;
	/** The month of the database, `202611`, of a record of a month. */
	month?: string;
	/** The document; a deleted database has none. */
	doc?: Doc;
}

/** What can happen to a document, as hooks and bindings name it. */
export const CHANGE_ACTIONS = ['doc_created', 'doc_edited', 'doc_deleted'];

/** Types of documents that hooks and bindings can ask for by name. */
export const CHANGE_TYPES = [
	'account',
	'callflow',
	'device',
	'faxbox',
	'media',
	'user',
	'vmbox',
	'fax',
	'mailbox_message',
	'call_recording',
];

/** Documents that the sandbox keeps with an account and KAZOO elsewhere, or writes without telling of them. */
const UNANNOUNCED = new Set(['webhook_attempt', 'login_attempt', 'fax_job', 'cdr', 'ledger']);

/** What the sandbox calls by a type of its own, and KAZOO keeps without any. */
const UNTYPED = new Set(['configs']);

/** Documents of which the account itself notes that it has them. */
const NOTED = new Set(['whitelabel']);

/** The escaped name of an account's database, of its database of a month if one (`202611`) is given. */
export function databaseName(accountId: string, month?: string): string {
	const name = `account/${accountId.slice(0, 2)}/${accountId.slice(2, 4)}/${accountId.slice(4)}`;
	return encodeURIComponent(month === undefined ? name : `${name}-${month}`);
}

/** The changes that accounts see; none for a document that belongs to none of them. */
export function changesOf(store: Store, event: DocEvent): Change[] {
	const { database, doc, action } = event;
	if (UNANNOUNCED.has(doc.pvt_type)) return [];
	if (database === 'accounts') return ofAccount(store, event);
	if (database === 'numbers') return ofNumber(event);
	if (!/^[0-9a-f]{32}$/.test(database)) return [];
	const month = /^(\d{6})-/.exec(doc._id)?.[1];
	const type = UNTYPED.has(doc.pvt_type) ? undefined : doc.pvt_type;
	const change: Change = { accountId: database, action, type, id: doc._id, month, doc };
	return [change, ...(action === 'doc_created' && NOTED.has(doc.pvt_type) ? edited(store, database) : [])];
}

/** An account is kept twice, and each is told of. */
function edited(store: Store, accountId: string | undefined): Change[] {
	const doc = accountId === undefined ? undefined : store.account(accountId);
	if (!doc) return [];
	const change: Change = { accountId: doc._id, action: 'doc_edited', type: 'account', id: doc._id, doc };
	return [change, change];
}

/** An account's parent notes that it has one more or less below it. */
function ofAccount(store: Store, { action, doc }: DocEvent): Change[] {
	const id = doc._id;
	if (action === 'doc_edited') return edited(store, id);
	const parent = edited(store, treeOf(doc).at(-1));
	if (action === 'doc_deleted') {
		const gone = (name: string): Change => ({
			accountId: id,
			action: 'db_deleted',
			type: 'database',
			id: name,
		});
		return [...parent, gone(databaseName(id, monthOf(now()))), gone(databaseName(id))];
	}
	return [{ accountId: id, action, type: 'account', id, doc }, ...parent];
}

function ofNumber({ action, doc, before }: DocEvent): Change[] {
	const owner = doc.pvt_assigned_to as string | undefined;
	const former = (before?.pvt_assigned_to ?? (action === 'doc_created' ? undefined : owner)) as
		| string
		| undefined;
	const changes: Change[] = [];
	if (former !== undefined && (former !== owner || action === 'doc_deleted')) {
		changes.push({ accountId: former, action: 'doc_deleted', id: doc._id, doc });
	}
	if (owner !== undefined && action !== 'doc_deleted') {
		const seen = former === owner ? 'doc_edited' : 'doc_created';
		changes.push({ accountId: owner, action: seen, type: doc.pvt_type, id: doc._id, doc });
	}
	return changes;
}
