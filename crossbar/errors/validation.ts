/** Validation errors: which field, which rule, and in what words (envelope.md 4.1). */
import { isoFromGregorian } from '../values/time';
import { fieldLabel } from './fieldLabel';
import { isSecret } from './redact';
import { fill, sentence } from './template';
import { isRecord } from '../values/records';

/** One broken rule of one field. */
export interface FieldProblem {
	/** As on the wire, dotted; empty for the whole document. */
	readonly path: string;
	/** As in the form. */
	readonly label: string;
	/** A sentence without its full stop: what is wrong with the field. */
	readonly problem: string;
	/** What the server wrote. */
	readonly words: string;
	/** What to do, where there is more to say than "correct it". */
	readonly todo?: string;
	/** Values the server would take. */
	readonly allowed?: readonly string[];
	/** The value it refused; never that of a secret. */
	readonly given?: string;
}

interface Rule {
	readonly code: string;
	/** Only for these words of the server. */
	readonly words?: RegExp;
	/** Only for this field. */
	readonly path?: RegExp;
	/** `[...]` is left out when a value in it is missing. Without it the server's words speak. */
	readonly problem?: string;
	readonly todo?: string;
}

/** More specific rows first. */
const RULES: readonly Rule[] = [
	{ code: 'required', words: /must be provided/ },
	{
		code: 'required',
		path: /^csv$/,
		problem: 'The table of the task is missing',
		todo: 'Give items or a CSV file.',
	},
	{
		code: 'required',
		words: /missing required modifier/,
		todo: 'This event needs to know which objects and what happens to them.',
	},
	{
		code: 'required',
		path: /^other_leg_call_id$/,
		problem: 'This call is not connected to another one',
		todo: 'Only a call between two parties can be transferred.',
	},
	{ code: 'required', problem: '{label} is missing' },
	{ code: 'type', words: /^Value did not match type/, problem: '{label} must be {type}' },
	...['minLength', 'maxLength'].map((code) => ({
		code,
		path: /^api_key$/,
		problem: 'An API key has 64 characters; this one has not',
		todo: 'Copy it again from the user interface.',
	})),
	{ code: 'minLength', problem: '{label} must have at least {target} characters' },
	{ code: 'maxLength', problem: '{label} must have at most {target} characters' },
	{ code: 'minimum', problem: '{label} must be at least {target}' },
	{ code: 'maximum', problem: '{label} must be at most {target}' },
	{ code: 'minItems', problem: '{label} must have at least {target} entries' },
	{ code: 'maxItems', problem: '{label} must have at most {target} entries' },
	{ code: 'minProperties', problem: '{label} must have at least {target} entries' },
	{ code: 'too_few_properties', problem: '{label} must not be empty' },
	{ code: 'uniqueItems', problem: '{label} holds the same entry twice' },
	{
		code: 'enum',
		words: /not found in enumerated list/i,
		problem: '{label} must be one of the values that KAZOO knows[: {few}]',
	},
	{
		code: 'enum',
		path: /^port_state$/,
		words: /not allowed/,
		problem: 'Only the port authority may move the port request to “{given}”',
		todo: 'The account that handles port requests for yours has to do this step.',
	},
	{
		code: 'enum',
		path: /^port_state$/,
		problem: 'The port request cannot move to “{given}” from where it is now',
		todo: 'Steps: unconfirmed, submitted, pending, scheduled, completed; rejected and canceled end it.',
	},
	{ code: 'pattern', problem: '{label} is not written the way KAZOO expects' },
	{
		code: 'format',
		path: /^csv$/,
		problem: 'The CSV is empty, has no header, or has rows that are too long',
	},
	{ code: 'wrong_format', problem: '{label} does not have the right form[ ({format})]' },
	{ code: 'additionalProperties', problem: '{label} is a field that KAZOO does not know here' },
	{ code: 'additionalItems', problem: '{label} has entries that KAZOO does not know here' },
	{ code: 'divisibleBy', problem: '{label} must be a multiple of {target}' },
	{ code: 'dependencies', problem: '{label} needs another field beside it' },
	{
		code: 'unique',
		words: /exists in callflow/,
		problem: '“{given}” is already used in another callflow',
		todo: 'A number or pattern rings in one callflow only: take it out there first.',
	},
	{ code: 'unique', words: /mailbox/i, problem: '{label}: this mailbox number is taken or not allowed' },
	{
		code: 'unique',
		words: /credentials/i,
		problem: '{label}[ “{given}”] is already used by another phone',
		todo: 'SIP user names are unique in a realm: choose another one.',
	},
	{
		code: 'unique',
		problem: '{label}[ “{given}”] is already in use',
		todo: 'Choose another value, or change the one that has it.',
	},
	{ code: 'not_found', problem: '{label}[ “{given}”] was not found' },
	{
		code: 'date_range',
		words: /prior to/,
		problem: 'The range of time ends before it begins',
		todo: 'Exchange From and To.',
	},
	{
		code: 'date_range',
		words: /more than/,
		problem: 'The range of time is longer than the server allows at once',
		todo: 'Ask for at most 31 days at a time. A date that went out as a Unix time also ends here.',
	},
	{ code: 'date_range', problem: '{label} is older than KAZOO keeps it' },
	{
		code: 'expired',
		path: /^account$/,
		problem: 'The account has expired[: {date}]',
		todo: 'Its reseller or the system’s admin can extend it.',
	},
	{
		code: 'disabled',
		path: /^account$/,
		problem: 'The account is disabled',
		todo: 'Its reseller or the system’s admin can enable it again.',
	},
	{
		code: 'locked',
		path: /^account$/,
		problem: 'The account is locked',
		todo: 'Its reseller or the system’s admin can unlock it.',
	},
	{
		code: 'maxSize',
		problem: 'The file or request is larger than the server takes[: {target} bytes]',
		todo: 'Send less at a time, or have the limit (max_upload_size) raised on the server.',
	},
	{ code: 'encoding', path: /^file$/, problem: 'The file is not valid base64' },
	{
		code: 'error',
		words: /invalid client URL/i,
		problem: '{label} is an address that KAZOO does not call',
		todo: 'KAZOO refuses localhost and 127.0.0.1, and anything but http and https: give an address that the KAZOO server can reach.',
	},
	{
		code: 'error',
		words: /schema for module/i,
		problem: '{label}: KAZOO has no callflow module “{given}”',
		todo: 'Check the spelling; some modules exist in one KAZOO generation only.',
	},
	{
		code: 'schema',
		words: /not found/,
		problem: 'The server has no rules[ {schema}] to check this with',
		todo: 'A module name may be misspelt, or its part of KAZOO is not installed.',
	},
	{ code: 'invalid', path: /^json$/, problem: 'The request was not valid JSON' },
	{
		code: 'invalid',
		path: /^device_type$/,
		problem: 'The type of a device cannot be changed afterwards',
		todo: 'Send the type it has, or create a new device.',
	},
	{
		code: 'forbidden',
		words: /does not belong to account/,
		problem: '{label} does not belong to the account',
	},
	...['any_schemas_not_valid', 'all_schemas_not_valid', 'not_one_schema_valid', 'not_all_schemas_valid'].map(
		(code) => ({
			code,
			problem: '{label} does not have the form that KAZOO expects',
			todo: 'The rules offer several forms and none fits, so the server names no field: compare with the schema (Schema: Get).',
		}),
	),
];

const TYPES: Readonly<Record<string, string>> = {
	string: 'text',
	integer: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	null: 'empty',
};

/** Lists longer than this are left to the schema. */
const FEW = 12;

/**
 * @param data of a validation error
 * @param labels of the form, by path on the wire
 * @returns the problems in the server's order; empty when `data` is not of that shape
 */
export function fieldProblems(data: unknown, labels: Readonly<Record<string, string>> = {}): FieldProblem[] {
	if (!isRecord(data)) return [];
	return Object.entries(data).flatMap(([path, rules]) =>
		isRecord(rules)
			? Object.entries(rules).map(([code, detail]) => problemOf(path, code, detail, labels))
			: [problemOf(path, '', { message: rules }, labels)],
	);
}

function problemOf(
	wirePath: string,
	code: string,
	detail: unknown,
	labels: Readonly<Record<string, string>>,
): FieldProblem {
	const { message, target, value, cause, format, schema } = isRecord(detail)
		? detail
		: ({ message: detail } as Record<string, unknown>);
	const path = wirePath.replace(/%2E/gi, '.');
	const label = labelOf(path, labels);
	const words =
		((typeof message === 'string' ? message : scalar(message)) ?? code.replace(/_/g, ' ')) || 'not valid';
	// The value of a missing field is its own name
	const shown = code !== 'required' && !isSecret(path);
	const refused = shown ? (scalar(cause) ?? scalar(value)) : undefined;
	const given = refused === path ? undefined : refused;
	const allowed = Array.isArray(target) ? target.map(String) : undefined;
	const rule = RULES.find(
		(row) => row.code === code && (row.words?.test(words) ?? true) && (row.path?.test(path) ?? true),
	);
	const problem =
		fill(rule?.problem, {
			label,
			given,
			target: target === 1 ? undefined : scalar(target),
			type: typesOf(target),
			few: allowed && allowed.length <= FEW ? allowed.join(', ') : undefined,
			format: scalar(format),
			schema: scalar(schema),
			date: code === 'expired' && typeof cause === 'number' ? dayOf(cause) : undefined,
		}) ??
		fill(target === 1 ? SINGULAR.get(code) : undefined, { label }) ??
		`${label}: ${words}`;
	return {
		path,
		label,
		problem: given === '' && code === 'minLength' ? `${sentence(label)} is empty` : sentence(problem),
		words,
		...(rule?.todo ? { todo: rule.todo } : {}),
		...(allowed ? { allowed } : {}),
		...(given ? { given } : {}),
	};
}

/** For a limit of one, where "1 characters" would stand. */
const SINGULAR = new Map([
	['minLength', '{label} must not be empty'],
	['maxLength', '{label} must have at most 1 character'],
	['minimum', '{label} must be at least 1'],
	['maximum', '{label} must be at most 1'],
	['minItems', '{label} must have at least 1 entry'],
	['maxItems', '{label} must have at most 1 entry'],
	['minProperties', '{label} must not be empty'],
]);

function labelOf(path: string, labels: Readonly<Record<string, string>>): string {
	const own = [path, path.replace(/^data\./, '')].find((key) => Object.hasOwn(labels, key));
	return (own === undefined ? undefined : labels[own]) ?? fieldLabel(path);
}

function typesOf(target: unknown): string | undefined {
	const names = (Array.isArray(target) ? target.map(String) : String(target ?? '').split(',')).map((name) =>
		name.trim(),
	);
	const words = names.filter(Boolean).map((name) => (Object.hasOwn(TYPES, name) ? TYPES[name] : name));
	return words.length > 0 ? words.join(' or ') : undefined;
}

function dayOf(gregorian: number): string | undefined {
	const withinReach = Math.abs(gregorian) < 1e12;
	return withinReach ? isoFromGregorian(gregorian).slice(0, 10) : undefined;
}

/** A short text for a number, a text or a truth value. */
function scalar(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
	const text = String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
