/** How a leg ends, as the switch reports it. */
export interface Ending {
	cause: string;
	/** What SIP said; a leg that was answered ends with `sip:200` unless nothing was said to it. */
	code?: string;
	/** Where it does not follow from the cause and from who was connected. */
	disposition?: string;
	/** The switch ended the leg by itself: nobody hung up, and SIP said nothing. */
	isSilent?: true;
}

/** The endings that KAZOO reports; those that a real one was not seen to report are marked. */
export const ENDINGS = {
	talked: { cause: 'NORMAL_CLEARING' },
	/** Hung up by a command. */
	ordered: { cause: 'NORMAL_CLEARING', isSilent: true },
	noAnswer: { cause: 'NO_ANSWER' },
	cancelled: { cause: 'ORIGINATOR_CANCEL', code: 'sip:487' },
	busy: { cause: 'USER_BUSY', code: 'sip:486' },
	rejected: { cause: 'CALL_REJECTED', code: 'sip:603' },
	/** Another phone was faster. */
	lost: { cause: 'LOSE_RACE' },
	/** Somebody took the call from the phone that rang. */
	pickedOff: { cause: 'PICKED_OFF' },
	transferred: { cause: 'NORMAL_CLEARING', disposition: 'BLIND_TRANSFER', isSilent: true },
	/** The switch took its own ends out of a call. */
	bowedOut: { cause: 'BOWOUT', isSilent: true },
	/** Not seen on a real one. */
	unreachable: { cause: 'USER_NOT_REGISTERED', code: 'sip:480' },
	unknown: { cause: 'UNALLOCATED_NUMBER', disposition: 'EARLY MEDIA' },
	/** Not seen on a real one. */
	unavailable: { cause: 'NORMAL_TEMPORARY_FAILURE', code: 'sip:503' },
} as const satisfies Record<string, Ending>;
