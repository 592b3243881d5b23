/** What stands below a node on the canvas: its resource and operation in words. */
import { catalogue } from '../../../crossbar/catalogue';

/** `timeOfDayRule` as the expression writes it without help: “Time Of Day Rule”. */
const words = (value: string): string =>
	value.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (letter) => letter.toUpperCase());

/** Operations that are called otherwise everywhere. */
const OPERATIONS = { getAll: 'Get Many', upsert: 'Create or Update' };

/** Resources whose name is no plain reading of their value; n8n evaluates an expression, and knows no catalogue. */
function resourceNames(): Record<string, string> {
	return Object.fromEntries(
		catalogue.flatMap(({ value, name }) => (words(value) === name ? [] : [[value, name]])),
	);
}

/** “Voicemail Box: Create or Update”, as an expression. */
export function subtitle(): string {
	const named = (names: Record<string, string>, parameter: string): string => {
		const value = `$parameter["${parameter}"]`;
		const plain = `${value}.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/^./, (letter) => letter.toUpperCase())`;
		return `(${JSON.stringify(names)}[${value}] ?? ${plain})`;
	};
	return `={{ ${named(resourceNames(), 'resource')} + ": " + ${named(OPERATIONS, 'operation')} }}`;
}
