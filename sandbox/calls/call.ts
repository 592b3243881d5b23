import type { Bus } from '../bus/bus';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Profile } from '../values/profile';
import type { Store } from '../store/store';
import { cdrIdOf } from './cdr';
import { channelOf } from './channel';
import { Clock } from './clock';
import type { Conferences } from './conferences';
import type { Directory } from './directory';
import { type Route } from './directory';
import { type Ending, ENDINGS } from './endings';
import type { Flow } from './flow';
import { Interrupted, type Interruption, CallOver } from './interruption';
import { Leg, type Setting } from './leg';
import { defined, NODE, stamp } from './stamp';
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
}

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
	/** The caller is rung up first: somebody pressed a button for him. */
	originated?: boolean;
	/** Where the call goes; what the number dialled leads to when left out. */
	flow?: Flow;
	/** What the caller sends when a fax machine answers; a page of the sandbox's own when left out. */
	fax?: { name: string; contentType: string; data: Buffer };
}

/** A call that is on, or was: its legs, its clock, and what is to happen. */
export class SimulatedCall {
	readonly id = hex();
	readonly clock: Clock;
	readonly directory: Directory;
	readonly setting: Setting;
	readonly caller: Leg;
	readonly legs: Leg[] = [];
	readonly transcript: Heard[] = [];
	/** Ids of what the call left behind. */
	readonly left: { cdrs: string[]; recordings: string[]; messages: string[]; faxes: string[] } = {
		cdrs: [],
		recordings: [],
		messages: [],
		faxes: [],
	};
	readonly started: number;
	/** Set while the caller talks with somebody. */
	partner: Leg | undefined;
	/** Whether anybody of the account ever picked up. */
	bridged = false;
	/** Who passed the caller on, for the next phone that rings. */
	transferrer: Leg | undefined;
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
	private readonly pending: Interruption[] = [];
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
		const { route } = options;
		this.steps = [...options.steps];
		this.clock = new Clock(options.speed, lengthOf(this.steps));
		this.started = this.since = this.clock.time;
		this.directory = route.directory;
		const { account } = route.directory;
		this.setting = {
			account,
			interaction: `${this.clock.now}-${hex(8)}`,
			inception: route.inbound ? `${route.dialled}@sip.carrier.example` : undefined,
		};
		this.caller = this.callerLeg();
	}

	private callerLeg(): Leg {
		const { setting, clock } = this;
		const { caller, dialled } = this.options.route;
		if (!('phone' in caller)) {
			if (!this.options.originated) return Leg.fromOutside(setting, clock.time, caller.id, dialled);
			const { number } = caller.id;
			const as = this.directory.external(undefined);
			return Leg.toOutside(setting, clock.time, { number, dialled: number, as });
		}
		if (this.options.originated)
			return Leg.toPhone(setting, clock.time, caller.phone, { number: dialled }, {});
		return Leg.fromPhone(setting, clock.time, caller.phone, dialled);
	}

	get account(): Doc {
		return this.directory.account;
	}

	get isOver(): boolean {
		return this.isFinished;
	}

	/** Seconds since the call began. */
	get elapsed(): number {
		return this.clock.time - this.started;
	}

	/** Notes what a leg hears, does or suffers. */
	note(leg: Leg | string, what: string): void {
		const label = typeof leg === 'string' ? leg : leg.label;
		this.transcript.push({ at: Math.round(this.elapsed * 10) / 10, leg: label, what });
	}

	publish(name: string, leg: Leg, more: Fields = {}): void {
		this.exchange.bus.publish('kapi_call:publish_event', leg.event(name, this.clock.time, more));
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

	answer(leg: Leg): void {
		if (leg.answered !== undefined) return;
		leg.answered = this.clock.time;
		this.publish('CHANNEL_ANSWER', leg);
		this.show(leg);
	}

	/** The caller's line is opened, for a greeting or a menu. */
	pickUp(): void {
		this.answer(this.caller);
	}

	/** Connects two legs that are up. The switch knows less of the other one when the call was forwarded to it. */
	bridge(leg: Leg, other: Leg, isForwarded = false): void {
		leg.other = other;
		this.bridged = true;
		this.publish('CHANNEL_BRIDGE', leg, isForwarded ? {} : { 'Bridge-B-Unique-ID': other.id });
		this.show(leg);
		this.show(other);
		if (this.lit.includes(other)) this.lamp(other, 'confirmed');
	}

	/** The caller is with nobody for now. */
	part(): void {
		this.caller.other = undefined;
		this.show(this.caller);
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
	end(leg: Leg, ending: Ending, more: Fields = {}): void {
		if (leg.ended !== undefined) return;
		leg.ended = this.clock.time;
		const event = leg.event('CHANNEL_DESTROY', leg.ended, {
			'Custom-Channel-Vars': { ...leg.vars, 'Bridge-ID': this.caller.id },
			...leg.endingOf(ending, leg.ended),
			...more,
		});
		this.exchange.bus.publish('kapi_call:publish_event', event);
		this.exchange.store.database(this.account._id).erase(leg.id);
		this.left.cdrs.push(cdrIdOf(event));
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
		for (const leg of this.legs) this.end(leg, ending);
		this.settle();
		for (const done of this.atEnd.splice(0)) done();
		// Who came to fetch the caller at the same moment waits no longer.
		for (const what of this.pending.splice(0)) if (what.kind === 'retrieve') what.over();
	}

	private show(leg: Leg): void {
		const database = this.exchange.store.database(this.account._id);
		// Not through the store: KAZOO has no documents of calls, so nobody is told of a change.
		database.put(channelOf(leg));
	}

	/** The lamps beside a person's name on other phones. */
	private lamp(leg: Leg, state: 'early' | 'confirmed' | 'terminated'): void {
		const address = `sip:${leg.presence}`;
		this.exchange.bus.publish(
			'kapi_presence:publish_dialog',
			defined({
				...stamp('ecallmgr', NODE, 'presence', 'dialog_update'),
				'Presence-ID': leg.presence,
				From: address,
				To: address,
				...leg.tags,
				'Call-ID': leg.id,
				'Call-Direction': 'recipient',
				State: state,
				'Switch-URI': 'sip:10.26.0.11:11000',
				'Event-Package': 'dialog',
			}),
		);
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
