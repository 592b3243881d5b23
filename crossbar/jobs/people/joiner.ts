/** From who joins and what is there to the documents that shall be there. Pure. */
import { isRecord, plainText } from '../../values/records';
import type { Document } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import { sameOne } from '../../changes/lookup';
import { secretsToMake } from '../../changes/passwords';
import { called, idOf, isOwnFlow, isPhoneNumber, named, numbersOf, ofKind, spareNumbers } from './found';
import type { Joining } from './joining';
import { LONGEST_NAME } from './joining';
import { isSameMac, phoneName, phonesOf } from './phones';

export interface Joiner {
	readonly wanted: readonly Wanted[];
	readonly problems: readonly Problem[];
	/** Dotted paths of secrets that are made up, by place. */
	readonly generate: ReadonlyMap<string, readonly string[]>;
}

/** What finds the stored person. */
export const keysOf = ({ firstName, lastName, username, email }: Joining): Document => ({
	first_name: firstName,
	last_name: lastName,
	...(username === undefined ? {} : { username }),
	...(email === undefined ? {} : { email }),
});

/** Whether a document of a list is looked at whole. */
export function isRelevant(joining: Joining, stored: Stored): boolean {
	const { kind, document, id } = stored;
	const { extension, phones, groups, phoneNumber } = joining;
	switch (kind) {
		case 'user':
			return sameOne('user', keysOf(joining), [stored]) !== undefined;
		case 'callflow':
			return numbersOf(document).some((number) => number === extension || number === phoneNumber);
		case 'voicemailBox':
			return plainText(document.mailbox) === extension;
		case 'device':
			return phones.some(
				(phone) => phoneName(joining, phone) === document.name || isSameMac(phone, document.mac_address),
			);
		case 'group':
			return groups.some((text) => [id, plainText(document.name).toLowerCase()].includes(text.toLowerCase()));
		default:
			return false;
	}
}

/** Works out what is needed for a person to work here, and what stands in the way. */
export function joinerOf(joining: Joining, live: Live): Joiner {
	const problems: Problem[] = [];
	const found = personOf(joining, live, problems);
	const userRef = joining.username ?? joining.email ?? joining.name;
	const flow = flowOf(joining, live, found, problems);
	const number = numberOf(joining, live, flow, problems);
	const wanted: Wanted[] = [
		{ kind: 'user', document: userOf(joining, live, found, number, problems), place: 'User', ...idOf(found) },
		...phonesOf(joining, live, found, userRef, problems),
		...boxOf(joining, live, found, userRef, problems),
		...groupsOf(joining, live, found, userRef, problems),
		...emergencyOf(joining, live, number, problems),
		{
			kind: 'callflow',
			document: callflowOf(joining, flow, userRef, number),
			place: 'Callflow',
			...idOf(flow),
		},
	];
	const generate = new Map(
		wanted.map(({ kind, document, place }): [string, readonly string[]] => [
			place,
			kind === 'voicemailBox' && document.pin === undefined ? ['pin'] : secretsToMake(kind, document),
		]),
	);
	return { wanted, problems, generate: new Map([...generate].filter(([, paths]) => paths.length > 0)) };
}

/** The person, if there already; told where it is somebody else. */
function personOf(joining: Joining, live: Live, problems: Problem[]): Stored | undefined {
	const { name, username, email, extension } = joining;
	const users = ofKind(live, 'user');
	const found = sameOne('user', keysOf(joining), users);
	const wrong = (place: string, problem: string): void => void problems.push({ place, problem });
	if (found === 'several') {
		wrong('User', `several are called “${name}”; give a User Name or Email that tells them apart`);
		return undefined;
	}
	const other = users.find(
		(user) => user.id !== found?.id && String(user.document.presence_id ?? '') === extension,
	);
	if (other) wrong('Extension', `${extension} is that of ${called(other)}`);
	if (!found) {
		const same = users.find(({ document }) => email !== undefined && document.email === email);
		if (same) wrong('Email', `${email ?? ''} is that of ${called(same)}, who has another user name`);
		return undefined;
	}
	if (called(found).toLowerCase() !== name.toLowerCase())
		wrong('User Name', `${username ?? email ?? name} is that of ${called(found)}`);
	const own = String(found.document.presence_id ?? '');
	if (own !== '' && own !== extension) wrong('Extension', `${name} is there already, with ${own}`);
	return found;
}

/** The person's callflow, if there already. */
function flowOf(
	{ extension }: Joining,
	live: Live,
	person: Stored | undefined,
	problems: Problem[],
): Stored | undefined {
	const holder = ofKind(live, 'callflow').find(({ document }) => numbersOf(document).includes(extension));
	if (!holder) return undefined;
	if (person && isOwnFlow(holder, person.id)) return holder;
	problems.push({
		place: 'Extension',
		problem: `${extension} is taken by Callflow “${called(holder)}”`,
	});
	return undefined;
}

function numberOf(
	{ numberFrom, phoneNumber }: Joining,
	live: Live,
	flow: Stored | undefined,
	problems: Problem[],
): string | undefined {
	const own = flow ? numbersOf(flow.document).find(isPhoneNumber) : undefined;
	if (numberFrom === 'none') return own;
	if (numberFrom === 'spare') {
		const number = own ?? spareNumbers(live)[0];
		if (number === undefined)
			problems.push({ place: 'Direct Number', problem: 'the account has no spare number' });
		return number;
	}
	const holder = ofKind(live, 'callflow').find(
		({ id, document }) => id !== flow?.id && numbersOf(document).includes(phoneNumber ?? ''),
	);
	const used = ofKind(live, 'phoneNumber').find(({ id }) => id === phoneNumber)?.document.used_by;
	if (holder)
		problems.push({
			place: 'Number',
			problem: `${phoneNumber ?? ''} is taken by Callflow “${called(holder)}”`,
		});
	else if (typeof used === 'string' && used !== '' && used !== 'callflow')
		problems.push({ place: 'Number', problem: `${phoneNumber ?? ''} is in use by ${used}` });
	return phoneNumber;
}

function userOf(
	joining: Joining,
	live: Live,
	found: Stored | undefined,
	number: string | undefined,
	problems: Problem[],
): Document {
	const { name, extension, directory, callerIdName, callerIdNumber, forwardTo, recording, pin } = joining;
	const outside = callerIdNumber ?? number;
	if (callerIdNumber !== undefined && !ofKind(live, 'phoneNumber').some(({ id }) => id === callerIdNumber))
		problems.push({
			place: 'Caller ID Number',
			problem: `the account does not have the number ${callerIdNumber}`,
		});
	const external = {
		...(outside === undefined ? {} : { number: outside }),
		...(callerIdName === undefined ? {} : { name: callerIdName }),
	};
	return {
		...keysOf(joining),
		presence_id: extension,
		enabled: true,
		...(joining.isAdmin ? { priv_level: 'admin' } : found ? {} : { priv_level: 'user' }),
		vm_to_email_enabled: joining.voicemail === 'email',
		...(joining.language === undefined ? {} : { language: joining.language }),
		...(joining.timezone === undefined ? {} : { timezone: joining.timezone }),
		caller_id: {
			internal: { name: name.slice(0, LONGEST_NAME), number: extension },
			...(Object.keys(external).length > 0 ? { external } : {}),
			...(joining.emergency && number !== undefined ? { emergency: { number } } : {}),
		},
		...(forwardTo === undefined ? {} : { call_forward: { enabled: true, number: forwardTo } }),
		...(joining.doNotDisturb ? { do_not_disturb: { enabled: true } } : {}),
		...(joining.hotDesk
			? {
					hotdesk: { enabled: true, id: extension, ...(pin === undefined ? {} : { pin, require_pin: true }) },
				}
			: {}),
		...(recording === 'none' ? {} : { call_recording: { [recording]: { any: { enabled: true } } } }),
		...directoriesOf(directory, extension, live, found, problems),
	};
}

function directoriesOf(
	directory: string | undefined,
	extension: string,
	live: Live,
	found: Stored | undefined,
	problems: Problem[],
): Document {
	if (directory === undefined) return {};
	const meant = named(live, 'directory', directory);
	if ('problem' in meant) {
		problems.push({ place: 'Directory', problem: meant.problem });
		return {};
	}
	const before = found?.document.directories;
	return { directories: { ...(isRecord(before) ? before : {}), [meant.one.id]: extension } };
}

function boxOf(
	{ voicemail, extension, name, pin, timezone, language }: Joining,
	live: Live,
	person: Stored | undefined,
	userRef: string,
	problems: Problem[],
): Wanted[] {
	if (voicemail === 'none') return [];
	const stored = ofKind(live, 'voicemailBox').find(
		({ document }) => plainText(document.mailbox) === extension,
	);
	if (stored && (person === undefined || stored.document.owner_id !== person.id))
		problems.push({
			place: 'Voicemail',
			problem: `Voicemail Box “${called(stored)}” has the number ${extension} and is not this person's; choose another extension, or give the box another number`,
		});
	const document = {
		name: `${name} (${extension})`,
		mailbox: extension,
		owner_id: userRef,
		require_pin: true,
		...(pin === undefined ? {} : { pin }),
		...(timezone === undefined ? {} : { timezone }),
		...(language === undefined ? {} : { language }),
	};
	return [{ kind: 'voicemailBox', document, place: 'Voicemail Box', ...idOf(stored) }];
}

/** KAZOO takes weights from 1 to 100. */
const HEAVIEST = 100;

function groupsOf(
	{ groups, name }: Joining,
	live: Live,
	person: Stored | undefined,
	userRef: string,
	problems: Problem[],
): Wanted[] {
	const meant = groups.flatMap((text) => {
		const found = named(live, 'group', text);
		if ('one' in found) return [found.one];
		problems.push({ place: 'Groups', problem: found.problem });
		return [];
	});
	return [...new Map(meant.map((group) => [group.id, group])).values()].flatMap((group): Wanted[] => {
		const { endpoints } = group.document;
		const before = isRecord(endpoints) ? endpoints : {};
		if (person && person.id in before) return [];
		const weights = Object.values(before).map((entry) => (isRecord(entry) ? Number(entry.weight) || 0 : 0));
		const weight = Math.min(HEAVIEST, Math.max(0, ...weights) + 1);
		const document = { endpoints: { ...before, [userRef]: { type: 'user', weight } } };
		return [
			{
				kind: 'group',
				document,
				place: `Group ${called(group)}`,
				id: group.id,
				why: `${name} joins the group`,
			},
		];
	});
}

function emergencyOf(
	{ emergency, name }: Joining,
	live: Live,
	number: string | undefined,
	problems: Problem[],
): Wanted[] {
	if (!emergency) return [];
	if (number === undefined) {
		problems.push({
			place: 'Emergency Address',
			problem: 'it belongs to a number; choose a Direct Number',
		});
		return [];
	}
	const features = ofKind(live, 'phoneNumber').find(({ id }) => id === number)?.document.features_available;
	if (Array.isArray(features) && !features.includes('e911'))
		problems.push({ place: 'Emergency Address', problem: `the carrier of ${number} keeps none` });
	const document = { id: number, e911: { ...emergency, caller_name: name } };
	return [{ kind: 'phoneNumber', document, place: 'Emergency Address', id: number }];
}

/** Rings the person, then the voicemail box. */
function callflowOf(
	{ name, extension, voicemail }: Joining,
	stored: Stored | undefined,
	userRef: string,
	number: string | undefined,
): Document {
	const before = stored ? numbersOf(stored.document) : [];
	const numbers = [...new Set([...before, extension, ...(number === undefined ? [] : [number])])];
	const box = { module: 'voicemail', data: { id: extension }, children: {} };
	const children = voicemail === 'none' ? {} : { _: box };
	if (!stored)
		return {
			name,
			owner_id: userRef,
			numbers,
			flow: { module: 'user', data: { id: userRef, timeout: 20, can_call_self: false }, children },
		};
	// What somebody has made of it since stays; only a way to a new box is added
	const { flow } = stored.document;
	const isBare = isRecord(flow) && flow.module === 'user' && Object.keys(flow.children ?? {}).length === 0;
	return { numbers, ...(isBare && voicemail !== 'none' ? { flow: { children } } : {}) };
}
