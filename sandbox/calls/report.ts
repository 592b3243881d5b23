import { toDate } from '../values/time';
import type { Heard, SimulatedCall } from './call';
import type { Step } from './steps';

/** What became of a call, or is becoming. */
export interface CallReport {
	id: string;
	status: 'running' | 'ended';
	account_id: string;
	account_name: string;
	/** Ties the CDRs of its legs together. */
	interaction_id: string;
	from: string;
	to: string;
	/** ISO time. */
	started: string;
	/** Seconds of the call. */
	duration_seconds: number;
	/** Once it has ended: `NORMAL_CLEARING` ... */
	hangup_cause?: string;
	/** Whether anybody picked up. */
	bridged: boolean;
	legs: {
		call_id: string;
		direction: 'inbound' | 'outbound';
		name: string;
		device_id?: string;
		answered: boolean;
		ended: boolean;
	}[];
	transcript: Heard[];
	/** Ids of what it left behind. */
	cdrs: string[];
	recordings: string[];
	messages: string[];
	faxes: string[];
	/** Steps that there was no occasion for. */
	unused_steps: Step[];
}

/** Says what became of a call so far. */
export function reportOf(call: SimulatedCall): CallReport {
	const { caller, clock, isOver, options } = call;
	return {
		id: call.id,
		status: isOver ? 'ended' : 'running',
		account_id: call.account._id,
		account_name: String(call.account.name),
		interaction_id: call.setting.interaction,
		from: options.from,
		to: options.to,
		started: toDate(Math.floor(call.started)).toISOString(),
		duration_seconds: Math.round((caller.ended ?? clock.time) - call.started),
		...(isOver ? { hangup_cause: String(caller.lastEvent['Hangup-Cause']) } : undefined),
		bridged: call.bridged,
		legs: call.legs.map((leg) => ({
			call_id: leg.id,
			direction: leg.direction,
			name: leg.label,
			...(leg.phone ? { device_id: leg.phone.device._id } : undefined),
			answered: leg.answered !== undefined,
			ended: leg.ended !== undefined,
		})),
		transcript: call.transcript,
		...call.left,
		unused_steps: isOver ? [...call.unused] : [],
	};
}
