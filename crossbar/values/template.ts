/** Values of a document in other values: `${caller_id.external.number}`, as JavaScript writes it. */
import { InvalidInput } from './input';
import { at } from './paths';

const PLACE = /\$\{([^{}]{1,200})\}/g;
const WHOLE = /^\$\{([^{}]{1,200})\}$/;

/**
 * A copy in which each `${path}` is what stands there in the document; one that is all of a text keeps its type.
 * @throws InvalidInput for a path at which nothing stands
 */
export function filledFrom(value: unknown, document: unknown): unknown {
	if (typeof value === 'string') {
		const whole = WHOLE.exec(value)?.[1];
		if (whole !== undefined) return valueAt(document, whole);
		return value.replace(PLACE, (_, path: string) => {
			const found = valueAt(document, path);
			return typeof found === 'object' ? JSON.stringify(found) : String(found);
		});
	}
	if (Array.isArray(value)) return value.map((entry) => filledFrom(entry, document));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filledFrom(entry, document)]));
}

function valueAt(document: unknown, path: string): unknown {
	const found = at(document, path.trim());
	if (found !== undefined && found !== null) return found;
	throw new InvalidInput(
		`It has no ${path.trim()} to take a value from`,
		'Nothing was changed. Leave it out with a condition, or write another field.',
	);
}
