/**
 * Who is in a group or a directory, changed one by one. A group keeps its members under their IDs (PATCH adds, `null`
 * takes out); that a person is in a directory stands at the person: the directory's ID with the callflow that rings.
 */
import type { IDataObject } from 'n8n-workflow';

import type { CrossbarRequest } from '../http/messages';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { membersNamed } from '../operations/names';
import { collectPages } from '../operations/paging';
import { fillPath } from '../operations/request';
import { InvalidInput, listOfTexts } from '../values/input';
import { isRecord, plainText, recordsIn } from '../values/records';

const GROUP = '/accounts/{accountId}/groups/{groupId}';
const KINDS = { user: 'userId', device: 'deviceId', group: 'groupId' } as const;

/** Group: Add Member and Remove Member. The record is the group afterwards. */
export async function changeGroupMembers(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input } = operation;
	const path = fillPath(GROUP, input.path);
	const read = await transport.send({ method: 'GET', path, what: row.action });
	const { endpoints } = (read.envelope.data ?? {}) as { endpoints?: Record<string, { weight?: unknown }> };
	const before = endpoints ?? {};
	const names = listOfTexts(input.arguments.members, 'Members');
	const chosen = await membersNamed(KINDS, names, input.path, transport, 'Members');
	const change: Record<string, unknown> = {};
	const heaviest = Math.max(0, ...Object.values(before).map(({ weight }) => Number(weight) || 0));
	const ids = Object.keys(chosen);
	for (const [id, member] of Object.entries(chosen)) {
		const isIn = Object.hasOwn(before, id);
		if (row.value === 'removeMember') {
			if (isIn) change[id] = null;
		} else if (!isIn) {
			// KAZOO takes weights from 1 to 100
			change[id] = { ...member, weight: Math.min(100, heaviest + member.weight) };
		}
	}
	const changed = Object.keys(change);
	if (changed.length === 0) return told(read.envelope.data, { changed: 0, unchanged: ids.length });
	const body = { data: { endpoints: change } };
	const { envelope } = await transport.send({ method: 'PATCH', path, body, what: row.action });
	return told(envelope.data, { changed: changed.length, unchanged: ids.length - changed.length });
}

/** Directory: Add Person and Remove Person. The record says who is in which directory and what rings. */
export async function changeDirectoryPerson(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input } = operation;
	const accountId = input.path.accountId ?? '';
	const { directoryId = '' } = input.path;
	const userId = String(input.arguments.person ?? '');
	const path = fillPath('/accounts/{accountId}/users/{userId}', { accountId, userId });
	const removes = row.value === 'removePerson';
	const chosen = String(input.arguments.callflow ?? '').trim();
	const callflowId = removes ? null : chosen || (await callflowOf(accountId, userId, transport));
	const change: CrossbarRequest = {
		method: 'PATCH',
		path,
		body: { data: { directories: { [directoryId]: callflowId } } },
		what: row.action,
	};
	const { envelope } = await transport.send(change);
	const { first_name, last_name, username } = (envelope.data ?? {}) as IDataObject;
	const record = {
		first_name,
		last_name,
		username,
		in_directory: !removes,
		directory_id: directoryId,
		user_id: userId,
	};
	return {
		records: [removes ? record : { ...record, callflow_id: callflowId }],
		envelope,
	};
}

/** The callflow that rings a person: the one of his own with a number. */
async function callflowOf(accountId: string, userId: string, transport: Transport): Promise<string> {
	const path = fillPath('/accounts/{accountId}/callflows', { accountId });
	const { items } = await collectPages(
		async (query) =>
			(
				await transport.send({
					method: 'GET',
					path,
					query: { ...query, filter_owner_id: userId },
					what: 'Find the callflow of the person',
				})
			).envelope,
		{
			itemsOf: ({ data }) => recordsIn(data),
			identity: ({ id }) => plainText(id),
		},
	);
	const own = items.filter(({ numbers }) => Array.isArray(numbers) && numbers.length > 0);
	const [only] = own;
	if (only && own.length === 1) return plainText(only.id);
	const found = own
		.map(({ name, id }) => `${plainText(name) || 'without a name'}: ${plainText(id)}`)
		.join('; ');
	throw new InvalidInput(
		own.length === 0
			? 'The person has no callflow with a number, so the directory has nothing to ring'
			: `The person has ${own.length} callflows; which one is to ring?`,
		`Nothing was changed. Choose Callflow to Ring below${found ? `, one of these: ${found}` : ''}.`,
	);
}

function told(data: unknown, counts: IDataObject): Outcome {
	return { records: [{ ...(isRecord(data) ? data : {}), ...counts }], envelope: {} };
}
