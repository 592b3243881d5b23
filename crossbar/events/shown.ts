/**
 * How what happened is told to a person, whichever way it came (webhook, websocket, poll): numbers in E.164, who was
 * called where KAZOO says only where the call went, durations in seconds with the unit in the key.
 */
import type { IDataObject } from 'n8n-workflow';

import { normalizePhoneNumber } from '../values/phoneNumbers';
import { isRecord } from '../values/records';

/** Keys that hold the number of somebody. */
const NUMBERS = [
	...['caller_id_number', 'callee_id_number', 'emergency_caller_id_number', 'outbound_caller_id_number'],
	// Of a text message; of a leg these are SIP addresses
	...['from', 'to'],
] as const;
/** A number as people, carriers and phones write it, and nothing else. */
const ONLY_NUMBER = /^\+?[\d\s().-]+$/;
/** What can be dialed: a number, an extension, a code such as *97. */
const DIALED = /^[+*]?\d+$/;

/** Durations by the key that KAZOO has for them: the key here, and how many of them are a second. */
const DURATIONS: Readonly<Record<string, { readonly key: string; readonly inSecond: number }>> = {
	voicemail_length: { key: 'duration_seconds', inSecond: 1000 },
	length: { key: 'duration_seconds', inSecond: 1000 },
	duration: { key: 'duration_seconds', inSecond: 1 },
	expires: { key: 'expires_seconds', inSecond: 1 },
};

/** The same as a person reads it; what needs no change stays as it is. */
export function shownEvent(payload: IDataObject): IDataObject {
	const shown: IDataObject = {};
	for (const [key, value] of Object.entries(payload)) {
		const duration = Object.hasOwn(DURATIONS, key) ? DURATIONS[key] : undefined;
		if (duration && typeof value === 'number') shown[duration.key] ??= Math.round(value / duration.inSecond);
		else shown[key] = value;
	}
	// Of a call that nobody took, a ring group's above all, KAZOO names the caller once more
	const { caller_id_number: caller, callee_id_number: callee } = payload;
	const namesCaller = callee !== undefined && callee === caller;
	if (shown.callee_id_number === undefined || namesCaller) {
		const dialed = dialedOf(payload);
		if (dialed !== undefined) shown.callee_id_number = dialed;
		if (dialed !== undefined && namesCaller) delete shown.callee_id_name;
	}
	for (const key of NUMBERS) {
		const value = shown[key];
		if (typeof value === 'string' && ONLY_NUMBER.test(value)) shown[key] = normalizePhoneNumber(value);
	}
	const { custom_channel_vars: vars } = payload;
	if (shown.account_name === undefined && isRecord(vars) && typeof vars.account_name === 'string')
		shown.account_name = vars.account_name;
	return shown;
}

/** Where a call from outside or from a phone goes, as long as nobody has answered it. */
function dialedOf({ call_direction, to, request }: IDataObject): string | undefined {
	if (call_direction !== 'inbound') return undefined;
	const [address] = [request, to].filter((one) => typeof one === 'string');
	const user = address?.replace(/^sips?:/, '').split('@')[0] ?? '';
	return DIALED.test(user) ? user : undefined;
}
