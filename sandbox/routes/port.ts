import type { Call } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { byId, type Draft, type Resource } from '../documents/resource';
import { present } from '../store/merge';
import { treeOf } from '../store/store';
import { now } from '../values/time';

/** Where an account's port requests are. */
export const PORTS = '/accounts/{accountId}/port_requests';

/** How far a port request has come. */
export const stateOf = (doc: Doc): string => String(doc.pvt_port_state);

/** Who decides about an account's ports: its reseller. */
export const authorityOf = (account: Doc): string => String(account.pvt_reseller_id ?? account._id);

/** What the server says about a port request, and nobody can write. */
export function readOnly(call: Call, doc: Doc): Fields {
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	const authority = account && authorityOf(account);
	return {
		account_id: doc.pvt_account_id,
		account_name: account?.name ?? 'unknown',
		port_authority: authority,
		port_authority_name: authority && call.kernel.store.account(authority)?.name,
		...(doc.pvt_ported_numbers === undefined
			? undefined
			: {
					ported_numbers: Object.fromEntries(
						(doc.pvt_ported_numbers as string[]).map((number) => [number, {}]),
					),
				}),
	};
}

/** The files of a port request. */
export function uploads(call: Call, doc: Doc): Fields {
	const files = call.kernel.store.database('port_requests').attachments(doc._id);
	return Object.fromEntries(
		[...files].map(([name, file]) => [name, { content_type: file.contentType, length: file.data.length }]),
	);
}

/** What every answer adds to the document. */
export function facts(call: Call, doc: Doc): Fields {
	return {
		sent: doc.pvt_sent === true,
		port_state: stateOf(doc),
		uploads: uploads(call, doc),
		updated: doc.pvt_modified,
		created: doc.pvt_created,
	};
}

/** Comments, without the private ones for those who do not decide. */
export function visibleComments(call: Call, doc: Doc): Fields[] {
	const comments = (doc.comments as Fields[] | undefined) ?? [];
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	const insider = call.auth?.superduper || (account && call.auth?.accountId === authorityOf(account));
	return insider ? comments : comments.filter((comment) => comment.is_private !== true);
}

/** A port request as it is read alone. */
export function show(doc: Doc, call: Call): Fields {
	return {
		...present(doc),
		comments: visibleComments(call, doc),
		...(call.kernel.profile === 5 ? undefined : { _read_only: readOnly(call, doc) }),
		...facts(call, doc),
	};
}

/** Port requests as documents. They are all in one database. */
export const ports: Resource = {
	path: PORTS,
	type: 'port_request',
	schema: 'port_requests',
	view: byId('port_request'),
	database: () => 'port_requests',
	mine: (doc, call) => call.account === undefined || reachable(call, doc),
	summary: present,
	collection: [],
	show: (doc, call, method) => (method === 'DELETE' ? present(doc) : show(doc, call)),
	check: checkNumbers,
	bill: () => [],
	before: (draft) => {
		draft.fields.comments ??= draft.existing?.comments ?? [];
		if (draft.existing) return;
		Object.assign(draft.hidden, {
			pvt_port_state: 'unconfirmed',
			pvt_sent: false,
			pvt_transitions: [transition(draft.call, undefined, 'unconfirmed')],
		});
	},
};

function reachable(call: Call, doc: Doc): boolean {
	const own = (call.account as Doc)._id;
	if (doc.pvt_account_id === own) return true;
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	return account !== undefined && treeOf(account).includes(own);
}

function checkNumbers({ call, existing, fields, errors }: Draft): void {
	if (typeof fields.numbers !== 'object' || fields.numbers === null) return;
	const { store } = call.kernel;
	const others = store
		.database('port_requests')
		.list('port_request')
		.filter(
			(port) => port._id !== existing?._id && ['submitted', 'pending', 'scheduled'].includes(stateOf(port)),
		);
	for (const number of Object.keys(fields.numbers)) {
		const other = others.find((port) => (port.numbers as Fields | undefined)?.[number] !== undefined);
		const owned = store.database('numbers').get(number, 'number');
		if (other) {
			errors[number] = {
				type: { message: `Number is on a port request already: ${other._id}`, cause: number },
			};
		} else if (owned && owned.pvt_state !== 'port_in') {
			errors[number] = { type: { message: 'Number exists on the system already', cause: number } };
		}
	}
}

/** The account and the user that ask. */
export function whoIs(call: Call): Fields {
	const { auth, kernel } = call;
	const account = kernel.store.account(auth?.accountId ?? '');
	const user = auth?.ownerId ? kernel.store.database(auth.accountId).get(auth.ownerId, 'user') : undefined;
	return {
		account: { id: account?._id, name: account?.name },
		...(user
			? {
					user: {
						id: user._id,
						first_name: user.first_name,
						last_name: user.last_name,
						full_name: `${String(user.first_name)} ${String(user.last_name)}`,
					},
				}
			: undefined),
	};
}

/** A line of the timeline: who moved a port from where to where. */
export function transition(
	call: Call,
	previous: string | undefined,
	state: string,
	reason?: unknown,
): Fields {
	return {
		timestamp: now(),
		type: 'transition',
		transition: { new: state, ...(previous === undefined ? undefined : { previous }) },
		authorization: { ...whoIs(call), ...(reason === undefined ? undefined : { reason }) },
		...(reason === undefined ? undefined : { reason }),
	};
}
