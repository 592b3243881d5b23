/**
 * What a row of the catalogue may hold. A row is one operation a person can pick; it holds what differs from
 * the others and nothing else. The pickers, the request, the documentation and the coverage check are all
 * computed from it, so an operation exists here or nowhere.
 */
import type { Method } from '../http/messages';
import { alphabetical } from '../values/alphabetical';
import type { ParameterName } from './parameters';

/** A method and a path below `/v2`, with path parameters in braces: `GET /accounts/{accountId}/devices`. */
export type Route = `${Method} /${string}`;

/** The names of the path parameters of a route: `'accountId' | 'deviceId'`. */
export type ParametersOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | ParametersOf<Rest>
	: never;

/** The text itself when all its path parameters exist in parameters.ts, else `never`: a typing error does not compile. */
export type Checked<Text extends string> = [ParametersOf<Text>] extends [ParameterName] ? Text : never;

/** Where the value of a field goes: the query string, the document in `data`, or the special function of the row. */
export type Place = 'query' | 'body' | 'argument';

/** While another field of the same form has this value. */
export interface When {
	readonly field: string;
	readonly is: string;
}

/** What every field has, whatever its type. */
export interface FieldBase {
	/** Label in Title Case, as KAZOO's user interface says it. */
	label: string;
	/** Help text, a sentence without the final dot; a boolean's begins with "Whether". */
	description?: string;
	hint?: string;
	placeholder?: string;
	/** Required fields stand in the form; the others can be added from a list. */
	required?: boolean;
	/** Stands in the form although it may stay empty. */
	stands?: true;
	/**
	 * The name on the wire where it differs from the key. A dot makes a nested key (`call_forward.number`), a number
	 * an entry of a list (`comments.0.content`). An empty name makes the value the whole of `data`.
	 */
	wire?: string;
	/** Only shown, and only read, while another field of the same form has this value; for required fields. */
	when?: When;
	/** Of a field in `body`: the value stands in the envelope beside `data`, the only place where KAZOO looks for it. */
	beside?: true;
}

/** How KAZOO keeps a value, whatever form it was sent in; it compares with what it keeps. */
export type KeptForm = 'hexadecimal' | 'lowerCase';

/** Fields of a document that KAZOO keeps in a form of its own: `{mac_address: 'hexadecimal'}`. */
export type KeptForms = Readonly<Record<string, KeptForm>>;

/** How KAZOO compares values that it keeps as they were written. */
export type ComparedForm = 'anyCase' | 'number';

/** An entry of a choice: the value on the wire, its label, and what it means where the label does not say it. */
export type Choice = string | { value: string; label: string; description?: string };

/** One value a person fills in. The key in the row's record is its n8n name (camelCase) and, unless `wire` says otherwise, in snake_case its name on the wire. */
export type Field =
	| (FieldBase & {
			type: 'text';
			default?: string;
			lines?: number;
			password?: boolean;
			/** The server's rule for its length, in characters. */
			length?: { readonly min: number; readonly max: number };
	  })
	| (FieldBase & { type: 'number'; default?: number; min?: number; max?: number; decimals?: number })
	| (FieldBase & { type: 'boolean'; default?: boolean })
	| (FieldBase & { type: 'choice'; options: readonly Choice[]; default?: string })
	| (FieldBase & { type: 'choices'; options: readonly Choice[]; default?: readonly string[] })
	/** An ISO date; on the wire Gregorian seconds. With `default: 'now'` an empty one is the time of the request. */
	| (FieldBase & { type: 'date'; default?: 'now' })
	/**
	 * Several texts: a comma-separated line or an expression that gives an array; on the wire an array of texts or, with
	 * `each: 'id'`, of objects that have the text under that key. Phone numbers are brought into E.164.
	 */
	| (FieldBase & {
			type: 'texts';
			each?: string;
			phoneNumbers?: true;
			/** KAZOO counts the entries from 1 in what it says of them, as people do; elsewhere from 0. */
			countsFromOne?: true;
	  })
	/** Free-form data: an object or array. */
	| (FieldBase & { type: 'json'; default?: string })
	/** The id of something that can be picked from a list, by one of the path parameters' searches. */
	| (FieldBase & { type: 'locator'; parameter: ParameterName })
	/**
	 * Several entries in an order, each of one kind, that of a new one being `default`: `[{kind: 'say', text: 'Hello'}]`.
	 * The fields in `every` stand in all of them.
	 */
	| (FieldBase & {
			type: 'steps';
			/** What an entry is called, "Step" unless told. */
			entry?: string;
			kinds: Readonly<Record<string, StepKind>>;
			default: string;
			every: Fields;
	  });

/** A kind of entry in a field of type `steps`. */
export interface StepKind {
	readonly label: string;
	readonly description?: string;
	readonly fields: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

/** What comes back and becomes items. */
export type Returns =
	/** One record. */
	| 'record'
	/** Many records: the operation has Return All and Limit. A plain text in the list becomes `{id: text}`. */
	| 'records'
	/** A file, put into a binary field. */
	| 'file'
	/** A text, a list of texts or numbers, or nothing: it becomes `{result: ...}`. */
	| 'value'
	/** Many things at once, some of which may fail: `{success: {key: record}, error: {key: error}}` (or a single record): an item each. */
	| 'collection'
	/**
	 * Many records as an object whose values are the records, or as a list of such objects. `map` is the path to it in
	 * `data` ('' for `data` itself). Each item gains its key, under `id` unless `key` says otherwise. Where the values
	 * are plain (texts, numbers), `value` names the key that they get: `{number: '+1415...', status: 'success'}`. Where
	 * they are objects by Gregorian seconds (`{AGENT: {"63963130619": {...}}}`), `each` names the field for those, and
	 * each of them is an item.
	 */
	| { readonly map: string; readonly key?: string; readonly value?: string; readonly each?: string }
	/**
	 * Many records in a list inside `data` (`{comments: [...]}`), or inside each entry of `data`
	 * (`[{account_id, account_name, port_requests: [...]}]`): what stands beside the list is added to each item that
	 * lacks it.
	 */
	| { readonly list: string };

/** Uploads: how the file travels. */
export interface Upload {
	/** The body is the file, or a multipart message with the fields in a JSON part before it. */
	readonly as: 'raw' | 'multipart';
	/** The operation works without a file as well. */
	readonly optional?: boolean;
	/** There is a file only then. */
	readonly when?: When;
	/** What the server takes, for the hint: "MP3 or WAV". */
	readonly accepts: string;
	/** The Content-Type to send whatever the file is, where the server refuses the file's own. */
	readonly mimeType?: string;
}

/** Where names come from: the key of the ids, and what these are. */
export interface NameSource {
	/** Of one id, of a list of them, or of a map that has them as keys. */
	readonly id: string;
	/** Where the list holds records: the key of the id in each. */
	readonly each?: string;
	readonly of: ParameterName | readonly ParameterName[];
}

export interface Words {
	/** Operation name in the picker, without the resource: "Get Many". */
	readonly name: string;
	/** A sentence without articles that a model or a person searches for: "Get many devices". */
	readonly action: string;
	/** What else people look for: n8n's node creator shows of an action its words alone, so that these follow in brackets. */
	readonly alias?: string;
	/** What it does and what comes back, in one or two plain sentences without the final dot. */
	readonly description: string;
	/** What one must know before running it: who may, which KAZOO has it, what is lost. */
	readonly hint?: string;
}

export interface RowDetails extends Words {
	/** camelCase verb; the same word means the same thing in all resources. */
	readonly value: string;
	readonly returns?: Returns;
	/** The same operation on other paths; the key is the scope's value in the picker (`user`, `device`). */
	readonly scopes?: Readonly<Partial<Record<Scope, string>>>;
	/** The same operation by an older path or another method that we never send; the coverage check counts it as covered. */
	readonly also?: readonly Route[];
	/** Many records: the server answers all at once and knows neither `page_size` nor filters. */
	readonly unpaged?: true;
	/** The server keeps these by month and takes a time range; the word says which keys. */
	readonly range?: 'created';
	/** With `range`: the server loses records where pages meet, so each day of the range is asked for whole. */
	readonly losesAtPages?: true;
	/** The schema (`GET /v2/schemas/{name}`) of the document to be sent: the form is filled from the server. */
	readonly document?: string;
	readonly query?: Fields;
	readonly body?: Fields;
	readonly arguments?: Fields;
	/** Values that are always sent in `data`; a dot makes a nested key (`data.action`). */
	readonly always?: Readonly<Record<string, string | number | boolean>>;
	/** Fields of `data` that say again what the path says: `{list_id: 'listId'}`. */
	readonly fromPath?: Readonly<Record<string, ParameterName>>;
	/** Values that are always sent in the envelope beside `data`. */
	readonly alwaysBeside?: Readonly<Record<string, string | number | boolean>>;
	/** Values that are always sent in the query string. */
	readonly alwaysQuery?: Readonly<Record<string, string | number | boolean>>;
	readonly upload?: Upload;
	/** The argument that names binary fields: several files for the special function of the row. */
	readonly files?: string;
	/** `returns: 'file'`: the Accept header. */
	readonly accept?: string;
	/** KAZOO may answer 402 with a price: the options to accept charges are offered. */
	readonly charges?: true;
	/** Only this generation has it. */
	readonly version?: 4 | 5;
	/** Who may run it, beyond an administrator of the account. */
	readonly needs?: 'system administrator' | 'reseller' | 'account administrator';
	/**
	 * The fields that "Simplify" keeps, in this order (dotted); given where more than ten come back. `speak: flags.speak`
	 * brings one from deeper down up under a name of its own.
	 */
	readonly simple?: readonly string[];
	/** Names beside ids, by the key that the name gets. */
	readonly names?: Readonly<Record<string, NameSource>>;
	/** All input items are one run then, instead of a run each; the special function of the row gets them together. */
	readonly together?: When;
	/** It keeps something from one run to the next, in the static data of the workflow; the function of the row gets it. */
	readonly remembers?: true;
	/** The named exception (crossbar/special) that carries the operation out. */
	readonly via?: SpecialName;
	/** With `via: 'confirmed'`: what is typed into the argument `confirmation` before anything is sent. */
	readonly confirm?: 'accountName' | 'howMany';
	/** An account cannot do it to itself: one below it is chosen, and all at once are not offered. */
	readonly fromAbove?: true;
	/** With `via: 'commandCall'`: what of a call shows that the command was obeyed; left out where KAZOO shows nothing. */
	readonly effect?: CallEffect;
	/** It may change something although its route, or the other one in `also`, says GET. */
	readonly writes?: true;
	/** Nothing is asked of the server, not even who we are; for rows with `via`. */
	readonly local?: true;
	/** Operation values of earlier releases that mean this row: saved workflows keep working. */
	readonly was?: readonly string[];
}

export type Scope = 'user' | 'device' | 'group' | 'faxbox' | 'reseller' | 'system';

/** The leg has ended; it is on hold or is not; it has another one or none on the other side; the target's phone was called. */
export type CallEffect = 'ended' | 'held' | 'notHeld' | 'connectedElsewhere' | 'targetRings';

/** Names of the functions in crossbar/dispatch/functions.ts. */
export type SpecialName =
	| 'answerPivot'
	| 'applyBlueprint'
	| 'applyInWaves'
	| 'applyPlan'
	| 'assignNumber'
	| 'auditFleet'
	| 'buildCallflow'
	| 'callReport'
	| 'callSummary'
	| 'changeAccount'
	| 'changeDirectoryPerson'
	| 'changeGroupMembers'
	| 'checkWebhooks'
	| 'closeOnDates'
	| 'commandCall'
	| 'confirmed'
	| 'createPivotStep'
	| 'createPortRequest'
	| 'createTask'
	| 'customCall'
	| 'describeCallflow'
	| 'dialOut'
	| 'exportBlueprint'
	| 'getCalls'
	| 'guardFleet'
	| 'mergeUpdate'
	| 'moveNumber'
	| 'offBoard'
	| 'onBoard'
	| 'overrideDay'
	| 'phoneStatus'
	| 'planBlueprint'
	| 'planOffBoarding'
	| 'planOnBoarding'
	| 'planFleetChange'
	| 'planRemoval'
	| 'reconcileNumbers'
	| 'reconcileSeats'
	| 'reinstateHours'
	| 'removeFromEverywhere'
	| 'repairWebhooks'
	| 'revertJournal'
	| 'runTask'
	| 'setOpeningHours'
	| 'switchAccount'
	| 'unassignNumber'
	| 'upsert'
	| 'validateCallflow'
	| 'zipMessages';

export interface Row extends RowDetails {
	readonly route: Route;
	readonly returns: Returns;
}

export interface Resource {
	/** camelCase, singular. */
	readonly value: string;
	/** Title Case, singular, as KAZOO's user interface calls it. */
	readonly name: string;
	/** A line in the picker that says what it is to somebody who never saw KAZOO. */
	readonly description: string;
	/** What else people look for in the list of resources: n8n searches its names alone, so that these follow in brackets. */
	readonly alias?: string;
	/** What else people call it: search words for the codex and the docs. */
	readonly keywords?: readonly string[];
	/** Fields that KAZOO keeps in another form than people write: filters and Match By compare with that. */
	readonly kept?: KeptForms;
	/** Fields in which KAZOO takes several spellings for the same, though it keeps what was written: Match By does, too. */
	readonly compared?: Readonly<Record<string, ComparedForm>>;
	readonly rows: readonly Row[];
}

/**
 * One operation.
 * @param route method and path; a path parameter that parameters.ts does not define does not compile
 */
export function operation<const Path extends Route>(route: Path & Checked<Path>, details: RowDetails): Row {
	return { returns: 'record', ...details, route };
}

export interface CrudWords {
	/** For the actions: "device", "devices". */
	readonly one: string;
	readonly many: string;
	readonly schema: string;
	/** What each operation does and gives, in words. Leave one out and the operation is not offered. */
	readonly getAll?: string;
	readonly get?: string;
	readonly create?: string;
	/** Sends PATCH; with `patch: false` reads, merges and sends POST. */
	readonly update?: string;
	readonly replace?: string;
	readonly upsert?: string;
	readonly delete?: string;
	/** The server has no PATCH for this document that takes some fields only. */
	readonly patch?: false;
	/** Fields of the document that stand apart from its form: passwords. */
	readonly apart?: Fields;
	readonly charges?: true;
	readonly version?: 4 | 5;
	readonly needs?: RowDetails['needs'];
	/** More for one of the rows: `{getAll: {simple: [...]}}`. */
	readonly more?: Readonly<Partial<Record<CrudValue, Partial<RowDetails>>>>;
}

export type CrudValue = 'getAll' | 'get' | 'create' | 'update' | 'replace' | 'upsert' | 'delete';

/**
 * The seven operations most documents have, for a collection and its documents.
 * @param collection path of the list, e.g. `/accounts/{accountId}/devices`
 * @param id name of the path parameter of one document, e.g. `deviceId`
 */
export function crud<const Path extends `/${string}`>(
	collection: Path & Checked<Path>,
	id: ParameterName,
	words: CrudWords,
): Row[] {
	const document = `${collection}/{${id}}` as const;
	const patch = words.patch !== false;
	const shared = { version: words.version, needs: words.needs };
	const rows: Array<Omit<Row, 'description'> & { value: CrudValue }> = [
		{
			value: 'create',
			name: 'Create',
			action: `Create ${words.one}`,
			route: `PUT ${collection}`,
			returns: 'record',
			document: words.schema,
		},
		{
			value: 'upsert',
			name: 'Create or Update',
			action: `Create or update ${words.one}`,
			route: `PUT ${collection}`,
			returns: 'record',
			document: words.schema,
			via: 'upsert',
		},
		{
			value: 'delete',
			name: 'Delete',
			action: `Delete ${words.one}`,
			route: `DELETE ${document}`,
			returns: 'record',
		},
		{ value: 'get', name: 'Get', action: `Get ${words.one}`, route: `GET ${document}`, returns: 'record' },
		{
			value: 'getAll',
			name: 'Get Many',
			action: `Get many ${words.many}`,
			route: `GET ${collection}`,
			returns: 'records',
		},
		{
			value: 'replace',
			name: 'Replace',
			action: `Replace ${words.one}`,
			route: `POST ${document}`,
			returns: 'record',
			document: words.schema,
			hint: 'Fields you leave out are lost. To change only some fields use Update',
		},
		{
			value: 'update',
			name: 'Update',
			action: `Update ${words.one}`,
			route: patch ? `PATCH ${document}` : `POST ${document}`,
			returns: 'record',
			document: words.schema,
			...(patch ? {} : { via: 'mergeUpdate' as const }),
		},
	];
	return rows.flatMap((row) => {
		const description = words[row.value];
		const charges = row.document === undefined ? undefined : words.charges;
		const body = row.document === undefined ? undefined : words.apart;
		return description === undefined
			? []
			: [defined({ ...row, ...shared, charges, body, description, ...words.more?.[row.value] })];
	});
}

/** Puts a resource together; the order of its operations is alphabetical by name, as n8n asks. */
export function resource(details: Resource): Resource {
	return { ...details, rows: alphabetical(details.rows, ({ name }) => name) };
}

/** The action as n8n's node creator lists it. */
export function searchableAction({ action, alias }: Row): string {
	return withAlias(action, alias);
}

/** The resource as the list to choose from shows and searches it. */
export function searchableName({ name, alias }: Resource): string {
	return withAlias(name, alias);
}

function withAlias(text: string, alias?: string): string {
	return alias ? `${text} (${alias})` : text;
}

/** Whether a field stands in the form; the others can be added from a list. */
export function standsInForm({ required, stands }: Field): boolean {
	return required === true || stands === true;
}

/** Whether the operation gives many records: Return All and Limit apply. */
export function isList(row: Row): boolean {
	return row.returns === 'records' || (typeof row.returns === 'object' && row.route.startsWith('GET '));
}

function defined<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
