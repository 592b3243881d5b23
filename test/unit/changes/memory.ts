/** Crossbar in memory, as far as changes meet it: what a real KAZOO does with documents, without a network. */
import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { explain } from '../../../crossbar/errors/explain';
import type { Failure } from '../../../crossbar/errors/failure';
import type { CrossbarAnswer, CrossbarRequest } from '../../../crossbar/http/messages';
import type { Transport } from '../../../crossbar/http/transport';
import { isRecord } from '../../../crossbar/values/records';

type Document = Record<string, unknown>;

interface Kept {
	document: Document;
	revision: number;
}

/** What happens to one request instead of what should. */
export type Trouble = 'cutAfter' | 'cutBefore' | { readonly status: number };

const node = { id: 'kazoo', name: 'KAZOO', type: 'kazoo', typeVersion: 1, position: [0, 0], parameters: {} };

/** Of which fields no two documents of a list have the same: a real KAZOO refuses the second one. */
const UNIQUE: Readonly<Record<string, string>> = {
	users: 'username',
	vmboxes: 'mailbox',
	callflows: 'numbers',
};

/** One server with one account. */
export class MemoryCrossbar {
	readonly account = 'a'.repeat(32);
	readonly requests: Array<Pick<CrossbarRequest, 'method' | 'path'>> = [];
	/** Says for each request whether it goes wrong. */
	trouble: (request: Pick<CrossbarRequest, 'method' | 'path'>, count: number) => Trouble | undefined = () =>
		undefined;
	private readonly kept = new Map<string, Kept>();
	private ids = 0;

	constructor() {
		this.kept.set(`/accounts/${this.account}`, {
			document: { name: 'Memory', realm: 'memory' },
			revision: 1,
		});
	}

	/** The door to it. */
	get transport(): Transport {
		const door = {
			node: node as unknown as INode,
			server: 'memory:',
			allows: () => true,
			cancelSignal: () => undefined,
			with: () => door,
			send: async (request: CrossbarRequest) => await this.send(request),
		};
		return door as unknown as Transport;
	}

	/** A copy of all that is there, by path. */
	state(): Record<string, Document> {
		return Object.fromEntries(
			[...this.kept].map(([path, { document }]) => [path, structuredClone(document)]),
		);
	}

	/** Somebody else changes a document. */
	touch(path: string, change: Document): void {
		const kept = this.kept.get(path) as Kept;
		kept.document = { ...kept.document, ...change };
		kept.revision++;
	}

	private async send(request: CrossbarRequest): Promise<CrossbarAnswer> {
		this.requests.push({ method: request.method, path: request.path });
		const trouble = this.trouble(request, this.requests.length - 1);
		if (typeof trouble === 'object') return this.answered(request, trouble.status, {});
		if (trouble === 'cutBefore') throw failed(request, { networkCode: 'ECONNRESET' });
		const [status, data, revision] = this.carriedOut(request);
		if (trouble === 'cutAfter') throw failed(request, { networkCode: 'ECONNRESET' });
		return this.answered(request, status, data, revision);
	}

	private answered(
		request: CrossbarRequest,
		status: number,
		data: unknown,
		revision?: number,
	): CrossbarAnswer {
		const envelope = {
			data: structuredClone(data) as IDataObject,
			...(status < 300 ? {} : { status: 'error', error: String(status), message: 'memory', request_id: '1' }),
			...(revision === undefined ? {} : { revision: `${revision}-x` }),
		};
		if (status >= 300 && !request.expect?.includes(status)) throw failed(request, { status, body: envelope });
		return { status, headers: {}, envelope };
	}

	private carriedOut({ method, path, body, headers }: CrossbarRequest): [number, unknown, number?] {
		const data = (isRecord(body) ? body.data : undefined) as Document | undefined;
		const kept = this.kept.get(path);
		const [, list = '', last = ''] = /^\/accounts\/[^/]+\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
		const isList = list !== '' && last === '' && list !== 'limits';
		if (method === 'GET' && isList) return [200, this.listed(path, list)];
		if (method === 'PUT') return this.created(path, list, last, data ?? {});
		if (list === 'limits' && !kept) this.kept.set(path, { document: {}, revision: 1 });
		const current = this.kept.get(path);
		if (!current) return [404, {}];
		const id = list === '' ? this.account : last === '' ? {} : { id: decodeURIComponent(last) };
		const shown = () => ({ ...(typeof id === 'string' ? { id } : id), ...current.document });
		if (method === 'GET') return [200, shown(), current.revision];
		const match = headers?.['If-Match'];
		if (match !== undefined && match !== `"${current.revision}-x"`) return [412, {}];
		if (method === 'DELETE') {
			this.kept.delete(path);
			return [200, shown()];
		}
		const next = method === 'PATCH' ? patched(current.document, data ?? {}, list !== '') : { ...data };
		if (this.taken(list, next, path)) return [400, {}];
		current.document = next;
		current.revision++;
		return [200, shown(), current.revision];
	}

	private created(path: string, list: string, last: string, data: Document): [number, unknown, number?] {
		if (this.taken(list, data, path)) return [400, {}];
		const id = last === '' ? (++this.ids).toString(16).padStart(32, '0') : decodeURIComponent(last);
		const where = last === '' ? `${path}/${id}` : path;
		if (this.kept.has(where)) return [409, {}];
		const { id: _, ...document } = structuredClone(data);
		this.kept.set(where, { document, revision: 1 });
		return [201, { id, ...document }, 1];
	}

	private listed(path: string, list: string): unknown {
		const entries = [...this.kept]
			.filter(([where]) => where.startsWith(`${path}/`))
			.map(([where, { document }]) => ({
				id: decodeURIComponent(where.split('/').at(-1) ?? ''),
				...document,
			}));
		return list === 'phone_numbers'
			? { numbers: Object.fromEntries(entries.map((entry) => [entry.id, {}])) }
			: entries;
	}

	private taken(list: string, document: Document, own: string): boolean {
		const field = UNIQUE[list];
		if (field === undefined || document[field] === undefined) return false;
		const wanted = [document[field]].flat();
		const prefix = `${/^\/accounts\/[^/]+/.exec(own)?.[0] ?? ''}/${list}/`;
		return [...this.kept].some(
			([where, { document: other }]) =>
				where.startsWith(prefix) &&
				where !== own &&
				[other[field]].flat().some((value) => value !== undefined && wanted.includes(value)),
		);
	}
}

/** PATCH: objects are merged, an empty one empties, null takes a key out, but not of an account (changes.md, Undo). */
function patched(target: Document, change: Document, removes: boolean): Document {
	const result = { ...target };
	for (const [key, value] of Object.entries(change)) {
		if (value === null) {
			if (removes) delete result[key];
		} else if (isRecord(value) && Object.keys(value).length > 0)
			result[key] = patched((isRecord(result[key]) ? result[key] : {}) as Document, value, removes);
		else result[key] = value;
	}
	return result;
}

function failed({ method, path, what }: CrossbarRequest, more: Partial<Failure>): NodeApiError {
	const { message, description } = explain({
		method,
		path,
		what,
		writes: method !== 'GET',
		headers: {},
		loginOk: true,
		...more,
	});
	return Object.assign(new NodeApiError(node as unknown as INode, {}, { message, description }), { message });
}
