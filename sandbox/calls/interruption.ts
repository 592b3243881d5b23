import type { Flow } from './flow';
import type { Leg } from './leg';

/** Something somebody does to a running call from without. */
export type Interruption =
	| { kind: 'hangup'; leg: Leg }
	| { kind: 'break' }
	/** The caller goes on elsewhere. */
	| { kind: 'redirect'; flow: Flow; target?: string }
	/** Whoever is on the leg asks the target, and gives the other one to it. */
	| { kind: 'consult'; leg: Leg; target: string }
	| { kind: 'retrieve'; leg: Leg; over: () => void };

/** Thrown by whatever waits, when somebody did something meanwhile. */
export class Interrupted extends Error {
	constructor(readonly what: Interruption) {
		super(what.kind);
	}
}

/** Thrown when the caller has gone: nothing that follows in the callflow is done. */
export class CallOver extends Error {}

/** Thrown when the one who answered has hung up, and the caller is to go on (`SimulatedCall.comesBack`). */
export class TalkOver extends Error {}
