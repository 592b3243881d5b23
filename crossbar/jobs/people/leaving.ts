/** What shall become of what somebody leaves behind, as the form says it, checked. Pure. */
import type { Problem } from '../../changes/lookup';
import type { Values } from '../../operations/operation';
import { textOf } from '../../values/input';

/** Where the phone numbers go. */
export type NumbersTo = 'announcement' | 'callflow' | 'release' | 'spare' | 'successor';
export type VoicemailTo = 'delete' | 'export' | 'keep' | 'successor';

export interface Leaving {
	readonly userId: string;
	/** Who takes over. */
	readonly successorId?: string;
	readonly numbers: NumbersTo;
	/** Name, number or ID of the callflow; name or ID of the announcement. */
	readonly numbersTarget?: string;
	/** Extensions go where the phone numbers go; else they are free. */
	readonly withExtension: boolean;
	readonly voicemail: VoicemailTo;
	readonly deletePhones: boolean;
	/** Steps, groups and queues: the successor stands there, else nobody. */
	readonly replace: boolean;
	readonly deleteUser: boolean;
	readonly resetApiKey: boolean;
	/** Tokens that were given out stay until they end by themselves. */
	readonly leaveTokens: boolean;
}

/** @returns what is wrong beside it, each with the label of its field */
export function leavingOf(userId: string, values: Values): { leaving: Leaving; problems: Problem[] } {
	const problems: Problem[] = [];
	const choice = <Choice extends string>(name: string, label: string, known: readonly Choice[]): Choice => {
		const text = textOf(values[name] ?? '', label).trim() || (known[0] as Choice);
		const found = known.find((one) => one === text);
		if (!found)
			problems.push({ place: label, problem: `it cannot be “${text}”; it is one of ${known.join(', ')}` });
		return found ?? (known[0] as Choice);
	};
	const text = (name: string, label: string): string => textOf(values[name] ?? '', label).trim();
	const successorId = text('successor', 'Successor');
	const numbers = choice<NumbersTo>('numbersTo', 'Numbers', [
		'spare',
		'successor',
		'callflow',
		'announcement',
		'release',
	]);
	const voicemail = choice<VoicemailTo>('voicemailTo', 'Voicemail', [
		'keep',
		'successor',
		'export',
		'delete',
	]);
	const steps = choice('stepsTo', 'Callflows, Groups and Queues', ['remove', 'successor']);
	const target =
		numbers === 'callflow'
			? text('numbersCallflow', 'Callflow')
			: numbers === 'announcement'
				? text('numbersMedia', 'Announcement')
				: '';
	if ((numbers === 'callflow' || numbers === 'announcement') && target === '')
		problems.push({ place: numbers === 'callflow' ? 'Callflow' : 'Announcement', problem: 'it is empty' });
	const taking = [
		...(numbers === 'successor' ? ['Numbers'] : []),
		...(voicemail === 'successor' ? ['Voicemail'] : []),
		...(steps === 'successor' ? ['Callflows, Groups and Queues'] : []),
	];
	if (successorId === '' && taking.length > 0)
		problems.push({ place: 'Successor', problem: `it is empty, and ${taking.join(' and ')} go there` });
	if (successorId === userId) problems.push({ place: 'Successor', problem: 'it is who leaves' });
	const leaving: Leaving = {
		userId,
		...(successorId === '' ? {} : { successorId }),
		numbers,
		...(target === '' ? {} : { numbersTarget: target }),
		withExtension: values.withExtension === true,
		voicemail,
		deletePhones: choice('phonesTo', 'Phones', ['keep', 'delete']) === 'delete',
		replace: steps === 'successor',
		deleteUser: choice('userTo', 'Log-In', ['disable', 'delete']) === 'delete',
		resetApiKey: values.resetApiKey === true,
		leaveTokens: values.leaveTokens === true,
	};
	return { leaving, problems };
}
