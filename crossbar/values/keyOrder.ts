/** The one order of keys in what people see: names first, then values, IDs last. */

/** Who and what it is, in the order in which a person asks. */
const FIRST = [
	...[
		'event',
		'account_name',
		'name',
		'display_name',
		'displayname',
		'friendly_name',
		'title',
		'first_name',
		'last_name',
	],
	...[
		'username',
		'email',
		'user',
		'owner',
		'agent',
		'queue',
		'members',
		'people',
		'fax_box',
		'device',
		'extension',
		'presence_id',
		'mailbox',
		'number',
		'numbers',
		'label',
	],
	...['caller_id_name', 'caller_id_number', 'callee_id_name', 'callee_id_number', 'from', 'to'],
	...['device_type', 'mac_address', 'registered', 'state', 'port_state', 'status', 'enabled'],
];
const PLACES: ReadonlyMap<string, number> = new Map(FIRST.map((key, index) => [key, index]));
const NUMBER = FIRST.indexOf('number');
const VALUE = FIRST.length;
const LAST = VALUE + 1;
/** Numbers and texts that people know, although they are called so. */
const NO_ID = new Set(['caller_id', 'callee_id']);
/** IDs, although they are not called so: of a voicemail box in what KAZOO tells of messages. */
const IDS = new Set(['voicemail_box']);
/** An `id` of another form is a name: a number, a schema, a module. */
const MACHINE_ID = /^([0-9a-f]{24,}|\d{6}-.+|[^@]+@.+|.{40,})$/i;

/** A record's keys as they came and in order, the same list when they are, and an empty record with them. */
interface Shape {
	readonly placeOfId: number;
	readonly keys: readonly string[];
	readonly ordered: readonly string[];
	/** Where each of the ordered keys stands among the keys. */
	readonly places: readonly number[];
	readonly blank: object;
}

/** Those of the last records: a list has few. */
let shapes: readonly Shape[] = [];
const MOST_SHAPES = 8;

/**
 * The record with its keys in order; itself when they are. Nested objects stay as they are.
 * @param show what becomes of a value, in the same walk: the record is then a copy
 */
export function namesFirst<Value>(
	record: Record<string, Value>,
	show?: (key: string, value: Value) => Value,
): Record<string, Value> {
	const shape = shapeOf(record);
	if (shape.ordered === shape.keys && !show) return record;
	// A copy of one with all keys costs half the time and a fifth of the memory of one that grows key by key
	const copy = { ...shape.blank } as Record<string, Value>;
	const values = Object.values(record); // Read at once: a third less time than key by key
	const { ordered, places } = shape;
	for (let index = 0; index < ordered.length; index++) {
		const key = ordered[index] as string;
		const value = values[places[index] as number] as Value;
		copy[key] = show ? show(key, value) : value;
	}
	return copy;
}

/** Whether these are the record's keys, in this order. */
function hasKeys(record: object, keys: readonly string[]): boolean {
	let index = 0;
	// Many times as fast as a list of the keys is made
	for (const key in record) if (keys[index++] !== key) return false;
	return index === keys.length;
}

function shapeOf(record: Readonly<Record<string, unknown>>): Shape {
	const placeOfId = isMachineId(record.id) ? LAST : NUMBER;
	const known = shapes.find((shape) => shape.placeOfId === placeOfId && hasKeys(record, shape.keys));
	if (known) return known;
	const shape = newShape(record, placeOfId);
	shapes = [shape, ...shapes].slice(0, MOST_SHAPES);
	return shape;
}

function newShape(record: object, placeOfId: number): Shape {
	const keys = Object.keys(record);
	const places = keys.map((key) => (key === 'id' ? placeOfId : placeOf(key)));
	const order = [...keys.keys()].sort((a, b) => (places[a] as number) - (places[b] as number));
	const isOrdered = order.every((index, place) => index === place);
	const ordered = isOrdered ? keys : order.map((index) => keys[index] as string);
	return { placeOfId, keys, ordered, places: order, blank: blankOf(ordered) };
}

/** By the parser: it lays the values of an object out beside each other, and `__proto__` is a key to it. */
function blankOf(keys: readonly string[]): object {
	return JSON.parse(`{${keys.map((key) => `${JSON.stringify(key)}:null`).join()}}`) as object;
}

const isMachineId = (id: unknown): boolean => typeof id !== 'string' || MACHINE_ID.test(id);

function placeOf(key: string): number {
	const known = PLACES.get(key);
	if (known !== undefined) return known;
	const isId = (key.endsWith('_id') && !NO_ID.has(key)) || IDS.has(key);
	return isId || key.startsWith('_') ? LAST : VALUE;
}
