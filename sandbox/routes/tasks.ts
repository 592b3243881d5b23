import type { Answer, Call, Handler, Prepared, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { hex } from '../values/ids';
import { list, listRevision } from '../documents/listing';
import { CSV_TYPES, JSON_TYPES } from '../request/content-types';
import { badIdentifier, fieldError, Refusal, unknownThing } from '../request/refusal';
import { CATALOGUE, shownKind, type TaskKind } from '../tasks/catalogue';
import { runTask } from '../tasks/run';
import { parseTable, type Table, writeTable } from '../tasks/table';
import { now } from '../values/time';

const A = '/accounts/{accountId}/tasks';
const DATABASE = 'tasks';
const INPUT = 'in.csv';
const OUTPUT = 'out.csv';

// All that is known of a task is private, as on the real server: filters see none of it.
const BY_CREATION: View = {
	types: ['task'],
	key: (doc) => [String(doc.pvt_account_id), doc.pvt_created, doc._id],
};

/** Facts about a task, in the order in which they come up. */
function facts(call: Call, task: Doc, withFiles: boolean): Fields {
	const files = [...call.kernel.store.database(DATABASE).attachments(task._id).keys()].reverse();
	return {
		id: task._id,
		...(withFiles || task.pvt_node === undefined ? undefined : { node: task.pvt_node }),
		account_id: task.pvt_account_id,
		auth_account_id: task.pvt_auth_account_id,
		category: task.pvt_category,
		action: task.pvt_action,
		...(task.pvt_file_name === undefined ? undefined : { file_name: task.pvt_file_name }),
		created: task.pvt_created,
		...(task.pvt_started === undefined ? undefined : { start_timestamp: task.pvt_started }),
		...(task.pvt_ended === undefined ? undefined : { end_timestamp: task.pvt_ended }),
		...(task.pvt_total === undefined ? undefined : { total_count: task.pvt_total }),
		...(task.pvt_failed === undefined
			? undefined
			: { failure_count: task.pvt_failed, success_count: task.pvt_succeeded }),
		status: task.pvt_status,
		...(withFiles && files.length > 0 ? { csvs: files } : undefined),
	};
}

/** An answer about one task: its facts are read-only ones. */
function about(call: Call, task: Doc, withFiles: boolean, more: Partial<Answer> = {}): Answer {
	const shown = facts(call, task, withFiles);
	return call.kernel.profile === 5
		? { data: {}, metadata: shown, ...more }
		: { data: { _read_only: shown }, ...more };
}

/** The account in the path; in the scope of the system that of the log-in. */
function ownerOf(call: Call): string | undefined {
	return call.account?._id ?? call.auth?.accountId;
}

function find(call: Call): Doc {
	const id = call.params.id as string;
	const task = call.kernel.store.database(DATABASE).get(id, 'task');
	if (!task || task.pvt_account_id !== ownerOf(call)) throw unknownThing(id);
	return task;
}

function save(call: Call, task: Doc, changes: Fields): Doc {
	return call.kernel.store.save(DATABASE, { ...task, ...changes });
}

const help: Handler = (call) => {
	const { category, action } = call.query;
	const tasks: Fields = {};
	for (const [name, kinds] of Object.entries(CATALOGUE)) {
		if (category !== undefined && category !== name) continue;
		const chosen = Object.entries(kinds).filter(([other]) => action === undefined || action === other);
		if (chosen.length > 0)
			tasks[name] = Object.fromEntries(chosen.map(([key, kind]) => [key, shownKind(kind)]));
	}
	return { data: { tasks } };
};

const listTasks: Handler = (call) => {
	if (call.kernel.profile === 4 && !call.kernel.fixes) {
		// The view's key is wrong on the recorded generation.
		throw new Refusal(500, 'datastore_fault', { cause: 'Bad Request', message: 'unknown failure' });
	}
	return list(call, {
		database: call.kernel.store.database(DATABASE),
		view: BY_CREATION,
		prefix: [ownerOf(call) ?? ''],
		show: (task) => facts(call, task, true),
	});
};

/** The input of a new task; undefined when none came. */
function inputOf(call: Call): Table | undefined {
	const [file] = call.body.files;
	if (file) {
		const table = parseTable(file.data.toString('utf8'));
		if (!table) {
			throw fieldError('csv', 'format', 'Empty CSV or some row(s) longer than others or header missing');
		}
		return table;
	}
	const { records } = dataObject(call);
	if (!Array.isArray(records)) return undefined;
	const rows = records.map((record, index): Fields => {
		if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record as Fields;
		throw fieldError(`records.${index}`, 'type', 'Value did not match type(s): object', {
			target: 'object',
			value: record as unknown,
		});
	});
	// The first record says what the columns are.
	const columns = Object.keys(rows[0] ?? {});
	const text = (value: unknown) => (value === null || value === undefined ? [] : [String(value)]);
	return {
		columns,
		rows: rows.map((row) =>
			Object.fromEntries(columns.flatMap((column) => text(row[column]).map((cell) => [column, cell]))),
		),
	};
}

function refuseColumns(kind: TaskKind, table: Table | undefined): void {
	if (!kind.mandatory) return;
	const missing = kind.mandatory.filter((column) => !table?.columns.includes(column));
	if (!table) {
		throw new Refusal(400, 'bad request', {
			expected_content: 'text/csv',
			missing_mandatory_fields: missing,
		});
	}
	if (missing.length > 0) throw new Refusal(400, 'bad request', { missing_mandatory_fields: missing });
}

const create: Handler = (call): Prepared | Answer => {
	const { category, action, file_name } = call.query;
	const table = inputOf(call);
	if (category === undefined || action === undefined) {
		throw new Refusal(500, 'invalid request', { message: 'invalid request' });
	}
	const kind = CATALOGUE[category]?.[action];
	// Seen on the real server: it says yes, and there is no task.
	if (!kind || (table && table.rows.length === 0)) return { status: 201 };
	refuseColumns(kind, table);
	return {
		run: () => {
			const account = ownerOf(call);
			const { store } = call.kernel;
			const task = store.create(
				DATABASE,
				'task',
				{
					pvt_category: category,
					pvt_action: action,
					pvt_status: 'pending',
					...(file_name === undefined ? undefined : { pvt_file_name: file_name }),
					...(table ? { pvt_total: table.rows.length } : undefined),
					pvt_account_id: account,
					pvt_auth_account_id: call.auth?.accountId,
				},
				{ id: hex(30) },
			);
			if (table) {
				const data = call.body.files[0]?.data ?? Buffer.from(writeTable(table));
				store.database(DATABASE).attach(task._id, INPUT, { contentType: 'text/csv', data });
			}
			return about(call, task, false);
		},
	};
};

const read: Handler = (call) => {
	if (CSV_TYPES.includes(call.accepted)) return download(call, String(call.query.csv_name));
	const task = find(call);
	const answer = about(call, task, true, { envelope: { page_size: 1 } });
	return { ...answer, revision: listRevision(call, JSON.stringify(answer.data)) };
};

/** A refusal that goes on to tell how many documents were looked at. */
function refuseState(task: Doc, reason: string): Refusal {
	return new Refusal(404, 'bad_identifier', { reason, cause: task._id, message: 'bad identifier' }, false, {
		page_size: 1,
	});
}

const start: Handler = (call): Prepared => {
	const task = find(call);
	if (task.pvt_status !== 'pending' && task.pvt_status !== 'stopped')
		throw refuseState(task, 'task already started');
	return {
		run: () => {
			const node = 'kazoo_apps@127.0.0.1';
			const running = save(call, task, { pvt_status: 'executing', pvt_started: now(), pvt_node: node });
			setImmediate(() => finish(call, task._id));
			return about(call, running, false, { envelope: { page_size: 1 }, revision: 'automatic' });
		},
	};
};

function finish(call: Call, id: string): void {
	const database = call.kernel.store.database(DATABASE);
	const task = database.get(id, 'task');
	if (task?.pvt_status !== 'executing') return;
	const input = database.attachments(id).get(INPUT);
	const table = input && parseTable(input.data.toString('utf8'));
	const { csv, succeeded, failed } = runTask(call, String(task.pvt_category), String(task.pvt_action), table);
	database.attach(id, OUTPUT, { contentType: 'text/csv', data: Buffer.from(csv) });
	const status = outcome(task.pvt_total as number | undefined, succeeded, failed);
	save(call, task, { pvt_status: status, pvt_succeeded: succeeded, pvt_failed: failed, pvt_ended: now() });
}

function outcome(total: number | undefined, succeeded: number, failed: number): string {
	if (failed === 0 && (total === undefined || succeeded >= total)) return 'success';
	if (succeeded === 0 && failed === (total ?? failed)) return 'failure';
	return 'partial';
}

const stop: Handler = (call): Prepared => {
	const task = find(call);
	if (task.pvt_status !== 'executing') throw refuseState(task, 'task is not running');
	return {
		run: () =>
			about(call, save(call, task, { pvt_status: 'stopped', pvt_ended: now() }), false, {
				envelope: { page_size: 1 },
				revision: 'automatic',
			}),
	};
};

const remove: Handler = (call): Prepared => {
	const task = find(call);
	if (task.pvt_status === 'executing') throw refuseState(task, 'task is running');
	return {
		run: () => {
			const answer = about(call, task, false, { envelope: { page_size: 1 }, revision: 'automatic' });
			call.kernel.store.remove(DATABASE, task, true);
			return answer;
		},
	};
};

function download(call: Call, name: string): Answer {
	const task = find(call);
	const file = call.kernel.store.database(DATABASE).attachments(task._id).get(name);
	if (!file) throw badIdentifier(task._id);
	const saved = [task.pvt_category, task.pvt_action, task._id, name.replace('.csv', '')]
		.map(String)
		.join('_');
	return {
		revision: task._rev,
		raw: {
			body: file.data,
			contentType: 'text/csv',
			headers: { 'content-disposition': `attachment; filename="${saved}.csv"` },
		},
	};
}

/** Bulk tasks. */
export const taskRoutes: Route[] = [
	{
		path: '/tasks',
		handlers: { GET: help, PUT: create },
		access: { GET: 'open', PUT: 'system' },
		accepts: { PUT: [...JSON_TYPES, ...CSV_TYPES] },
	},
	{
		path: A,
		handlers: { GET: listTasks, PUT: create },
		accepts: { PUT: [...JSON_TYPES, ...CSV_TYPES] },
	},
	...[A, '/tasks'].flatMap((path): Route[] => [
		{ path: `${path}/{id}`, handlers: { GET: read, PATCH: start, DELETE: remove } },
		{ path: `${path}/{id}/stop`, handlers: { PATCH: stop }, provides: { PATCH: CSV_TYPES } },
		...[
			['input', INPUT],
			['output', OUTPUT],
		].map(
			([name, file]): Route => ({
				path: `${path}/{id}/${name}`,
				handlers: { GET: (call) => download(call, file as string) },
				provides: { GET: CSV_TYPES },
			}),
		),
	]),
];
