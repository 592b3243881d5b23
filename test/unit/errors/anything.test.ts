import fc from 'fast-check';

import { explain, isTransient, priceSummary, provablyNotCarriedOut } from '../../../crossbar/errors/explain';
import { envelope } from './fixtures';

/** Bodies from near an error envelope to anything at all. */
const data = fc.oneof(
	fc.jsonValue(),
	fc.dictionary(
		fc.constantFrom('name', '', 'call_forward%2Eenabled', 'numbers.0', 'account', '__proto__', 'constructor'),
		fc.dictionary(
			fc.constantFrom('required', 'type', 'enum', 'unique', 'expired', 'new', '__proto__'),
			fc.jsonValue(),
		),
	),
	fc.array(fc.record({ summary: fc.jsonValue(), items: fc.jsonValue(), activation_charges: fc.jsonValue() })),
);
const body = fc.oneof(
	fc
		.tuple(fc.constantFrom('validation error', 'bad_identifier', 'init failed', 'accept charges', 'x'), data)
		.map(([message, value]) => envelope(400, message, value)),
	fc.jsonValue(),
	fc.string(),
	fc.constant(undefined),
);
const failure = fc.record(
	{
		method: fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'FOO'),
		path: fc.oneof(fc.webPath(), fc.string()),
		status: fc.oneof(
			fc.constantFrom(200, 400, 401, 402, 403, 404, 405, 409, 412, 415, 429, 500, 503),
			fc.nat(999),
		),
		headers: fc.dictionary(fc.constantFrom('location', 'Allow', 'x-request-id'), fc.string()),
		body,
		networkCode: fc.string(),
		networkMessage: fc.string(),
		loginOk: fc.boolean(),
	},
	{ requiredKeys: ['method', 'path'] },
);

it('any failure whatsoever is explained, without the echoed token', () => {
	fc.assert(
		fc.property(failure, (given) => {
			const { message, description } = explain(given);
			expect(message).toMatch(/\S/);
			expect(message + description).not.toContain('secret-echoed-token');
			expect(typeof isTransient(given)).toBe('boolean');
			expect(typeof provablyNotCarriedOut(given)).toBe('boolean');
			priceSummary(given.body);
		}),
		{ numRuns: 200 },
	);
});
