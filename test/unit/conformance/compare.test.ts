import { compareJson, compareResponses } from '../../conformance/compare';
import { Mapping } from '../../conformance/mapping';
import type { Json, JsonObject, RecordedResponse } from '../../conformance/recording';

const A = 'a'.repeat(31) + '1';
const B = 'b'.repeat(31) + '2';
const C = 'c'.repeat(31) + '3';
const D = 'd'.repeat(31) + '4';

const answer = (body: Json, headers: Record<string, string> = {}, status = 200): RecordedResponse => ({
	status,
	headers: { 'content-type': 'application/json', ...headers },
	body,
});

const where = (recorded: Json, actual: Json, mapping = new Mapping()) =>
	compareJson(recorded, actual, mapping).map((difference) => difference.where);

describe('compareJson', () => {
	it('says nothing of equal values', () => {
		expect(where({ a: [1, 'x', null, true], b: {} }, { b: {}, a: [1, 'x', null, true] })).toEqual([]);
	});

	it.each<[string, Json, Json, string[]]>([
		['another value', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b']],
		['another type', { a: '1' }, { a: 1 }, ['a']],
		['null for nothing', { a: null }, {}, ['a']],
		['a missing and a new key', { a: 1 }, { b: 1 }, ['a', 'b']],
		['a shorter list', { a: [1, 2] }, { a: [1] }, ['a']],
		['an empty object for an empty list', { a: {} }, { a: [] }, ['a']],
		['a time a minute later', { created: 63962674807 }, { created: 63962674867 }, ['created']],
		['an id of another length', { id: A }, { id: `${A}ff` }, ['id']],
		['a name for an id', { id: A }, { id: 'somebody' }, ['id']],
		['another month', { id: `202611-${A}` }, { id: `202610-${A}` }, ['id']],
	])('sees %s', (_, recorded, actual, expected) => {
		expect(where(recorded, actual)).toEqual(expected);
	});

	it('takes ids in the same place for the same thing, and holds to it', () => {
		const mapping = new Mapping();
		expect(where({ id: A, owner_id: B }, { id: C, owner_id: D }, mapping)).toEqual([]);
		expect(where({ id: A, owner_id: B }, { id: C, owner_id: C }, mapping)).toEqual(['owner_id']);
		expect(mapping.known(B)).toBe(D);
	});

	it('pairs keys that are ids', () => {
		const mapping = new Mapping();
		expect(where({ [A]: { n: 1 } }, { [C]: { n: 1 } }, mapping)).toEqual([]);
		expect(mapping.known(A)).toBe(C);
	});

	it('counts the order of a list', () => {
		const mapping = new Mapping();
		mapping.learn(A, C);
		mapping.learn(B, D);
		expect(compareJson([{ id: A }, { id: B }], [{ id: D }, { id: C }], mapping)).toEqual([
			{ where: '', recorded: [A, B], actual: [D, C], note: 'order' },
		]);
	});

	it('lets times differ by as much as an answer takes', () => {
		expect(
			where(
				{ created: 63962674807, at: '2026-11-23T17:40:07Z' },
				{ created: 63962674809, at: '2026-11-23T17:40:06Z' },
			),
		).toEqual([]);
	});

	it('compares files by hash once the upload taught what is what', () => {
		const mapping = new Mapping();
		const file = (hash: string) => `<binary 16044 bytes sha1:${hash.repeat(40)}>`;
		expect(compareJson(file('1'), file('2'), mapping)).toEqual([]);
		expect(compareJson(file('1'), file('3'), mapping)).toHaveLength(1);
	});
});

describe('compareResponses', () => {
	it('compares status, type, place and presence of an ETag', () => {
		const recorded = answer({ data: {} }, { etag: '"1"', location: `/v2/accounts/${A}` }, 201);
		const found = compareResponses(
			recorded,
			answer({ data: {} }, { 'content-type': 'text/html' }, 200),
			new Mapping(),
		);
		expect(found.map((difference) => difference.where)).toEqual([
			'status',
			'headers.content-type',
			'headers.location',
			'headers.etag',
		]);
	});

	it('masks only what cannot be equal in the envelope, but misses what is missing', () => {
		const recorded = answer({
			request_id: A,
			node: 'n1',
			tokens: { remaining: 100 },
			auth_token: '<token>',
			revision: `1-${A}`,
			data: {},
		});
		const actual = answer({
			request_id: B,
			node: 'n2',
			tokens: { remaining: 3 },
			auth_token: 'eyJx.y.z',
			revision: `3-${B}`,
			data: {},
		});
		expect(compareResponses(recorded, actual, new Mapping())).toEqual([]);
		expect(
			compareResponses(recorded, answer({ data: {} }), new Mapping()).map((difference) => difference.where),
		).toEqual(['request_id', 'node', 'tokens', 'auth_token', 'revision']);
	});

	it('learns the opaque keys of pages', () => {
		const mapping = new Mapping();
		compareResponses(
			answer({ next_start_key: 'abc', data: [] }),
			answer({ next_start_key: 'xyz', data: [] }),
			mapping,
		);
		expect(mapping.translatePath('/v2/x?start_key=abc')).toBe('/v2/x?start_key=xyz');
	});

	it('reads JSON in a function call', () => {
		const recorded = answer('cb({"request_id":"' + A + '","data":{"a":1}});');
		expect(
			compareResponses(recorded, answer('cb({"request_id":"' + B + '","data":{"a":1}});'), new Mapping()),
		).toEqual([]);
		expect(
			compareResponses(recorded, answer('cb({"request_id":"' + B + '","data":{"a":2}});'), new Mapping()),
		).toEqual([{ where: 'data.a', recorded: 1, actual: 2 }]);
	});

	it('takes what a server makes up for equal only where both look like it', () => {
		const differ = (recorded: JsonObject, actual: JsonObject) =>
			compareJson(recorded, actual, new Mapping()).map(({ where }) => where);
		expect(differ({ msg_id: '3b810b5bf6c57cf9' }, { msg_id: '7b17cf4637836158' })).toEqual([]);
		expect(differ({ msg_id: '3b810b5bf6c57cf9' }, { msg_id: 'abc' })).toEqual(['msg_id']);
		expect(differ({ ports: 12 }, { ports: 1 })).toEqual([]);
		expect(differ({ ports: [5060] }, { ports: [5061] })).toEqual(['ports.0']);
		expect(differ({ source: { id: 'a' } }, { source: { id: 'b' } })).toEqual(['source.id']);
		expect(differ({ id: 'ba005c3529' }, { id: '19b7a20838' })).toEqual([]);
	});

	it('compares the words of answers that document the server, too', () => {
		const recorded = answer({ data: { fields: { description: 'theirs', type: 'string' } } });
		const actual = answer({ data: { fields: { description: 'ours', type: 'string' } } });
		expect(compareResponses(recorded, actual, new Mapping())).toHaveLength(1);
	});

	it('only asks for a body where the recording did not keep it', () => {
		const recorded = answer({ $elided_bytes: 5 });
		expect(compareResponses(recorded, answer({ data: 1 }), new Mapping())).toEqual([]);
		expect(compareResponses(recorded, answer(null), new Mapping())).toHaveLength(1);
	});
});
