/** A change before it is done, and what is kept of it afterwards: plain data that can be stored, approved and filtered. */
import type { IDataObject } from 'n8n-workflow';

import { hintFor } from '../catalogue/hints';
import { InvalidInput } from '../values/input';
import { dateToIso } from '../values/time';
import { timeOfDay } from '../values/timeOfDay';
import type { FieldChange } from './difference';
import { digest } from './difference';
import type { Document, KindName } from './kinds';
import { kinds } from './kinds';
import type { ListChange } from './lists';
import { isRecord, plainText } from '../values/records';

export type Action = 'create' | 'update' | 'delete' | 'none';

/** Stands for the id of a document that the plan creates: `<<user:anna smith>>`. */
export const placeholder = (kind: KindName, name: string): string =>
	`<<${kind}:${name.toLowerCase().replaceAll('<', '‹').replaceAll('>', '›')}>>`;

/** All placeholders in a text. */
export const PLACEHOLDERS = /<<\w+:[^<>]*>>/g;

/** One change of a plan. */
export interface Change {
	readonly action: Action;
	readonly kind: KindName;
	readonly name: string;
	readonly accountId: string;
	readonly accountName: string;
	/** Of the document; not there before it is created. */
	readonly id?: string;
	/** What stands for its id until it is created. */
	readonly ref?: string;
	readonly fields: readonly FieldChange[];
	/** What it will be, without what the server owns; ids of what the plan creates are placeholders. */
	readonly document?: Document;
	/** Lists of a document of which only some entries go or come, whatever else is in them. */
	readonly lists?: readonly ListChange[];
	/** What it was when the plan was made. */
	readonly was?: Document;
	readonly revision?: string;
	readonly why: string;
	/** What it costs by the price list of the account; left out where nothing changes. */
	readonly cost?: Cost | 'unknown';
	/** Why it cannot be undone; left out where it can. */
	readonly irreversible?: string;
	/** Secrets that the person gave; never shown. */
	readonly secrets?: Document;
	/** Dotted paths of secrets that are made up when it is created, and told once. */
	readonly generate?: readonly string[];
}

/** In the unit of the server's price lists; KAZOO names no currency. */
export interface Cost {
	/** Charged once, now. */
	readonly today: number;
	/** By how much the recurring charges rise, or fall. */
	readonly recurring: number;
}

/** What undoes a change that was done. */
export interface JournalEntry {
	readonly action: 'create' | 'update' | 'delete';
	readonly kind: KindName;
	readonly name: string;
	readonly accountId: string;
	readonly accountName: string;
	readonly id: string;
	/** What it was before; of a deleted or changed one. */
	readonly was?: Document;
	/** What it was left as; of a created or changed one. */
	readonly left?: Document;
	readonly irreversible?: string;
}

/** A plan or journal belongs to one server. */
interface Signed<Entry> {
	readonly server: string;
	/** Which plan, or which run, it is of: a fingerprint, or the time. */
	readonly of: string;
	/** In which order it is done. */
	readonly order: number;
	readonly entry: Entry;
	/** Over all of it, so that a change by hand shows. */
	readonly mark: string;
}

/** The data of changes as they travel in items, each in one text: nothing on its way reads or rewrites it. */
export function signed(entries: readonly unknown[], of: string, server: string): string[] {
	return entries.map((entry, order) => {
		const mark = digest({ server, of, order, entry });
		return JSON.stringify({ server, of, order, entry, mark });
	});
}

/**
 * The entries of items or JSON, those of one plan or run together, in their order.
 * @param key of the text in an item: `plan` or `journal`
 * @throws InvalidInput when one was changed by hand, is another server's, or is none
 */
export function signedEntries<Entry>(
	items: ReadonlyArray<Readonly<Record<string, unknown>>>,
	key: 'journal' | 'plan',
	server: string,
): Array<{ readonly of: string; readonly entries: Entry[] }> {
	const Title = key === 'plan' ? 'Plan' : 'Journal';
	const found = items.flatMap((item, index) => {
		const text = item[key];
		// An item without one says that there was nothing to do, or that it was not tried
		if (text === undefined || text === null || text === '') return [];
		return [read<Entry>(text, `${Title} of item ${index + 1}`)];
	});
	for (const entry of found) {
		if (entry.server !== server)
			throw new InvalidInput(
				`This ${key} was made on another server: ${entry.server}`,
				`Nothing was sent. The credential is for ${server}.`,
			);
	}
	const once = [...new Map(found.map((entry) => [entry.mark, entry])).values()];
	return [...new Set(once.map(({ of }) => of))].map((of) => ({
		of,
		entries: once
			.filter((one) => one.of === of)
			.sort((one, other) => one.order - other.order)
			.map(({ entry }) => entry),
	}));
}

function read<Entry>(text: unknown, what: string): Signed<Entry> {
	let value: unknown;
	try {
		value = typeof text === 'string' ? JSON.parse(text) : text;
	} catch {
		value = undefined;
	}
	if (!isRecord(value) || !isRecord(value.entry) || typeof value.mark !== 'string')
		throw new InvalidInput(`${what} is none`, 'Nothing was sent. Give the items of a plan as they came.');
	const { server, of, order, entry, mark } = value;
	if (digest({ server, of, order, entry }) !== mark || !(plainText(entry.kind) in kinds))
		throw new InvalidInput(
			`${what} was changed by hand`,
			'Nothing was sent. Change what is wanted and make a new plan; items of a plan can be left out, not edited.',
		);
	return value as unknown as Signed<Entry>;
}

const WORDS: Readonly<Record<Action, string>> = {
	create: 'Create',
	update: 'Change',
	delete: 'Delete',
	none: 'Nothing',
};

/**
 * A change in words, for a table: words first, ids last.
 * @param more what became of it; stands before the details
 * @param names what documents that are made with it are called, by their placeholders
 */
export function inWords(
	change: Change | JournalEntry,
	more: IDataObject = {},
	names: ReadonlyMap<string, string> = new Map(),
): IDataObject {
	const fields = 'fields' in change ? change.fields : [];
	return {
		change: WORDS[change.action],
		kind: kinds[change.kind].label,
		name: change.name,
		account: change.accountName,
		...more,
		...(fields.length > 0
			? { fields: fields.map((field) => fieldInWords(change, field, names)).join('; ') }
			: {}),
		...('why' in change ? { why: change.why } : {}),
		...('cost' in change ? costInWords(change.cost) : {}),
		can_be_undone: change.irreversible === undefined ? 'yes' : `no: ${change.irreversible}`,
	};
}

/** What the documents that some changes make are called, by their placeholders. */
export function namesOfNew(changes: readonly Change[]): Map<string, string> {
	return new Map(changes.flatMap(({ ref, name }) => (ref === undefined ? [] : [[ref, name] as const])));
}

function costInWords(cost: Change['cost']): IDataObject {
	if (cost === undefined) return {};
	if (cost === 'unknown') return { costs: 'KAZOO says it when the change is applied' };
	return {
		costs: `${cost.today} today, ${cost.recurring} recurring`,
		cost_today: cost.today,
		cost_recurring: cost.recurring,
	};
}

const LONGEST = 80;

function fieldInWords(
	{ action, kind }: Change | JournalEntry,
	{ field, from, to }: FieldChange,
	names: ReadonlyMap<string, string>,
): string {
	const shown = (value: unknown): string => {
		if (value === undefined) return '(nothing)';
		const text = withNames(asWritten(kinds[kind].schema, field, value), names);
		return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
	};
	const label = withNames(field, names);
	return action === 'create' ? `${label}: ${shown(to)}` : `${label}: ${shown(from)} → ${shown(to)}`;
}

/** As a person would write it: times of day and days are numbers on the wire. */
function asWritten(schema: string | undefined, field: string, value: unknown): string {
	const as = schema === undefined ? undefined : hintFor(schema, field)?.as;
	if (as === 'time' && typeof value === 'number') return timeOfDay(value);
	if (as === 'day') return plainText(dateToIso(field, value));
	return typeof value === 'string' ? value : JSON.stringify(value);
}

const withNames = (text: string, names: ReadonlyMap<string, string>): string =>
	text.replace(PLACEHOLDERS, (mark) => `${names.get(mark) ?? mark.slice(mark.indexOf(':') + 1, -2)} (new)`);

/** The changes of one plan; what they make has a name of its own among them. */
export interface Batch {
	readonly changes: readonly Change[];
	/** Stored documents that were looked at: the share that changes is of these. */
	readonly total: number;
	/** The plan was kept for a while: what it wants may be there by now. */
	readonly kept?: true;
}
