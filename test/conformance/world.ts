import type { Sandbox } from '../../sandbox';
import type { Fields } from '../../sandbox/store/database';
import type { DocEvent, Store } from '../../sandbox/store/store';
import type { Identities } from './identities';
import type { Mapping } from './mapping';
import { vanishedHooks } from './vanished-hooks';
import { masterFields, masterOf, presupposedBy, type Presupposed, type PresupposedUser } from './presupposed';
import {
	GREGORIAN_OFFSET,
	isObject,
	type Exchange,
	type JsonObject,
	type Line,
	type Seed,
} from './recording';

/** Password of people whom the replay makes itself. */
const PASSWORD = 'Passw0rd!';

/**
 * What the sandbox must hold besides what requests put there: the master account, what the recording takes for
 * granted, and what its `seeded` lines put into the database. Ids are the recorded ones where the sandbox allows.
 */
export class World {
	/** How many documents and accounts were put in that no line made. */
	presupposed = 0;
	private readonly before: Map<number, Presupposed[]>;
	private readonly after = new Map<number, Presupposed[]>();
	private readonly goneHooks: Map<number, string[]>;
	private readonly store: Store;
	private readonly master: string;

	constructor(
		sandbox: Sandbox,
		private readonly lines: readonly Line[],
		private readonly mapping: Mapping,
		private readonly identities: Identities,
	) {
		this.store = sandbox.store;
		this.master = masterOf(lines) ?? '0'.repeat(32);
		this.goneHooks = vanishedHooks(lines);
		this.before = presupposedBy(lines, this.master);
		for (const items of this.before.values()) {
			for (const item of items) {
				if (item.kind !== 'document') continue;
				this.after.set(item.lastSeen, [...(this.after.get(item.lastSeen) ?? []), item]);
			}
		}
	}

	/** Finds or makes the master account and its administrator. */
	start(): void {
		const shown = masterFields(this.lines, this.master);
		const fields = { name: 'master', realm: 'master.localhost', ...publicFields(shown) };
		const created = typeof shown.created === 'number' ? shown.created : undefined;
		const id = this.store.master()?._id ?? this.store.createAccount(fields, { id: this.master, created })._id;
		this.mapping.learn(this.master, id);
		const username = 'replay-admin';
		// What KAZOO calls the first administrator of an installation.
		const person = { first_name: 'Account', last_name: 'Admin' };
		this.store.createUser(
			id,
			{ ...person, username, priv_level: 'admin', enabled: true },
			{ password: PASSWORD },
		);
		this.identities.setMaster({ account: this.master, username, password: PASSWORD, level: 'admin' });
	}

	/** Learns what the server told by e-mail only: the id of a request for a new password. */
	readMail(exchange: Exchange): void {
		const { body } = exchange.request;
		const recorded = isObject(body) && isObject(body.data) ? body.data.reset_id : undefined;
		if (typeof recorded !== 'string') return;
		const account = this.mapping.known(recorded.slice(0, 32));
		const asked = account === undefined ? [] : this.store.database(account).list('password_reset');
		const latest = asked.at(-1);
		if (latest) this.mapping.learn(recorded, latest._id);
	}

	/** Takes out the hooks that were deleted without a line before this one. */
	forget(line: number): void {
		for (const id of this.goneHooks.get(line) ?? []) {
			const hook = this.store.database('webhooks').get(this.mapping.translate(id));
			if (hook) this.quietly(() => this.store.remove('webhooks', hook));
		}
	}

	/** Puts in what a line needs. */
	prepare(line: number): void {
		for (const item of this.before.get(line) ?? []) {
			if (item.kind !== 'vanished') this.presupposed++;
			if (item.kind === 'account') this.account(item);
			else if (item.kind === 'master-user') this.user(this.mapping.translate(this.master), item.user);
			else if (item.kind === 'document') this.document(item);
			else this.remove(item.account, item.id);
		}
	}

	/** Takes out what no later line shows. */
	tidy(line: number): void {
		for (const item of this.after.get(line) ?? []) {
			if (item.kind !== 'document') continue;
			this.remove(item.account, item.id);
		}
	}

	private remove(recordedAccount: string, id: string): void {
		const account = this.mapping.translate(recordedAccount);
		const doc = this.store.database(account).get(this.mapping.translate(id));
		if (doc) this.quietly(() => this.store.remove(account, doc));
	}

	/** Does what a `seeded` line says. */
	seed(seed: Seed): void {
		const { document, plan, bookkeeper, what } = seed.content;
		if (isObject(document)) this.seedDocument(document);
		else if (typeof plan === 'string') this.change('service_plans', plan, { bookkeeper: bookkeeper ?? null });
		else if (typeof what === 'string' && what.includes('allow_account_number_additions')) {
			const account = this.nextAccount(seed.line);
			if (account !== undefined) this.change('accounts', account, { pvt_wnm_allow_additions: true });
		}
	}

	private account(item: Extract<Presupposed, { kind: 'account' }>): void {
		const parentId = this.mapping.translate(item.parent ?? this.master);
		const fields = { realm: `${item.fields.name}.localhost`, ...item.fields };
		const id = this.store.createAccount(fields, { id: item.id, parentId })._id;
		this.mapping.learn(item.id, id);
		const username = `admin-${item.fields.name}`;
		this.store.createUser(id, { username, priv_level: 'admin', enabled: true }, { password: PASSWORD });
		this.identities.presuppose({ account: item.id, username, password: PASSWORD, level: 'admin' });
		if (item.user) this.user(id, item.user);
	}

	/** Makes somebody of whose password only the hash is known. */
	private user(account: string, { id, credentials, sha }: PresupposedUser): void {
		const fields = {
			priv_level: 'admin',
			enabled: true,
			[sha ? 'pvt_sha1_auth' : 'pvt_md5_auth']: credentials,
		};
		this.mapping.learn(id, this.store.create(account, 'user', fields, { id })._id);
	}

	private document(item: Extract<Presupposed, { kind: 'document' }>): void {
		const account = this.mapping.translate(item.account);
		const fields = this.mapping.translateJson(item.fields) as Fields;
		const monthly = item.id.length > 32;
		this.quietly(() => {
			const [contentType] = item.files ?? [];
			const file = contentType && { name: 'file', contentType, data: Buffer.alloc(0) };
			const id = monthly ? item.id.slice(7) : item.id;
			const options = { id, ...(file ? { attachment: file } : undefined) };
			const at = item.at ?? Math.floor(Date.now() / 1000) + GREGORIAN_OFFSET;
			const doc = monthly
				? this.store.createMonthly(account, item.type, at, fields, options)
				: this.store.create(account, item.type, fields, options);
			this.mapping.learn(item.id, doc._id, monthly ? 'monthly' : 'hex');
		});
	}

	private seedDocument(document: JsonObject): void {
		const { _id, pvt_type, pvt_account_id, ...fields } = this.mapping.translateJson(document) as JsonObject;
		const type = String(pvt_type);
		const owner = typeof pvt_account_id === 'string' ? pvt_account_id : this.mapping.translate(this.master);
		const database = type === 'service_plan' ? 'service_plans' : owner;
		const doc = this.store.create(database, type, { ...fields, pvt_account_id: owner }, { id: String(_id) });
		this.mapping.learn(String(document._id), doc._id);
	}

	private change(database: string, id: string, fields: Fields): void {
		const doc = this.store.database(database).get(this.mapping.translate(id));
		if (doc) this.store.save(database, { ...doc, ...fields });
	}

	/** The recorded account of the next request that has one in its path. */
	private nextAccount(line: number): string | undefined {
		for (const next of this.lines) {
			if (next.line <= line || next.kind !== 'exchange') continue;
			const account = /^\/v2\/accounts\/([0-9a-f]{32})\//.exec(next.request.path)?.[1];
			if (account !== undefined) return account;
		}
		return undefined;
	}

	/** Changes documents without telling webhooks and websockets: the real ones were not told either. */
	private quietly(change: () => void): void {
		const listeners = this.store.events.listeners('doc') as Array<(event: DocEvent) => void>;
		this.store.events.removeAllListeners('doc');
		try {
			change();
		} finally {
			for (const listener of listeners) this.store.events.on('doc', listener);
		}
	}
}

/** Fields of an account that are stored with it, without those that an answer only computes. */
function publicFields(shown: JsonObject): JsonObject {
	const computed = new Set([
		'id',
		'created',
		'enabled',
		'superduper_admin',
		'wnm_allow_additions',
		'reseller_id',
		'is_reseller',
		'billing_mode',
	]);
	return Object.fromEntries(Object.entries(shown).filter(([key]) => !computed.has(key)));
}
