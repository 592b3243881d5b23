/**
 * Phone Number: Move to Another Account. KAZOO hands a number over when somebody above both accounts activates it in the
 * new one (knm_states: in_service from another account). Where it does not, the number can be released and made again;
 * between the two it is nobody's, so that is done only when asked for, and taken back when it fails.
 * Source: changes.md, Numbers and charges.
 */
import type { IDataObject } from 'n8n-workflow';

import type { CrossbarAnswer } from '../http/messages';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput } from '../values/input';
import { isRecord } from '../values/records';
import type { Job } from './callflowNumbers';
import { callflowsWith, failure, nameOf, newJob, send, setNumbers } from './callflowNumbers';

const NUMBER = '/accounts/{accountId}/phone_numbers/{phoneNumber}';
const ACCOUNT = '/accounts/{accountId}';
/** What only the server says of a number. */
const OWNED = new Set(['id', 'state', 'features', 'used_by', '_read_only', 'metadata']);

/** @throws NodeApiError with the server's reason and what was done; InvalidInput before anything is done */
export async function moveNumber(operation: Operation, transport: Transport): Promise<Outcome> {
	const job = newJob(operation, transport);
	const from = operation.input.path.accountId ?? '';
	const to = String(operation.input.arguments.toAccount ?? '');
	if (to === from) throw new InvalidInput('The number is in that account already', 'Nothing was changed.');
	const { account, number } = await known(job, to);
	const holders = await callflowsWith(job);
	const reason = await handedOver(job, to);
	if (reason !== undefined) await releasedAndTaken(job, number, to, account, reason);
	job.done.push(`Moved to ${account}`);
	for (const callflow of holders) {
		const removed = setNumbers(job, callflow.id, (numbers) =>
			numbers.filter((entry) => entry !== job.number),
		);
		await removed.catch((error: unknown) => {
			throw failure(job, error, `Callflow ${nameOf(callflow)} of the old account still has it in its list`);
		});
		job.done.push(`Removed from callflow ${nameOf(callflow)} of the old account`);
	}
	const record: IDataObject = {
		phone_number: job.number,
		account_name: account,
		state: (await stateIn(job, to)) ?? 'in_service',
		done: job.done.join('; '),
		account_id: to,
		from_account_id: from,
	};
	return { records: [record], envelope: {} };
}

/** The name of the new account, and the number as it is. @throws NodeApiError when one of them is not there */
async function known(job: Job, to: string): Promise<{ account: string; number: IDataObject }> {
	const [target, current] = await Promise.all([
		send(job, { method: 'GET', path: ACCOUNT }, { accountId: to }),
		send(job, { method: 'GET', path: NUMBER }),
	]);
	const { name } = (target.envelope.data ?? {}) as { name?: unknown };
	const data = current.envelope.data;
	return { account: typeof name === 'string' ? name : to, number: isRecord(data) ? data : {} };
}

/** @returns the error when the server does not hand the number over; it is where it was then */
async function handedOver(job: Job, to: string): Promise<unknown> {
	try {
		const request = { method: 'PUT', path: `${NUMBER}/activate`, body: { data: {} } } as const;
		await send(job, request, { accountId: to });
		return undefined;
	} catch (error) {
		// What was answered with an error may have been done all the same
		const there = await stateIn(job, to).catch(() => undefined);
		return there === 'in_service' ? undefined : error;
	}
}

async function releasedAndTaken(
	job: Job,
	number: IDataObject,
	to: string,
	account: string,
	reason: unknown,
): Promise<void> {
	if (job.operation.input.arguments.releaseFirst !== true)
		throw failure(
			job,
			reason,
			'The number is where it was. Take a credential of an account above both; if it is one, switch on “Release First if Need Be”',
		);
	const fields = Object.fromEntries(Object.entries(number).filter(([key]) => !OWNED.has(key)));
	const take = async (accountId: string, through: Job): Promise<CrossbarAnswer> => {
		// A number of a carrier is among the spare ones then, one of ours is gone
		const spare = await send(through, { method: 'GET', path: NUMBER, expect: [404] }, { accountId });
		const path = spare.status === 404 ? NUMBER : `${NUMBER}/activate`;
		return await send(through, { method: 'PUT', path, body: { data: fields } }, { accountId });
	};
	await send(job, { method: 'DELETE', path: NUMBER }).catch((error: unknown) => {
		throw failure(job, error, 'The number is where it was');
	});
	job.done.push('Released');
	try {
		await take(to, job);
	} catch (error) {
		if ((await stateIn(job, to).catch(() => undefined)) === 'in_service') return;
		const again = { ...job, transport: job.transport.with({ evenWhenCancelled: true }) };
		const back = await take(job.operation.input.path.accountId ?? '', again).catch(
			(problem: unknown) => problem,
		);
		if (back instanceof Error)
			throw failure(
				job,
				error,
				`The number could not be put back (${back.message}). Nobody has it now: create it in one of the accounts at once`,
			);
		job.done.push('Put back where it was');
		throw failure(job, error, `${account} did not get it`);
	}
}

/** The state of the number in an account; nothing where it is not there. */
async function stateIn(job: Job, accountId: string): Promise<string | undefined> {
	const { status, envelope } = await send(
		job,
		{ method: 'GET', path: NUMBER, expect: [403, 404] },
		{ accountId },
	);
	const { state } = (status < 300 ? (envelope.data ?? {}) : {}) as { state?: unknown };
	return typeof state === 'string' ? state : undefined;
}
