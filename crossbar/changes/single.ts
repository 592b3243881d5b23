/** Changes to one stored document that somebody has already looked at, without a document of wishes around it. */
import type { Change } from './change';
import { fieldChanges, overlay, patchOf, removals } from './difference';
import type { FieldChange } from './difference';
import type { Document, KindName } from './kinds';
import { kinds, ownFields, withoutSecrets } from './kinds';
import type { Stored } from './live';
import { ownOf } from './lookup';
import { InvalidInput } from '../values/input';

/** Whose document it is, and why it changes. */
export interface About {
	readonly accountId: string;
	readonly accountName: string;
	readonly why: string;
}

const MASK = '********';

/** What stands for a secret that changes. */
export const masked = ({ field, from }: FieldChange): FieldChange => ({
	field,
	...(from === undefined ? {} : { from: MASK }),
	to: MASK,
});

/** The fields by name, as a sentence lists them. */
export const namesOf = (fields: readonly FieldChange[]): string =>
	fields.map(({ field }) => field).join(', ');

/** Why something cannot be undone, if there are reasons. */
export function irreversibly(
	...reasons: ReadonlyArray<string | false | undefined>
): Pick<Change, 'irreversible'> {
	const given = reasons.filter(Boolean);
	return given.length === 0 ? {} : { irreversible: given.join('; ') };
}

/** Why an update cannot be undone: KAZOO takes no field out of an account. */
export function stays(kind: KindName, fields: readonly FieldChange[]): { irreversible?: string } {
	const added = kind === 'account' ? fields.filter(({ from }) => from === undefined) : [];
	if (added.length === 0) return {};
	return {
		irreversible: `KAZOO takes no field out of an account: ${added.map(({ field }) => field).join(', ')}`,
	};
}

/**
 * The change that lays a patch over a stored document: objects are merged, `null` takes a field out.
 * @returns nothing where it is so already
 * @throws InvalidInput for a field that KAZOO would keep, or that is the server's own
 */
export function updateOf(stored: Stored, patch: Document, about: About): Change | undefined {
	const { kind, id, revision } = stored;
	const { open, secrets } = withoutSecrets(kind, patch);
	const owned = Object.keys(patch).filter((key) => !(key in ownFields(kind, patch)));
	if (owned.length > 0)
		throw new InvalidInput(`Nobody can change ${owned.join(', ')}`, 'Nothing was changed. Leave it out.');
	const was = ownOf(stored);
	const document = overlay(was, open, kinds[kind].exact ?? []) as Document;
	const kept = withoutSecrets(kind, stored.document).secrets;
	const hidden = fieldChanges(kept, overlay(kept, secrets, [])).map(masked);
	const fields = [...fieldChanges(was, document), ...hidden];
	if (fields.length === 0) return undefined;
	const stuck = kind === 'account' ? removals(patchOf(was, document)) : [];
	if (stuck.length > 0)
		throw new InvalidInput(
			`KAZOO cannot take a field out of an account: ${stuck.join(', ')}`,
			'Nothing was changed. Give it another value.',
		);
	return {
		...about,
		action: 'update',
		kind,
		name: kinds[kind].name(stored.document) || id,
		id,
		fields,
		document,
		was,
		revision,
		...(hidden.length > 0 ? { secrets, irreversible: 'a plan keeps no secrets: the old one is gone' } : {}),
		...stays(kind, fields),
	};
}

/** The change that makes up secrets of a stored document anew; they are told once, when it is done. */
export function newSecretsOf(stored: Stored, paths: readonly string[], about: About): Change {
	const { kind, id, revision } = stored;
	const was = ownOf(stored);
	return {
		...about,
		action: 'update',
		kind,
		name: kinds[kind].name(stored.document) || id,
		id,
		fields: paths.map((field) => masked({ field, from: '' })),
		document: was,
		was,
		revision,
		generate: paths,
		irreversible: 'nobody can read the old one any more',
	};
}

/** The change that deletes a stored document. */
export function deletionOf(stored: Stored, about: About): Change {
	const { kind, id, document, revision } = stored;
	const { lost, name } = kinds[kind];
	const secrets = fieldChanges({}, withoutSecrets(kind, document).secrets);
	return {
		...about,
		action: 'delete',
		kind,
		name: name(document) || id,
		id,
		fields: [],
		was: ownOf(stored),
		revision,
		...irreversibly(lost, secrets.length > 0 && `secrets are not kept: ${namesOf(secrets)}`),
	};
}
