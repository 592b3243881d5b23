import type { Transport } from '../http/transport';
import type { Entry } from '../operations/buildFlow';
import { buildFlow } from '../operations/buildFlow';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput, listOfTexts } from '../values/input';
import { phoneNumber } from '../values/phoneNumbers';

/** Callflow: Build. Puts the steps of the form together; creates the callflow, or only gives back its document. */
export async function buildCallflow(operation: Operation, transport: Transport): Promise<Outcome> {
	const { name, numbers, steps, result } = operation.input.arguments;
	const list = listOfTexts(numbers ?? '', 'Numbers').map(oneNumber);
	if (list.length === 0)
		throw new InvalidInput('Numbers is empty', 'Give at least one phone number or extension.');
	const document = {
		...(name === undefined || name === '' ? {} : { name }),
		numbers: list,
		flow: buildFlow((steps ?? []) as Entry[]),
	};
	if (result === 'document') return { records: [document], envelope: {} };
	return await performRow({ ...operation, input: { ...operation.input, document } }, transport);
}

/** A number, an extension or a name; blanks stand only in phone numbers. */
function oneNumber(text: string): string {
	const isNumber = /^[\d\s().+\-/]+$/.test(text);
	const number = isNumber ? phoneNumber(text, 'Numbers') : text;
	if (!/\s/.test(text)) return text.startsWith('+') ? number : text;
	const isWhole = /^\s*(\+|00)/.test(text) || /^\+1\d{10}$/.test(number);
	if (isNumber && isWhole) return number;
	throw new InvalidInput(
		`Numbers: “${text}” is not one number`,
		'Nothing was sent. Put commas between numbers: 1001, +14155550100.',
	);
}
