/** Compares the catalogue with a list of the operations that Crossbar has. */
import { catalogue } from '../../crossbar/catalogue';
import { exceptions } from '../../crossbar/catalogue/exceptions';
import type { Resource, Row } from '../../crossbar/catalogue/notation';

/** One entry of an operations file. */
export interface Listed {
	readonly method: string;
	readonly path: string;
	readonly versions?: readonly string[];
	readonly sources?: readonly string[];
}

/** One row on one path: a row with scopes gives several. */
export interface Offered {
	readonly resource: Resource;
	readonly row: Row;
	/** `undefined` for the account itself. */
	readonly scope?: string;
	readonly method: string;
	readonly path: string;
}

export interface Coverage {
	readonly total: number;
	readonly covered: number;
	/** Left out on purpose (exceptions.ts); they count as covered. */
	readonly excepted: number;
	readonly missing: readonly Listed[];
}

/**
 * Kinds of endpoints that the list writes as one parameter: such an entry is covered when the operation is offered
 * for each of them.
 */
const ENDPOINT_TYPES = ['devices', 'users'];

/** `{ACCOUNT_ID}` and `{accountId}` are the same: parameters are compared by their place. */
export function shape(path: string): string {
	return path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1');
}

/** Everything that the catalogue can send, special functions at the route they are about. */
export function offered(resources: readonly Resource[] = catalogue): Offered[] {
	return resources.flatMap((resource) =>
		resource.rows.flatMap((row) => {
			const [method = '', path = ''] = row.route.split(' ');
			const scopes = Object.entries(row.scopes ?? {});
			return [
				{ resource, row, method, path },
				...scopes.map(([scope, scoped]) => ({ resource, row, scope, method, path: scoped })),
			];
		}),
	);
}

/** Older paths and other methods of operations that are offered (`also`). */
export function older(): Array<{ resource: Resource; row: Row; route: string }> {
	return catalogue.flatMap((resource) =>
		resource.rows.flatMap((row) => (row.also ?? []).map((route) => ({ resource, row, route }))),
	);
}

/** @param operations the `operations` of an operations file */
export function coverageOf(operations: readonly Listed[]): Coverage {
	const routes = new Set([
		...offered().map(({ method, path }) => `${method} ${shape(path)}`),
		...older().map(({ route }) => shape(route)),
	]);
	const left = new Set(exceptions.map(({ operation }) => shape(operation)));
	let covered = 0;
	let excepted = 0;
	const missing: Listed[] = [];
	for (const operation of operations) {
		if (variants(operation).every((variant) => routes.has(variant))) covered++;
		else if (left.has(`${operation.method} ${shape(operation.path)}`)) excepted++;
		else missing.push(operation);
	}
	return { total: operations.length, covered: covered + excepted, excepted, missing };
}

function variants({ method, path }: Listed): string[] {
	const paths = path.includes('{ENDPOINT_TYPE}')
		? ENDPOINT_TYPES.map((type) => path.replace('{ENDPOINT_TYPE}', type))
		: [path];
	return paths.map((entry) => `${method} ${shape(entry)}`);
}
