/** How long requests may take, and what else breaks them off. */
import type { IAllExecuteFunctions } from 'n8n-workflow';

import type { CrossbarRequest } from './messages';

/** How long something may take as a whole, whatever comes meanwhile. */
export class TimeLimit {
	private readonly over = new AbortController();
	private readonly timer: AbortSignal;

	/** @param milliseconds from now on */
	constructor(private readonly milliseconds: number) {
		this.timer = AbortSignal.timeout(Math.ceil(milliseconds));
		this.timer.addEventListener('abort', this.end);
	}

	/** Aborts when the time is over. */
	get signal(): AbortSignal {
		return this.over.signal;
	}

	/** What is wrong then. */
	get error(): Error {
		return timeIsOver(this.milliseconds);
	}

	/** What is still to come takes as long as it takes. */
	lift(): void {
		this.timer.removeEventListener('abort', this.end);
	}

	private readonly end = (): void => this.over.abort();
}

/** How much later than asked for a shared limit may end, as a part of it. */
const LATE = 1 / 64;

/** Limits that are not lifted: those that begin at about the same time share a timer, which costs as much as they do. */
class SharedTimeLimits {
	private readonly known = new Map<number, { readonly signal: AbortSignal; readonly until: number }>();

	/** @returns a signal that aborts when the milliseconds are over, a little later at most */
	signal(milliseconds: number): AbortSignal {
		const now = performance.now();
		const known = this.known.get(milliseconds);
		if (known && now <= known.until) return known.signal;
		const signal = AbortSignal.timeout(Math.ceil(milliseconds * (1 + LATE)));
		this.known.set(milliseconds, { signal, until: now + milliseconds * LATE });
		return signal;
	}
}

/** What is wrong when the time is over, in the HTTP client's own words for silence. */
function timeIsOver(milliseconds: number): Error {
	return Object.assign(new Error(`timeout of ${milliseconds}ms exceeded`), { code: 'ECONNABORTED' });
}

/** What ends a request before its time. */
interface Signals {
	/** The execution's, where there is an execution. */
	readonly cancelled?: AbortSignal;
	/** Milliseconds from its first byte to the last of its answer. */
	readonly milliseconds: number;
}

/** The bounds of one request. */
export interface Bounds {
	/** n8n's context, whose helper breaks the request off. */
	readonly context: IAllExecuteFunctions;
	/** What is wrong, once the time is over. */
	error(): Error | undefined;
	/** What is still to come takes as long as it takes. */
	lift?(): void;
}

/** Listeners that Node takes on one signal before it warns in the log; n8n's helper adds one for each request. */
const MOST_LISTENERS = 10;

/** The bounds of all requests of an execution. */
export class RequestBounds {
	private readonly limits = new SharedTimeLimits();
	private readonly contexts = new WeakMap<
		AbortSignal,
		{ cancelled?: AbortSignal; context: IAllExecuteFunctions; requests: number }
	>();

	constructor(private readonly context: IAllExecuteFunctions) {}

	/** A file may take longer than its request, and be broken off by itself; all else shares what bounds it. */
	of({ stream, file, breakOff }: CrossbarRequest, { cancelled, milliseconds }: Signals): Bounds {
		if (stream || file || breakOff) {
			const limit = new TimeLimit(milliseconds);
			return {
				context: this.contextWith([cancelled, breakOff, limit.signal]),
				error: () => (limit.signal.aborted ? limit.error : undefined),
				lift: () => limit.lift(),
			};
		}
		const signal = this.limits.signal(milliseconds);
		let known = this.contexts.get(signal);
		if (!known || known.cancelled !== cancelled || known.requests === MOST_LISTENERS) {
			known = { cancelled, context: this.contextWith([cancelled, signal]), requests: 0 };
			this.contexts.set(signal, known);
		}
		known.requests += 1;
		return { context: known.context, error: () => (signal.aborted ? timeIsOver(milliseconds) : undefined) };
	}

	/** n8n's helper breaks off every request by this signal of its context. */
	private contextWith(all: ReadonlyArray<AbortSignal | undefined>): IAllExecuteFunctions {
		const signals = all.filter((signal) => signal !== undefined);
		const signal = AbortSignal.any(signals);
		const getExecutionCancelSignal = { value: () => signal };
		return Object.create(this.context, { getExecutionCancelSignal }) as IAllExecuteFunctions;
	}
}
