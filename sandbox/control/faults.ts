/** A failure that the sandbox is told to show. */
export interface Fault {
	/**
	 * `rate-limit`: 429 · `latency`: waits `milliseconds` · `drop`: closes the connection without an answer ·
	 * `cut`: closes it after `bytes` (0) of the body · `expire-tokens`: every token there is now has expired (once) ·
	 * `status`: answers `status` (500).
	 *
	 * About events, at once: `drop-websockets`: cuts every websocket · `refuse-websockets`: lets none in for `seconds`
	 * (10) · `hold-webhooks`: delivers nothing as long as it is in the list; none is lost.
	 */
	kind:
		| 'rate-limit'
		| 'latency'
		| 'drop'
		| 'cut'
		| 'expire-tokens'
		| 'status'
		| 'drop-websockets'
		| 'refuse-websockets'
		| 'hold-webhooks';
	/** Only this method. */
	method?: string;
	/** Only paths that begin so, or match `/expression/`. */
	path?: string;
	/** Only this share of the requests, 0 to 1. */
	share?: number;
	/** Only so many times. */
	times?: number;
	/** Only after so many requests that it fits. */
	after?: number;
	/** For `status`. */
	status?: number;
	/** For `latency`. */
	milliseconds?: number;
	/** For `cut`. */
	bytes?: number;
	/** For `refuse-websockets`. */
	seconds?: number;
}

/** Faults of requests. */
const KINDS = new Set(['rate-limit', 'latency', 'drop', 'cut', 'expire-tokens', 'status']);

/** Faults of events. */
const EVENT_KINDS = new Set(['drop-websockets', 'refuse-websockets', 'hold-webhooks']);

interface Active extends Fault {
	left: number;
	toCome: number;
	matches: (path: string) => boolean;
}

function matcher(path: string | undefined): (path: string) => boolean {
	if (path === undefined) return () => true;
	const expression = /^\/(.+)\/([a-z]*)$/.exec(path);
	// "/v2/accounts/" is a prefix, "/accounts.*/" an expression: only what has an expression's characters is one.
	if (expression && /[\\^$*+?()[\]|]/.test(expression[1] ?? '')) {
		const test = new RegExp(expression[1] ?? '', expression[2]);
		return (asked) => test.test(asked);
	}
	return (asked) => asked.startsWith(path);
}

/** The fault switch. */
export class Faults {
	private active: Active[] = [];
	private readonly watchers: Array<(faults: Fault[]) => void> = [];

	/** Hands over the faults of events whenever the list is set. */
	watch(watcher: (faults: Fault[]) => void): void {
		this.watchers.push(watcher);
	}

	/** Replaces the list; an empty one ends all faults. Throws on a fault that does not make sense. */
	set(faults: Fault[]): void {
		const unknown = faults.find(({ kind }) => !KINDS.has(kind) && !EVENT_KINDS.has(kind));
		if (unknown) throw new TypeError(`unknown fault "${String(unknown.kind)}"`);
		this.active = faults
			.filter(({ kind }) => KINDS.has(kind))
			.map((fault) => ({
				...fault,
				left: fault.times ?? Infinity,
				toCome: fault.after ?? 0,
				matches: matcher(fault.path),
			}));
		const events = faults.filter(({ kind }) => EVENT_KINDS.has(kind));
		for (const watcher of this.watchers) watcher(events);
	}

	/** Those that may still strike. */
	current(): Pick<Fault, 'kind' | 'path' | 'share'>[] {
		return this.active.filter(({ left }) => left > 0).map(({ kind, path, share }) => ({ kind, path, share }));
	}

	/** The faults that strike this request. */
	strike(method: string, path: string): Fault[] {
		if (this.active.length === 0) return [];
		const striking = this.active.filter(
			(fault) =>
				fault.left > 0 &&
				(fault.method === undefined || fault.method.toUpperCase() === method) &&
				fault.matches(path) &&
				fault.toCome-- <= 0 &&
				(fault.share === undefined || Math.random() < fault.share),
		);
		for (const fault of striking) fault.left--;
		return striking;
	}
}
