/** Names first, then values, IDs last. */
import { namesFirst } from '../../crossbar/values/keyOrder';

const ID = '0123456789abcdef0123456789abcdef';

test('names come first, IDs last, the rest keeps its order', () => {
	const record = {
		id: ID,
		owner_id: ID,
		zeta: 1,
		alpha: 2,
		mac_address: 'x',
		name: 'Desk',
		account_name: 'Blue',
	};
	expect(Object.keys(namesFirst(record))).toEqual([
		...['account_name', 'name', 'mac_address', 'zeta', 'alpha', 'id', 'owner_id'],
	]);
});

test('a number that is the ID of its record is a name, a caller ID is no ID', () => {
	expect(
		Object.keys(
			namesFirst({ state: 'in_service', caller_id: '+1', used_by: 'callflow', id: '+14155550100' }),
		),
	).toEqual(['id', 'state', 'caller_id', 'used_by']);
});

test.each([ID, '202611-eb1a43a2cbdcff9e@10.26.0.41', 'e6daf1793ab5a201@192.168.1.22'])(
	'the ID %s stands last',
	(id) => {
		expect(Object.keys(namesFirst({ id, from: '501', result: 'answered' }))).toEqual([
			'from',
			'result',
			'id',
		]);
	},
);

test('what is shown of a value stands in its place', () => {
	const shown = namesFirst<unknown>({ id: ID, b: 1, name: 'Desk' }, (key, value) => `${key}=${value}`);
	expect(Object.entries(shown)).toEqual([
		['name', 'name=Desk'],
		['b', 'b=1'],
		['id', `id=${ID}`],
	]);
});

test('a record in order stays the same object', () => {
	const record = { name: 'Desk', value: 1, id: ID };
	expect(namesFirst(record)).toBe(record);
});
