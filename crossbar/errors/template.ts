/** Sentences with places to fill in. */

/**
 * Fills `{name}`s in; what stands in `[...]` is left out when a value in it is missing.
 * @returns undefined when a value outside brackets is missing
 */
export function fill(
	template: string | undefined,
	values: Readonly<Record<string, string | undefined>>,
): string | undefined {
	if (template === undefined) return undefined;
	let missing = false;
	const insert = (text: string): string | undefined => {
		let complete = true;
		const filled = text.replace(/\{(\w+)\}/g, (_match, name: string) => {
			const value = values[name];
			if (value === undefined || value === '') complete = false;
			return value ?? '';
		});
		return complete ? filled : undefined;
	};
	const result = template.replace(/\[([^[\]]*)\]|[^[]+/g, (part, optional: string | undefined) => {
		if (optional !== undefined) return insert(optional) ?? '';
		const filled = insert(part);
		if (filled === undefined) missing = true;
		return filled ?? '';
	});
	return missing ? undefined : result;
}

/** With a capital letter, as a sentence begins. */
export function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
