/** Reads what is asked of one account, each list and document once, within a bound that all accounts share. */
import type { IDataObject } from 'n8n-workflow';

import type { Document, KindName } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import { readList, readOne } from '../../changes/live';
import type { Query } from '../../http/messages';
import type { Transport } from '../../http/transport';
import { collectPages } from '../../operations/paging';
import { fillPath } from '../../operations/request';
import type { Gate } from '../../values/concurrency';
import { InvalidInput } from '../../values/input';
import { isRecord, plainText, recordsIn } from '../../values/records';
import type { FleetAccount } from './accounts';

/** What a server answers for what it does not have. */
const NOT_HERE = [404, 503];
/** What some servers do not have; all else has to be there. */
const OPTIONAL =
	/^\/(agents|conferences|faxboxes|functions|ledgers|limits|lists|match_lists|port_requests|queues|security|webhooks)\b/;

/** Reads the lists of one account, each once, however many rules want it. */
export class Reader {
	private readonly known = new Map<string, Promise<unknown>>();
	/** Lists that this server does not have, by their paths. */
	readonly missing = new Set<string>();
	/** Documents that were looked at. */
	looked = 0;

	constructor(
		readonly account: FleetAccount,
		private readonly gate: Gate,
		private readonly transport: Transport,
	) {}

	/**
	 * A list as the server gives it; none of what this server does not have.
	 * @param path below the account: `/users`
	 */
	async list(path: string, query: Query = {}): Promise<IDataObject[]> {
		return await this.once(`${path} ${JSON.stringify(query)}`, async () => {
			const { items } = await collectPages(
				async (page) => {
					const answer = await this.get(path, { ...query, ...page });
					if (answer.status !== 200) this.missing.add(path);
					return answer.status === 200 ? answer.envelope : {};
				},
				{
					itemsOf: ({ data }) => recordsOf(data),
					identity: ({ id, ...rest }) => plainText(id) || JSON.stringify(rest),
				},
			);
			return items;
		});
	}

	/** A single record; nothing where the server has none. */
	async record(path: string): Promise<IDataObject | undefined> {
		return await this.once(path, async () => {
			const { status, envelope } = await this.get(path);
			if (status !== 200) this.missing.add(path);
			return status === 200 && isRecord(envelope.data) ? envelope.data : undefined;
		});
	}

	/** Whole documents of a kind. */
	async documents(kind: KindName): Promise<Stored[]> {
		return await this.once(`documents ${kind}`, async () => {
			const { path, single, offered } = kinds[kind];
			if (offered !== undefined) return await this.given(kind);
			const ids = single ? [kind === 'account' ? this.account.id : kind] : await this.idsOf(path);
			return await Promise.all(ids.map(async (id) => await this.listed(kind, id)));
		});
	}

	/** What somebody else has given to the account. */
	private async given(kind: KindName): Promise<Stored[]> {
		const list = await this.gate.run(async () => await readList(kind, this.account.id, this.transport));
		if (list === undefined) this.missing.add(kinds[kind].path);
		return (list ?? []).map((document) => ({ kind, id: document.id, document }));
	}

	/** A document that a list has just named. @throws InvalidInput when it is gone */
	async listed(kind: KindName, id: string): Promise<Stored> {
		const stored = await this.document(kind, id);
		if (stored) return stored;
		throw new InvalidInput(
			`${kinds[kind].label} ${id} is in the list and cannot be read`,
			'It may have been deleted meanwhile: run it again.',
		);
	}

	/** One whole document; nothing where it is gone. */
	async document(kind: KindName, id: string): Promise<Stored | undefined> {
		return await this.once(`document ${kind} ${id}`, async () => {
			this.looked++;
			return await this.gate.run(async () => await readOne(kind, id, this.account.id, this.transport));
		});
	}

	/** The account's own document. */
	async settings(): Promise<Document> {
		return (await this.documents('account'))[0]?.document ?? {};
	}

	/** All documents of some kinds, as plans take them. */
	async live(wanted: readonly KindName[]): Promise<Live> {
		const documents = await Promise.all(wanted.map(async (kind) => await this.documents(kind)));
		const { id, name } = this.account;
		return {
			accountId: id,
			accountName: name,
			documents: documents.flat(),
			missing: wanted.filter((kind) => this.missing.has(kinds[kind].path)),
		};
	}

	private async idsOf(path: string): Promise<string[]> {
		return (await this.list(path)).map(({ id }) => plainText(id)).filter(Boolean);
	}

	private async get(path: string, query: Query = {}): ReturnType<Transport['send']> {
		return await this.gate.run(
			async () =>
				await this.transport.send({
					method: 'GET',
					path: fillPath('/accounts/{accountId}', { accountId: this.account.id }) + path,
					query,
					expect: OPTIONAL.test(path) ? NOT_HERE : [],
					what: `Read ${path.slice(1).replace(/[/_]/g, ' ')}`,
				}),
		);
	}

	private async once<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
		const known = this.known.get(what);
		if (known) return (await known) as Answer;
		const asked = ask();
		this.known.set(what, asked);
		return await asked;
	}
}

/** Numbers come as a map, port requests by account, all else as a list. */
function recordsOf(data: unknown): IDataObject[] {
	if (isRecord(data) && isRecord(data.numbers))
		return Object.entries(data.numbers).map(([id, entry]) => ({ ...(isRecord(entry) ? entry : {}), id }));
	return recordsIn(data).flatMap((entry) =>
		Array.isArray(entry.port_requests) ? recordsIn(entry.port_requests) : [entry],
	);
}
