/**
 * The callflows of an account that answer a number, and their lists of numbers changed one by one: what assigning and
 * moving a number share. A job keeps what was done, so that an error can say it.
 */
import type { IDataObject } from 'n8n-workflow';

import { asNodeError } from '../errors/nodeError';
import type { CrossbarRequest, Query } from '../http/messages';
import type { Transport } from '../http/transport';
import { Cancelled } from '../http/wait';
import { acceptingCharges } from '../operations/charges';
import type { Operation, PathValues } from '../operations/operation';
import { collectPages } from '../operations/paging';
import { fillPath } from '../operations/request';
import { InvalidInput } from '../values/input';
import { isRecord, plainText, recordsIn } from '../values/records';

export interface Callflow extends IDataObject {
	id: string;
	name?: string;
	numbers?: string[];
	patterns?: string[];
}

const TRIES = 4;
export const CALLFLOWS = '/accounts/{accountId}/callflows';

/** One run: what is asked for, and what was done so far. */
export interface Job {
	readonly operation: Operation;
	readonly transport: Transport;
	readonly number: string;
	readonly done: string[];
}

/** @throws InvalidInput when no number was given */
export function newJob(operation: Operation, transport: Transport): Job {
	const number = operation.input.path.phoneNumber ?? '';
	if (number === '') throw new InvalidInput('Phone Number is empty', 'Choose one from the list or type it.');
	return { operation, transport, number, done: [] };
}

/** Changes the numbers of a callflow unless somebody else changed it in between; then reads again. */
export async function setNumbers(
	job: Job,
	callflowId: string,
	change: (numbers: string[]) => string[],
): Promise<Callflow> {
	const path = `${CALLFLOWS}/{callflowId}`;
	for (let attempt = 1; ; attempt++) {
		const current = await send(job, { method: 'GET', path }, { callflowId });
		const callflow = current.envelope.data as Callflow;
		const before = numbersOf(callflow);
		const numbers = change(before);
		if (numbers === before) return callflow;
		const revision = current.headers.etag;
		const answer = await send(
			job,
			{
				method: 'PATCH',
				path,
				body: { data: { numbers } },
				...(revision ? { headers: { 'If-Match': revision } } : {}),
				expect: attempt < TRIES ? [409, 412] : [],
			},
			{ callflowId },
		);
		if (answer.status < 300) return answer.envelope.data as Callflow;
	}
}

/** The error with what was done before it. */
export function failure({ transport, number, done }: Job, error: unknown, more?: string): Error {
	const told = [...(done.length > 0 ? [`Done so far: ${done.join('; ')}`] : []), ...(more ? [more] : [])];
	const text = told.join('. ');
	if (error instanceof Cancelled) return new Cancelled(text && `phone number ${number}. ${text}`);
	const shown = asNodeError(transport.node, error);
	if (text) shown.description = [shown.description, `${text}.`].filter(Boolean).join('\n');
	return shown;
}

/** The callflows of the account that answer the number. */
export async function callflowsWith(job: Job): Promise<Callflow[]> {
	return (await listCallflows(job, {})).filter((callflow) => numbersOf(callflow).includes(job.number));
}

/** The callflows of the account that fit a filter. */
export async function listCallflows(job: Job, query: Query): Promise<Callflow[]> {
	return (await list(job, CALLFLOWS, query)) as Callflow[];
}

/** All records of a list below the account. */
export async function list(job: Job, path: string, query: Query): Promise<IDataObject[]> {
	const { items } = await collectPages(
		async (page) => (await send(job, { method: 'GET', path, query: { ...query, ...page } })).envelope,
		{
			itemsOf: ({ data }) => recordsIn(data),
			identity: ({ id }) => plainText(id),
		},
	);
	return items;
}

/** One document below the account; nothing in it where the answer is none. */
export async function read(job: Job, path: string, values: PathValues): Promise<IDataObject> {
	const { data } = (await send(job, { method: 'GET', path }, values)).envelope;
	return isRecord(data) ? data : {};
}

/** One request below the account, with the charges that were accepted. @throws NodeApiError */
export async function send(job: Job, request: CrossbarRequest, values: PathValues = {}) {
	const { operation, transport } = job;
	const path = fillPath(request.path, { ...operation.input.path, ...values });
	return await acceptingCharges(
		{ ...request, path, what: operation.row.action },
		operation.charges,
		transport,
	);
}

/** A list, whatever stands there. */
export function numbersOf({ numbers }: Callflow): string[] {
	return Array.isArray(numbers) ? numbers : [];
}

/** Names of callflows, as a sentence says them. */
export function namesOf(callflows: readonly Callflow[]): string {
	return callflows.map(nameOf).join(', ');
}

/** What people call a callflow. */
export function nameOf(callflow: Callflow): string {
	return `“${callflow.name ?? numbersOf(callflow)[0] ?? callflow.id}”`;
}
