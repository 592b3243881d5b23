/** What the people of a simulated call do; see `STEP_KINDS` for each. */
export interface Step {
	do: StepKind;
	/** Seconds of the call between the step before (or the call's start) and this one. */
	after: number;
	/** Who: an extension, a name, or an id of a user or phone. Without it: whoever can. */
	by?: string;
	/** For `digits`: the keys. */
	digits?: string;
	/** For `transfer`: number or extension. */
	to?: string;
	/** For `transfer`: the target is asked first. */
	attended: boolean;
	/** For `park`: the slot; the first free one when left out. */
	slot?: string;
	/** For `leaveMessage`, `hold` and `talk`: how long. */
	seconds: number;
}

/** What can be done, and how many seconds after the step before it is done unless told otherwise. */
export const STEP_KINDS = {
	/** A ringing phone is picked up. */
	answer: 4,
	/** Nobody picks up: it rings until the callflow gives up. */
	noAnswer: 0,
	/** A ringing phone is engaged. */
	busy: 1,
	/** A ringing call is refused. */
	reject: 3,
	/** Whoever has it ends the call: the caller, or with `by: "callee"` the one who answered. */
	hangUp: 15,
	/** The caller presses keys. */
	digits: 2,
	/** The caller speaks after the tone. */
	leaveMessage: 1,
	/** The caller speaks in a conference, for `seconds`. */
	talk: 2,
	/** The one who answered puts the caller on hold, for `seconds`. */
	hold: 5,
	/** The one who answered passes the caller on, with `attended: true` after he asked. */
	transfer: 8,
	/** The one who answered parks the caller. */
	park: 8,
	/** Somebody fetches the parked caller. */
	retrieve: 15,
	/** The one who answered switches a recording on. */
	record: 2,
} as const;

export type StepKind = keyof typeof STEP_KINDS;

const NEEDS: Partial<Record<StepKind, 'digits' | 'to' | 'by'>> = {
	digits: 'digits',
	transfer: 'to',
	retrieve: 'by',
};

const SECONDS: Partial<Record<StepKind, number>> = { leaveMessage: 8, hold: 5, talk: 5 };

/** Seconds that people talk when nobody says how long. */
export const SMALL_TALK = 15;

/** A call without steps: somebody picks up, they talk, the caller hangs up. */
const DEFAULT_STEPS = [{ do: 'answer' }, { do: 'hangUp', after: 20 }];

function duration(value: unknown, name: string, otherwise: number): number {
	if (value === undefined) return otherwise;
	if (typeof value !== 'number' || !(value >= 0) || value > 86_400) {
		throw new TypeError(`${name} is a number of seconds, 0 to 86400`);
	}
	return value;
}

function readStep(value: unknown, index: number): Step {
	const name = `steps[${index}]`;
	// The shortest way to write a step is its name.
	const given = (typeof value === 'string' ? { do: value } : value) as Record<string, unknown> | null;
	if (typeof given !== 'object' || given === null) throw new TypeError(`${name} is not an object`);
	const kind = given.do as StepKind;
	if (!Object.hasOwn(STEP_KINDS, kind)) {
		throw new TypeError(`${name}.do is one of ${Object.keys(STEP_KINDS).join(', ')}`);
	}
	const text = (key: string) => {
		const found = given[key];
		if (found === undefined) return undefined;
		if (typeof found !== 'string' && typeof found !== 'number')
			throw new TypeError(`${name}.${key} is a text`);
		return String(found);
	};
	const step: Step = {
		do: kind,
		after: duration(given.after, `${name}.after`, STEP_KINDS[kind]),
		seconds: duration(given.seconds, `${name}.seconds`, SECONDS[kind] ?? 0),
		by: text('by'),
		digits: text('digits'),
		to: text('to'),
		slot: text('slot'),
		attended: given.attended === true,
	};
	const needed = NEEDS[kind];
	if (needed !== undefined && step[needed] === undefined) {
		throw new TypeError(`${name} ("${kind}") needs "${needed}"`);
	}
	return step;
}

/** Steps from a request. Throws a TypeError that says what is wrong with which one. */
export function readSteps(value: unknown): Step[] {
	if (value === undefined) return DEFAULT_STEPS.map(readStep);
	if (!Array.isArray(value)) throw new TypeError('steps is a list');
	return value.map(readStep);
}

/** How many seconds the steps take at least: the call's times are counted back by that. */
export function lengthOf(steps: readonly Step[]): number {
	return steps.reduce((sum, step) => sum + step.after + step.seconds, 0);
}
