/** Calls as KAZOO's call centre (acdc) counts them: who waited in a queue, not what the caller did before. */
import { gregorianFromUnix, isGregorian, isoFromGregorian } from '../values/time';
import { number, text } from './payload';
import type { CallRecord } from './record';

/** One statistic of `/queues/stats` or `/acdc_call_stats`. */
export type QueueStat = Readonly<Record<string, unknown>>;

/** Gregorian seconds at which the caller came into the queue. */
export function enteredAt(stat: QueueStat): number | undefined {
	const wait = number(stat.wait_time) ?? 0;
	const told =
		number(stat.entered_timestamp) ??
		after(number(stat.handled_timestamp), -wait) ??
		after(number(stat.abandoned_timestamp), -wait);
	return told === undefined || isGregorian(told) ? told : gregorianFromUnix(told);
}

const after = (time: number | undefined, seconds: number): number | undefined =>
	time === undefined ? undefined : time + seconds;

/** @returns the call as the reports count it; nothing for one that still waits, or of which no time is told */
export function callOfStat(stat: QueueStat, accountId: string): CallRecord | undefined {
	const status = text(stat.status);
	const entered = enteredAt(stat);
	if (entered === undefined || (status !== 'handled' && status !== 'processed' && status !== 'abandoned'))
		return undefined;
	const waiting = number(stat.wait_time) ?? 0;
	const talking = status === 'abandoned' ? 0 : (number(stat.talk_time) ?? 0);
	const result = status === 'abandoned' ? 'abandoned' : 'answered';
	const agent = text(stat.agent_id);
	const startedAt = isoFromGregorian(entered);
	const caller = text(stat.caller_id_number);
	const phone =
		agent === undefined
			? []
			: [
					{
						type: 'user' as const,
						user_id: agent,
						result: result === 'answered' ? ('answered' as const) : ('no_answer' as const),
						started_at: startedAt,
						rang_seconds: waiting,
						leg_id: '',
					},
				];
	return {
		id: text(stat.call_id) ?? text(stat.id) ?? '',
		account_id: accountId,
		direction: 'in',
		result,
		reason: result === 'answered' ? 'Answered by an agent' : (text(stat.abandoned_reason) ?? 'Abandoned'),
		started_at: startedAt,
		ended_at: isoFromGregorian(entered + waiting + talking),
		from: { type: 'number', ...(caller === undefined ? {} : { number: caller }) },
		...(agent === undefined || result === 'abandoned'
			? {}
			: { answered_by: { type: 'user' as const, user_id: agent } }),
		waiting_seconds: waiting,
		talking_seconds: talking,
		duration_seconds: waiting + talking,
		phones: phone,
		transfers: [],
		...(text(stat.queue_id) === undefined ? {} : { queue_id: text(stat.queue_id) }),
	};
}
