/** What is wrong with one field: rule -> words and details, as Crossbar writes them (facts/envelope.md 4.1). */
export interface FieldError {
	[code: string]: {
		message: string;
		target?: unknown;
		value?: unknown;
		cause?: unknown;
		format?: string;
		schema?: string;
	};
}

/** One broken rule: its code, and its words and details. */
export interface Violation {
	code: string;
	detail: FieldError[string];
}

const say = (code: string, message: string, more: Partial<FieldError[string]>): Violation => ({
	code,
	detail: { message, ...more },
});

/** The words and details of every rule, in Crossbar's shape. */
export const violation = {
	required: (key: string) => say('required', 'Field is required but missing', { value: key }),
	type: (types: string[], value: unknown) => {
		const target = types.join(', ');
		return say('type', `Value did not match type(s): ${target}`, { target, value });
	},
	minLength: (target: number, value: string) =>
		say('minLength', `String must be at least ${target} characters`, { target, cause: value, value }),
	maxLength: (target: number, value: string) =>
		say('maxLength', `String must not be more than ${target} characters`, { target, cause: value, value }),
	minimum: (target: number, value: number) =>
		say('minimum', `Value must be at least ${target}`, { target, value }),
	maximum: (target: number, value: number) =>
		say('maximum', `Value must be at most ${target}`, { target, value }),
	minItems: (target: number, value: unknown[]) =>
		say('minItems', `The list must have at least ${target} items`, { target, value }),
	maxItems: (target: number, value: unknown[]) =>
		say('maxItems', `The list is more than ${target} items`, { target, value }),
	uniqueItems: (value: unknown[]) => say('uniqueItems', 'List of items is not unique', { value }),
	enum: (target: unknown[], value: unknown) =>
		say('enum', 'Value not found in enumerated list of values', { target, value }),
	pattern: (target: string, value: string) =>
		say('pattern', `Failed to match pattern '${target}'`, { target, value }),
	additionalProperties: (parent: object) =>
		say(
			'additionalProperties',
			'Strict checking of data is enabled; only include schema-defined properties',
			{ value: parent },
		),
	format: (format: string, value: string) =>
		say('wrong_format', 'Field is not in the correct format', { value, format }),
	/** A rule KAZOO has no words for: too few keys; none, or more than one, of several schemas fits. */
	other: (code: string, value: unknown) => say(code, 'failed to validate', { value }),
	/** KAZOO's own checks. */
	custom: (message: string, value: unknown) => say('error', message, { value }),
	noSchema: (name: string) => say('schema', 'schema not found', { schema: name }),
};
