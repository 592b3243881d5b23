import { jsonSchema, schemaNames, type Profile } from '../../../sandbox/schemas';
import type { Route } from '../../../sandbox/request/call';

/** A request as it goes over the wire. */
export interface RandomRequest {
	method: string;
	path: string;
	headers: Record<string, string>;
	body?: Buffer;
}

/** What the requests are made of. */
export interface Material {
	routes: Route[];
	/** Ids and numbers that are there. */
	ids: string[];
	/** The account most requests are about. */
	account: string;
	/** Tokens of several people. */
	tokens: string[];
	profile: Profile;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const ODD_SEGMENTS = [
	'0'.repeat(32),
	'202611-' + '0'.repeat(32),
	'%2B14155550100',
	'+14155550100',
	'constructor',
	'__proto__',
	'..',
	'%',
	'%00',
	'a%2Fb',
	'%F0%9F%98%80',
	'x'.repeat(3000),
	'-1',
	'undefined',
];
const OPTIONS = [
	'page_size',
	'start_key',
	'paginate',
	'created_from',
	'created_to',
	'ascending',
	'descending',
	'filter_name',
	'filter_not_a.b.c',
	'filter___proto__',
	'has_key',
	'key_missing',
	'has_value',
	'fields',
	'full_docs',
	'accept',
	'verb',
	'action',
	'accept_charges',
	'should_soft_delete',
	'jsonp',
	'pretty_print',
	'utc_offset',
	'category',
	'prefix',
	'quantity',
	't',
	'q',
	'v',
	'by_name',
	'csv_name',
	'file_name',
	'filename',
	'disposition',
	'timestamp',
	'folder',
	'reason',
	'status',
	'domain',
];
const ODD_TEXTS = [
	'',
	'0',
	'-5',
	'1e9',
	'abc',
	'true',
	'[1',
	'["a"]',
	'{}',
	'null',
	'DELETE',
	'csv',
	'text/csv',
	'audio/mpeg',
	'63962674730',
	'99999999999999999999',
	'g2wAAAAC',
	'g20AAAAgYjc3OGM4YTYwMjEyMWM3YWU2ZDliY2FlOWE5NWQwMjE',
	'\u0000',
	'ü€😀',
	'Ä'.repeat(200),
	'*0([',
	'https://hooks.example/x',
	'name',
	'user',
	'account',
];
const TYPES = [
	'application/json',
	'application/json',
	'application/json',
	'application/json; charset=utf-8',
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'multipart/mixed',
	'application/base64',
	'audio/mpeg',
	'text/csv',
	'text/html',
	'application/pdf',
	'image/png',
	'nonsense',
];
const ACCEPTS = [
	'*/*',
	'application/json',
	'text/csv',
	'application/pdf',
	'audio/mpeg',
	';;',
	'a/b;q=0',
	'text/html',
];

/** Makes requests, right ones and wrong ones, for ever; the same ones for the same seed. */
export class RandomRequests {
	private readonly random: () => number;
	private readonly schemas: string[];

	constructor(
		private readonly material: Material,
		seed: number,
	) {
		this.random = randomNumbers(seed);
		this.schemas = schemaNames(material.profile);
	}

	next(): RandomRequest {
		const route = this.of(this.material.routes);
		const method = this.of(this.chance(0.85) ? Object.keys(route.handlers) : METHODS);
		const headers: Record<string, string> = {};
		if (this.chance(0.95)) headers['x-auth-token'] = this.of(this.material.tokens);
		if (this.chance(0.15)) headers.accept = this.of(ACCEPTS);
		if (this.chance(0.05)) headers.origin = 'https://ui.example';
		if (this.chance(0.05)) headers['if-match'] = this.of(['*', '"1-x"', 'x']);
		if (this.chance(0.05)) headers['if-none-match'] = this.of(['*', '"1-x"']);
		if (this.chance(0.05)) headers.range = this.of(['bytes=0-5', 'bytes=-1', 'bytes=999999-', 'x']);
		const body = this.chance(method === 'GET' ? 0.05 : 0.85) ? this.body(headers, route) : undefined;
		return { method, path: this.path(route) + this.query(), headers, body };
	}

	private of<T>(list: readonly T[]): T {
		return list[Math.floor(this.random() * list.length)] as T;
	}

	private chance(share: number): boolean {
		return this.random() < share;
	}

	private segment(): string {
		return this.chance(0.75) ? encodeURIComponent(this.of(this.material.ids)) : this.of(ODD_SEGMENTS);
	}

	private path(route: Route): string {
		const segments = route.path.split('/').map((part) => {
			if (part === '{accountId}' && this.chance(0.95)) return this.material.account;
			return part.replace(/\{\w+\}/, () => this.segment());
		});
		if (this.chance(0.03)) segments.splice(Math.floor(this.random() * segments.length), 1);
		if (this.chance(0.05))
			segments.splice(Math.floor(this.random() * segments.length) + 1, 0, this.segment());
		if (this.chance(0.02)) segments.push('');
		return `/${this.chance(0.98) ? 'v2' : this.of(['v1', 'v9', 'x', ''])}${segments.join('/')}`;
	}

	private query(): string {
		if (this.chance(0.6)) return '';
		const pairs: string[] = [];
		do {
			const value = this.chance(0.5) ? this.of(ODD_TEXTS) : this.of(this.material.ids);
			pairs.push(
				`${encodeURIComponent(this.of(OPTIONS))}=${this.chance(0.95) ? encodeURIComponent(value) : '%'}`,
			);
		} while (this.chance(0.5));
		return `?${pairs.join('&')}`;
	}

	private body(headers: Record<string, string>, route: Route): Buffer {
		if (this.chance(0.97)) headers['content-type'] = this.of(TYPES);
		const data = this.chance(0.85) ? this.fields(route) : this.value(3);
		const envelope = JSON.stringify(this.chance(0.95) ? { ...this.more(), data } : data) ?? '';
		if (headers['content-type']?.includes('boundary')) {
			return Buffer.from(
				`--x\r\ncontent-type: application/json\r\n\r\n${envelope}\r\n--x\r\ncontent-type: audio/mpeg\r\n\r\nID3\r\n--x--`,
			);
		}
		const kind = this.random();
		if (kind < 0.03) return Buffer.from(envelope.slice(0, Math.floor(envelope.length * this.random())));
		if (kind < 0.05) return Buffer.from(Array.from({ length: 50 }, () => Math.floor(this.random() * 256)));
		if (kind < 0.06) return Buffer.from(`{"data":${'['.repeat(2000)}${']'.repeat(2000)}}`);
		if (kind < 0.062) return Buffer.from(JSON.stringify({ data: { name: 'n'.repeat(300_000) } }));
		return Buffer.from(envelope);
	}

	private more(): Record<string, unknown> {
		return this.chance(0.2) ? { [this.of(OPTIONS)]: this.value(1) } : {};
	}

	/** Fields that a schema knows, with values of its types as well as any others. */
	private fields({ path }: Route): Record<string, unknown> {
		const own = path
			.split('/')
			.reverse()
			.find((part) => this.schemas.includes(part));
		const name = own !== undefined && this.chance(0.9) ? own : this.of(this.schemas);
		const schema = jsonSchema(this.material.profile, name) as {
			properties?: Record<string, { type?: string | string[]; enum?: unknown[] }>;
			required?: string[];
		};
		const sane = this.chance(0.5);
		const fields: Record<string, unknown> = {};
		for (const [key, { type, enum: values }] of Object.entries(schema.properties ?? {})) {
			if (!schema.required?.includes(key) && this.chance(0.6)) continue;
			fields[key] = !sane && this.chance(0.2) ? this.value(2) : values ? this.of(values) : this.ofType(type);
		}
		if (this.chance(0.3))
			fields[this.of(['id', '_rev', 'pvt_x', 'source_id', 'messages', 'numbers'])] = this.value(2);
		return fields;
	}

	private ofType(type: string | string[] | undefined): unknown {
		switch (Array.isArray(type) ? type[0] : type) {
			case 'string':
				return this.chance(0.5) ? this.of(this.material.ids) : this.of(ODD_TEXTS);
			case 'integer':
			case 'number':
				return Math.floor(this.random() * 100);
			case 'boolean':
				return this.chance(0.5);
			case 'array':
				return Array.from({ length: Math.floor(this.random() * 3) }, () => this.of(this.material.ids));
			default:
				return this.value(3);
		}
	}

	private value(depth: number): unknown {
		const kind = this.random();
		if (depth > 0 && kind < 0.25) {
			return Object.fromEntries(
				Array.from({ length: Math.floor(this.random() * 3) }, () => [
					this.chance(0.3)
						? this.of(this.material.ids)
						: this.of([...OPTIONS, '_', 'module', 'data', 'children', 'id']),
					this.value(depth - 1),
				]),
			);
		}
		if (depth > 0 && kind < 0.4) return [this.value(depth - 1), this.value(depth - 1)];
		return this.of([null, true, false, 0, -1, 1.5, 1e300, '', 'x', ...ODD_TEXTS, this.of(this.material.ids)]);
	}
}
