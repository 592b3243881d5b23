/** How a leg ends. */
export interface Ending {
	cause: string;
	code: string;
	disposition: string;
}

/** The endings that KAZOO reports. */
export const ENDINGS = {
	talked: { cause: 'NORMAL_CLEARING', code: 'sip:200', disposition: 'ANSWER' },
	noAnswer: { cause: 'NO_ANSWER', code: 'sip:487', disposition: 'NO ANSWER' },
	cancelled: { cause: 'ORIGINATOR_CANCEL', code: 'sip:487', disposition: 'CANCEL' },
	/** The caller left while he was parked. */
	abandoned: { cause: 'ORIGINATOR_CANCEL', code: 'sip:200', disposition: 'CANCEL' },
	busy: { cause: 'USER_BUSY', code: 'sip:486', disposition: 'BUSY' },
	rejected: { cause: 'CALL_REJECTED', code: 'sip:603', disposition: 'FAILED' },
	/** Another phone was faster. */
	lost: { cause: 'LOSE_RACE', code: 'sip:487', disposition: 'CANCEL' },
	transferred: { cause: 'BLIND_TRANSFER', code: 'sip:200', disposition: 'ANSWER' },
	passedOn: { cause: 'NORMAL_UNSPECIFIED', code: 'sip:200', disposition: 'FAILED' },
	unreachable: { cause: 'USER_NOT_REGISTERED', code: 'sip:480', disposition: 'FAILED' },
	unknown: { cause: 'UNALLOCATED_NUMBER', code: 'sip:404', disposition: 'FAILED' },
	unavailable: { cause: 'NORMAL_TEMPORARY_FAILURE', code: 'sip:503', disposition: 'FAILED' },
} as const satisfies Record<string, Ending>;
