/** What cannot be taken back and is large is done only when the person said once more what it is done to. */
import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { fillPath } from '../operations/request';
import { InvalidInput, listOfTexts, quoted } from '../values/input';
import { plainText } from '../values/records';

/** @throws InvalidInput when what was typed is not what it would be done to */
export async function confirmed(operation: Operation, transport: Transport): Promise<Outcome> {
	if (!transport.isDryRun) await check(operation, transport);
	return await performRow(operation, transport);
}

async function check({ row, input }: Operation, transport: Transport): Promise<void> {
	const { confirmation } = input.arguments;
	const label = row.arguments?.confirmation?.label ?? 'Confirmation';
	if (row.confirm === 'howMany') {
		const { length } = listOfTexts(input.body.numbers ?? [], 'Phone Numbers');
		if (Number(confirmation) === length) return;
		throw new InvalidInput(
			`${label} says ${plainText(confirmation) || quoted(confirmation)}, but there are ${length}`,
			'Nothing was sent. Look at the list: it may hold more than you mean.',
		);
	}
	const path = fillPath('/accounts/{accountId}', input.path);
	const { envelope } = await transport.send({ method: 'GET', path, what: row.action });
	const { name } = (envelope.data ?? {}) as { name?: unknown };
	if (typeof name === 'string' && plainText(confirmation).trim() === name.trim()) return;
	throw new InvalidInput(
		`${label} is not the name of this account: ${quoted(confirmation ?? '')}`,
		`Nothing was changed. The account is called ${quoted(name)}.`,
	);
}
