/** What a rule of the audit is: what it looks at, and what it finds there. */
import type { IDataObject } from 'n8n-workflow';

import type { Change } from '../../../changes/change';
import type { Document, KindName } from '../../../changes/kinds';
import { kinds } from '../../../changes/kinds';
import type { Stored } from '../../../changes/live';
import type { About } from '../../../changes/single';
import type { Reader } from '../reader';
import { plainText } from '../../../values/records';

/** What a person set for the audit. */
export interface AuditSettings {
	/** Days for all that has to last. */
	readonly days: number;
	readonly balanceBelow?: number;
	/** Messages that a voicemail box holds. */
	readonly mailboxSize: number;
	/** Names or IDs of accounts, names of users: lower case. */
	readonly mayCallAbroad: readonly string[];
	readonly blueprint?: Document;
}

/** What a rule works with in one account. */
export interface Looked {
	readonly reader: Reader;
	readonly settings: AuditSettings;
	/** Gregorian seconds. */
	readonly now: number;
	/** For a fix: whose document it is, and why it changes. */
	readonly about: About;
	/** Since when phones of this account are seen to be off-line, by their IDs, in Gregorian seconds; kept by the rule. */
	readonly offline: Record<string, number>;
}

/** Something that is wrong. */
export interface Found {
	/** A sentence without the final dot. */
	readonly finding: string;
	/** What it is about; the account where it is left out. */
	readonly object?: { readonly label: string; readonly name: string; readonly id: string };
	/** Tells several findings about one object from each other. */
	readonly key?: string;
	/** Instead of what the rule says. */
	readonly todo?: string;
	readonly fix?: Change;
}

export interface Rule {
	/** What it reads of an account, in words. */
	readonly reads: string;
	/** It looks only where this was set. */
	readonly needs?: keyof AuditSettings;
	readonly find: (looked: Looked) => Promise<Found[]>;
}

/** A stored document as an object of a finding. */
export const objectOf = ({ kind, id, document }: Stored): NonNullable<Found['object']> =>
	listed(kind, { ...(document as IDataObject), id });

/** A record of a list as an object of a finding. */
export function listed(kind: KindName, record: IDataObject): NonNullable<Found['object']> {
	const { label, name } = kinds[kind];
	const id = plainText(record.id);
	return { label, name: name(record) || id, id };
}
