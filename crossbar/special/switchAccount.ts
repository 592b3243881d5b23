/** Account: Suspend and Reinstate. KAZOO answers 200 to an administrator of the account itself and changes nothing. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { fillPath } from '../operations/request';
import { InvalidInput } from '../values/input';

/** @throws InvalidInput when the account is as it was */
export async function switchAccount(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input } = operation;
	const wanted = row.always?.enabled;
	await performRow(operation, transport);
	const path = fillPath('/accounts/{accountId}', input.path);
	const { envelope } = await transport.send({ method: 'GET', path, what: row.action });
	const account = (envelope.data ?? {}) as IDataObject;
	// KAZOO 5 has it beside the account; an account that was never suspended says nothing of it
	const enabled = account.enabled ?? envelope.metadata?.enabled ?? true;
	if (enabled === wanted) return { records: [{ ...account, enabled }], envelope };
	throw new InvalidInput(
		`KAZOO left the account ${wanted === true ? 'suspended' : 'as it was'}`,
		'Only an account above it may suspend and reinstate an account: take a credential of the reseller.',
	);
}
