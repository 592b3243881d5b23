import type { Answer, Call, Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { byId, create, type Resource, routesOf } from '../documents/resource';
import { hex } from '../values/ids';
import { list } from '../documents/listing';
import { present } from '../store/merge';

const A = '/accounts/{accountId}';

/** KAZOO 4's lists; in KAZOO 5 they hold their contacts themselves. */
const lists: Resource = {
	path: `${A}/lists`,
	type: 'list',
	schema: 'lists',
	view: byId('list'),
	unmatched: ['DELETE'],
	summary: (doc) => ({
		id: doc._id,
		name: doc.name,
		description: doc.description,
		list_type: doc.list_type,
	}),
	after: (call, doc, change) => {
		if (change === 'deleted') dropEntries(call, doc._id);
	},
};

const ENTRIES = byId('list_entry');

/** An entry; its own id finds it, whatever list the path names. */
const entries: Resource = {
	path: `${A}/lists/{listId}/entries`,
	type: 'list_entry',
	schema: 'list_entries',
	view: ENTRIES,
	summary: present,
	profile: 4,
	// A new entry is of the list in the path; one that is replaced has to say it.
	prepare: ({ call, fields }) => {
		if (call.verb === 'PUT') fields.list_id = call.params.listId;
	},
};

/** What the server's view keeps of an entry: what calls are matched against. */
const MATCHED = [
	'capture_group_key',
	'capture_group_length',
	'name',
	'number',
	'pattern',
	'prefix',
	'regexp',
	'type',
];

/** The entries of a list as rows of the view: the server shows them as its database does. */
const listEntries = (call: Call): Answer =>
	list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: ENTRIES,
		only: (doc) => doc.list_id === call.params.listId,
		show: (doc) => ({ id: doc._id, key: doc.list_id, value: rowOf(doc) }),
	});

function rowOf(doc: Doc): Fields {
	return Object.fromEntries(MATCHED.flatMap((key) => (doc[key] === undefined ? [] : [[key, doc[key]]])));
}

/** Takes the entries of a list away for good. */
function dropEntries(call: Call, listId: string): void {
	const database = (call.account as Doc)._id;
	const { store } = call.kernel;
	for (const entry of store.database(database).list('list_entry')) {
		if (entry.list_id === listId) store.remove(database, entry, true);
	}
}

/** Empties a list, and shows a last time what was in it. */
const removeEntries: Handler = (call) => {
	const shown = listEntries(call);
	return {
		run: () => {
			dropEntries(call, call.params.listId as string);
			return { ...shown, revision: undefined };
		},
	};
};

const entryCard: Handler = (call) => {
	const entry = call.kernel.store
		.database((call.account as Doc)._id)
		.get(call.params.id as string, 'list_entry');
	const text = (key: string) => String(entry?.[key] ?? '');
	return {
		revision: entry?._rev,
		raw: {
			contentType: call.accepted,
			body: [
				'BEGIN:VCARD',
				'VERSION:3.0',
				`FN:${text('displayname')}`,
				`TEL:${text('number')}`,
				`UID:${hex()}`,
				'END:VCARD',
				'',
			].join('\r\n'),
		},
	};
};

const [, ...entryRoutes] = routesOf(entries);

/** Lists of numbers, and in KAZOO 4 their entries. */
export const listRoutes: Route[] = [
	...routesOf(lists),
	...entryRoutes,
	{
		path: entries.path,
		handlers: { GET: listEntries, PUT: create(entries), DELETE: removeEntries },
		profile: 4,
	},
	{
		path: `${entries.path}/{id}/vcard`,
		handlers: { GET: entryCard },
		provides: { GET: ['text/x-vcard', 'text/directory'] },
		profile: 4,
	},
];
