import type { Bus } from '../bus/bus';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Profile } from '../values/profile';
import type { Store } from '../store/store';
import { cdrIdOf, leavesCdr } from './cdr';
import { channelOf } from './channel';
import { Clock } from './clock';
import type { Conferences } from './conferences';
import type { Directory } from './directory';
import { type Route } from './directory';
import { type Ending, ENDINGS } from './endings';
import type { Flow } from './flow';
import { Interrupted, type Interruption, CallOver } from './interruption';
import type { Leg, Setting } from './leg';
import { dialogOf, type LampState } from './lamps';
import { endingFields, messageOf, otherLegOf, reportOfEnd } from './legMessage';
import { fromOutside, fromPhone, toOutside, toPhone } from './legs';
import type { ParkingLot } from './parking';
import { saveRecording } from './records';
import { lengthOf, type Step } from './steps';

/** What a simulated call works with. */
export interface Exchange {
	store: Store;
	bus: Bus;
	profile: Profile;
	/** Whether Pivot may call this machine, which KAZOO forbids. */
	allowLoopbackUris: boolean;
	parking: ParkingLot;
	conferences: Conferences;
	/** Walks a callflow; gives back how the caller's leg is to end. */
	walk: (call: SimulatedCall, flow: Flow) => Promise<Ending>;
	/** How many calls and legs there were: what real ones do now this way and now that way, these do in turn. */
	count: { calls: number; endedLegs: number };
}

/** The place of a call inside of another one: its legs, its time and its steps are those of the other. */
export interface Within {
	call: SimulatedCall;
	/** On whose behalf a number is dialled. */
	caller: Leg;
	/** What is done instead of talking when somebody answers. */
	onAnswer: (leg: Leg) => Promise<never>;
}

/** What ties the legs of a call together that begins at a Gregorian second. */
export function interactionAt(time: number): string {
	return `${time}-${hex(8)}`;
}

const causeOf = ({ cause, code }: Ending): Ending => ({ cause, code });

/** A line of the transcript. */
export interface Heard {
	/** Seconds since the call began. */
	at: number;
	/** Who: `caller`, or the name of a phone. */
	leg: string;
	/** In plain words. */
	what: string;
}

/** How a call is to be played. */
export interface CallOptions {
	route: Route;
	/** What was asked for, as it was written. */
	from: string;
	to: string;
	steps: Step[];
	/** How many times as fast as in reality. */
	speed: number;
	/** When it begins, in Gregorian seconds; so that it has ended by now when left out. */
	at?: number;
	/** The caller is rung up first: somebody pressed a button for him. */
	originated?: boolean;
	/** Where the call goes; what the number dialled leads to when left out. */
	flow?: Flow;
	/** What the caller sends when a fax machine answers; a page of the sandbox's own when left out. */
	fax?: { name: string; contentType: string; data: Buffer };
	within?: Within;
}

/** Of so many legs one is kept by the message that bears the time of its beginning. */
const EARLY_OF = 3;

/** A call that is on, or was: its legs, its clock, and what is to happen. */
export class SimulatedCall {
	readonly id = hex();
	readonly clock: Clock;
	readonly directory: Directory;
	readonly setting: Setting;
	readonly caller: Leg;
	readonly legs: Leg[];
	readonly transcript: Heard[];
	/** Ids of what the call left behind. */
	readonly left: { cdrs: string[]; recordings: string[]; messages: string[]; faxes: string[] };
	readonly started: number;
	/** Of what comes at the same moment, whether the second is told first. */
	readonly isTurned: boolean;
	/** Set while the caller talks with somebody. */
	partner: Leg | undefined;
	/** Whether anybody of the account ever picked up. */
	bridged = false;
	/** Why the last phones that rang were not answered: the caller's leg ends so, too, whatever took it afterwards. */
	failure: Ending | undefined;
	/** Called when the caller has gone, whatever the reason. */
	readonly atEnd: (() => void)[] = [];
	/** Whether a caller goes on with what follows when the one who answered hangs up. */
	comesBack = false;
	/** What the pattern of the callflow captured of the dialled number. */
	captured: string | undefined;
	/** Digits that were collected, by the name of the collection. */
	readonly digits: Record<string, string> = {};
	private readonly steps: Step[];
	/** When the last step was done. */
	private since: number;
	private readonly pending: Interruption[];
	private isFinished = false;
	/** Whether something is played that can be broken off. */
	private isListening = false;
	private recording: { from: number; leg: Leg } | undefined;
	/** Legs whose lamp is still on. */
	private readonly lit: Leg[] = [];

	constructor(
		readonly exchange: Exchange,
		readonly options: CallOptions,
	) {
		const { route, within } = options;
		const outer = within?.call;
		this.steps = outer?.steps ?? [...options.steps];
		this.pending = outer?.pending ?? [];
		this.legs = outer?.legs ?? [];
		this.transcript = outer?.transcript ?? [];
		this.left = outer?.left ?? { cdrs: [], recordings: [], messages: [], faxes: [] };
		this.clock = outer?.clock ?? new Clock(options.speed, lengthOf(this.steps), options.at);
		this.started = this.since = this.clock.time;
		this.directory = route.directory;
		this.isTurned = ++exchange.count.calls % 2 === 0;
		this.setting = within?.caller.setting ?? {
			account: route.directory.account,
			interaction: interactionAt(this.clock.now),
			inception: route.inbound ? `${route.dialled}@sip.carrier.example` : undefined,
		};
		this.caller = within?.caller ?? this.callerLeg();
	}

	private callerLeg(): Leg {
		const { setting, clock } = this;
		const { caller, dialled } = this.options.route;
		if (!('phone' in caller)) {
			if (!this.options.originated) return fromOutside(setting, clock.time, caller.id, dialled);
			const { number } = caller.id;
			const as = this.directory.external(undefined);
			return toOutside(setting, clock.time, { number, dialled: number, as });
		}
		if (this.options.originated) return toPhone(setting, clock.time, caller.phone, { number: dialled });
		return fromPhone(setting, clock.time, caller.phone, dialled);
	}

	get account(): Doc {
		return this.directory.account;
	}

	get isOver(): boolean {
		return this.isFinished;
	}

	/** Seconds since the call began. */
	get elapsed(): number {
		return this.clock.time - (this.options.within?.call ?? this).started;
	}

	/** Notes what a leg hears, does or suffers. */
	note(leg: Leg | string, what: string): void {
		const label = typeof leg === 'string' ? leg : leg.label;
		this.transcript.push({ at: Math.round(this.elapsed * 10) / 10, leg: label, what });
	}

	publish(name: string, leg: Leg, more: Fields = {}): void {
		this.exchange.bus.publish('kapi_call:publish_event', messageOf(leg, name, this.clock.time, more));
	}

	/** A new leg: it rings, or begins to call. */
	begin(leg: Leg): void {
		this.legs.push(leg);
		this.publish('CHANNEL_CREATE', leg);
		this.show(leg);
		if (leg.direction === 'outbound' && leg.presence !== undefined && !leg.isLoopback) {
			this.lit.push(leg);
			this.lamp(leg, 'early');
		}
	}

	/** `named`: another leg that the message speaks of, although nothing connects the two. */
	answer(leg: Leg, named?: Leg): void {
		if (leg.answered !== undefined) return;
		leg.answered = this.clock.time;
		this.publish('CHANNEL_ANSWER', leg, named ? otherLegOf(named) : {});
		this.show(leg);
	}

	/** The caller's line is opened, for a greeting or a menu. */
	pickUp(): void {
		this.answer(this.caller);
	}

	/** Connects two legs that are up. `state` is that of a leg which fetches the other one. */
	bridge(leg: Leg, other: Leg, state = 'EXECUTE'): void {
		leg.other = other;
		this.bridged = true;
		this.failure = undefined;
		this.publish('CHANNEL_BRIDGE', leg, { 'Bridge-B-Unique-ID': other.id, 'Channel-State': state });
		this.show(leg);
		this.show(other);
		if (this.lit.includes(other)) this.lamp(other, 'confirmed');
	}

	/** A leg is with another one now, or with nobody; no message tells of it. */
	put(leg: Leg, other?: Leg): void {
		leg.other = other;
		this.show(leg);
	}

	/** The caller is with nobody for now. */
	part(): void {
		this.put(this.caller);
	}

	/** A leg holds the call, or takes it back. */
	hold(leg: Leg, isHeld: boolean): void {
		if (leg.held === isHeld) return;
		leg.held = isHeld;
		this.note(leg, isHeld ? 'puts the call on hold' : 'takes the call back');
		this.publish(isHeld ? 'CHANNEL_HOLD' : 'CHANNEL_UNHOLD', leg);
		this.show(leg);
	}

	/** Ends a leg; whoever keeps the CDRs hears of it. */
	end(leg: Leg, wanted: Ending): void {
		if (leg.ended !== undefined) return;
		const isNormal = wanted.cause === ENDINGS.talked.cause && wanted !== ENDINGS.transferred;
		const ending =
			leg === this.caller && isNormal && this.failure ? { ...wanted, ...causeOf(this.failure) } : wanted;
		leg.ended = this.clock.time;
		const { bus, store, count } = this.exchange;
		const event = messageOf(leg, 'CHANNEL_DESTROY', leg.ended, endingFields(leg, ending, leg.ended));
		const isEarly = ++count.endedLegs % EARLY_OF === 0;
		const report = isEarly ? reportOfEnd(leg, event) : undefined;
		if (report) bus.publish('kapi_call:publish_report', report);
		bus.publish('kapi_call:publish_event', event);
		store.database(this.account._id).erase(leg.id);
		if (leavesCdr(event)) this.left.cdrs.push(cdrIdOf(report ?? event));
		leg.lastEvent = event;
	}

	/** Lamps of phones go out a moment after their legs have ended. */
	settle(): void {
		for (const leg of this.lit.splice(0)) {
			if (leg.ended === undefined) this.lit.push(leg);
			else this.lamp(leg, 'terminated');
		}
	}

	/** Ends the caller's leg, and with it everything. */
	over(ending: Ending = this.caller.answered === undefined ? ENDINGS.cancelled : ENDINGS.talked): never {
		this.finish(ending);
		throw new CallOver();
	}

	/** The same where nobody waits for it any more. */
	finish(ending: Ending): void {
		if (this.isFinished) return;
		this.isFinished = true;
		this.stopRecording();
		this.end(this.caller, ending);
		// A call inside of another one leaves the legs of that alone
		const isInner = this.options.within !== undefined;
		for (const leg of this.legs) if (!isInner || leg.setting === this.setting) this.end(leg, ending);
		this.settle();
		for (const done of this.atEnd.splice(0)) done();
		// Who came to fetch the caller at the same moment waits no longer.
		for (const what of this.pending.splice(0)) if (what.kind === 'retrieve') what.over();
	}

	/** The next step is counted from now on. */
	rest(): void {
		this.since = this.clock.time;
	}

	private show(leg: Leg): void {
		const database = this.exchange.store.database(this.account._id);
		// Not through the store: KAZOO has no documents of calls, so nobody is told of a change.
		database.put(channelOf(leg));
	}

	/** The lamps beside a person's name on other phones. */
	private lamp(leg: Leg, state: LampState): void {
		this.exchange.bus.publish('kapi_presence:publish_dialog', dialogOf(leg, state));
	}

	/** Begins to record the conversation, unless that is on already. */
	startRecording(leg: Leg): void {
		if (this.recording) return;
		this.recording = { from: this.clock.time, leg };
		this.note(leg, 'starts a recording');
	}

	get isRecording(): boolean {
		return this.recording !== undefined;
	}

	/** Ends the recording and keeps it. */
	stopRecording(): void {
		const { recording } = this;
		if (!recording) return;
		this.recording = undefined;
		this.left.recordings.push(saveRecording(this, recording.leg, recording.from));
	}

	/** What is to be done next, if anything. */
	get next(): Step | undefined {
		return this.steps[0];
	}

	/** When a step is due, in Gregorian seconds; now, if it is late. */
	due(step: Step): number {
		return Math.max(this.clock.time, this.since + step.after);
	}

	/** Takes the step that is being done off the list. */
	take(): void {
		this.steps.shift();
		this.since = this.clock.time;
	}

	/** What nobody came to do. */
	get unused(): readonly Step[] {
		return this.steps;
	}

	/** Waits until a Gregorian second. Throws `Interrupted` when somebody does something meanwhile. */
	async waitUntil(time: number): Promise<void> {
		// The clock has fractions, which do not always add up.
		while (this.pending.length > 0 || time - this.clock.time > 1e-6) {
			const interruption = this.pending.shift();
			if (interruption) throw new Interrupted(interruption);
			await this.clock.wait(time - this.clock.time);
		}
	}

	/**
	 * The caller listens to something for so many seconds. Gives back the keys pressed meanwhile, when they are
	 * wanted; ends the call when it is time for the caller to hang up.
	 */
	async listen(seconds: number, wantsDigits = false): Promise<string | undefined> {
		const until = this.clock.time + seconds;
		const step = this.next;
		const leaves = step?.do === 'hangUp' && step.by !== 'callee';
		const presses = wantsDigits && step?.do === 'digits';
		this.isListening = true;
		try {
			if (step === undefined || !(leaves || presses) || this.due(step) > until) {
				await this.waitUntil(until);
				return undefined;
			}
			await this.waitUntil(this.due(step));
		} catch (error) {
			if (error instanceof Interrupted && error.what.kind === 'break') return undefined;
			throw error;
		} finally {
			this.isListening = false;
		}
		this.take();
		if (leaves) {
			this.note(this.caller, 'hangs up');
			this.over();
		}
		this.note(this.caller, `presses ${step.digits}`);
		return step.digits;
	}

	/** Does something to the call from without. */
	interrupt(what: Interruption): void {
		if (what.kind === 'break' && !this.isListening) return;
		this.pending.push(what);
		this.clock.interrupt();
	}
}
