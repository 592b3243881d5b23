/** What a plan may do without being told that it may: asked before the first of its changes is done. */
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';
import type { Batch, Change } from './change';
import { nameOf } from './write';

/** What a person allows and wants. */
export interface Allowed {
	readonly allowDeletes: boolean;
	readonly allowLarge: boolean;
	readonly onFailure: 'goOn' | 'rollBack' | 'stop';
}

/** The percentage of what is there that changes or goes at the most without being allowed, where there are `FEW` or more. */
const LARGE = 30;
const FEW = 10;

/** @throws InvalidInput when one of the plans does what is not allowed; nothing is sent then */
export function assertAllowed(
	batches: readonly Batch[],
	{ allowDeletes, allowLarge, onFailure }: Allowed,
	transport: Pick<Transport, 'allows'>,
): void {
	const changes = batches.flatMap((batch) => batch.changes);
	const deletes = changes.filter(({ action }) => action === 'delete');
	if (deletes.length > 0 && !allowDeletes)
		throw new InvalidInput(
			`The plan deletes ${deletes.length}: ${some(deletes)}`,
			'Nothing was sent. Switch on Allow Deletes if that is what you want.',
		);
	assertAccess(changes, onFailure, transport);
	if (allowLarge) return;
	for (const batch of batches) assertSmall(batch);
}

/** What the credential forbids is not begun. */
function assertAccess(
	changes: readonly Change[],
	onFailure: Allowed['onFailure'],
	transport: Pick<Transport, 'allows'>,
): void {
	const whatToDo = 'Nothing was sent. To allow it, change Access in the KAZOO Crossbar API credential.';
	if (changes.length > 0 && !transport.allows('PATCH'))
		throw new InvalidInput('The plan changes something, and the credential is Read Only', whatToDo);
	if (transport.allows('DELETE')) return;
	const deletes = changes.filter(({ action }) => action === 'delete');
	if (deletes.length > 0)
		throw new InvalidInput(
			`The plan deletes ${deletes.length}, and the credential forbids deletes: ${some(deletes)}`,
			whatToDo,
		);
	if (onFailure === 'rollBack' && changes.some(({ action }) => action === 'create'))
		throw new InvalidInput(
			'Roll Back deletes what was created, and the credential forbids deletes',
			`Choose another way On Failure. ${whatToDo}`,
		);
}

function assertSmall({ changes, total }: Batch): void {
	const touched = new Set(
		changes.flatMap(({ action, accountId, id, kind }) =>
			action === 'create' || id?.startsWith('<<') ? [] : [`${accountId} ${kind} ${id ?? ''}`],
		),
	);
	if (total < FEW || touched.size * 100 <= LARGE * total) return;
	const account = changes[0]?.accountName;
	throw new InvalidInput(
		`The plan changes or deletes ${touched.size} of ${total}${account === undefined ? '' : ` in ${account}`}`,
		`Nothing was sent. That is more than ${LARGE} %. Switch on Allow Large Changes if that is what you want.`,
	);
}

/** The first few of them by name. */
function some(changes: ReadonlyArray<Pick<Change, 'kind' | 'name'>>): string {
	const shown = changes.slice(0, 5).map(nameOf).join(', ');
	return changes.length > 5 ? `${shown} and ${changes.length - 5} more` : shown;
}
