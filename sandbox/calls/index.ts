import type { Store } from '../store/store';
import { now, toGregorian } from '../values/time';
import { type CallOptions, type Exchange, SimulatedCall } from './call';
import { Conferences } from './conferences';
import { route } from './directory';
import { ENDINGS } from './endings';
import type { Flow } from './flow';
import { CallOver, Interrupted } from './interruption';
import { type Leg } from './leg';
import { walk } from './modules';
import { ParkingLot } from './parking';
import { readSteps } from './steps';
import { dial } from './dial';

export type { Heard } from './call';
export type { CallReport } from './report';
export { reportOf } from './report';

/** A call to be simulated. */
export interface CallRequest {
	/** Who calls: an extension, phone or person of an account, or a number outside. */
	from: string;
	/** A number of an account, an extension, or a number outside. */
	to: string;
	/** Name of a caller from outside, as his carrier tells it. */
	name?: string;
	/** What the people do (see `steps.ts`); somebody answers and they talk when left out. */
	steps?: unknown;
	/** Id of the account, where the number alone does not say it. */
	account?: string;
	/** How many times as fast as in reality; that of the sandbox when left out. */
	speed?: number;
	/** When the call began, as an ISO time in the past; so that it has ended by now when left out. */
	at?: string;
}

/** How a call begins other than by somebody dialling. */
interface Beginning {
	/** The caller is rung up first. */
	originated?: boolean;
	/** Instead of what the number leads to. */
	flow?: Flow;
	/** What is faxed. */
	fax?: CallOptions['fax'];
}

/** How many times as fast as in reality calls are played unless told otherwise. */
export const DEFAULT_SPEED = 10;

/** Calls that ended a while ago are forgotten. */
const KEPT = 200;

/** Seconds until somebody takes up a telephone that rings because he asked for it. */
const PROMPT = 2;

/** Gregorian seconds of when a call is to have begun. Throws a TypeError. */
function beginOf(at: unknown): number | undefined {
	if (at === undefined) return undefined;
	const time = typeof at === 'string' ? toGregorian(new Date(at)) : NaN;
	if (!(time <= now())) throw new TypeError('at is an ISO time in the past, as 2026-10-31T23:59:30Z');
	return time;
}

/** The media switch of the sandbox: simulated calls, those that are on and the last that were. */
export class Calls {
	private readonly calls = new Map<string, SimulatedCall>();
	private readonly ends = new Map<string, Promise<void>>();
	readonly exchange: Exchange;

	/** `speed`: how many times as fast as in reality calls are played unless told otherwise. */
	constructor(
		exchange: Omit<Exchange, 'parking' | 'conferences' | 'count' | 'walk'>,
		private readonly speed = DEFAULT_SPEED,
	) {
		const conferences = new Conferences(exchange.bus);
		this.exchange = {
			...exchange,
			parking: new ParkingLot(),
			conferences,
			count: { calls: 0, endedLegs: 0 },
			walk,
		};
		this.forgetChannels(exchange.store);
	}

	/** Starts a call. Throws a TypeError with a sentence when there can be none. */
	start(request: CallRequest, beginning: Beginning = {}): SimulatedCall {
		const { steps } = request;
		for (const key of ['from', 'to'] as const) {
			if (typeof request[key] !== 'string' || request[key] === '') {
				throw new TypeError(`${key} is a number, an extension, or the name of a phone or person`);
			}
		}
		const speed = request.speed ?? this.speed;
		if (typeof speed !== 'number' || !(speed > 0)) throw new TypeError('speed is a number above 0');
		const call = new SimulatedCall(this.exchange, {
			route: route(this.exchange.store, request),
			from: request.from,
			to: request.to,
			steps: readSteps(steps),
			speed,
			at: beginOf(request.at),
			...beginning,
		});
		this.calls.set(call.id, call);
		this.forget();
		const end = play(call).finally(() => this.ends.delete(call.id));
		this.ends.set(call.id, end);
		return call;
	}

	/** The same, and waits for its end. */
	async place(request: CallRequest, beginning?: Beginning): Promise<SimulatedCall> {
		const call = this.start(request, beginning);
		await this.ends.get(call.id);
		return call;
	}

	/** Waits until the one who is rung up first answers. Gives back why he did not, if he did not. */
	untilAnswered({ caller }: SimulatedCall): Promise<string | undefined> {
		if (caller.answered !== undefined) return Promise.resolve(undefined);
		if (caller.ended !== undefined) return Promise.resolve(String(caller.lastEvent['Hangup-Cause']));
		return new Promise((resolve) => {
			const stop = this.exchange.bus.subscribe(({ payload }) => {
				const { 'Event-Name': name, 'Call-ID': id, 'Hangup-Cause': cause } = payload;
				if (id !== caller.id || (name !== 'CHANNEL_ANSWER' && name !== 'CHANNEL_DESTROY')) return;
				stop();
				resolve(name === 'CHANNEL_ANSWER' ? undefined : String(cause));
			});
		});
	}

	/** Conferences that are on. */
	get conferences(): Conferences {
		return this.exchange.conferences;
	}

	/** A call by its id. */
	find(id: string): SimulatedCall | undefined {
		return this.calls.get(id);
	}

	/** All that are remembered, the newest first. */
	list(): SimulatedCall[] {
		return [...this.calls.values()].reverse();
	}

	/** The call that a leg takes part in now. */
	ofLeg(callId: string): { call: SimulatedCall; leg: Leg } | undefined {
		const found = this.list().flatMap((call) => {
			const leg = call.legs.find((candidate) => candidate.id === callId && candidate.ended === undefined);
			return leg ? [{ call, leg }] : [];
		});
		// Who fetched a parked caller is in two: the one he talks in counts.
		return found.find(({ call, leg }) => call.partner === leg) ?? found[0];
	}

	/** Hangs up every call that is on. */
	async stop(): Promise<void> {
		for (const call of this.calls.values()) {
			if (!call.isOver) call.interrupt({ kind: 'hangup', leg: call.caller });
		}
		await Promise.all(this.ends.values());
	}

	private forget(): void {
		for (const [id, call] of this.calls) {
			if (this.calls.size <= KEPT) return;
			if (call.isOver) this.calls.delete(id);
		}
	}

	/** Of calls that were on when a sandbox was killed, channels are left in its data file. */
	private forgetChannels(store: Store): void {
		for (const account of store.database('accounts').list('account')) {
			const database = store.database(account._id);
			for (const channel of database.list('channel')) database.erase(channel._id);
		}
	}
}

async function play(call: SimulatedCall): Promise<void> {
	try {
		call.begin(call.caller);
		let flow: Flow | undefined = call.options.flow ?? dial(call.options.route.dialled);
		if (!call.options.originated) call.caller.enter();
		if (call.options.originated) call.note(call.caller, 'rings first');
		else call.note(call.caller, `calls ${call.options.to}`);
		let isNew = call.options.originated === true;
		for (;;) {
			try {
				if (isNew) {
					isNew = false;
					await call.waitUntil(call.clock.time + PROMPT);
					call.pickUp();
				}
				const ending = await walk(call, flow);
				call.note('sandbox', 'the callflow ends: the call is hung up');
				call.over(ending);
			} catch (error) {
				flow = goOn(call, error);
			}
		}
	} catch (error) {
		if (error instanceof CallOver) return;
		// An error of ours must not leave a call that never ends.
		call.note('sandbox', `fails: ${(error as Error).message}`);
		call.finish(ENDINGS.unavailable);
	}
}

/** Where a call goes on that somebody interfered with; throws what ends it. */
function goOn(call: SimulatedCall, error: unknown): Flow {
	if (!(error instanceof Interrupted)) throw error;
	const { what } = error;
	if (what.kind === 'redirect') {
		call.note('sandbox', `the caller is sent to ${what.target ?? what.flow.module}`);
		return what.flow;
	}
	if (what.kind === 'hangup') {
		call.note(call.caller, 'hangs up');
		return call.over(call.caller.answered === undefined ? ENDINGS.cancelled : ENDINGS.ordered);
	}
	if (what.kind === 'retrieve') call.atEnd.push(what.over);
	return call.over();
}
