import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue, findRow, resourceOf } from '../../crossbar/catalogue';
import { exceptions } from '../../crossbar/catalogue/exceptions';
import type { Field, Row } from '../../crossbar/catalogue/notation';
import type { Parameter } from '../../crossbar/catalogue/parameters';
import { parameters } from '../../crossbar/catalogue/parameters';
import { pathParameters } from '../../crossbar/operations/request';
import { areaOf, areas } from '../catalogue/areas';
import { blueprintSchemaFile } from '../catalogue/blueprint';
import type { Listed } from '../catalogue/coverage';
import { coverageOf, offered, older, shape } from '../catalogue/coverage';
import { main } from '../catalogue/cli';
import { operationsPages, reportRows } from '../catalogue/report';
import { withRecordings } from '../recordings';

const root = join(__dirname, '../..');
const rows = catalogue.flatMap((resource) => resource.rows.map((row) => ({ resource, row })));
const nameOf = ({ resource, row }: (typeof rows)[number]) => `${resource.value}.${row.value}`;

function repeated(values: readonly string[]): string[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}

function fieldsOf(row: Row): Array<[string, Field]> {
	return [row.query, row.body, row.arguments].flatMap((fields) => Object.entries(fields ?? {}));
}

/** Those inside steps as well. */
function allFieldsOf(row: Row): Array<[string, Field]> {
	return fieldsOf(row).flatMap(([key, field]): Array<[string, Field]> => {
		if (field.type !== 'steps') return [[key, field]];
		const kinds = Object.entries(field.kinds).flatMap(([kind, { fields }]) =>
			Object.entries(fields).map(([name, inner]): [string, Field] => [`${key}.${kind}.${name}`, inner]),
		);
		return [[key, field], ...kinds, ...Object.entries(field.every)];
	});
}

/** Whether an operation gives a list, a file or one thing. */
function kindOf({ returns }: Row): string {
	if (returns === 'file') return 'file';
	return returns === 'records' || returns === 'collection' || typeof returns === 'object' ? 'list' : 'one';
}

describe('values', () => {
	it('are unique among resources and within each of them', () => {
		expect(repeated(catalogue.map(({ value }) => value))).toEqual([]);
		expect(repeated(catalogue.map(({ name }) => name))).toEqual([]);
		expect(repeated(rows.map(nameOf))).toEqual([]);
	});

	it('are camelCase', () => {
		const values = [...catalogue.map(({ value }) => value), ...rows.map(({ row }) => row.value)];
		expect(values.filter((value) => !/^[a-z][a-zA-Z0-9]*$/.test(value))).toEqual([]);
	});

	it('mean the same kind of result everywhere', () => {
		const kinds = new Map<string, Set<string>>();
		for (const { row } of rows) kinds.set(row.value, (kinds.get(row.value) ?? new Set()).add(kindOf(row)));
		expect([...kinds].filter(([, found]) => found.size > 1).map(([value]) => value)).toEqual([]);
	});

	it('of earlier releases do not collide with today’s', () => {
		for (const { rows: own } of catalogue) {
			expect(repeated([...own.map(({ value }) => value), ...own.flatMap(({ was = [] }) => was)])).toEqual([]);
		}
	});

	it('find their row and its resource', () => {
		for (const { resource, row } of rows) {
			expect(findRow(resource.value, row.value)).toBe(row);
			expect(resourceOf(row)).toBe(resource);
		}
		expect(findRow('device', 'nothing')).toBeUndefined();
	});
});

describe('order', () => {
	it('is alphabetical by name, for resources and operations', () => {
		const sorted = (names: string[]) => [...names].sort((a, b) => a.localeCompare(b));
		const names = catalogue.map(({ name }) => name);
		expect(names).toEqual(sorted(names));
		for (const resource of catalogue) {
			const own = resource.rows.map(({ name }) => name);
			expect(own).toEqual(sorted(own));
		}
	});
});

describe('routes', () => {
	it('are a method and a path of plain segments and known parameters', () => {
		const wrong = offered().filter(
			({ method, path }) =>
				!/^(GET|PUT|POST|PATCH|DELETE)$/.test(method) ||
				!/^\/$|^(\/([a-z][a-z0-9_-]*|([a-z]+-)?\{\w+\}))+$/.test(path) ||
				[...path.matchAll(/\{(\w+)\}/g)].some(([, name]) => !((name as string) in parameters)),
		);
		expect(wrong.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
	});

	it('name no parameter twice and carry the account first where they have one', () => {
		for (const { path } of offered()) {
			const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
			expect(repeated(names)).toEqual([]);
			if (names.includes('accountId')) expect(path.startsWith('/accounts/{accountId}')).toBe(true);
		}
	});

	it('send nothing in the body of a GET', () => {
		const wrong = rows.filter(
			({ row }) =>
				row.route.startsWith('GET ') &&
				(row.body ?? row.always ?? row.alwaysBeside ?? row.document ?? row.upload),
		);
		expect(wrong.map(nameOf)).toEqual([]);
	});

	it('are the only ones with the same request, unless they send something different', () => {
		const requests = rows
			.filter(({ row }) => !row.via)
			.map(({ row }) =>
				JSON.stringify([
					row.route,
					row.always,
					row.alwaysBeside,
					row.alwaysQuery,
					row.accept,
					row.upload?.as,
					Object.keys(row.body ?? {}),
					Object.keys(row.query ?? {}),
				]),
			);
		expect(repeated(requests)).toEqual([]);
	});

	it('of locators hold only parameters that exist', () => {
		for (const { list } of Object.values(parameters) as Parameter[]) {
			for (const [, name] of list?.path.matchAll(/\{(\w+)\}/g) ?? []) {
				expect(Object.keys(parameters)).toContain(name);
			}
		}
	});

	it('use every parameter that is defined', () => {
		const used = new Set([
			...offered().flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)),
			...rows.flatMap(({ row }) =>
				allFieldsOf(row).map(([, field]) => (field.type === 'locator' ? field.parameter : undefined)),
			),
		]);
		expect(Object.keys(parameters).filter((name) => !used.has(name))).toEqual([]);
	});
});

describe('words', () => {
	/** Small words that Title Case leaves alone. */
	const SMALL = /^(a|an|and|as|at|by|for|if|in|of|on|or|the|to)$/;

	it('name operations in Title Case', () => {
		const wrong = rows.filter(({ row }) =>
			row.name
				.split(' ')
				.some((word, index) => !/^[A-Z0-9]|^vCard$/.test(word) && (index === 0 || !SMALL.test(word))),
		);
		expect(wrong.map(nameOf)).toEqual([]);
	});

	it('tell actions as a sentence without articles, once within a resource', () => {
		for (const resource of catalogue) expect(repeated(resource.rows.map(({ action }) => action))).toEqual([]);
		const wrong = rows.filter(
			({ row }) => !/^[A-Z]/.test(row.action) || /\b(a|an|the)\b|\.$/.test(row.action),
		);
		expect(wrong.map(nameOf)).toEqual([]);
	});

	it('describe each operation shortly, in its own words and without a final dot', () => {
		const descriptions = rows.map(({ row }) => row.description);
		expect(repeated(descriptions)).toEqual([]);
		const wrong = rows.filter(
			({ row: { description } }) =>
				description.length < 20 ||
				description.length > 120 ||
				/\.$/.test(description) ||
				!/^[A-Z]/.test(description),
		);
		expect(wrong.map((entry) => `${nameOf(entry)} (${entry.row.description.length})`)).toEqual([]);
		const hints = rows.filter(({ row: { hint = 'Fine' } }) => hint.length > 160 || /\.$/.test(hint));
		expect(hints.map(nameOf)).toEqual([]);
	});

	it('repeat no sentence with only the name of the resource changed', () => {
		const patterns = rows.map(({ resource, row }) => {
			const names = [resource.name, ...resource.name.split(' ')].map((name) => name.toLowerCase());
			const forms = names.flatMap((name) => [`${name.replace(/y$/, 'ie')}s`, `${name}es`, `${name}s`, name]);
			return forms.reduce((text, form) => text.split(form).join('*'), row.description.toLowerCase());
		});
		expect(repeated(patterns)).toEqual([]);
	});

	it('say what every resource is and how else people call it', () => {
		const wrong = catalogue.filter(
			({ description, keywords = [] }) =>
				description.length > 110 || /\.$/.test(description) || keywords.length < 3,
		);
		expect(wrong.map(({ value }) => value)).toEqual([]);
	});
});

describe('fields', () => {
	const fields = rows.flatMap((entry) =>
		allFieldsOf(entry.row).map(([key, field]) => ({ where: `${nameOf(entry)}.${key}`, key, field })),
	);

	it('have a label in Title Case and no final dots', () => {
		const wrong = fields.filter(
			({ field }) => !/^[A-Z]/.test(field.label) || /\.$/.test(`${field.label}${field.description ?? ''}`),
		);
		expect(wrong.map(({ where }) => where)).toEqual([]);
	});

	it('give an example in placeholders, and say "Whether" for booleans', () => {
		const wrong = fields.filter(
			({ field }) =>
				(field.placeholder !== undefined && !field.placeholder.startsWith('e.g. ')) ||
				(field.type === 'boolean' && !field.description?.startsWith('Whether ')),
		);
		expect(wrong.map(({ where }) => where)).toEqual([]);
	});

	it('of one form have names of their own, those of its path included', () => {
		const alike = rows.flatMap(({ resource, row }) => {
			const path = pathParameters(row.route).map((name) => parameters[name].label);
			// What depends on a choice takes the place of what another choice shows
			const fields = fieldsOf(row).filter(([, { when }]) => !when);
			const labels = [...path, ...fields.map(([, { label }]) => label)];
			return repeated(labels).map((label) => `${nameOf({ resource, row })}: ${label}`);
		});
		expect(alike).toEqual([]);
	});

	it('offer choices in alphabetical order, with the default among them', () => {
		for (const { where, field } of fields) {
			if (field.type !== 'choice' && field.type !== 'choices') continue;
			const labels = field.options.map((option) => (typeof option === 'string' ? option : option.label));
			const values = field.options.map((option) => (typeof option === 'string' ? option : option.value));
			// n8n asks for alphabetical order from five options on.
			if (labels.length >= 5)
				expect([where, labels]).toEqual([where, [...labels].sort((a, b) => a.localeCompare(b))]);
			expect([where, repeated(values)]).toEqual([where, []]);
			const defaults = field.default === undefined ? [] : [field.default].flat();
			expect([where, defaults.filter((value) => !values.includes(value))]).toEqual([where, []]);
		}
	});

	it('are only shown by another field of the same form that can have that value', () => {
		for (const { row } of rows) {
			const fields = { ...row.query, ...row.body, ...row.arguments };
			const conditions = [row.upload?.when, ...Object.values(fields).map(({ when }) => when)];
			for (const when of conditions) {
				if (!when) continue;
				const by = fields[when.field];
				const values =
					by?.type === 'choice' ? by.options.map((one) => (typeof one === 'string' ? one : one.value)) : [];
				expect([row.action, values]).toEqual([row.action, expect.arrayContaining([when.is])]);
			}
		}
	});

	it('of steps have kinds with labels in alphabetical order, the first kind among them', () => {
		for (const { where, field } of fields) {
			if (field.type !== 'steps') continue;
			const labels = Object.values(field.kinds).map(({ label }) => label);
			expect([where, labels]).toEqual([where, [...labels].sort((a, b) => a.localeCompare(b))]);
			expect(Object.keys(field.kinds)).toContain(field.default);
		}
	});

	it('have keys in camelCase that do not clash within a row', () => {
		expect(fields.filter(({ key }) => !/^[a-z][a-zA-Z0-9.]*$/.test(key)).map(({ where }) => where)).toEqual(
			[],
		);
		for (const { row } of rows) expect(repeated(fieldsOf(row).map(([key]) => key))).toEqual([]);
	});
});

describe('the report', () => {
	it('has every operation in rows and on the page', () => {
		expect(reportRows()).toHaveLength(offered().length);
		for (const resource of catalogue) {
			const page = operationsPages().get(`${areaOf(resource).page}.md`) ?? '';
			expect(page).toContain(`## ${resource.name}\n`);
			for (const row of resource.rows) expect(page).toContain(row.description.replace(/\|/g, '\\|'));
		}
	});

	it('has each resource in one area, and each folder of the catalogue is one', () => {
		const listed = areas.flatMap(({ resources }) => resources);
		expect(listed).toHaveLength(catalogue.length);
		expect(new Set(listed).size).toBe(catalogue.length);
	});

	it('is what docs/operations holds', () => {
		const folder = join(root, 'docs/operations');
		expect(readdirSync(folder).sort()).toEqual([...operationsPages().keys()].sort());
		for (const [page, text] of operationsPages())
			expect(readFileSync(join(folder, page), 'utf8') === text).toBe(true);
	});

	it('is what docs/blueprint.schema.json holds', () => {
		expect(readFileSync(join(root, 'docs/blueprint.schema.json'), 'utf8') === blueprintSchemaFile()).toBe(
			true,
		);
	});

	it('says how it is called when called otherwise', () => {
		const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
		expect(main([])).toBe(2);
		expect(error).toHaveBeenCalledWith(expect.stringContaining('--coverage FILE'));
		error.mockRestore();
	});
});

describe('coverage', () => {
	const row = { versions: ['4'], sources: [] };

	it('compares parameters by place, counts scopes and needs both kinds of endpoints', () => {
		const { covered, missing } = coverageOf([
			{ method: 'GET', path: '/accounts/{ACCOUNT_ID}/devices/{ID}', ...row },
			{ method: 'GET', path: '/accounts/{A}/users/{B}/cdrs', ...row },
			{ method: 'PUT', path: '/accounts/{A}/{ENDPOINT_TYPE}/{ENDPOINT_ID}/pushes', ...row },
			{ method: 'GET', path: '/accounts/{A}/no_such_thing', ...row },
			{ method: 'GET', path: '/accounts/{A}/{ENDPOINT_TYPE}/{ENDPOINT_ID}/cdrs', ...row },
		]);
		expect(covered).toBe(3);
		expect(missing.map(({ path }) => path)).toEqual([
			'/accounts/{A}/no_such_thing',
			'/accounts/{A}/{ENDPOINT_TYPE}/{ENDPOINT_ID}/cdrs',
		]);
	});

	it('leaves out at most 24 operations, with reasons, and none that is offered', () => {
		expect(exceptions.length).toBeLessThanOrEqual(24);
		expect(repeated(exceptions.map(({ operation }) => shape(operation)))).toEqual([]);
		const routes = new Set([
			...offered().map(({ method, path }) => `${method} ${shape(path)}`),
			...older().map(({ route }) => shape(route)),
		]);
		expect(exceptions.filter(({ operation }) => routes.has(shape(operation)))).toEqual([]);
		expect(exceptions.filter(({ reason }) => reason.length < 20)).toEqual([]);
	});
});

describe('older ways', () => {
	it('count as covered', () => {
		const [method = '', path = ''] = (older()[0]?.route ?? '').split(' ');
		expect(coverageOf([{ method, path }])).toMatchObject({ covered: 1, excepted: 0, missing: [] });
	});

	it('are named once, and none is an operation of its own', () => {
		const routes = older().map(({ route }) => shape(route));
		const own = new Set(offered().map(({ method, path }) => `${method} ${shape(path)}`));
		expect(repeated(routes)).toEqual([]);
		expect(routes.filter((route) => own.has(route))).toEqual([]);
	});
});

interface Route {
	path: string;
	methods: string[];
}

withRecordings(
	'against the lists of Crossbar’s operations',
	['operations.json', 'routes.json'],
	({ json }) => {
		const { operations } = json<{ operations: Listed[] }>('operations.json');
		const { routes } = json<{ routes: Route[] }>('routes.json');

		/** Known from facts, and in neither list. */
		const SPECIAL = [
			'GET /', // Custom API Call
			'PATCH /', // Change Plan: whatever a plan says
			'GET /accounts/{}/groups/{}/channels', // async.md section 4
			'PUT /accounts/{}/faxboxes/{}/faxes', // async.md section 10
			'GET /accounts/{}/users/{}/recordings/{}', // files.md section 2
			'POST /accounts/{}/devices/{}/presence', // async.md section 13
			'PUT /accounts/{}/users/{}/sms', // async.md section 11
			'PUT /accounts/{}/devices/{}/sms', // async.md section 11
			// Seen on a real KAZOO 4: tasks of the system, as those of an account
			'GET /tasks/{}',
			'PATCH /tasks/{}',
			'DELETE /tasks/{}',
			'PATCH /tasks/{}/stop',
			'GET /tasks/{}/input',
			'GET /tasks/{}/output',
			'DELETE /accounts/{}/users/{}/lists/{}',
			// Recorded: the key codes of users and devices.
			'GET /accounts/{}/users/{}/metaflows',
			'POST /accounts/{}/users/{}/metaflows',
			'DELETE /accounts/{}/users/{}/metaflows',
			'GET /accounts/{}/devices/{}/metaflows',
			'POST /accounts/{}/devices/{}/metaflows',
			'DELETE /accounts/{}/devices/{}/metaflows',
		];

		/** What the resources of this catalogue are about; other areas may have more below users and devices. */
		const FIRST_RESOURCES = new RegExp(
			[
				'^/(about|accounts(/capabilities)?|channels|phone_numbers|port_requests|schemas(/.*)?|webhooks(/.*)?)$',
				'^/accounts/\\{\\}(/(about|api_key|auth|capabilities|children|descendants|move|parents|reseller|siblings|tree))?$',
				'^/accounts/\\{\\}/descendants/.*$',
				'^/accounts/\\{\\}/(callflows|cdrs|channels|directories|groups|media|menus|phone_numbers|port_requests)(/.*)?$',
				'^/accounts/\\{\\}/(recordings|services|service_plans|temporal_rules|temporal_rules_sets|vmboxes|webhooks)(/.*)?$',
				'^/accounts/\\{\\}/users(/\\{\\}(/(auth|cdrs|cdrs/interaction|channels|devices|groups|photo|qrcode|recordings|user_auth|vcard))?)?$',
				'^/accounts/\\{\\}/devices(/status|/\\{\\}(/(channels|sync))?)?$',
				'^/accounts/\\{\\}/\\{\\}/\\{\\}/pushes$',
			].join('|'),
		);

		it('has no request that Crossbar does not know', () => {
			const requests = new Set([
				...operations.map(({ method, path }) => `${method} ${shape(path)}`),
				...operations
					.filter(({ path }) => path.includes('{ENDPOINT_TYPE}'))
					.flatMap(({ method, path }) =>
						['users', 'devices'].map((type) => `${method} ${shape(path.replace('{ENDPOINT_TYPE}', type))}`),
					),
				...routes.flatMap(({ path, methods }) => methods.map((method) => `${method} ${shape(path)}`)),
				...SPECIAL,
			]);
			const unknown = offered().filter(({ method, path }) => !requests.has(`${method} ${shape(path)}`));
			expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
		});

		it('offers every operation of the first resources', () => {
			const { missing } = coverageOf(operations.filter(({ path }) => FIRST_RESOURCES.test(shape(path))));
			expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
		});

		it('names only exceptions and older ways that Crossbar has', () => {
			const all = new Set(operations.map(({ method, path }) => `${method} ${shape(path)}`));
			expect(older().filter(({ route }) => !all.has(shape(route)))).toEqual([]);
			expect(exceptions.filter(({ operation }) => !all.has(shape(operation)))).toEqual([]);
		});
	},
);
