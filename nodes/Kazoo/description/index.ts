/** The properties of the action node, computed from the catalogue. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { catalogue } from '../../../crossbar/catalogue';
import type { Row } from '../../../crossbar/catalogue/notation';
import type { ParameterName } from '../../../crossbar/catalogue/parameters';
import { parameters } from '../../../crossbar/catalogue/parameters';
import { isList } from '../../../crossbar/engine';
import { pathParameters } from '../../../crossbar/request';
import { displayFor, entries } from './display';
import type { Entry } from './display';
import { fieldProperty, parameterProperty } from './fields';
import * as shared from './shared';

/** The scope that means the row's own route. */
export const ACCOUNT_SCOPE = 'account';

const SCOPE_LABELS: Readonly<Record<string, string>> = {
	account: 'Account',
	device: 'Device',
	faxbox: 'Fax Box',
	group: 'Group',
	reseller: 'Reseller',
	system: 'System',
	user: 'User',
};

/** All of them, in the order of the form. */
export function properties(): INodeProperties[] {
	return [
		resourceProperty(),
		...catalogue.map(({ value, rows }) => operationProperty(value, rows)),
		...notices(),
		...shown(shared.accountScope, ({ row }) => usesParameter(row, 'accountId')),
		...shown(
			parameterProperty('accountId', { displayName: 'Sub-Account' }),
			({ row }) => usesParameter(row, 'accountId'),
			{
				accountScope: ['one'],
			},
		),
		...scopeProperties(),
		...locators(),
		...ownFields(),
		...shown(shared.inputField, ({ row }) => row.upload !== undefined),
		...shown(shared.bodyMode, hasDocument),
		...shown(shared.matchField, isUpsert, { bodyMode: ['json'] }),
		...shown(shared.fields('add'), (entry) => hasDocument(entry) && !isUpsert(entry), {
			bodyMode: ['fields'],
		}),
		...shown(shared.fields('upsert'), isUpsert, { bodyMode: ['fields'] }),
		...shown(shared.bodyJson, hasDocument, { bodyMode: ['json'] }),
		...shown(shared.from, ({ row }) => row.range !== undefined),
		...shown(shared.to, ({ row }) => row.range !== undefined),
		...shown(shared.returnAll, ({ row }) => isList(row)),
		...shown(shared.limit, ({ row }) => isList(row), { returnAll: [false] }),
		...shown(shared.outputField, ({ row }) => row.returns === 'file'),
		...shown(shared.simplify, ({ row }) => row.simple !== undefined),
		...shown(shared.filters, ({ row }) => isList(row) && !row.unpaged),
		...additionalFields(),
		shared.options(),
	];
}

const isUpsert = ({ row }: Entry): boolean => row.via === 'upsert';

const hasDocument = ({ row }: Entry): boolean => row.document !== undefined;

/** Every route of a row: its own and those of its scopes, by scope. */
export function routesOf(row: Row): Record<string, string> {
	return { [ACCOUNT_SCOPE]: row.route.split(' ')[1] ?? '', ...row.scopes };
}

function usesParameter(row: Row, name: ParameterName): boolean {
	return Object.values(routesOf(row)).some((route) => pathParameters(route).includes(name));
}

function resourceProperty(): INodeProperties {
	const options = catalogue.map(({ value, name, description }) => ({ name, value, description }));
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options,
		default: 'device',
	};
}

function operationProperty(resource: string, rows: readonly Row[]): INodeProperties {
	const options: INodePropertyOptions[] = rows.map((row) => ({
		name: row.name,
		value: row.value,
		action: row.action,
		description: descriptionOf(row),
	}));
	const preferred = (rows.find(({ value }) => value === 'getAll') ?? rows[0])?.value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options,
		default: preferred,
	};
}

/** What one must know before running an operation. */
function notices(): INodeProperties[] {
	const byText = new Map<string, Set<Row>>();
	for (const { row } of entries) {
		if (row.hint) byText.set(row.hint, (byText.get(row.hint) ?? new Set()).add(row));
	}
	return [...byText].flatMap(([text, rows], index) =>
		shown({ displayName: text, name: `notice${index}`, type: 'notice', default: '' }, ({ row }) =>
			rows.has(row),
		),
	);
}

const WHO = {
	'system administrator': 'system administrators',
	'account administrator': 'account administrators with a user',
	reseller: 'resellers',
} as const;

/** What the operation does; who may run it and which KAZOO has it stand at the end. */
function descriptionOf({ description, needs, version }: Row): string {
	const limits = [needs && WHO[needs], version && `KAZOO ${version}`].filter(Boolean).join(', ');
	return limits ? `${description} (only ${limits})` : description;
}

/** One property for each set of display options, with more conditions on top. */
function shown(
	property: INodeProperties,
	matches: (entry: Entry) => boolean,
	more: Record<string, Array<string | boolean>> = {},
): INodeProperties[] {
	return displayFor(matches, JSON.stringify(property).length).map((display) => ({
		...property,
		displayOptions: { ...display, show: { ...display.show, ...more } },
	}));
}

function scopeProperties(): INodeProperties[] {
	const sets = new Set(entries.flatMap(({ row }) => (row.scopes ? [String(scopeLabels(row))] : [])));
	return [...sets].flatMap((set) =>
		shown(
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'options',
				default: ACCOUNT_SCOPE,
				options: set.split(',').map((entry) => {
					const [value = '', label = ''] = entry.split('=');
					return { name: label, value };
				}),
			},
			({ row }) => row.scopes !== undefined && String(scopeLabels(row)) === set,
		),
	);
}

/** `account=Account`, `user=User`; the row's own route is named after what it is of. */
function scopeLabels(row: Row): string[] {
	const own = /\/(user|device)s\/\{\1Id\}\//.exec(row.route)?.[1] ?? ACCOUNT_SCOPE;
	return Object.keys(routesOf(row)).map((scope) => {
		const subject = scope === ACCOUNT_SCOPE ? own : scope;
		return `${scope}=${SCOPE_LABELS[subject] ?? subject}`;
	});
}

/** The locators of the path, each shown where its route needs it. */
function locators(): INodeProperties[] {
	const names = (Object.keys(parameters) as ParameterName[]).filter((name) => name !== 'accountId');
	const scopesWith = (row: Row, name: ParameterName): string[] =>
		Object.entries(routesOf(row))
			.filter(([, route]) => pathParameters(route).includes(name))
			.map(([scope]) => scope);
	// Outer parameters first, as they stand in the path: the box before its message.
	const depth = (name: ParameterName): number =>
		Math.min(
			...entries
				.flatMap(({ row }) =>
					Object.values(routesOf(row)).map((route) => pathParameters(route).indexOf(name)),
				)
				.filter((index) => index >= 0),
			9,
		);
	return names
		.sort((a, b) => depth(a) - depth(b))
		.flatMap((name) => {
			const sets = new Set(
				entries
					.filter(({ row }) => usesParameter(row, name))
					.map(({ row }) => conditionOf(row, scopesWith(row, name))),
			);
			return [...sets].flatMap((set) =>
				shown(
					parameterProperty(name),
					({ row }) => usesParameter(row, name) && conditionOf(row, scopesWith(row, name)) === set,
					set === '' ? {} : { scope: set.split(',') },
				),
			);
		});
}

/** '' when the parameter is needed in every scope, else the scopes that need it. */
function conditionOf(row: Row, scopes: readonly string[]): string {
	return scopes.length === Object.keys(routesOf(row)).length ? '' : String(scopes);
}

const fieldsOf = (row: Row) => Object.entries({ ...row.query, ...row.body, ...row.arguments });

/** Required fields of an operation; equal ones of several operations are one property. */
function ownFields(): INodeProperties[] {
	const byText = new Map<string, { property: INodeProperties; rows: Set<Row> }>();
	for (const { row } of entries) {
		for (const [name, field] of fieldsOf(row)) {
			if (!field.required) continue;
			const property = fieldProperty(name, field);
			const text = JSON.stringify(property);
			const entry = byText.get(text) ?? { property, rows: new Set() };
			byText.set(text, { ...entry, rows: entry.rows.add(row) });
		}
	}
	return [...byText.values()].flatMap(({ property, rows }) => shown(property, ({ row }) => rows.has(row)));
}

/** Optional fields of an operation, in a collection of their own. */
function additionalFields(): INodeProperties[] {
	const byText = new Map<string, { property: INodeProperties; rows: Set<Row> }>();
	for (const { row } of entries) {
		const options = fieldsOf(row)
			.filter(([, field]) => !field.required)
			.map(([name, field]) => fieldProperty(name, field))
			.sort((a, b) => a.displayName.localeCompare(b.displayName));
		if (options.length === 0) continue;
		const property: INodeProperties = {
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options,
		};
		const text = JSON.stringify(options);
		const entry = byText.get(text) ?? { property, rows: new Set() };
		byText.set(text, { ...entry, rows: entry.rows.add(row) });
	}
	return [...byText.values()].flatMap(({ property, rows }) => shown(property, ({ row }) => rows.has(row)));
}
