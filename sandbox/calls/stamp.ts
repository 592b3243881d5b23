import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';

/** Who speaks of channels, presence and conferences. */
export const NODE = 'ecallmgr@apps1.sandbox.example';
/** Who speaks of what callflows do. */
export const CALLFLOW_NODE = 'callflow@apps1.sandbox.example';

/** Keys that every message has. */
export function stamp(app: string, node: string, category: string, name: string): Fields {
	return {
		'App-Name': app,
		'App-Version': '4.0.0',
		'Msg-ID': hex(16),
		Node: node,
		'Event-Category': category,
		'Event-Name': name,
	};
}

/** What notifications of an account begin with. `from` and `to` are `user@realm`. */
export function notificationOf(account: Doc, from: string, to: string): Fields {
	const [fromUser, fromRealm] = from.split('@');
	const [toUser, toRealm] = to.split('@');
	const { _id: id } = account;
	return {
		'From-User': fromUser,
		'From-Realm': fromRealm,
		'To-User': toUser,
		'To-Realm': toRealm,
		'Account-ID': id,
		'Account-DB': `account/${id.slice(0, 2)}/${id.slice(2, 4)}/${id.slice(4)}`,
	};
}

/** The same without what is undefined: the bus knows no such values. */
export function defined(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
