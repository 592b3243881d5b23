import type { Fields, Doc } from '../../sandbox/store/database';
import type { CreateOptions, Store } from '../../sandbox/store/store';
import type { Mapping } from './mapping';
import { partsOf } from './masks';
import type { Exchange, Json } from './recording';

/**
 * Many lists are sorted by id, and ids are random: two servers that do the same still answer in another order. So the
 * replay lends the sandbox ids: while a request runs, new documents get the ids that the recorded answer has and that
 * nobody has yet. Which document gets which does not matter for what is compared (ids are learned from the answers as
 * if they were random), only for the order of lists.
 */
export class LentIds {
	/** Ids of documents, by their length: 32 digits, 30 for tasks. */
	private plain = new Map<number, string[]>();
	private monthly: string[] = [];
	private readonly used = new Set<string>();

	constructor(private readonly mapping: Mapping) {}

	/** Makes the ids of recorded answers available, those of earlier ones no longer. */
	offer(...exchanges: Exchange[]): void {
		this.plain = new Map();
		this.monthly = [];
		for (const exchange of exchanges) this.add(exchange);
	}

	private add(exchange: Exchange): void {
		if (exchange.request.method === 'GET') return;
		const location = exchange.response.headers.location ?? '';
		for (const text of [...textsIn(exchange.response.body), location]) {
			for (const part of partsOf(text)) {
				if (part.kind !== 'hex' && part.kind !== 'monthly') continue;
				if (this.used.has(part.text) || this.mapping.known(part.text) !== undefined) continue;
				const list = part.kind === 'hex' ? this.ofLength(part.text.length) : this.monthly;
				if (!list.includes(part.text)) list.push(part.text);
			}
		}
	}

	/** Lets a store take its new ids from here as long as there are any. */
	attach(store: Store): void {
		const create = store.create.bind(store);
		store.create = (database: string, type: string, fields: Fields, options: CreateOptions = {}): Doc => {
			const id = options.id === undefined ? this.take(this.ofLength(32)) : options.id;
			// Tasks have ids of their own length: those are made before the document is.
			const lent = id !== undefined && /^[0-9a-f]{30}$/.test(id) ? (this.take(this.ofLength(30)) ?? id) : id;
			return create(database, type, fields, { ...options, id: lent });
		};
		const createMonthly = store.createMonthly.bind(store);
		store.createMonthly = (account, type, at, fields, options = {}) =>
			createMonthly(
				account,
				type,
				at,
				fields,
				options.id === undefined ? { ...options, id: this.take(this.monthly)?.slice(7) } : options,
			);
		const createAccount = store.createAccount.bind(store);
		store.createAccount = (fields, options = {}) =>
			createAccount(
				fields,
				options.id === undefined ? { ...options, id: this.take(this.ofLength(32)) } : options,
			);
	}

	private ofLength(length: number): string[] {
		let list = this.plain.get(length);
		if (!list) this.plain.set(length, (list = []));
		return list;
	}

	private take(list: string[]): string | undefined {
		const id = list.shift();
		if (id !== undefined) this.used.add(id);
		return id;
	}
}

/** Texts in a JSON value, ids of documents first. */
function textsIn(value: Json): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (value === null || typeof value !== 'object') return [];
	const entries = Object.entries(value).filter(
		([key]) => key !== 'request_id' && key !== 'revision' && key !== 'auth_token',
	);
	const first = entries.filter(([key]) => key === 'id');
	return [...first, ...entries.filter(([key]) => key !== 'id')].flatMap(([, item]) => textsIn(item));
}
