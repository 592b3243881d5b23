import { mayReach } from '../auth/authorise';
import type { Answer, Call, Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { change, deletedAnswer, load, routesOf } from '../documents/resource';
import { EMPTY_OBJECT, encodeKey } from '../values/erlang';
import { listRevision } from '../documents/listing';
import { present } from '../store/merge';
import { bare, methodNotAllowed, Refusal } from '../request/refusal';
import { treeOf } from '../store/store';
import { facts, PORTS, ports, readOnly, stateOf, visibleComments } from './port';
import { portCommentRoutes } from './port-comments';
import { portFileRoutes } from './port-files';
import { portStateRoutes } from './port-states';

/** Names for several states at once. */
const GROUPS: Record<string, string[]> = {
	active: ['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected'],
	completed: ['completed', 'canceled'],
	progressing: ['pending', 'scheduled', 'submitted'],
	suspended: ['rejected', 'unconfirmed'],
	all: ['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected', 'completed', 'canceled'],
};

function wantedStates(call: Call): string[] {
	const types = call.query.by_types;
	if (types === undefined) return GROUPS.active as string[];
	const names = types.split(',').filter(Boolean);
	const wrong = names.filter((name) => !GROUPS[name] && !(GROUPS.all as string[]).includes(name));
	if (wrong.length > 0) {
		throw new Refusal(500, 'invalid_request', {
			message: `query string by_types contained invalid values: ${wrong.join(', ')}`,
		});
	}
	return names.flatMap((name) => GROUPS[name] ?? [name]);
}

/** By number, KAZOO 4 finds nothing: it looks in a list that nothing fills. */
const nothing = (number: string): Answer => ({
	envelope: { page_size: 0, start_key: encodeKey(number) },
	data: [],
});

function listOf(accounts: (call: Call, doc: Doc) => boolean): Handler {
	return (call) => {
		const { by_number: wanted } = call.query;
		if (wanted !== undefined && call.kernel.profile === 4) return nothing(wanted);
		const states = call.params.state === undefined ? wantedStates(call) : [call.params.state];
		const found = call.kernel.store
			.database('port_requests')
			.list('port_request')
			.filter(
				(doc) =>
					states.includes(stateOf(doc)) &&
					accounts(call, doc) &&
					(wanted === undefined || (doc.numbers as Fields | undefined)?.[wanted] !== undefined),
			)
			.reverse();
		const groups = new Map<string, Doc[]>();
		for (const doc of found)
			groups.set(String(doc.pvt_account_id), [...(groups.get(String(doc.pvt_account_id)) ?? []), doc]);
		return {
			data: [...groups].map(([id, docs]) => ({
				account_id: id,
				account_name: call.kernel.store.account(id)?.name ?? 'unknown',
				port_requests: docs.map((doc) => ({
					...present(doc),
					...facts(call, doc),
					account_id: doc.pvt_account_id,
					_read_only: readOnly(call, doc),
				})),
			})),
		};
	};
}

const ownPorts = listOf((call, doc) => doc.pvt_account_id === (call.account as Doc)._id);
const portsBelow = listOf((call, doc) => {
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	return account !== undefined && treeOf(account).includes((call.account as Doc)._id);
});
const allPorts = listOf(() => true);

const lastSubmitted: Handler = (call) => {
	const found = call.kernel.store
		.database('port_requests')
		.list('port_request')
		.filter((doc) => doc.pvt_account_id === (call.account as Doc)._id && stateOf(doc) === 'submitted');
	const rows = found.map((doc) => ({
		id: doc._id,
		transition: ((doc.pvt_transitions as { transition: Fields }[] | undefined) ?? [])
			.filter((entry) => entry.transition.new === 'submitted')
			.at(-1),
	}));
	return {
		...(rows.length > 0 ? { revision: listRevision(call, JSON.stringify(rows)) } : undefined),
		envelope: { page_size: found.length, start_key: encodeKey([(call.account as Doc)._id, EMPTY_OBJECT]) },
		data: rows,
	};
};

const timeline: Handler = (call) => {
	const doc = load(ports, call);
	const entries = [
		...visibleComments(call, doc),
		...[...((doc.pvt_transitions as Fields[] | undefined) ?? [])].reverse(),
	];
	entries.sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
	return { data: entries, revision: doc._rev };
};

const createPort = routesOf({ ...ports, collection: ['PUT'] })[0]?.handlers.PUT as Handler;

/** Documents are private to the account's tree, so the path's account must be above the request's. */
const removePort: Handler = (call) => {
	const doc = load(ports, call);
	if (!['unconfirmed', 'rejected', 'canceled'].includes(stateOf(doc)))
		throw methodNotAllowed('invalid method');
	return {
		revision: doc._rev,
		run: () => {
			if (!mayReach(call, String(doc.pvt_account_id))) throw bare(404);
			return deletedAnswer(ports, call, call.kernel.store.remove('port_requests', doc));
		},
	};
};

/** Ports of numbers from other carriers. */
export const portRoutes: Route[] = [
	{ path: '/port_requests', handlers: { GET: allPorts, PUT: createPort }, access: 'system' },
	{ path: PORTS, handlers: { GET: ownPorts, PUT: createPort } },
	{ path: '/accounts/{accountId}/descendants/port_requests', handlers: { GET: portsBelow, PUT: createPort } },
	{
		path: '/accounts/{accountId}/descendants/port_requests/{state}',
		handlers: { GET: portsBelow },
		profile: 5,
	},
	{ path: `${PORTS}/last_submitted`, handlers: { GET: lastSubmitted } },
	...routesOf({ ...ports, document: ['GET'] }),
	{
		path: `${PORTS}/{id}`,
		handlers: { POST: change(ports, 'POST'), PATCH: change(ports, 'PATCH'), DELETE: removePort },
	},
	...portStateRoutes,
	{ path: `${PORTS}/{id}/timeline`, handlers: { GET: timeline } },
	...portCommentRoutes,
	...portFileRoutes,
	{
		path: `${PORTS}/lnp_lookup`,
		handlers: { POST: () => ({ run: () => ({ data: {} }) }) },
		profile: 5,
	},
];
