import { EventEmitter } from 'node:events';
import { Database, type Attachment, type Doc, type Fields, type Held } from './database';
import { hex, md5, sha1 } from '../values/ids';
import type { Profile } from '../values/profile';
import { monthOf, now } from '../values/time';

export type { Attachment, Doc, Fields, Row, View } from './database';
export { Database } from './database';

/** What happened to a document: `store.events` emits it as `doc`, after the change. */
export interface DocEvent {
	action: 'doc_created' | 'doc_edited' | 'doc_deleted';
	/** Name of the database: an account's id, or one of the system's (`accounts`, `numbers` ...). */
	database: string;
	doc: Doc;
	/** The document as it was before an edit. */
	before?: Doc;
}

/** Options of every write that makes a document. */
export interface CreateOptions {
	/** The document's id; random when left out. Monthly records get `YYYYMM-` put before it. */
	id?: string;
	/** Gregorian seconds of its making; now when left out. */
	created?: number;
	/** A file to keep with it. */
	attachment?: Attachment & { name: string };
}

/** Options of `createAccount`. */
export interface AccountOptions extends CreateOptions {
	/** The parent account; without one the account is the master (there should be exactly one, made first). */
	parentId?: string;
	/** 64 hexadecimal digits; random when left out. */
	apiKey?: string;
	/** Whether it resells to its sub-accounts. */
	reseller?: boolean;
	/** False switches the account off: log-ins with a password are refused. */
	enabled?: boolean;
	/** Gregorian seconds after which every use of a token of the account is refused. */
	expires?: number;
	/** Whether the account may create numbers nobody gave it (a master always may). */
	numberAdditions?: boolean;
}

/**
 * All that the sandbox remembers. An account's documents (monthly ones too) are in the database named by its id;
 * what belongs to the whole system is in named databases.
 *
 * | database | types |
 * |---|---|
 * | an account's id | `user device callflow vmbox menu media temporal_rule temporal_rule_set directory group conference faxbox list list_entry blacklist queue acdc_call_stat click2call metaflow resource limits function`; monthly: `cdr call_recording mailbox_message fax sms webhook_attempt debit credit` |
 * | `accounts` | `account` |
 * | `numbers` | `number`, whose id is the number: `+14155550100` |
 * | `port_requests` | `port_request` |
 * | `webhooks` | `webhook` (with `pvt_account_id`) |
 * | `ratedeck` | `rate` |
 * | `service_plans` | `service_plan` (`plan`, `name`, `category`, with `pvt_account_id` of the account that offers it) |
 * | `system_config` | `config` |
 * | `system_media` | `media` |
 *
 * Fields are written as clients see them, plus `pvt_` fields. Nothing is validated here: the caller gives complete
 * documents (the seeding passes them through the schemas for their defaults).
 */
export class Store {
	/**
	 * Emits `doc` with a `DocEvent` after every change, which webhooks and websockets tell; `putBack` when all is as it
	 * was at some time, which nobody is told.
	 */
	readonly events = new EventEmitter<{ doc: [DocEvent]; putBack: [] }>();
	private readonly databases = new Map<string, Database>();

	constructor(readonly profile: Profile = 4) {}

	/** The database of that name, made when it is first asked for. */
	database(name: string): Database {
		let database = this.databases.get(name);
		if (!database) this.databases.set(name, (database = new Database(name)));
		return database;
	}

	/** Every database there is. */
	all(): IterableIterator<Database> {
		return this.databases.values();
	}

	/** Forgets a database: an account was deleted. */
	drop(name: string): void {
		this.databases.delete(name);
	}

	/** All that it holds now. */
	held(): ReadonlyMap<string, Held> {
		return new Map([...this.databases].map(([name, database]) => [name, database.held()]));
	}

	/** Holds this, and nothing else, from now on. */
	hold(databases: ReadonlyMap<string, Held>): void {
		for (const name of this.databases.keys()) if (!databases.has(name)) this.databases.delete(name);
		for (const [name, held] of databases) this.database(name).hold(held);
		this.events.emit('putBack');
	}

	/** Makes a document in a database. */
	create(database: string, type: string, fields: Fields, options: CreateOptions = {}): Doc {
		const time = options.created ?? now();
		const id = options.id ?? hex();
		const target = this.database(database);
		const doc = target.put({
			pvt_created: time,
			pvt_modified: time,
			// A system's database has a name that no account has as its id.
			...(/^[0-9a-f]{32}$/.test(database) ? { pvt_account_id: database } : undefined),
			...fields,
			_id: id,
			pvt_type: type,
		});
		if (options.attachment) {
			const { name, ...file } = options.attachment;
			target.attach(id, name, file);
		}
		this.events.emit('doc', { action: 'doc_created', database, doc });
		return doc;
	}

	/**
	 * Makes a record of a month (a CDR, a recording, a voicemail message, a fax ...) of an account: its id begins with
	 * the month of `at` (Gregorian seconds), and `at` is when it was created.
	 *
	 * - `cdr`: fields as `GET /cdrs/{id}` shows them, `timestamp` in Gregorian seconds, and `custom_channel_vars`
	 *   with `account_id`, `owner_id`, `bridge_id`; `interaction_id` ties the legs of one call.
	 * - `call_recording`: `start`, `duration`, `cdr_id`, `call_id` ...; the sound is its attachment.
	 * - `mailbox_message`: `source_id` is the voicemail box, `metadata` what clients see, `metadata.media_id` is
	 *   filled in here; the sound is its attachment. `metadata.length` is in milliseconds.
	 * - `fax`: `folder` is `inbox` or `outbox`; the document is its attachment.
	 */
	createMonthly(
		accountId: string,
		type: string,
		at: number,
		fields: Fields,
		options: CreateOptions = {},
	): Doc {
		const id = `${monthOf(at)}-${options.id ?? hex()}`;
		const more: Fields =
			type === 'mailbox_message' ? { metadata: { ...(fields.metadata as Fields), media_id: id } } : {};
		return this.create(accountId, type, { ...fields, ...more }, { created: at, ...options, id });
	}

	/** Replaces a document by a new version of it (same `_id`); sets its time of change. */
	save(database: string, doc: Fields & { _id: string; pvt_type: string; pvt_created: number }): Doc {
		const before = this.database(database).raw(doc._id);
		const saved = this.database(database).put({ ...doc, pvt_modified: now() });
		this.events.emit('doc', { action: 'doc_edited', database, doc: saved, before });
		return saved;
	}

	/** Deletes a document: it stays, marked, unless `hard`. Gives back its last version. */
	remove(database: string, doc: Doc, hard = false): Doc {
		const target = this.database(database);
		const removed = target.put({ ...doc, pvt_deleted: true, pvt_modified: now() });
		if (hard) target.erase(doc._id);
		this.events.emit('doc', { action: 'doc_deleted', database, doc: removed });
		return removed;
	}

	/** Makes an account: the first without a parent is the master. `fields` needs `name` and `realm`. */
	createAccount(fields: Fields, options: AccountOptions = {}): Doc {
		const parent = options.parentId === undefined ? undefined : this.account(options.parentId);
		if (options.parentId !== undefined && !parent) throw new Error(`no account ${options.parentId}`);
		const id = options.id ?? hex();
		const tree = parent ? [...treeOf(parent), parent._id] : [];
		return this.create(
			'accounts',
			'account',
			{
				...fields,
				pvt_account_id: id,
				pvt_tree: tree,
				pvt_api_key: options.apiKey ?? hex(64),
				pvt_enabled: options.enabled ?? true,
				pvt_superduper_admin: !parent,
				pvt_wnm_allow_additions: options.numberAdditions ?? false,
				pvt_reseller: options.reseller ?? !parent,
				pvt_reseller_id: parent ? (parent.pvt_reseller ? parent._id : parent.pvt_reseller_id) : undefined,
				...(options.expires === undefined ? undefined : { pvt_trial_expires: options.expires }),
			},
			{ ...options, id },
		);
	}

	/** The account, unless there is none or it was deleted. */
	account(id: string): Doc | undefined {
		return this.database('accounts').get(id, 'account');
	}

	/** The master account: the one without a parent. */
	master(): Doc | undefined {
		return this.database('accounts')
			.list('account')
			.find((account) => treeOf(account).length === 0);
	}

	/** Accounts below an account, at any depth. */
	descendants(id: string): Doc[] {
		return this.database('accounts')
			.list('account')
			.filter((account) => treeOf(account).includes(id));
	}

	/**
	 * Makes a user. `password` is not kept: both hashes of `username:password` that a log-in is checked against are.
	 */
	createUser(accountId: string, fields: Fields, options: CreateOptions & { password?: string } = {}): Doc {
		const hashes =
			options.password === undefined
				? undefined
				: credentialHashes(String(fields.username), options.password);
		return this.create(accountId, 'user', { ...fields, ...hashes }, options);
	}

	/**
	 * Puts a number into an account. `number` in E.164 (`+14155550100`). `fields`: public ones (`cnam`, `e911`,
	 * `prepend` ...). `state`: one of `available reserved in_service aging port_in port_out released deleted
	 * discovery`. `usedBy`: `callflow`, `conference` ... `carrier`: name of KAZOO's module, `knm_local` when left out.
	 */
	createNumber(
		number: string,
		fields: Fields & {
			accountId?: string;
			state?: string;
			usedBy?: string;
			carrier?: string;
			created?: number;
		},
	): Doc {
		const { accountId, state, usedBy, carrier, created, ...rest } = fields;
		return this.create(
			'numbers',
			'number',
			{
				...rest,
				...(accountId === undefined ? undefined : { pvt_assigned_to: accountId }),
				...(usedBy === undefined ? undefined : { pvt_used_by: usedBy }),
				pvt_state: state ?? 'in_service',
				pvt_module_name: carrier ?? 'knm_local',
			},
			{ id: number, created },
		);
	}

	/** Numbers assigned to an account, by E.164. */
	numbersOf(accountId: string): Doc[] {
		return this.database('numbers')
			.list('number')
			.filter((number) => number.pvt_assigned_to === accountId);
	}
}

/** Ids of an account's ancestors, the master first. */
export function treeOf(account: Doc): string[] {
	return (account.pvt_tree as string[] | undefined) ?? [];
}

/** The private hashes of a user's log-in. KAZOO lower-cases the user name. */
export function credentialHashes(username: string, password: string): Fields {
	const credentials = `${username.toLowerCase()}:${password}`;
	return { pvt_md5_auth: md5(credentials), pvt_sha1_auth: sha1(credentials) };
}
