/** The properties of the action node, computed from the catalogue. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byUse, catalogue } from '../../../crossbar/catalogue';
import type { Resource, Row } from '../../../crossbar/catalogue/notation';
import { isList, searchableAction, searchableName } from '../../../crossbar/catalogue/notation';
import { conditions, entries, rowsWhere } from './display';
import { parameterProperty } from './fields';
import { accountBound, forEveryAccount, locators, scopeProperties, takesChosenAccount } from './places';
import { additionalFields, requiredFields, standingFields } from './rowFields';
import * as shared from './shared';
import { placed, shown, shownWith } from './shown';

/** All of them, in the order of the form. */
export function properties(): INodeProperties[] {
	const documents = rowsWhere((row) => row.document !== undefined);
	const upserts = rowsWhere((row) => row.via === 'upsert');
	const ranges = rowsWhere((row) => row.range !== undefined);
	const every = forEveryAccount();
	const chosen = rowsWhere(takesChosenAccount);
	const bound = [...accountBound()];
	const accountScopes = placed(
		[shared.accountScope, new Set(bound.filter((row) => every.has(row)))],
		[shared.singleAccountScope, new Set(bound.filter((row) => !every.has(row) && !chosen.has(row)))],
		[shared.chosenAccountScope, chosen],
	);
	const bodyModes = placed([shared.bodyMode, documents]);
	// Two, so that its value tells lists from what is no list; see `shownWith`.
	const returnAlls = placed(
		[shared.returnAll, rowsWhere((row) => isList(row) && row.value === 'getAll')],
		[shared.returnAll, rowsWhere((row) => isList(row) && row.value !== 'getAll')],
	);
	const periods = placed([shared.period, ranges]);
	const paged = rowsWhere((row) => isList(row) && !row.unpaged);
	const withoutUpserts = rowsWhere((row) => documents.has(row) && !upserts.has(row));
	return [
		resourceProperty(),
		...catalogue.map(operationProperty),
		...notices(),
		...accountScopes.properties,
		...shownWith(parameterProperty('accountId', { displayName: 'Sub-Account' }), accountScopes, ['one']),
		...scopeProperties(),
		...locators(),
		...requiredFields(),
		...inputFields(),
		...bodyModes.properties,
		...shownWith(shared.matchField, bodyModes, ['json'], upserts),
		...shownWith(shared.fields('add'), bodyModes, ['fields'], withoutUpserts),
		...shownWith(shared.fields('upsert'), bodyModes, ['fields'], upserts),
		...shownWith(shared.bodyJson, bodyModes, ['json']),
		...standingFields(),
		...periods.properties,
		...shownWith(shared.from, periods, ['dates']),
		...shownWith(shared.to, periods, ['dates']),
		...returnAlls.properties,
		...shownWith(shared.limit, returnAlls, [false]),
		...shown(
			shared.outputField,
			rowsWhere((row) => row.returns === 'file'),
		),
		...shown(
			shared.simplify,
			rowsWhere((row) => row.simple !== undefined),
		),
		...shownWith(shared.filters, returnAlls, [false, true], paged),
		...catalogue.flatMap(additionalFields),
		shared.options(),
	];
}

function resourceProperty(): INodeProperties {
	const options = byUse.map((resource) => ({
		name: searchableName(resource),
		value: resource.value,
		description: resource.description,
	}));
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options,
		default: 'device',
	};
}

function operationProperty({ value: resource, rows }: Resource): INodeProperties {
	const options: INodePropertyOptions[] = rows.map((row) => ({
		name: row.name,
		value: row.value,
		action: searchableAction(row),
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

const WHO = {
	'system administrator': 'system administrators',
	'account administrator': 'account administrators with a user',
	reseller: 'resellers',
} as const;

/** What the operation does; who may run it and which KAZOO has it stand at the end. */
function descriptionOf({ description, needs, version }: Row): string {
	const limits = [needs && `only ${WHO[needs]}`, version && `KAZOO ${version}`].filter(Boolean).join(', ');
	return limits ? `${description} (${limits})` : description;
}

/** What one must know before running an operation. */
function notices(): INodeProperties[] {
	const byText = new Map<string, Set<Row>>();
	for (const { row } of entries) {
		if (row.hint) byText.set(row.hint, (byText.get(row.hint) ?? new Set()).add(row));
	}
	return [...byText].flatMap(([text, rows], index) =>
		shown({ displayName: text, name: `notice${index}`, type: 'notice', default: '' }, rows),
	);
}

/** Where the file of an upload is. */
function inputFields(): INodeProperties[] {
	const sometimes = rowsWhere((row) => row.upload?.when !== undefined);
	return [
		...shown(
			shared.inputField,
			rowsWhere((row) => row.upload !== undefined && !sometimes.has(row)),
		),
		...[...sometimes].flatMap((row) =>
			shown(shared.inputField, new Set([row]), conditions(row.upload?.when)),
		),
	];
}
