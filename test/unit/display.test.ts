/** Each property is shown for just the operations that need it, whatever was chosen before. */
import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { catalogue } from '../../crossbar/catalogue';
import type { Row } from '../../crossbar/catalogue/notation';
import { isList } from '../../crossbar/catalogue/notation';
import { pathParameters } from '../../crossbar/operations/request';
import { ACCOUNT_SCOPE, routesOf } from '../../nodes/Kazoo/description/places';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';

const { description } = new Kazoo();

/** The names of what n8n shows, as it stands in a workflow whose other values were left from before. */
function shownFor(resource: string, row: Row, more: INodeParameters): string[] {
	const parameters = { resource, operation: row.value, ...more };
	const node = {
		id: '',
		name: '',
		type: '',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const kept = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	return Object.keys(kept ?? {});
}

const rows = catalogue.flatMap(({ value, rows: own }) => own.map((row) => [value, row] as const));
const left = { accountScope: 'one', bodyMode: 'json', returnAll: false };

test.each(rows.map(([resource, row]) => [`${resource}.${row.value}`, resource, row] as const))(
	'%s',
	(_, resource, row) => {
		for (const [scope, route] of Object.entries(routesOf(row))) {
			// Left from another operation, or chosen here.
			const before = row.scopes ? scope : 'user';
			const names = shownFor(resource, row, { ...left, scope: before });
			const path = pathParameters(route).filter((name) => name !== 'accountId');
			expect(names).toEqual(expect.arrayContaining(path));
			const all = Object.values(routesOf(row)).flatMap(pathParameters);
			const fields = [row.query, row.body, row.arguments].flatMap((kinds) => Object.keys(kinds ?? {}));
			const strangers = names.filter(
				(name) => /Id$/.test(name) && name !== 'accountId' && !fields.includes(name),
			);
			expect(strangers.filter((name) => !all.includes(name as never))).toEqual([]);
			if (row.scopes && scope !== ACCOUNT_SCOPE)
				expect(strangers.filter((name) => !path.includes(name as never))).toEqual([]);
			const bound = Object.values(routesOf(row)).some((other) => other.includes('{accountId}'));
			expect([names.includes('accountId'), names.includes('limit'), names.includes('bodyJson')]).toEqual([
				bound,
				isList(row),
				row.document !== undefined,
			]);
		}
	},
);
