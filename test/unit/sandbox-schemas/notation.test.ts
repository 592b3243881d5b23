import Ajv, { type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { toJsonSchema, type Field, type JsonSchema, type Shape } from '../../../sandbox/schemas/notation';
import { runValidator } from '../../../sandbox/schemas/validator';

describe('a line of the notation', () => {
	it.each<[string, JsonSchema]>([
		['string', { type: 'string' }],
		['any', {}],
		['object|null', { type: ['object', 'null'] }],
		['string:email 5..', { type: 'string', format: 'email', minLength: 5 }],
		['string 1..128', { type: 'string', minLength: 1, maxLength: 128 }],
		['integer ..5', { type: 'integer', maximum: 5 }],
		['integer -1..', { type: 'integer', minimum: -1 }],
		['number -1.5..2.25', { type: 'number', minimum: -1.5, maximum: 2.25 }],
		['number 0<..', { type: 'number', minimum: 0, exclusiveMinimum: true }],
		['object 1..', { type: 'object', minProperties: 1 }],
		['string /^https?:\\/\\//', { type: 'string', pattern: '^https?://' }],
		[
			'string 2..3 /^[a-z =]+$/ = ab',
			{ type: 'string', minLength: 2, maxLength: 3, pattern: '^[a-z =]+$', default: 'ab' },
		],
		['string of get|post = post', { type: 'string', enum: ['get', 'post'], default: 'post' }],
		['integer of 1|2', { type: 'integer', enum: [1, 2] }],
		['any of a|b', { enum: ['a', 'b'] }],
		['string checked', { type: 'string', 'kazoo-validation': true }],
		['string = ""', { type: 'string', default: '' }],
		['string = "a b"', { type: 'string', default: 'a b' }],
		['boolean = false', { type: 'boolean', default: false }],
		['array = ["a","b"]', { type: 'array', default: ['a', 'b'] }],
		['object = {}', { type: 'object', default: {} }],
		['@caller_id', { $ref: 'caller_id' }],
		['object @call.profile = {}', { type: 'object', $ref: 'call.profile', default: {} }],
		[
			'[string 1..36] ..9 unique = []',
			{
				type: 'array',
				items: { type: 'string', minLength: 1, maxLength: 36 },
				maxItems: 9,
				uniqueItems: true,
				default: [],
			},
		],
		['[[integer]]', { type: 'array', items: { type: 'array', items: { type: 'integer' } } }],
		['boolean or string of a|b', { oneOf: [{ type: 'boolean' }, { type: 'string', enum: ['a', 'b'] }] }],
		['[@a or string]', { type: 'array', items: { oneOf: [{ $ref: 'a' }, { type: 'string' }] } }],
	])('reads %s', (line, schema) => {
		expect(toJsonSchema(line, 4)).toEqual(schema);
	});

	it.each(['', 'strin', 'string 1..2 3', '[string', 'string or', 'string = "a', 'integer = x', 'string of'])(
		'refuses "%s"',
		(line) => {
			expect(() => toJsonSchema(line, 4)).toThrow();
		},
	);
});

describe('a shape of the notation', () => {
	it('says what is required, mapped, closed and combined', () => {
		const shape: Shape = {
			$: 'object = {}',
			'id!': 'string',
			list: [{ a: 'integer' }],
			map: { '/^[0-9]+$/': '@x', '*': false },
			others: { '*': 'string' },
			pick: { $: 'any', $anyOf: ['string', { 'a!': 'integer' }] },
			$required: ['other'],
		};
		expect(toJsonSchema(shape, 4)).toEqual({
			type: 'object',
			default: {},
			required: ['other', 'id'],
			properties: {
				id: { type: 'string' },
				list: { type: 'array', items: { type: 'object', properties: { a: { type: 'integer' } } } },
				map: {
					type: 'object',
					patternProperties: { '^[0-9]+$': { $ref: 'x' } },
					additionalProperties: false,
				},
				others: { type: 'object', additionalProperties: { type: 'string' } },
				pick: {
					anyOf: [
						{ type: 'string' },
						{ type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
					],
				},
			},
		});
	});

	it('puts the fields of KAZOO 5 over those of 4', () => {
		const shape: Shape = {
			'a!': 'string',
			b: 'string',
			c: { d: 'string' },
			$5: { a: 'integer', b: null, 'e!': 'any' },
		};
		expect(toJsonSchema(shape, 4)).toMatchObject({
			required: ['a'],
			properties: { a: { type: 'string' }, b: {} },
		});
		expect(toJsonSchema(shape, 5)).toEqual({
			type: 'object',
			required: ['e'],
			properties: {
				a: { type: 'integer' },
				c: { type: 'object', properties: { d: { type: 'string' } } },
				e: {},
			},
		});
	});
});

/** Words that are no numbers and no booleans: those would be turned into such, which Ajv does differently. */
const word = fc.constantFrom('', 'a', 'ab', 'abc', 'wxyz', 'é☎');
const key = fc.constantFrom('a', 'b', 'c');
const anyKey = fc.constantFrom('a', 'b', 'c', 'x1', 'x2');

const range = fc.tuple(fc.nat(2), fc.nat(3)).map(([least, more]) => `${least}..${least + more}`);
const line = fc.oneof(
	range.map((limits) => `string ${limits}`),
	range.map((limits) => `integer ${limits}`),
	range.map((limits) => `number ${limits}`),
	range.map((limits) => `[string ${limits}] ${limits} unique`),
	fc.constantFrom(
		'any',
		'any',
		'any',
		'boolean',
		'boolean = true',
		'string = ab',
		'string of a|ab',
		'string /^[a-w]+$/',
		'object|null',
		'[integer ..2] = [1]',
		'object = {}',
		'string or [string]',
		'integer 1.. or number',
	),
);

const shape = fc.letrec<{ field: Field; shape: Shape }>((tie) => ({
	field: fc.oneof(
		{ maxDepth: 2, depthIdentifier: 'field' },
		line,
		tie('shape'),
		tie('shape').map((s) => [s] as const),
	),
	shape: fc
		.tuple(
			fc.dictionary(
				fc.tuple(key, fc.constantFrom('', '', '', '!')).map(([k, sign]) => k + sign),
				tie('field'),
				{ maxKeys: 3 },
			),
			fc.oneof(
				{ weight: 3, arbitrary: fc.constant({}) },
				{
					weight: 1,
					arbitrary: fc.record(
						{
							$: fc.constantFrom('object', 'object = {}', 'any', 'object 1..'),
							'/^x/': tie('field'),
							'*': fc.oneof(fc.constant(false), tie('field')),
							$anyOf: fc.array(tie('field'), { minLength: 1, maxLength: 2 }),
						},
						{ requiredKeys: [] },
					),
				},
			),
		)
		.map(([fields, rest]) => {
			// One key cannot be both required and not.
			const once = Object.entries(fields).filter(([k]) => k.endsWith('!') || !(`${k}!` in fields));
			return { ...Object.fromEntries(once), ...rest };
		}),
})).shape;

const value = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, depthIdentifier: 'value' },
		word,
		fc.integer({ min: -1, max: 6 }),
		fc.constantFrom(0.5, 1.5, null, true, false),
		fc.array(tie('value'), { maxLength: 3 }),
		tie('object'),
	),
	object: fc.dictionary(anyKey, tie('value'), { maxKeys: 3 }),
}));

/** Mostly an object, as most shapes are: else hardly any document would be valid. */
const document = fc.oneof({ weight: 7, arbitrary: value.object }, { weight: 1, arbitrary: value.value });

/** Our code for a rule of JSON Schema. */
const CODES: Record<string, string> = {
	format: 'wrong_format',
	minProperties: 'too_few_properties',
	anyOf: 'any_schemas_not_valid',
};

/** Ajv passes over entries of the wrong type when it asks whether a list's entries are unique; KAZOO does not. */
function uniqueUnasked(errors: string[], error: string): boolean {
	const list = / uniqueItems$/.test(error) && error.replace(/ uniqueItems$/, '');
	return (
		list !== false &&
		errors.some((one) => one.startsWith(list) && /^\.?\d+ type$/.test(one.slice(list.length)))
	);
}

/** Path and code of Ajv's errors, without those inside of a combination. */
function ajvErrors(errors: ErrorObject[]): string[] {
	return errors
		.filter(({ schemaPath }) => !/\/(anyOf|oneOf)\/\d+(\/|$)/.test(schemaPath))
		.map(({ instancePath, keyword, params, message }) => {
			const path = instancePath.split('/').slice(1);
			if (keyword === 'required') path.push(String(params.missingProperty));
			if (keyword === 'additionalProperties') path.push(String(params.additionalProperty));
			if (keyword === 'oneOf')
				return `${path.join('.')} ${message?.includes('exactly') && params.passingSchemas ? 'more_than_one_schema_valid' : 'not_one_schema_valid'}`;
			return `${path.join('.')} ${CODES[keyword] ?? keyword}`;
		});
}

/** Every schema that is one of several, as text, at any depth. */
function combinations(schema: unknown): string[] {
	if (typeof schema !== 'object' || schema === null) return [];
	return Object.entries(schema).flatMap(([word, inner]) =>
		word === 'anyOf' || word === 'oneOf' ? [JSON.stringify(inner)] : combinations(inner),
	);
}

describe('the validator and Ajv', () => {
	const ajv = new Ajv({
		allErrors: true,
		strict: false,
		useDefaults: true,
		unicodeRegExp: false,
		// Checking each schema against its own schema, too, would take most of the time.
		meta: false,
		validateSchema: false,
	});

	it('find the same errors in the same places, and fill in the same defaults', () => {
		let invalid = 0;
		const runs = 200;
		fc.assert(
			fc.property(shape, document, (notation, doc) => {
				const schema = toJsonSchema(notation, 4);
				// Ajv fills in nothing inside of a combination, KAZOO does.
				fc.pre(!combinations(schema).some((option) => option.includes('"default"')));
				// What was wrong before counts against `anyOf` in KAZOO alone, and Ajv words `allOf` otherwise.
				fc.pre(!/"(?:any|all)Of"/.test(JSON.stringify(schema)));
				// KAZOO rounds where an integer is asked.
				fc.pre(!(/"integer"/.test(JSON.stringify(schema)) && /\d[.e]/.test(JSON.stringify([doc, schema]))));
				const ours = runValidator(schema, 'test', doc, { find: () => undefined });
				const check = ajv.compile(schema);
				const copy = structuredClone(doc);
				const valid = check(copy);
				const codes = Object.entries(ours.errors ?? {}).flatMap(([path, rules]) =>
					Object.keys(rules).map((code) => `${path} ${code}`),
				);
				const theirs = ajvErrors(check.errors ?? []);
				const asked = (error: string) => !uniqueUnasked(theirs, error);
				// KAZOO tells one thing that is wrong with a field, Ajv all.
				const paths = (errors: string[]) => new Set(errors.filter(asked).map((error) => error.split(' ')[0]));
				expect(paths(codes)).toEqual(paths(theirs));
				expect(theirs).toEqual(expect.arrayContaining(codes.filter(asked)));
				expect(ours.errors === undefined).toBe(valid);
				expect(ours.doc).toEqual(copy);
				if (!valid) invalid++;
			}),
			{ numRuns: runs },
		);
		// The generator makes both kinds, so that neither answer is right by accident.
		expect(invalid).toBeGreaterThan(runs * 0.1);
		expect(invalid).toBeLessThan(runs * 0.9);
		// Ajv compiles each schema: seconds on an idle machine, many more on a busy one.
	}, 120_000);

	it('leave the document they are given alone', () => {
		fc.assert(
			fc.property(shape, document, (notation, doc) => {
				const before = JSON.stringify(doc);
				runValidator(toJsonSchema(notation, 4), 'test', doc, { find: () => undefined });
				expect(JSON.stringify(doc)).toBe(before);
			}),
			{ numRuns: 200 },
		);
	});
});
