import type { Call, Handler, Route } from '../request/call';
import { DEBUG_TYPE } from '../calls/pivot/debug';
import type { Doc, Fields, View } from '../store/database';
import { list } from '../documents/listing';
import { present } from '../store/merge';

const A = '/accounts/{accountId}/pivot/debug';

const BY_TIME: View = { types: [DEBUG_TYPE], key: (doc) => [doc.pvt_created, doc._id] };

const database = (call: Call) => call.kernel.store.database((call.account as Doc)._id);

function shown(entry: Doc): Fields {
	const { id: _id, ...fields } = present(entry);
	return fields;
}

/** A line for each call: its first request, and what was answered. */
const summaries: Handler = (call) =>
	list(call, {
		database: database(call),
		view: BY_TIME,
		ranged: true,
		startUnknown: true,
		only: (entry) => entry.iteration === 1 && entry.uri !== undefined,
		show: ({ call_id, created, debug_id, uri, method }) => {
			const answer = database(call)
				.list(DEBUG_TYPE)
				.find((other) => other.debug_id === debug_id && other.resp_status_code !== undefined);
			return { call_id, created, debug_id, uri, method, status_code: answer?.resp_status_code };
		},
	});

/** All that was asked and answered in a call, in order. `id` is that of the call, or the one the list shows. */
const entries: Handler = (call) => {
	const { id } = call.params;
	const found = database(call)
		.list(DEBUG_TYPE)
		.filter((entry) => entry.debug_id === id || entry.call_id === id);
	return { data: found.map(shown) };
};

/** What Pivot servers were asked, and what they answered. */
export const pivotRoutes: Route[] = [
	{ path: A, handlers: { GET: summaries } },
	{ path: `${A}/{id}`, handlers: { GET: entries } },
];
