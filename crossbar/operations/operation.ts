/** An operation on its way: its row, what was filled in, and what came of it. */
import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { Row, Scope } from '../catalogue/notation';
import type { ParameterName } from '../catalogue/parameters';
import type { CrossbarAnswer, Envelope, OutgoingFile, Query } from '../http/messages';
import type { Transport } from '../http/transport';
import type { Period } from '../values/periods';

export type PathValues = Readonly<Partial<Record<ParameterName, string>>>;

export type Values = Readonly<Record<string, unknown>>;

/** What a person filled in for one operation. */
export interface Input {
	readonly scope?: Scope;
	readonly path: PathValues;
	readonly query: Values;
	readonly body: Values;
	readonly arguments: Values;
	/** The document for create, update, replace and upsert. */
	readonly document?: Readonly<Record<string, unknown>>;
	readonly file?: OutgoingFile & { readonly fileName?: string };
	/** Several, by the argument that the row names in `files`. */
	readonly files?: ReadonlyArray<NonNullable<Input['file']>>;
	/** The most bytes that the server takes at once, where it was set otherwise. */
	readonly largestFile?: number;
	/** Query parameters of the person's own, from the options. */
	readonly extraQuery?: Query;
}

/** How much of a list is wanted. */
export interface ListOptions {
	/** All records when left out. */
	readonly limit?: number;
	readonly pageSize?: number;
	readonly ascending?: boolean;
	readonly filters?: Filters;
	/** ISO dates; only for rows with a `range`. */
	readonly from?: string;
	readonly to?: string;
	/** Instead of them, a stretch of the calendar where the account is. */
	readonly period?: Period;
	/** The zone of an account that has none. */
	readonly timeZone?: string;
}

/** A file that was put where n8n keeps files. */
export type KeptFile = IBinaryData;

/** A file of an input item: to be sent, and as n8n keeps it. */
export interface GivenFile {
	readonly file: OutgoingFile;
	readonly kept: KeptFile;
}

/** Puts a file there as it arrives; the name is for one that has none. */
export type KeepFile = (answer: CrossbarAnswer, name: string) => Promise<KeptFile>;

/** Everything an operation needs. */
export interface Operation {
	readonly row: Row;
	readonly input: Input;
	readonly list: ListOptions;
	readonly charges: ChargesPolicy;
	/** The JSON of all input items, for a row that takes them together. */
	readonly items?: readonly IDataObject[];
	/** Names stand beside ids, where the row knows some ("With Names"). */
	readonly names?: boolean;
	/** For each of these items its file, where it has one. */
	readonly itemFiles?: ReadonlyArray<GivenFile | undefined>;
	/** For files that come beside records. */
	readonly keepFile?: KeepFile;
	/** What the row keeps from one run to the next; changed in place. Only for rows that remember. */
	readonly memory?: IDataObject;
	/** What people see of a record, itself if left out. Long lists are turned page by page, so that none is held twice. */
	readonly present?: (record: IDataObject, envelope: Envelope) => IDataObject;
}

export interface Outcome {
	/** As `Operation.present` makes them. */
	readonly records: IDataObject[];
	/** The last envelope, for its metadata; its token is never shown. */
	readonly envelope: Envelope;
	readonly file?: CrossbarAnswer;
	/** What the file is called, whatever the server says. */
	readonly fileName?: string;
	/** For each record the file that comes with it, if one does. */
	readonly files?: ReadonlyArray<KeptFile | undefined>;
	/** For each record the places in `Operation.items` that it comes from, where it is not all of them. */
	readonly sources?: ReadonlyArray<readonly number[] | undefined>;
	/** What goes to the call whose Pivot request started the workflow. */
	readonly answer?: PivotAnswer;
	/** The records are as they should be seen: documents whose dates are those of the server. */
	readonly asIs?: true;
	/** Not all was done; the records say what was. */
	readonly incomplete?: { readonly message: string; readonly description: string };
	/** What was done otherwise than it was asked for: n8n shows it beside the items. */
	readonly hint?: string;
	/** The record is the request that was not sent. */
	readonly dryRun?: true;
}

export type Comparison = 'is' | 'isNot' | 'exists' | 'missing' | 'hasValue' | 'noValue';

export interface Condition {
	readonly key: string;
	readonly comparison: Comparison;
	readonly value?: string | number | boolean;
}

export interface Filters {
	readonly conditions?: readonly Condition[];
	/** ISO dates. */
	readonly createdFrom?: string;
	readonly createdTo?: string;
	readonly modifiedFrom?: string;
	readonly modifiedTo?: string;
}

export interface ChargesPolicy {
	readonly accept: boolean;
	/** The most that may be charged now, in the unit of the server's price lists; no limit when left out. */
	readonly upTo?: number;
	/** What was charged before, where it counts together. */
	readonly spent?: number;
	/** Takes down what is charged; less than nothing where it was not, after all. */
	readonly spend?: (amount: number) => void;
}

/** An answer that was checked. KAZOO tells JSON from TwiML by the content type. */
export interface PivotAnswer {
	readonly contentType: 'application/json' | 'text/xml';
	readonly body: string;
}

export type Special = (operation: Operation, transport: Transport) => Promise<Outcome>;
