/**
 * Assign a phone number to a user, a device or a callflow. Crossbar has no such call: a number rings where it stands
 * in the `numbers` of a callflow, so assigning is: activate it if it is not in service, take it out of the callflow
 * that has it (only when told to), put it into the right one, which is made if there is none. What was done is said.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput } from '../values/input';
import type { Callflow, Job } from './callflowNumbers';
import {
	CALLFLOWS,
	callflowsWith,
	failure,
	list,
	listCallflows,
	nameOf,
	namesOf,
	newJob,
	numbersOf,
	read,
	send,
	setNumbers,
} from './callflowNumbers';

/** Phone Number: Assign to User, Device or Callflow. */
export async function assignNumber(operation: Operation, transport: Transport): Promise<Outcome> {
	const {
		takeOver: mayTakeOver = false,
		activate: mayActivate = true,
		createCallflow: mayCreate = true,
	} = operation.input.arguments as Readonly<Record<string, boolean | undefined>>;
	const job = newJob(operation, transport);
	const target = await targetOf(job, mayCreate);
	const before = await callflowsWith(job);
	const holders = before.filter((callflow) => callflow.id !== target.existing?.id);
	const [holder] = holders;
	if (holder && !mayTakeOver) {
		throw new InvalidInput(
			`${job.number} is already assigned to callflow ${nameOf(holder)}`,
			'Nothing was changed. Switch on “Take Over From Another Callflow” to take it from there.',
		);
	}
	leaveNone(job, holders);
	await ensureInService(job, mayActivate);
	const taken: Callflow[] = [];
	try {
		for (const other of holders) {
			// Before it is done: what fails may have been done all the same.
			taken.push(other);
			await setNumbers(job, other.id, (numbers) => numbers.filter((entry) => entry !== job.number));
			job.done.push(`Removed from callflow ${nameOf(other)}`);
		}
		const callflow = target.existing
			? await addTo(job, target.existing)
			: await createCallflow(job, await target.document());
		return outcome(job, callflow);
	} catch (error) {
		throw await putBack(job, before, taken, error);
	}
}

/** Phone Number: Unassign; the number stays in the account. */
export async function unassignNumber(operation: Operation, transport: Transport): Promise<Outcome> {
	const job = newJob(operation, transport);
	const holders = await callflowsWith(job);
	leaveNone(job, holders);
	for (const callflow of holders) {
		const removed = setNumbers(job, callflow.id, (numbers) =>
			numbers.filter((entry) => entry !== job.number),
		);
		await removed.catch((error: unknown) => {
			throw failure(job, error);
		});
		job.done.push(`Removed from callflow ${nameOf(callflow)}`);
	}
	if (holders.length === 0) job.done.push('It was not assigned');
	return outcome(job, holders[0]);
}

/**
 * KAZOO refuses a callflow that nothing leads to.
 * @throws InvalidInput when the number is the only one of a callflow that it would be taken from
 */
function leaveNone({ number }: Job, holders: readonly Callflow[]): void {
	const emptied = holders.filter(
		(callflow) =>
			numbersOf(callflow).every((entry) => entry === number) && (callflow.patterns ?? []).length === 0,
	);
	if (emptied.length === 0) return;
	throw new InvalidInput(
		`${number} is the only number of callflow ${namesOf(emptied)}`,
		'Nothing was changed. KAZOO keeps no callflow without a number or pattern: give it another one first, or delete it with Callflow: Delete.',
	);
}

/** The callflow the number goes into, or the document of one to be made. */
async function targetOf(
	job: Job,
	mayCreate: boolean,
): Promise<{ existing?: Callflow; document: () => Promise<IDataObject> }> {
	const { user, device, callflow } = job.operation.input.arguments;
	if (callflow !== undefined) {
		const existing = (await read(job, `${CALLFLOWS}/{callflowId}`, {
			callflowId: String(callflow),
		})) as Callflow;
		return { existing, document: async () => ({}) };
	}
	const module = user === undefined ? 'device' : 'user';
	const id = String(user ?? device ?? '');
	const owner =
		module === 'user'
			? await read(job, '/accounts/{accountId}/users/{userId}', { userId: id })
			: await read(job, '/accounts/{accountId}/devices/{deviceId}', { deviceId: id });
	const flows = await listCallflows(job, { 'filter_flow.module': module, 'filter_flow.data.id': id });
	// The one that already rings under numbers is the person's main callflow; feature codes have patterns instead.
	const existing = [...flows].sort((a, b) => numbersOf(b).length - numbersOf(a).length)[0];
	if (!existing && !mayCreate) {
		throw new InvalidInput(
			`No callflow rings this ${module} yet`,
			'Nothing was changed. Switch on “Create Callflow if Missing”, or make one first.',
		);
	}
	return { existing, document: async () => await newCallflow(job, module, id, owner) };
}

async function newCallflow(
	job: Job,
	module: 'user' | 'device',
	id: string,
	owner: IDataObject,
): Promise<IDataObject> {
	const boxes =
		module === 'user' ? await list(job, '/accounts/{accountId}/vmboxes', { filter_owner_id: id }) : [];
	const voicemail = boxes[0] ? { _: { module: 'voicemail', data: { id: boxes[0].id }, children: {} } } : {};
	const name = module === 'user' ? [owner.first_name, owner.last_name].filter(Boolean).join(' ') : owner.name;
	return {
		name: name || job.number,
		...(module === 'user' ? { owner_id: id } : {}),
		numbers: [job.number],
		flow: { module, data: { id, timeout: 20, can_call_self: false }, children: voicemail },
	};
}

async function ensureInService(job: Job, mayActivate: boolean): Promise<void> {
	const path = '/accounts/{accountId}/phone_numbers/{phoneNumber}';
	const answer = await send(job, { method: 'GET', path, expect: [404] });
	const { state } = (answer.status === 404 ? {} : (answer.envelope.data ?? {})) as { state?: string };
	if (state === 'in_service') return;
	if (!mayActivate) {
		throw new InvalidInput(
			`${job.number} is not in service${state ? ` but ${state}` : ''}`,
			'Nothing was changed. Switch on “Activate”, or activate the number first.',
		);
	}
	try {
		await send(job, { method: 'PUT', path: `${path}/activate`, body: { data: {} } });
	} catch (error) {
		// What KAZOO says of an activation that fails is no more than that
		const { not_found: told } = (answer.envelope.data ?? {}) as { not_found?: string };
		throw answer.status === 404
			? failure(job, error, `The account does not have the number${told ? ` (KAZOO: ${told})` : ''}`)
			: error;
	}
	job.done.push(state ? `Activated (it was ${state})` : 'Bought and activated');
}

async function addTo(job: Job, callflow: Callflow): Promise<Callflow> {
	let added = false;
	const changed = await setNumbers(job, callflow.id, (numbers) => {
		added = !numbers.includes(job.number);
		return added ? [...numbers, job.number] : numbers;
	});
	job.done.push(
		added ? `Added to callflow ${nameOf(changed)}` : `It was already in callflow ${nameOf(changed)}`,
	);
	return changed;
}

async function createCallflow(job: Job, document: IDataObject): Promise<Callflow> {
	const { envelope } = await send(job, { method: 'PUT', path: CALLFLOWS, body: { data: document } });
	const callflow = envelope.data as Callflow;
	job.done.push(`Created callflow ${nameOf(callflow)}`);
	return callflow;
}

/**
 * After a failure: gives the number back to the callflows it was taken from, unless another one has it now.
 * @param before the callflows that had the number before anything was done
 * @returns the error that says what was done
 */
async function putBack(
	job: Job,
	before: readonly Callflow[],
	taken: readonly Callflow[],
	error: unknown,
): Promise<Error> {
	if (taken.length === 0) return failure(job, error);
	const again = { ...job, transport: job.transport.with({ evenWhenCancelled: true }) };
	const now = async () => await callflowsWith(again).catch(() => []);
	const had = new Set(before.map(({ id }) => id));
	const [taker] = (await now()).filter(({ id }) => !had.has(id));
	if (taker) return failure(job, error, `The number is in callflow ${nameOf(taker)} now`);
	const back = new Set<string>();
	for (const { id } of taken) {
		// Written even where the number still is: a removal under way would come too late then (If-Match).
		const put = setNumbers(again, id, (numbers) =>
			numbers.includes(job.number) ? [...numbers] : [...numbers, job.number],
		);
		await put.then(
			() => back.add(id),
			() => undefined,
		);
	}
	// What cannot be changed may never have given the number away.
	if (back.size < taken.length) for (const { id } of await now()) back.add(id);
	const returned = taken.filter(({ id }) => back.has(id));
	if (returned.length > 0) job.done.push(`Put back into callflow ${namesOf(returned)}`);
	const lost = taken.filter(({ id }) => !back.has(id));
	if (lost.length === 0) return failure(job, error);
	return failure(
		job,
		error,
		`The number could not be put back into callflow ${namesOf(lost)}. Add it there by hand`,
	);
}

function outcome(job: Job, callflow: Callflow | undefined): Outcome {
	const record: IDataObject = { phone_number: job.number, done: job.done.join('; ') };
	if (callflow)
		Object.assign(record, {
			callflow_id: callflow.id,
			callflow_name: callflow.name,
			numbers: callflow.numbers,
		});
	return { records: [record], envelope: {} };
}
