import type { Transport } from '../http/transport';
import { changingAccount } from '../operations/accountChange';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { buildRequest } from '../operations/request';

/**
 * Account: Update and Replace. Looks first, and says what stands there after a refusal. A replacement without a realm
 * keeps the one there is: KAZOO would make up another, and no phone would register any more.
 */
export async function changeAccount(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input } = operation;
	const { path, body } = buildRequest(row, input);
	// A dry run shows the change, not the look before it
	if (transport.isDryRun) return await performRow(operation, transport);
	const data = (body?.data ?? {}) as Record<string, unknown>;
	return await changingAccount({ path, data }, transport, async ({ realm }) => {
		const keepsRealm = row.value === 'replace' && data.realm === undefined && realm !== undefined;
		const document = keepsRealm ? { ...input.document, realm } : input.document;
		return await performRow({ ...operation, input: { ...input, document } }, transport);
	});
}
