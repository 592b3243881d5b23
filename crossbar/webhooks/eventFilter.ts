/** Which events pass: by direction, person, phone and number. An event that has none of the fields passes. */
import type { IDataObject } from 'n8n-workflow';

import { concerns } from '../calls/parties';
import type { CallRecord } from '../calls/record';
import { isSameNumber } from '../values/phoneNumbers';
import { plainText, recordsIn } from '../values/records';

export interface EventFilter {
	/** `call_direction` of the leg. */
	readonly direction?: 'inbound' | 'outbound';
	readonly userId?: string;
	readonly deviceId?: string;
	/** A phone number or extension, on either side. */
	readonly number?: string;
	/** Let legs between parts of KAZOO through. */
	readonly internalLegs?: boolean;
}

const NUMBER_FIELDS = [
	...['caller_id_number', 'callee_id_number', 'number', 'from_user', 'to_user'],
	...['other_leg_destination_number', 'original_number'],
];
/** @param payload of a webhook; of a missed call with its `phones`, of which one must be the person's */
export function passes(payload: IDataObject, filter: EventFilter): boolean {
	if (filter.internalLegs !== true && payload.is_internal_leg === true) return false;
	const phones = Array.isArray(payload.phones) ? recordsIn(payload.phones) : undefined;
	const values = (...fields: string[]): unknown[] =>
		(phones ?? [payload]).flatMap((place) => fields.map((field) => place[field] ?? [])).flat();
	const isPersons = (wanted: string | undefined, found: unknown[]): boolean =>
		isEmpty(wanted) || found.includes(wanted) || (phones === undefined && found.length === 0);
	return (
		(isEmpty(filter.direction) || [undefined, filter.direction].includes(payload.call_direction as never)) &&
		isPersons(filter.userId, values('owner_id', 'user_id')) &&
		isPersons(filter.deviceId, values('authorizing_id')) &&
		holdsNumber(filter.number, payload, phones ?? [])
	);
}

/** The same for a whole call: of the directions a call from outside is inbound, one to the outside outbound. */
export function callPasses(call: CallRecord, { direction, ...chosen }: EventFilter): boolean {
	const wanted = direction === undefined ? undefined : direction === 'inbound' ? 'in' : 'out';
	return (wanted === undefined || call.direction === wanted) && concerns(call, chosen);
}

function isEmpty(wanted: string | undefined): boolean {
	return wanted === undefined || wanted === '';
}

function holdsNumber(
	wanted: string | undefined,
	payload: IDataObject,
	phones: readonly IDataObject[],
): boolean {
	if (wanted === undefined || wanted === '') return true;
	const numbers = [
		...[payload, ...phones].flatMap((place) => NUMBER_FIELDS.map((field) => place[field])),
		...[payload.from, payload.to].map((address) => plainText(address).split('@')[0]),
	].filter((value): value is string => typeof value === 'string' && value !== '');
	return numbers.length === 0 || numbers.some((number) => isSameNumber(number, wanted));
}
