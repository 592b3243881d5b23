import type { Fields } from '../store/database';
import { STRANGERS } from './strangers';
import { isReconcilable, normaliseNumber } from '../values/phone-numbers';
import type { SimulatedCall } from './call';
import { Interrupted } from './interruption';
import type { Endpoint } from './directory';
import { type Ending, ENDINGS } from './endings';
import type { CallerId, Leg, Phone } from './leg';
import { loopback as line, toOutside, toPhone } from './legs';
import type { Step } from './steps';
import { talk } from './talk';

/** A phone that is to ring: seconds after the others began, and for how long. */
export interface Ring {
	endpoint: Endpoint | { outside: string; dialled: string; as: CallerId };
	delay: number;
	timeout: number;
	/** More Custom-Channel-Vars of its leg. */
	vars?: Fields;
}

interface Ringing {
	leg: Leg;
	/** Gregorian second at which it began. */
	since: number;
	/** Gregorian seconds. */
	until: number;
	/** The line that a forwarded call goes round on. */
	loopback: Leg[];
	/** Where the call goes when the phone does not take it. */
	onward?: { phone: Phone; timeout: number; vars: Fields } & Endpoint['instead'];
}

type Started = Omit<Ringing, 'until' | 'onward'>;

/** Phones ring at once or one after the other, until somebody answers or nobody is left. */
class Ringer {
	private readonly waiting: Ring[];
	private readonly ringing: Ringing[] = [];
	private readonly start: number;
	/** How the last phone that did not just ring on ended. */
	private failure: Ending = ENDINGS.unreachable;
	/** Legs that rang. */
	private count = 0;

	constructor(
		private readonly call: SimulatedCall,
		rings: readonly Ring[],
	) {
		this.start = call.clock.time;
		this.waiting = [...rings].sort((a, b) => a.delay - b.delay);
	}

	/** Comes back only when nobody answered, and says how it failed. */
	async run(): Promise<Ending> {
		const { call } = this;
		for (;;) {
			this.startDue();
			if (this.ringing.length === 0 && this.waiting.length === 0) break;
			const step = this.stepNow();
			const times = this.ringing.map(({ until }) => until);
			const [first] = this.waiting;
			if (first) times.push(this.start + first.delay);
			const next = Math.min(...times);
			const due = step ? call.due(step) : Infinity;
			try {
				await call.waitUntil(Math.min(next, due));
			} catch (error) {
				if (error instanceof Interrupted) this.interrupted(error);
				else throw error;
				continue;
			}
			if (step && due <= next) await this.act(step);
			else this.stopDue();
		}
		if (call.next?.do === 'noAnswer') call.take();
		call.settle();
		if (this.count > 0) call.failure = this.failure;
		// Of several phones none is the one that was called
		if (this.count > 1) call.caller.callee = { ...call.caller.caller };
		return this.failure;
	}

	/** It really rings: the caller hears it, and is told who it is. */
	private rung({ leg, since, loopback }: Ringing): void {
		const { caller } = this.call;
		leg.rang ??= since;
		caller.rang ??= since;
		if (loopback.length === 0) caller.callee = leg.callee;
	}

	private startDue(): void {
		const { call } = this;
		while (this.waiting[0] && this.start + this.waiting[0].delay <= call.clock.time + 1e-6) {
			const ring = this.waiting.shift() as Ring;
			const started = this.begin(ring);
			if (started) {
				this.push(ring, started);
				this.failure = ENDINGS.noAnswer;
				this.count++;
				const stranger = 'outside' in ring.endpoint ? STRANGERS.get(ring.endpoint.outside) : undefined;
				const entry = this.ringing.at(-1);
				if (stranger && entry) this.stop(entry, stranger.ending, stranger.what);
			}
		}
	}

	private push({ endpoint, timeout, vars = {} }: Ring, started: Started): void {
		const instead = 'instead' in endpoint ? endpoint.instead : undefined;
		this.ringing.push({
			...started,
			until: this.call.clock.time + timeout,
			...(instead
				? { onward: { ...instead, phone: (endpoint as Endpoint).phone, timeout, vars } }
				: undefined),
		});
	}

	private begin({ endpoint, vars = {} }: Ring): Started | undefined {
		const { call } = this;
		const { setting, clock, caller } = call;
		if ('outside' in endpoint) {
			const { outside: number, dialled, as } = endpoint;
			return this.ring(toOutside(setting, clock.time, { number, dialled, as }, caller), []);
		}
		const { phone, silent, forward } = endpoint;
		if (silent !== undefined) {
			call.note(String(phone.device.name), `does not ring: it ${silent}`);
			return undefined;
		}
		if (forward === undefined) return this.ring(toPhone(setting, clock.time, phone, caller, vars), []);
		return this.passOn(phone, forward, vars);
	}

	/** The call goes round on a line of its own to another number. */
	private passOn(phone: Phone, number: string, more: Fields): Started {
		const { call } = this;
		const { setting, clock, caller } = call;
		const vars = { ...more, 'Call-Forward': 'true' };
		const [near, far] = line(setting, clock.time, { phone, number, caller, vars });
		// A real one tells of the two ends in this order
		call.begin(far);
		call.begin(near);
		far.enter();
		call.note(String(phone.device.name), `passes the call on to ${number}`);
		const target = isReconcilable(number) ? undefined : call.directory.findPhone(number);
		if (target) return this.ring(toPhone(setting, clock.time, target, far, vars), [near, far]);
		const as = call.directory.external(phone.owner);
		const called = { number: normaliseNumber(number), dialled: number, as };
		return this.ring(toOutside(setting, clock.time, called, far, vars), [near, far]);
	}

	private ring(leg: Leg, loopback: Leg[]): Started {
		this.call.begin(leg);
		this.call.note(leg, 'rings');
		return { leg, loopback, since: this.call.clock.time };
	}

	private stopDue(): void {
		for (const entry of [...this.ringing]) {
			if (entry.until <= this.call.clock.time + 1e-6) this.stop(entry, ENDINGS.noAnswer, 'is not answered');
		}
	}

	private stop(entry: Ringing, ending: Ending, what: string): void {
		this.ringing.splice(this.ringing.indexOf(entry), 1);
		this.call.note(entry.leg, what);
		if (ending === ENDINGS.noAnswer) this.rung(entry);
		for (const leg of [entry.leg, ...entry.loopback]) this.call.end(leg, ending);
		this.failure = ending;
		const { onward } = entry;
		if (!onward) return;
		const { phone, timeout, vars, noAnswer, busy } = onward;
		const number = ending === ENDINGS.noAnswer ? noAnswer : ending === ENDINGS.busy ? busy : undefined;
		if (number === undefined) return;
		const started = this.passOn(phone, number, vars);
		this.ringing.push({ ...started, until: this.call.clock.time + timeout });
	}

	/** The step that is for ringing phones, if that is the next one. */
	private stepNow(): Step | undefined {
		const step = this.call.next;
		if (!step) return undefined;
		if (step.do === 'hangUp') return step.by === 'callee' ? undefined : step;
		const isForPhone = step.do === 'answer' || step.do === 'busy' || step.do === 'reject';
		return isForPhone && this.meant(step) ? step : undefined;
	}

	private meant(step: Step): Ringing | undefined {
		const { by } = step;
		if (by === undefined) return this.ringing[0];
		return this.ringing.find(
			({ leg }) => leg.destination === by || (leg.phone && this.call.directory.isCalled(leg.phone, by)),
		);
	}

	private async act(step: Step): Promise<void> {
		const { call } = this;
		const entry = this.meant(step) as Ringing;
		call.take();
		if (step.do === 'busy') this.stop(entry, ENDINGS.busy, 'is busy');
		else if (step.do === 'reject') this.stop(entry, ENDINGS.rejected, 'refuses the call');
		else if (step.do === 'hangUp') this.abandon();
		else await this.answer(entry);
	}

	private abandon(): never {
		this.cancel();
		this.call.note(this.call.caller, 'hangs up before anybody answers');
		return this.call.over();
	}

	private cancel(): void {
		for (const entry of this.ringing.splice(0)) {
			const { leg, loopback } = entry;
			this.rung(entry);
			for (const each of [leg, ...loopback]) this.call.end(each, ENDINGS.cancelled);
		}
		this.waiting.length = 0;
	}

	private async answer(entry: Ringing): Promise<never> {
		const { call } = this;
		const { caller } = call;
		const { leg, loopback } = entry;
		call.note(leg, 'is answered');
		for (const one of this.ringing) this.rung(one);
		if (loopback.length === 0) caller.callee = leg.callee;
		const losers = this.ringing.splice(0).filter((one) => one !== entry);
		call.answer(leg);
		this.bowOut(leg, loopback);
		caller.bridged = true;
		caller.other = leg;
		// Real ones tell of the answer and of the bridge now in this order and now in that
		const told = [() => call.answer(caller, losers[0]?.leg), () => call.bridge(caller, leg)];
		for (const tell of call.isTurned ? told.reverse() : told) tell();
		for (const { leg: lost, loopback: line } of losers)
			for (const each of [lost, ...line]) call.end(each, ENDINGS.lost);
		if (isRecorded(call, leg)) call.startRecording(leg);
		return call.options.within ? call.options.within.onAnswer(leg) : talk(call, leg);
	}

	/** Behind a line of the switch's own somebody answered: the line is answered, and takes itself out. */
	private bowOut(leg: Leg, [near, far]: Leg[]): void {
		const { call } = this;
		if (!near || !far) return;
		far.callee = leg.callee;
		far.other = leg;
		call.answer(far);
		call.answer(near);
		far.bridged = true;
		call.bridge(far, leg);
		call.end(far, ENDINGS.bowedOut);
		call.end(near, ENDINGS.bowedOut);
		leg.takePlaceOf(near);
	}

	private interrupted({ what }: Interrupted): void {
		const { call } = this;
		if (what.kind === 'hangup') {
			const entry = this.ringing.find(({ leg }) => leg === what.leg);
			if (entry) this.stop(entry, ENDINGS.rejected, 'refuses the call');
			else this.abandon();
		} else if (what.kind === 'redirect') {
			this.cancel();
			call.settle();
			throw new Interrupted(what);
		}
	}
}

type Recorded = Partial<Record<'any' | 'inbound' | 'outbound', { any?: { enabled?: boolean } }>>;

/** Whether the people who talk, or their account, want their calls recorded. */
function isRecorded(call: SimulatedCall, leg: Leg): boolean {
	const answering: [unknown, 'inbound' | 'outbound'][] = [
		[leg.phone?.device, 'inbound'],
		[leg.phone?.owner, 'inbound'],
		[call.caller.phone?.device, 'outbound'],
		[call.caller.phone?.owner, 'outbound'],
	];
	return answering.some(([holder, direction]) => {
		const wish = (holder as Fields | undefined)?.call_recording as Recorded | undefined;
		return wish?.any?.any?.enabled === true || wish?.[direction]?.any?.enabled === true;
	});
}

/** Lets phones ring. Comes back only when nobody answered, and says how it failed. */
export function ring(call: SimulatedCall, rings: readonly Ring[]): Promise<Ending> {
	return new Ringer(call, rings).run();
}
