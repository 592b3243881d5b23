import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { asNodeError } from '../errors/nodeError';
import { readText } from '../http/files';
import type { CrossbarRequest, Envelope } from '../http/messages';
import type { Transport } from '../http/transport';
import { Cancelled, wait } from '../http/wait';
import { recordsOf } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { buildRequest } from '../operations/request';
import type { Table } from '../values/csv';
import { readCsv } from '../values/csv';
import { InvalidInput } from '../values/input';
import { csvFile } from './createTask';
import type { TaskKind } from './taskRows';
import { checkColumns, matchRows, rowsOf, withPhoneNumbers } from './taskRows';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
const MINUTE = 60_000;
const DEFAULT_MINUTES = 60;

/** A task on the server. */
interface Task {
	readonly id: string;
	/** Below `/v2`. */
	readonly path: string;
}

/**
 * A bulk task from its rows to its result: checks the columns, creates the task, starts it, waits for its end, and
 * gives a record for each row of the result. A run that is cancelled stops the task.
 */
export async function runTask(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input } = operation;
	const minutes = (input.arguments.longestWait as number | undefined) ?? DEFAULT_MINUTES;
	const given = await rowsOf(input, operation.items ?? []);
	const kind = transport.isDryRun ? undefined : await kindOf(operation, transport);
	if (kind) checkColumns(nameOf(operation), kind, given);
	const table = given && withPhoneNumbers(given);
	const task = await create(operation, table, transport);
	try {
		await ask(operation, transport, { method: 'PATCH', path: task.path, body: { data: {} } });
		const envelope = await end(operation, task, minutes, transport);
		const result = await output(operation, task, transport);
		const rows = matchRows(kind ?? {}, table, result);
		return {
			records: rows.map(({ record }) => ({ ...record, task_id: task.id })),
			sources: rows.map(({ sources }) => sources),
			envelope,
		};
	} catch (error) {
		if (error instanceof Cancelled) throw await stopped(operation, task, transport);
		const shown = asNodeError(transport.node, error);
		if (shown instanceof NodeApiError)
			shown.description = `${shown.description ?? ''}\nThe bulk task ${task.id} was created: see how it stands with Bulk Task: Get.`;
		throw shown;
	}
}

const nameOf = ({ input }: Operation): string =>
	`“${String(input.query.category)} ${String(input.query.action)}”`;

/** @throws InvalidInput when the server has no such task */
async function kindOf(operation: Operation, transport: Transport): Promise<TaskKind> {
	const category = String(operation.input.query.category);
	const action = String(operation.input.query.action);
	const { data } = await ask(operation, transport, { method: 'GET', path: '/tasks', query: { category } });
	const { tasks } = (data ?? {}) as { tasks?: Record<string, Record<string, TaskKind>> };
	const kind = tasks?.[category]?.[action];
	if (kind) return kind;
	const others = Object.keys(tasks?.[category] ?? {});
	throw new InvalidInput(
		`This server has no bulk task ${nameOf(operation)}`,
		others.length > 0
			? `Nothing was sent. Of “${category}” it has: ${others.join(', ')}.`
			: 'Nothing was sent. Bulk Task: Get Types shows what it has.',
	);
}

async function create(operation: Operation, table: Table | undefined, transport: Transport): Promise<Task> {
	const { row, input } = operation;
	const { file: given, ...rest } = input;
	const fileName = input.query.fileName ?? given?.fileName;
	const request = buildRequest(row, {
		...rest,
		query: { ...input.query, fileName },
		...(table ? { file: csvFile(table, input.largestFile) } : {}),
	});
	const { envelope } = await transport.send(request);
	const { id, account_id } = factsOf(operation, envelope);
	if (typeof id !== 'string') {
		throw new InvalidInput(
			`The server said yes but made no bulk task ${nameOf(operation)}`,
			'It does so for tasks that it does not know. Bulk Task: Get Types shows what it has.',
		);
	}
	const account = typeof account_id === 'string' ? account_id : input.path.accountId;
	return { id, path: `/accounts/${encodeURIComponent(account ?? '')}/tasks/${encodeURIComponent(id)}` };
}

/** Waits until the task has ended. @returns the last envelope about it */
async function end(
	operation: Operation,
	task: Task,
	minutes: number,
	transport: Transport,
): Promise<Envelope> {
	let left = minutes * MINUTE;
	for (let pause = FIRST_WAIT; ; pause = Math.min(LONGEST_WAIT, pause * 1.5)) {
		const envelope = await ask(operation, transport, { method: 'GET', path: task.path });
		const { status, success_count, failure_count } = factsOf(operation, envelope);
		if (status === 'success' || status === 'partial' || status === 'failure') return envelope;
		if (status !== 'executing' && status !== 'pending') {
			throw new InvalidInput(
				status === 'stopped'
					? `The bulk task ${task.id} was stopped before its end`
					: `The bulk task ${task.id} broke off (${String(status)})`,
				`Rows done: ${Number(success_count ?? 0)}, failed: ${Number(failure_count ?? 0)}. Bulk Task: Download Output shows which; Start sets a stopped task off again.`,
			);
		}
		if (left <= 0) {
			throw new InvalidInput(
				`The bulk task ${task.id} has not ended after ${minutes} minutes`,
				'It goes on in the background. Follow it with Bulk Task: Get, get its result with Download Output, or end it with Stop. Longest Wait can be set higher.',
			);
		}
		await wait(Math.min(pause, left), transport.cancelSignal());
		left -= pause;
	}
}

/** The result; a task that has none gives an empty table. */
async function output(operation: Operation, task: Task, transport: Transport): Promise<Table> {
	const answer = await transport.send({
		method: 'GET',
		path: `${task.path}/output`,
		accept: 'text/csv',
		stream: true,
		expect: [404],
		what: operation.row.action,
	});
	const text = answer.status === 200 ? await readText(answer.content) : '';
	return text.trim() === '' ? { columns: [], rows: [] } : readCsv(text);
}

/** Stops the task of a cancelled run. @returns the error that says what became of it */
async function stopped(operation: Operation, task: Task, transport: Transport): Promise<Cancelled> {
	const { status } = await transport.with({ evenWhenCancelled: true }).send({
		method: 'PATCH',
		path: `${task.path}/stop`,
		body: { data: {} },
		expect: [404],
		what: operation.row.action,
	});
	return new Cancelled(
		status === 404
			? `the bulk task ${task.id} was not running any more`
			: `the bulk task ${task.id} was stopped, rows that were done stay done`,
	);
}

async function ask(operation: Operation, transport: Transport, request: CrossbarRequest): Promise<Envelope> {
	return (await transport.send({ ...request, what: operation.row.action })).envelope;
}

const factsOf = ({ row }: Operation, envelope: Envelope): IDataObject =>
	recordsOf({ ...row, returns: 'record' }, envelope, 'GET')[0] ?? {};
