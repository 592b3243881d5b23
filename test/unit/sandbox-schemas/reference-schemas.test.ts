import { jsonSchema, schemaNames, type Profile } from '../../../sandbox/schemas';
import { withRecordings } from '../../recordings';

type Json = Record<string, unknown>;

/** Words of the reference that no validator looks at: prose, examples, misspelt keywords, hints for code generators. */
const WITHOUT_EFFECT = new Set([
	'description',
	'name',
	'examples',
	'patern',
	'manLength',
	'kz:skip_subproperty_builder',
	'android',
	'token_restrictions',
]);

/** What our tables know beyond the reference, which came without these two keywords (one stray mark excepted). */
const NOT_IN_REFERENCE = new Set(['patternProperties', 'kazoo-validation', '$schema', 'id']);

const STRICT = 'a real KAZOO 4 refuses other keys, which the reference does not say';

/** Where something else was seen than the reference says. */
const SEEN_OTHERWISE: Record<string, string> = {
	call_recording: STRICT,
	'call_recording.parameters': STRICT,
	'call_recording.source': STRICT,
	custom_sip_headers: STRICT,
	'storage.attachments':
		'a key that is no id is refused (recorded `storage.put_bad`), so no other keys are allowed',
};

/** A schema with what counts only: `fields` says that the keys are names of fields, not keywords. */
function essence(value: unknown, fields = false): unknown {
	if (Array.isArray(value)) return value.map((one) => essence(one));
	if (typeof value !== 'object' || value === null) return value;
	const kept = Object.entries(value).filter(
		([key, inner]) =>
			fields ||
			(!WITHOUT_EFFECT.has(key) &&
				!NOT_IN_REFERENCE.has(key) &&
				// An empty list of fields says nothing.
				!(key === 'properties' && Object.keys(inner as Json).length === 0)),
	);
	return Object.fromEntries(
		kept.map(([key, inner]) => {
			if (!fields && key === 'required') return [key, [...(inner as string[])].sort()];
			if (!fields && key === '$ref') return [key, String(inner).replace('#/definitions/', '')];
			if (!fields && (key === 'default' || key === 'enum')) return [key, inner];
			return [key, essence(inner, !fields && key === 'properties')];
		}),
	);
}

withRecordings(
	'field tables against schemas of the real server',
	['schemas-v4.json', 'schemas-v5.json'],
	({ json }) => {
		describe.each<[Profile, string]>([
			[4, 'schemas-v4.json'],
			[5, 'schemas-v5.json'],
		])('KAZOO %i', (profile, file) => {
			const reference = json<Record<string, Json>>(file);

			it('has the same schemas', () => {
				// Of what can be configured the reference has nothing, and we have the names only.
				const ours = schemaNames(profile).filter((name) => !/^(account|system)_config\./.test(name));
				expect(ours).toEqual(Object.keys(reference).sort());
			});

			it('has the same types, limits, defaults, values and nesting', () => {
				for (const [name, schema] of Object.entries(reference)) {
					const ours = essence(jsonSchema(profile, name)) as Json;
					if (name in SEEN_OTHERWISE) {
						expect({ name, ours }).not.toEqual({ name, ours: essence(schema) });
						delete ours.additionalProperties;
					}
					expect({ name, ours }).toEqual({ name, ours: essence(schema) });
				}
			});
		});
	},
);
