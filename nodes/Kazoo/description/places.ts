/** Where an operation takes place: its scope, and the locators that its path needs. */
import type { INodeProperties } from 'n8n-workflow';

import type { Row } from '../../../crossbar/catalogue/notation';
import type { ParameterName } from '../../../crossbar/catalogue/parameters';
import { isOfAccount, parameters } from '../../../crossbar/catalogue/parameters';
import { pathParameters } from '../../../crossbar/operations/request';
import type { Rows } from './display';
import { entries, rowsWhere } from './display';
import { parameterProperty } from './fields';
import { shown } from './shown';

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

/** Every route of a row: its own and those of its scopes, by scope. */
export function routesOf(row: Row): Record<string, string> {
	return { [ACCOUNT_SCOPE]: routeOf(row, ACCOUNT_SCOPE), ...row.scopes };
}

/** The route of a row in one of its scopes. */
export function routeOf({ route, scopes }: Row, scope: string): string {
	return scope === ACCOUNT_SCOPE
		? route.slice(route.indexOf(' ') + 1)
		: ((scopes as Record<string, string> | undefined)?.[scope] ?? '');
}

/** Rows of which some route is bound to an account. */
export function accountBound(): Rows {
	return rowsWhere((row) => Object.values(routesOf(row)).some((route) => route.includes('{accountId}')));
}

/** Whether it means one account, and not that of the credential: it is chosen. */
export function takesChosenAccount({ confirm, fromAbove }: Row): boolean {
	return confirm === 'accountName' || fromAbove === true;
}

/** Rows that one form can mean for all sub-accounts: they name no object of one account. */
export function forEveryAccount(): Rows {
	return rowsWhere(
		(row) =>
			row.confirm === undefined &&
			!takesChosenAccount(row) &&
			!pathParameters(routeOf(row, ACCOUNT_SCOPE)).some((name) => isOfAccount(name)),
	);
}

/** The scope of the rows that have several. */
export function scopeProperties(): INodeProperties[] {
	const bySet = new Map<string, Set<Row>>();
	for (const { row } of entries) {
		if (!row.scopes) continue;
		const set = String(scopeLabels(row));
		bySet.set(set, (bySet.get(set) ?? new Set()).add(row));
	}
	return [...bySet].flatMap(([set, rows]) =>
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
			rows,
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

/** Where a path parameter is asked for. */
interface Use {
	/** Its place in the path, at most. */
	depth: number;
	/** The rows that need it, by the scopes in which they do; `''` for all of theirs. */
	readonly byScopes: Map<string, Set<Row>>;
}

/** The locators of the path, each shown where its route needs it; outer ones first, the box before its message. */
export function locators(): INodeProperties[] {
	const uses = new Map<ParameterName, Use>();
	for (const { row } of entries) {
		const routes = Object.entries(routesOf(row));
		const scopesOf = new Map<ParameterName, string[]>();
		for (const [scope, route] of routes) {
			for (const [index, name] of pathParameters(route).entries()) {
				if (name === 'accountId') continue;
				const use = uses.get(name) ?? { depth: index, byScopes: new Map<string, Set<Row>>() };
				use.depth = Math.min(use.depth, index);
				uses.set(name, use);
				scopesOf.set(name, [...(scopesOf.get(name) ?? []), scope]);
			}
		}
		for (const [name, scopes] of scopesOf) {
			const condition = scopes.length === routes.length ? '' : String(scopes);
			const { byScopes } = uses.get(name) as Use;
			byScopes.set(condition, (byScopes.get(condition) ?? new Set()).add(row));
		}
	}
	const order = new Map(Object.keys(parameters).map((name, index) => [name, index]));
	const place = (name: ParameterName): number => order.get(name) ?? 0;
	return [...uses]
		.sort(([a, { depth }], [b, other]) => depth - other.depth || place(a) - place(b))
		.flatMap(([name, { byScopes }]) => {
			const property = parameterProperty(name);
			return [...byScopes].flatMap(([condition, rows]) => {
				if (condition === '') return shown(property, rows);
				const scope = condition.split(',');
				// A scope that is not asked for has no value, so it leaves only those that offer it.
				return shown(property, rows, { scope }, haveScope(scope));
			});
		});
}

const scoped = rowsWhere(({ scopes }) => scopes !== undefined);

/** Rows that ask for a scope and offer one of these. */
function haveScope(wanted: readonly string[]): Rows {
	return new Set(
		[...scoped].filter((row) => Object.keys(routesOf(row)).some((scope) => wanted.includes(scope))),
	);
}
