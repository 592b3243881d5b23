import type { Call } from '../request/call';
import { fieldError } from '../request/refusal';
import { requestValue } from '../request/call';
import { now } from '../values/time';

/** The longest range that lists of monthly records allow, in seconds: 31 days and an hour. */
export const MAX_RANGE = 2_682_000;

function moment(value: unknown): number | undefined {
	const time = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN;
	return Number.isInteger(time) && time > 0 ? time : undefined;
}

/** The time range of a request for monthly records, in Gregorian seconds; what is missing or no number is filled in. */
export function timeRange(call: Call, longest = MAX_RANGE, key = 'created'): { from: number; to: number } {
	const givenFrom = moment(requestValue(call, `${key}_from`));
	const givenTo = moment(requestValue(call, `${key}_to`));
	const to = givenTo ?? now();
	const from = givenFrom ?? to - longest;
	if (to < from) {
		throw fieldError(`${key}_from`, 'date_range', `${key}_to ${to} is prior to ${key}_from ${from}`, {
			cause: from,
		});
	}
	if (to - from > longest) {
		throw fieldError(
			`${key}_from`,
			'date_range',
			`${key}_to ${to} is more than ${longest} seconds from ${key}_from ${from}`,
			{ cause: to },
		);
	}
	return { from, to };
}
