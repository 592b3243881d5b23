/** Who joins, as the form or a row of a sheet says it, checked. Pure. */
import type { Problem } from '../../changes/lookup';
import { isWeakPin } from '../../changes/passwords';
import type { Values } from '../../operations/operation';
import { listOfTexts, textOf } from '../../values/input';
import { normalizePhoneNumber, phoneNumber } from '../../values/phoneNumbers';
import { timeZoneNamed } from '../../values/timeZones';

export interface Phone {
	readonly kind: 'deskPhone' | 'softphone';
	/** Twelve hexadecimal digits; of a desk phone. */
	readonly mac?: string;
	readonly brand?: string;
	readonly model?: string;
}

/** Where a number comes from. */
export type NumberFrom = 'given' | 'none' | 'spare';
/** Whether there is a voicemail box, and whether its messages are mailed. */
export type Voicemail = 'box' | 'email' | 'none';
export type Recording = 'any' | 'inbound' | 'none' | 'outbound';

export interface Joining {
	readonly firstName: string;
	readonly lastName: string;
	/** Both together. */
	readonly name: string;
	readonly email?: string;
	/** The log-in; the e-mail unless told. Without either there is no log-in. */
	readonly username?: string;
	readonly isAdmin: boolean;
	readonly extension: string;
	readonly numberFrom: NumberFrom;
	readonly phoneNumber?: string;
	readonly voicemail: Voicemail;
	/** Of the voicemail box and for hot desking. */
	readonly pin?: string;
	readonly phones: readonly Phone[];
	readonly groups: readonly string[];
	readonly directory?: string;
	readonly callerIdName?: string;
	readonly callerIdNumber?: string;
	/** What KAZOO keeps with the number. */
	readonly emergency?: Readonly<Record<string, string>>;
	readonly language?: string;
	readonly timezone?: string;
	readonly forwardTo?: string;
	readonly doNotDisturb: boolean;
	readonly hotDesk: boolean;
	readonly recording: Recording;
}

/** Dialled for help: as an extension they would keep people from it. */
const EMERGENCY = ['000', '110', '112', '119', '911', '933', '999'];
/** KAZOO's rule for a user name (schema users). */
const USERNAME = /^[+@.\w-]{1,256}$/;

/** Collects all that is wrong, so that it is said at once. */
class Reader {
	readonly problems: Problem[] = [];

	constructor(private readonly values: Values) {}

	text(name: string, label: string): string {
		return this.tried(label, () => textOf(this.values[name] ?? '', label).trim()) ?? '';
	}

	texts(name: string, label: string): string[] {
		return this.tried(label, () => listOfTexts(this.values[name] ?? '', label)) ?? [];
	}

	choice<Choice extends string>(name: string, label: string, known: readonly Choice[]): Choice {
		const text = this.text(name, label) || (known[0] as Choice);
		const found = known.find((one) => one === text);
		if (!found) this.wrong(label, `it cannot be “${text}”; it is one of ${known.join(', ')}`);
		return found ?? (known[0] as Choice);
	}

	isOn(name: string): boolean {
		return this.values[name] === true;
	}

	wrong(place: string, problem: string): void {
		this.problems.push({ place, problem });
	}

	/** What reading gives, or a problem of what it throws. */
	tried<Result>(label: string, read: () => Result): Result | undefined {
		try {
			return read();
		} catch (error) {
			this.wrong(label, (error as Error).message);
			return undefined;
		}
	}
}

/** @returns what is wrong beside it, each with the label of its field */
export function joiningOf(values: Values): { joining: Joining; problems: Problem[] } {
	const reader = new Reader(values);
	const firstName = reader.text('firstName', 'First Name');
	const lastName = reader.text('lastName', 'Last Name');
	if (firstName === '') reader.wrong('First Name', 'it is empty');
	if (lastName === '') reader.wrong('Last Name', 'it is empty');
	const email = reader.text('email', 'Email').toLowerCase();
	if (email !== '' && !/^[^\s@]+@[^\s@]+$/.test(email))
		reader.wrong('Email', `“${email}” is no e-mail address`);
	const username = (reader.text('username', 'User Name') || email).toLowerCase();
	if (username !== '' && !USERNAME.test(username))
		reader.wrong('User Name', `“${username}” holds signs that KAZOO does not take`);
	const voicemail = reader.choice<Voicemail>('voicemail', 'Voicemail', ['email', 'box', 'none']);
	if (voicemail === 'email' && email === '')
		reader.wrong('Voicemail', 'messages cannot be mailed without an Email');
	const joining: Joining = {
		firstName,
		lastName,
		name: `${firstName} ${lastName}`.trim(),
		...(email === '' ? {} : { email }),
		...(username === '' ? {} : { username }),
		isAdmin: reader.isOn('isAdmin'),
		extension: extensionOf(reader),
		...numberOf(reader),
		voicemail,
		...pinOf(reader),
		phones: phonesOf(reader, values.phones),
		groups: reader.texts('groups', 'Groups'),
		...callerIdOf(reader),
		...emergencyOf(reader),
		...placeOf(reader),
		doNotDisturb: reader.isOn('doNotDisturb'),
		hotDesk: reader.isOn('hotDesk'),
		recording: reader.choice<Recording>('recording', 'Record Calls', ['none', 'any', 'inbound', 'outbound']),
	};
	return { joining, problems: reader.problems };
}

function extensionOf(reader: Reader): string {
	const extension = reader.text('extension', 'Extension');
	if (!/^\d{2,7}$/.test(extension))
		reader.wrong('Extension', extension === '' ? 'it is empty' : `“${extension}” is not 2 to 7 digits`);
	else if (EMERGENCY.includes(extension))
		reader.wrong('Extension', `${extension} is dialled for help; as an extension it would ring this person`);
	return extension;
}

function numberOf(reader: Reader): Pick<Joining, 'numberFrom' | 'phoneNumber'> {
	const numberFrom = reader.choice<NumberFrom>('number', 'Direct Number', ['none', 'spare', 'given']);
	if (numberFrom !== 'given') return { numberFrom };
	const given = reader.text('givenNumber', 'Number');
	const number = given === '' ? undefined : reader.tried('Number', () => phoneNumber(given, 'Number'));
	if (given === '') reader.wrong('Number', 'it is empty');
	else if (number !== undefined && !number.startsWith('+'))
		reader.wrong('Number', `“${given}” is no whole phone number; write it like +14155550100`);
	return { numberFrom, ...(number === undefined ? {} : { phoneNumber: number }) };
}

/** Told apart from one that anybody guesses: the rule is ours, KAZOO takes any of 4 to 6 digits. */
function pinOf(reader: Reader): Pick<Joining, 'pin'> {
	const pin = reader.text('pin', 'PIN');
	if (pin === '') return {};
	const extension = reader.text('extension', 'Extension');
	if (!/^\d{4,6}$/.test(pin)) reader.wrong('PIN', 'it has to be 4 to 6 digits');
	else if (isWeak(pin, extension)) reader.wrong('PIN', 'anybody would guess it: choose other digits');
	return { pin };
}

/** Digits in a row, or those of the extension. */
function isWeak(pin: string, extension: string): boolean {
	const own = extension !== '' && (pin.replace(/^0+/, '') === extension || pin === extension + extension);
	return own || isWeakPin(pin);
}

function phonesOf(reader: Reader, given: unknown): Phone[] {
	const entries = Array.isArray(given) ? (given as Array<Readonly<Record<string, unknown>>>) : [];
	return entries.flatMap(({ kind, mac, brand, model }, index): Phone[] => {
		const text = (value: unknown): string =>
			typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
		if (kind === 'softphone') return [{ kind }];
		// A row of a sheet without an address is somebody without a desk phone
		if (text(mac) === '') return [];
		const digits = text(mac)
			.toLowerCase()
			.replace(/[\s:.-]/g, '');
		if (!/^[0-9a-f]{12}$/.test(digits)) {
			reader.wrong(`Phone ${index + 1}`, `“${text(mac)}” is no MAC address: it has 12 digits, 0-9 and a-f`);
			return [];
		}
		const [made, type] = [text(brand).toLowerCase(), text(model).toLowerCase()];
		return [
			{
				kind: 'deskPhone',
				mac: digits,
				...(made === '' ? {} : { brand: made }),
				...(type === '' ? {} : { model: type }),
			},
		];
	});
}

function callerIdOf(
	reader: Reader,
): Pick<Joining, 'callerIdName' | 'callerIdNumber' | 'directory' | 'forwardTo'> {
	const directory = reader.text('directory', 'Directory');
	const callerIdName = reader.text('callerIdName', 'Caller ID Name');
	if (callerIdName.length > LONGEST_NAME)
		reader.wrong('Caller ID Name', `KAZOO takes at most ${LONGEST_NAME} characters`);
	const number = (name: string, label: string): string | undefined => {
		const given = reader.text(name, label);
		return given === '' ? undefined : reader.tried(label, () => phoneNumber(given, label));
	};
	const callerIdNumber = number('callerIdNumber', 'Caller ID Number');
	const forwardTo = number('forwardTo', 'Forward Calls To');
	return {
		...(directory === '' ? {} : { directory }),
		...(callerIdName === '' ? {} : { callerIdName }),
		...(callerIdNumber === undefined ? {} : { callerIdNumber: normalizePhoneNumber(callerIdNumber) }),
		...(forwardTo === undefined ? {} : { forwardTo }),
	};
}

/** Of a caller ID (schema caller_id). */
export const LONGEST_NAME = 35;

const ADDRESS = {
	emergencyStreet: ['street_address', 'Emergency Address: Street'],
	emergencyCity: ['locality', 'Emergency Address: City'],
	emergencyRegion: ['region', 'Emergency Address: State'],
	emergencyPostalCode: ['postal_code', 'Emergency Address: Postal Code'],
} as const;

function emergencyOf(reader: Reader): Pick<Joining, 'emergency'> {
	const given = Object.entries(ADDRESS).map(
		([name, [field, label]]) => [field, label, reader.text(name, label)] as const,
	);
	if (given.every(([, , text]) => text === '')) return {};
	for (const [, label, text] of given)
		if (text === '') reader.wrong(label, 'it is empty, and an emergency address has to be whole');
	return { emergency: Object.fromEntries(given.map(([field, , text]) => [field, text])) };
}

function placeOf(reader: Reader): Pick<Joining, 'language' | 'timezone'> {
	const language = reader.text('language', 'Language').toLowerCase();
	if (language !== '' && !/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(language))
		reader.wrong('Language', `“${language}” is no language: write it like en-us`);
	const zone = reader.text('timezone', 'Time Zone');
	const timezone =
		zone === '' ? undefined : reader.tried('Time Zone', () => timeZoneNamed(zone, 'Time Zone'));
	return { ...(language === '' ? {} : { language }), ...(timezone === undefined ? {} : { timezone }) };
}
