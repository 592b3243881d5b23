/** The hints for forms: every one of them is for a field that the server's schema has. */
import { hintedSchemas, hintsFor } from '../../crossbar/catalogue/hints';
import { secondsOfDay } from '../../crossbar/values/timeOfDay';
import { timeZoneNamed } from '../../crossbar/values/timeZones';
import { jsonSchema } from '../../sandbox/schemas';

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	$ref?: string;
}

const profiles = [4, 5] as const;

/** The part of a schema at a dotted path. */
function partOf(profile: 4 | 5, name: string, path: string): Schema | undefined {
	const resolve = (schema: Schema | undefined): Schema | undefined =>
		schema?.$ref ? jsonSchema(profile, schema.$ref) : schema;
	return path
		.split('.')
		.reduce<
			Schema | undefined
		>((schema, key) => resolve(schema?.properties?.[key]), jsonSchema(profile, name) as Schema);
}

const paths = hintedSchemas.flatMap((name) => {
	const { form, more, apart = [] } = hintsFor(name);
	return [...Object.keys({ ...form, ...more }), ...apart].map((path) => [name, path] as const);
});

/** Schemas that the sandbox does not have: nothing to compare with. */
const has = (name: string): boolean => profiles.some((profile) => jsonSchema(profile, name));

test.each(paths.filter(([name]) => has(name)))('%s has %s', (name, path) => {
	expect(profiles.some((profile) => partOf(profile, name, path) !== undefined)).toBe(true);
});

test.each(hintedSchemas.filter(has))(
	'%s: no switch stands in the form, which would send it as off',
	(name) => {
		for (const path of Object.keys(hintsFor(name).form))
			expect([path, partOf(4, name, path)?.type]).not.toEqual([path, 'boolean']);
	},
);

test.each([
	['09:00', 32_400],
	['9:05', 32_700],
	['17:30:15', 63_015],
	['24:00', 86_400],
	['0', 0],
	['9', 32_400],
	['9am', 32_400],
	['5:30 p.m.', 63_000],
	['12 PM', 43_200],
	['12 am', 0],
	['61200', 61_200],
	[61_200, 61_200],
])('%s is a time of day', (text, seconds) => {
	expect(secondsOfDay(text, 'Begins At')).toBe(seconds);
});

test.each(['25:00', '24:01', '25', '9:60', '13pm', '0 am', 'nine', '-1', '', '86401'])(
	'“%s” is none',
	(text) => {
		expect(() => secondsOfDay(text, 'Begins At')).toThrow('Begins At is not a time of day');
	},
);

test.each([
	['Europe/Vienna', 'Europe/Vienna'],
	['europe/vienna', 'Europe/Vienna'],
	['New York', 'America/New_York'],
	['US/Pacific', 'US/Pacific'],
	['UTC', 'Etc/UTC'],
	['gmt', 'Etc/UTC'],
	['EST', 'America/Panama'],
	['GB', 'Europe/London'],
	['inherit', 'inherit'],
])('%s is a time zone', (text, name) => {
	expect(timeZoneNamed(text, 'Time Zone')).toBe(name);
});

test.each(['Europe/Wien', 'Mars', '+01:00', ''])('“%s” is no time zone', (text) => {
	expect(() => timeZoneNamed(text, 'Time Zone')).toThrow('Time Zone is not a time zone');
});
