/** How legs end, by the words of the switch. */

export const NO_ANSWER: ReadonlySet<string> = new Set([
	...['NO_ANSWER', 'NO_USER_RESPONSE', 'ALLOTTED_TIMEOUT', 'PROGRESS_TIMEOUT'],
]);
export const NOT_THERE: ReadonlySet<string> = new Set([
	...['USER_NOT_REGISTERED', 'SUBSCRIBER_ABSENT', 'RECOVERY_ON_TIMER_EXPIRE'],
]);
export const REFUSED: ReadonlySet<string> = new Set(['ORIGINATOR_CANCEL', 'USER_BUSY', 'CALL_REJECTED']);
/** Somebody else took the call for it. */
export const ELSEWHERE: ReadonlySet<string> = new Set(['LOSE_RACE', 'PICKED_OFF']);
/** The call went elsewhere with the person who had it. */
export const GOES_ON: ReadonlySet<string> = new Set([...ELSEWHERE, 'BLIND_TRANSFER', 'ATTENDED_TRANSFER']);

/** A leg that ended for this reason, without a second to pay for, was not answered. */
export const isUnanswered = (cause: string): boolean =>
	NO_ANSWER.has(cause) || NOT_THERE.has(cause) || REFUSED.has(cause);
