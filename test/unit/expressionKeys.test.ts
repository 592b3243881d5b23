/** n8n refuses some names in expressions, whatever has them: nobody could use a field that is called so. */
import { isSafeObjectProperty } from 'n8n-workflow';

import { catalogue } from '../../crossbar/catalogue';
import { events } from '../../crossbar/events';

test('n8n refuses `caller`', () => {
	expect(isSafeObjectProperty('caller')).toBe(false);
});

test.each([
	['what Simplify keeps', catalogue.flatMap(({ rows }) => rows.flatMap(({ simple = [] }) => simple))],
	['what events bring', Object.values(events).flatMap(({ fields }) => fields)],
])('%s can be used in expressions', (_, paths) => {
	expect(paths.length).toBeGreaterThan(20);
	const keys = paths.flatMap((path) => path.split(/[.:] ?/));
	expect(keys.filter((key) => !isSafeObjectProperty(key))).toEqual([]);
});
