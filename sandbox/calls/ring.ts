import type { Fields } from '../store/database';
import { STRANGERS } from './strangers';
import { isReconcilable, normaliseNumber } from '../values/phone-numbers';
import type { SimulatedCall } from './call';
import { Interrupted } from './interruption';
import type { Endpoint } from './directory';
import { type Ending, ENDINGS } from './endings';
import { type CallerId, Leg, type Phone } from './leg';
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
	/** Gregorian seconds. */
	until: number;
	/** The line that a forwarded call goes round on. */
	loopback: Leg[];
	/** Where the call goes when the phone does not take it. */
	onward?: { phone: Phone; timeout: number; vars: Fields } & Endpoint['instead'];
}

/** Phones ring at once or one after the other, until somebody answers or nobody is left. */
class Ringer {
	private readonly waiting: Ring[];
	private readonly ringing: Ringing[] = [];
	private readonly start: number;
	/** How the last phone that did not just ring on ended. */
	private failure: Ending = ENDINGS.unreachable;

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
		return this.failure;
	}

	private startDue(): void {
		const { call } = this;
		while (this.waiting[0] && this.start + this.waiting[0].delay <= call.clock.time + 1e-6) {
			const ring = this.waiting.shift() as Ring;
			const started = this.begin(ring);
			if (started) {
				this.push(ring, started);
				this.failure = ENDINGS.noAnswer;
				const stranger = 'outside' in ring.endpoint ? STRANGERS.get(ring.endpoint.outside) : undefined;
				const entry = this.ringing.at(-1);
				if (stranger && entry) this.stop(entry, stranger.ending, stranger.what);
			}
		}
	}

	private push({ endpoint, timeout, vars = {} }: Ring, started: Omit<Ringing, 'until'>): void {
		const instead = 'instead' in endpoint ? endpoint.instead : undefined;
		this.ringing.push({
			...started,
			until: this.call.clock.time + timeout,
			...(instead
				? { onward: { ...instead, phone: (endpoint as Endpoint).phone, timeout, vars } }
				: undefined),
		});
	}

	private begin({ endpoint, vars }: Ring): Omit<Ringing, 'until'> | undefined {
		const { call } = this;
		const { setting, clock, caller } = call;
		const more = { ...vars, ...transferVars(call) };
		if ('outside' in endpoint) {
			const { outside: number, dialled, as } = endpoint;
			return this.ring(Leg.toOutside(setting, clock.time, { number, dialled, as }, caller), []);
		}
		const { phone, silent, forward } = endpoint;
		if (silent !== undefined) {
			call.note(String(phone.device.name), `does not ring: it ${silent}`);
			return undefined;
		}
		if (forward === undefined) return this.ring(Leg.toPhone(setting, clock.time, phone, caller, more), []);
		return this.passOn(phone, forward, more);
	}

	/** The call goes round on a line of its own to another number. */
	private passOn(phone: Phone, forward: string, more: Fields): Omit<Ringing, 'until'> {
		const { call } = this;
		const { setting, clock, caller } = call;
		const loopback = Leg.loopback(setting, clock.time, phone, forward, caller);
		for (const leg of loopback) call.begin(leg);
		call.note(String(phone.device.name), `passes the call on to ${forward}`);
		const target = isReconcilable(forward) ? undefined : call.directory.findPhone(forward);
		if (target) return this.ring(Leg.toPhone(setting, clock.time, target, loopback[1], more), loopback);
		const number = normaliseNumber(forward);
		const as = call.directory.external(phone.owner);
		return this.ring(
			Leg.toOutside(setting, clock.time, { number, dialled: forward, as }, loopback[1]),
			loopback,
		);
	}

	private ring(leg: Leg, loopback: Leg[]): Omit<Ringing, 'until'> {
		this.call.begin(leg);
		this.call.note(leg, 'rings');
		return { leg, loopback };
	}

	private stopDue(): void {
		for (const entry of [...this.ringing]) {
			if (entry.until <= this.call.clock.time + 1e-6) this.stop(entry, ENDINGS.noAnswer, 'is not answered');
		}
	}

	private stop(entry: Ringing, ending: Ending, what: string): void {
		this.ringing.splice(this.ringing.indexOf(entry), 1);
		this.call.note(entry.leg, what);
		for (const leg of [entry.leg, ...entry.loopback]) this.call.end(leg, ending);
		this.failure = ending;
		const { onward } = entry;
		if (!onward) return;
		const { phone, timeout, vars, noAnswer, busy } = onward;
		const number = ending === ENDINGS.noAnswer ? noAnswer : ending === ENDINGS.busy ? busy : undefined;
		if (number === undefined) return;
		const started = this.passOn(phone, number, { ...vars, ...transferVars(this.call) });
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
		for (const { leg, loopback } of this.ringing.splice(0)) {
			for (const each of [leg, ...loopback]) this.call.end(each, ENDINGS.cancelled);
		}
		this.waiting.length = 0;
	}

	private async answer({ leg, loopback }: Ringing): Promise<never> {
		const { call } = this;
		const { caller } = call;
		call.note(leg, 'is answered');
		call.answer(leg);
		caller.other = leg;
		const isForwarded = loopback.length > 0;
		// The switch says nothing of a caller's line that a forwarded call opens.
		if (isForwarded) caller.answered ??= call.clock.time;
		else {
			caller.callee = leg.callee;
			call.answer(caller);
		}
		for (const other of this.ringing.splice(0)) {
			if (other.leg === leg) continue;
			for (const each of [other.leg, ...other.loopback]) call.end(each, ENDINGS.lost);
		}
		for (const line of loopback) call.end(line, ENDINGS.passedOn);
		call.bridge(caller, leg, isForwarded);
		call.transferrer = undefined;
		if (isRecorded(call, leg)) call.startRecording(leg);
		return talk(call, leg);
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

function transferVars(call: SimulatedCall): Fields | undefined {
	const by = call.transferrer?.phone;
	if (!by) return undefined;
	return {
		'Transferred-By': by.username,
		'Referred-By': `<sip:${by.username}@${String(call.account.realm)}>`,
	};
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
