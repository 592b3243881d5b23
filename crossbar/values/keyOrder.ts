/** The one order of keys in what people see: names first, then values, IDs last. */

/** Who and what it is, in the order in which a person asks. */
const FIRST = [
	...['event', 'account_name', 'name', 'display_name', 'displayname', 'first_name', 'last_name'],
	...['username', 'email', 'user', 'extension', 'presence_id', 'mailbox', 'number', 'numbers', 'label'],
	...['caller_id_name', 'caller_id_number', 'callee_id_name', 'callee_id_number', 'from', 'to'],
	...['device_type', 'mac_address', 'registered', 'state', 'status', 'enabled'],
];
const PLACES: ReadonlyMap<string, number> = new Map(FIRST.map((key, index) => [key, index]));
const NUMBER = FIRST.indexOf('number');
const VALUE = FIRST.length;
const LAST = VALUE + 1;
/** Numbers and texts that people know, although they are called so. */
const NO_ID = new Set(['caller_id', 'callee_id']);
/** An `id` of another form is a name: a number, a schema, a module. */
const MACHINE_ID = /^([0-9a-f]{32}|\d{6}-.+|.{40,})$/i;

/** The record with its keys in order; itself when they are. Nested objects stay as they are. */
export function namesFirst<Value>(record: Record<string, Value>): Record<string, Value> {
	const keys = Object.keys(record);
	const places = keys.map((key) => placeOf(key, record[key]));
	if (places.every((place, index) => index === 0 || (places[index - 1] as number) <= place)) return record;
	const order = [...keys.keys()].sort((a, b) => (places[a] as number) - (places[b] as number));
	const ordered: Record<string, Value> = {};
	for (const index of order) {
		const key = keys[index] as string;
		ordered[key] = record[key] as Value;
	}
	return ordered;
}

function placeOf(key: string, value: unknown): number {
	if (key === 'id') return typeof value === 'string' && !MACHINE_ID.test(value) ? NUMBER : LAST;
	const known = PLACES.get(key);
	if (known !== undefined) return known;
	return (key.endsWith('_id') && !NO_ID.has(key)) || key.startsWith('_') ? LAST : VALUE;
}
