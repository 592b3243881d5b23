/** What calls from two sources are compared by. */
import type { CallRecord } from '../../../crossbar/calls/record';

type Source = 'webhook' | 'websocket' | 'cdr' | 'whole';

/** The table of docs/calls.md: what a source does not tell. */
export const UNTOLD: Readonly<Record<Source, readonly string[]>> = {
	websocket: ['recording_ids', 'cost'],
	webhook: ['interaction_id', 'holds', 'hold_seconds', 'recording_ids', 'cost'],
	cdr: ['account_id', 'callflow_ids', 'parking_slots', 'holds', 'hold_seconds', 'recording_ids'],
	whole: ['callflow_ids', 'parking_slots', 'holds', 'hold_seconds', 'recording_ids'],
};

/** A record without what one of two sources does not tell; call records do not say that something is a conference. */
export function told(call: CallRecord, untold: readonly string[]): object {
	const { answered_by, reason, ...rest } = Object.fromEntries(
		Object.entries(call).filter(([name]) => !untold.includes(name)),
	) as Partial<CallRecord>;
	const isConference = answered_by?.type === 'conference' || answered_by?.type === 'system';
	return isConference ? rest : { answered_by, reason, ...rest };
}
