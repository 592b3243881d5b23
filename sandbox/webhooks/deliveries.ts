import type { Agent } from 'node:http';
import { changesOf } from '../store/changes';
import type { Fields } from '../store/database';
import type { Needs } from './needs';
import { eventId, logFailure, type Delivery } from './attempts';
import { Failures } from './failures';
import { hooksFor, payloadFor, type Hook } from './hooks';
import { ofChange, ofMessage, type Occurrence } from './occurrence';
import { requestFor, send, type OutgoingRequest, type Outcome } from './request';

/**
 * Webhook deliveries: listens to the bus and to changes of documents and tells the receivers. Follows observed.md,
 * second half, 4 to 6, and webhooks.md 3: the hooks of one event fire one after another, each hook gets its events in
 * their order, only connection errors are tried again.
 */

/** Settings of the deliveries; those of KAZOO unless told otherwise. Times in milliseconds. */
export interface DeliveryOptions {
	/** Waits between two attempts after a connection error, 2,000 milliseconds each time. */
	pause?: (milliseconds: number) => Promise<void>;
	/** Failures that are older do not count; 60,000. */
	failureWindow?: number;
	/** Between two looks at the failures; 15,000. 0 for none: `check` has to be called. */
	failureCheck?: number;
	/** Makes the connections to receivers, for tests. */
	agent?: Agent;
}

/** One finished delivery, as `Deliveries.list` shows it. */
export interface DeliveryEntry {
	hookId: string;
	/** The account that owns the hook. */
	accountId: string;
	/** `channel_create`, `object`, `notifications` ... */
	event: string;
	/** `get`, `post` or `put`. */
	method: string;
	uri: string;
	/** What the receiver answered; undefined when it could not be reached. */
	status?: number;
	/** Why it could not be reached, in KAZOO's words. */
	error?: string;
	success: boolean;
	/** How many attempts it took. */
	attempts: number;
	/** ISO time at which the first attempt began. */
	at: string;
	/** How long it took, pauses included. */
	milliseconds: number;
	/** What was delivered. */
	payload: Fields;
}

const KEPT = 500;

/** Milliseconds between two attempts after a connection error. */
const RETRY_PAUSE = 2000;

/** Attempts are at least one and at most five, whatever `retries` says. */
const attemptsOf = ({ fields }: Hook): number => Math.min(5, Math.max(1, Number(fields.retries ?? 2)));

function succeeded(outcome: Outcome, method: string): boolean {
	if ('clientError' in outcome) return false;
	return outcome.status === 200 || (outcome.status === 201 && method === 'put');
}

/** Fires hooks and keeps the last deliveries; `start` begins, `settled` waits, `close` ends. Never throws on a receiver. */
export class Deliveries {
	private entries: DeliveryEntry[] = [];
	private readonly failures: Failures;
	/** The latest delivery of each hook that has one under way. */
	private readonly tails = new Map<string, Promise<void>>();
	private held: Promise<void> | undefined;
	private letGo: (() => void) | undefined;
	private readonly stops: Array<() => void> = [];
	private closed = false;

	constructor(
		private readonly needs: Needs,
		private readonly options: DeliveryOptions = {},
	) {
		this.failures = new Failures(needs, options.failureWindow ?? 60_000);
	}

	/** Begins to listen. */
	start(): void {
		const { bus, store } = this.needs;
		const onDocument = (event: Parameters<Failures['onDocument']>[0]) => {
			this.failures.onDocument(event);
			for (const change of changesOf(store, event)) this.fire(ofChange(change));
		};
		store.events.on('doc', onDocument);
		this.stops.push(() => store.events.off('doc', onDocument));
		this.stops.push(bus.subscribe((message) => this.fire(ofMessage(this.needs, message))));
		const period = this.options.failureCheck ?? 15_000;
		if (period > 0) {
			const timer = setInterval(() => this.check(), period);
			timer.unref();
			this.stops.push(() => clearInterval(timer));
		}
	}

	/** Ends the listening; deliveries that have not begun never will. */
	close(): void {
		this.closed = true;
		this.release();
		for (const stop of this.stops.splice(0)) stop();
	}

	/** The last deliveries, the oldest first. */
	list(): DeliveryEntry[] {
		return this.entries.slice(-KEPT);
	}

	/** Forgets the deliveries so far. */
	clear(): void {
		this.entries = [];
	}

	/** Holds deliveries back, until `release`; none is lost. */
	hold(): void {
		if (this.held) return;
		this.held = new Promise((resolve) => {
			this.letGo = resolve;
		});
	}

	/** Lets go what was held back. */
	release(): void {
		this.letGo?.();
		this.held = undefined;
		this.letGo = undefined;
	}

	/** Resolves when nothing waits to be delivered. */
	async settled(): Promise<void> {
		while (this.tails.size > 0) await Promise.all(this.tails.values());
	}

	/** Sends a request that is no delivery, the way deliveries go; never rejects. */
	request(
		method: OutgoingRequest['method'],
		uri: string,
		headers: Record<string, string>,
		body: string,
	): Promise<Outcome> {
		return send(
			{ method, uri, target: uri, headers, body, loggedBody: body },
			{ agent: this.options.agent, allowLoopback: this.needs.allowLoopbackUris },
		);
	}

	/** Switches off the hooks that failed too often of late. */
	check(): void {
		this.failures.check();
	}

	private fire(occurrence: Occurrence | undefined): void {
		if (!occurrence || this.closed) return;
		let before = Promise.resolve();
		for (const hook of hooksFor(this.needs, occurrence)) {
			const payload = payloadFor(this.needs, hook, occurrence);
			const gate = Promise.all([before, this.tails.get(hook.id)]);
			const done = gate.then(() => this.deliver(hook, occurrence.hook, payload));
			this.tails.set(hook.id, done);
			void done.then(() => {
				if (this.tails.get(hook.id) === done) this.tails.delete(hook.id);
			});
			before = done;
		}
	}

	private async deliver(hook: Hook, event: string, payload: Fields): Promise<void> {
		await this.held;
		if (this.closed) return;
		const began = Date.now();
		const request = requestFor(this.needs, hook, payload);
		const delivery: Delivery = { hook, eventId: eventId(), request };
		const most = attemptsOf(hook);
		let attempts = 0;
		let outcome: Outcome;
		do {
			if (attempts > 0) await (this.options.pause ?? pause)(RETRY_PAUSE);
			outcome = await send(request, {
				agent: this.options.agent,
				allowLoopback: this.needs.allowLoopbackUris,
			});
			attempts++;
			if (!succeeded(outcome, request.method)) {
				logFailure(this.needs.store, delivery, outcome, most - attempts + 1);
				this.failures.add(hook.id);
			}
		} while ('clientError' in outcome && attempts < most && !this.closed);
		this.keep({
			hookId: hook.id,
			accountId: hook.accountId,
			event,
			method: request.method,
			uri: request.uri,
			...('clientError' in outcome ? { error: outcome.clientError } : { status: outcome.status }),
			success: succeeded(outcome, request.method),
			attempts,
			at: new Date(began).toISOString(),
			milliseconds: Date.now() - began,
			payload,
		});
	}

	private keep(entry: DeliveryEntry): void {
		this.entries.push(entry);
		// Cut in blocks: shifting one off for each delivery would cost more than the rest.
		if (this.entries.length >= KEPT * 2) this.entries = this.entries.slice(-KEPT);
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});
}
