/** Who had to do with a call. */
import { isSameNumber } from '../values/phoneNumbers';
import type { CallRecord, Party } from './record';

export interface CallChoice {
	readonly userId?: string;
	readonly deviceId?: string;
	/** A phone number or extension that called or was called. */
	readonly number?: string;
}

/** The caller, those whose phones rang, and those to whom it was given on. */
export function partiesOf({ from, phones, transfers }: CallRecord): Party[] {
	return [from, ...phones, ...transfers.map(({ to }) => to)];
}

/** Whether a call has all that was chosen. */
export function concerns(call: CallRecord, { userId = '', deviceId = '', number = '' }: CallChoice): boolean {
	if (userId === '' && deviceId === '' && number === '') return true;
	const parties = partiesOf(call);
	const numbers = [call.dialed, ...parties.map((party) => party.number)];
	return (
		(userId === '' || parties.some(({ user_id }) => user_id === userId)) &&
		(deviceId === '' || parties.some(({ device_id }) => device_id === deviceId)) &&
		(number === '' || numbers.some((one) => one !== undefined && isSameNumber(one, number)))
	);
}
