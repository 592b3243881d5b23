/** A JSON Schema (draft 4) as a server gives it (`GET /v2/schemas/{name}`), checked where it comes in. */
import { isRecord } from './records';

/** The parts that say something about a form, or about a value. */
export interface Schema {
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly default?: unknown;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly $ref?: string;
	readonly pattern?: string;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minItems?: number;
}

/** Objects inside each other that any schema has. */
const DEEPEST = 20;

/** A schema as it should be; what a server has otherwise is left out. */
export function schemaFrom(value: unknown, depth = 0): Schema {
	if (!isRecord(value) || depth > DEEPEST) return {};
	const { type, properties, items, required, enum: choices, default: initial, $ref, pattern } = value;
	const inside = isRecord(properties) ? Object.entries(properties) : undefined;
	const texts = (list: unknown): string[] =>
		Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
	const types = typeof type === 'string' ? type : texts(type);
	const limits = (['minLength', 'maxLength', 'minimum', 'maximum', 'minItems'] as const).flatMap((name) =>
		typeof value[name] === 'number' ? [[name, value[name]] as const] : [],
	);
	return {
		...(types.length > 0 ? { type: types } : {}),
		...(Array.isArray(choices) ? { enum: choices } : {}),
		...(initial === undefined ? {} : { default: initial }),
		...(Array.isArray(required) ? { required: texts(required) } : {}),
		...(inside
			? { properties: Object.fromEntries(inside.map(([key, part]) => [key, schemaFrom(part, depth + 1)])) }
			: {}),
		...(isRecord(items) ? { items: schemaFrom(items, depth + 1) } : {}),
		...(typeof $ref === 'string' ? { $ref } : {}),
		...(typeof pattern === 'string' ? { pattern } : {}),
		...Object.fromEntries(limits),
	};
}
