/** Rules about callflows and the numbers that lead to them. */
import type { IDataObject } from 'n8n-workflow';

import type { PointedId } from '../../../callflow/modules';
import { fits } from '../../../callflow/pattern';
import { referencesOf } from '../../../callflow/references';
import { parameter } from '../../../catalogue/parameters';
import { updateOf } from '../../../changes/single';
import { plainText } from '../../../values/records';
import type { Found, Looked, Rule } from './rule';
import { listed, objectOf } from './rule';

const CALLFLOWS = '/callflows';
const NUMBERS = '/phone_numbers';

/** Where the list of what an id points at is. */
const pathOf = (name: PointedId): string =>
	(parameter(name).list?.path ?? '').replace(/^\/accounts\/\{accountId\}/, '');

export const callflowRules = {
	callflowBroken: {
		reads: 'callflows whole; the lists of what they point at',
		find: async ({ reader }) => {
			const flows = await reader.documents('callflow');
			const found = await Promise.all(
				flows.map(async (stored): Promise<Found[]> => {
					const dead = await Promise.all(
						referencesOf(stored.document.flow).map(async (reference) => {
							const path = pathOf(reference.parameter);
							const ids = (await reader.list(path)).map(({ id }) => id);
							return reader.missing.has(path) || ids.includes(reference.id) ? [] : [reference];
						}),
					);
					return dead.flat().map(({ id, path, module, parameter: name }) => ({
						object: objectOf(stored),
						finding: `The step “${module}” points to a ${parameter(name).label} that does not exist`,
						key: `${path} ${id}`,
						todo: `Choose another ${parameter(name).label} at ${path}, or remove the step`,
					}));
				}),
			);
			return found.flat();
		},
	},
	numberForeign: {
		reads: 'the lists of callflows and phone numbers; the callflow for its fix',
		find: async ({ reader, about }) => {
			const own = new Set((await reader.list(NUMBERS)).map(({ id }) => plainText(id)));
			const found = (await reader.list(CALLFLOWS)).flatMap((flow) =>
				numbersOf(flow)
					.filter((number) => /^\+\d{6,}$/.test(number) && !own.has(number))
					.map((number) => ({ flow, number })),
			);
			return await Promise.all(
				found.map(async ({ flow, number }): Promise<Found> => {
					const others = numbersOf(flow).filter((other) => other !== number);
					const stored =
						others.length > 0 ? await reader.document('callflow', plainText(flow.id)) : undefined;
					return {
						object: listed('callflow', flow),
						finding: `It has the number ${number}, which the account does not own`,
						key: number,
						fix: stored && updateOf(stored, { numbers: others }, about),
					};
				}),
			);
		},
	},
	numberTwice: {
		reads: 'the list of callflows',
		find: async ({ reader }) => {
			const byNumber = new Map<string, IDataObject[]>();
			for (const flow of await reader.list(CALLFLOWS))
				for (const number of new Set([...numbersOf(flow), ...textsIn(flow.patterns)]))
					byNumber.set(number, [...(byNumber.get(number) ?? []), flow]);
			return [...byNumber]
				.filter(([, flows]) => flows.length > 1)
				.map(([number, flows]) => ({
					object: listed('callflow', flows[0] as IDataObject),
					finding: `${number} is in ${flows.length} callflows: ${flows.map((flow) => listed('callflow', flow).name).join(', ')}`,
					key: number,
				}));
		},
	},
	numberRingsNowhere: {
		reads: 'the lists of phone numbers and callflows',
		find: async ({ reader }) =>
			(await silentNumbers(reader)).filter(({ state }) => state === 'in_service').map(deadNumber),
	},
} satisfies Readonly<Record<string, Rule>>;

const deadNumber = (number: IDataObject): Found => ({
	object: listed('phoneNumber', number),
	finding: 'It is in service and no callflow has it',
});

/** Numbers that lead nowhere, in whatever state. */
export async function silentNumbers(reader: Looked['reader']): Promise<IDataObject[]> {
	const flows = await reader.list(CALLFLOWS);
	const used = new Set(flows.flatMap(numbersOf));
	const patterns = flows.flatMap(({ patterns: list }) => textsIn(list));
	return (await reader.list(NUMBERS)).filter(({ id, used_by: usedBy }) => {
		const number = plainText(id);
		if (used.has(number)) return false;
		// Trunks and fax boxes have numbers without a callflow
		if (typeof usedBy === 'string' && usedBy !== '' && usedBy !== 'callflow') return false;
		return !patterns.some((pattern) => fits(number, pattern));
	});
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(plainText) : []);

const numbersOf = ({ numbers }: IDataObject): string[] => textsIn(numbers);
