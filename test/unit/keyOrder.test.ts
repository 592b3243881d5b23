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

test('a record in order stays the same object', () => {
	const record = { name: 'Desk', value: 1, id: ID };
	expect(namesFirst(record)).toBe(record);
});
