import type { Fields } from '../store/database';
import type { SimulatedCall } from './call';
import type { Flow } from './flow';
import { Interrupted, TalkOver } from './interruption';
import { type Ending, ENDINGS } from './endings';
import { Leg } from './leg';
import type { Waiting } from './parking';
import { CALLFLOW_NODE, stamp } from './stamp';
import type { Step } from './steps';

/** Seconds that people talk when nobody says how long. */
const SMALL_TALK = 15;

/** The leg's voice, as the step calls it: who hangs up? */
const isCallee = (step: Step): boolean => step.by !== undefined && step.by !== 'caller';

/** Ends a conversation: the one who hangs up is gone first. */
function hangUp(call: SimulatedCall, first: Leg, second: Leg): never {
	call.note(first, 'hangs up');
	if (call.comesBack && first !== call.caller) {
		release(call, first, ENDINGS.talked);
		throw new TalkOver();
	}
	call.stopRecording();
	call.end(first, ENDINGS.talked);
	call.end(second, ENDINGS.talked);
	return call.over(ENDINGS.talked);
}

/** The partner is let go; the caller goes on elsewhere. */
function release(
	call: SimulatedCall,
	partner: Leg,
	ending: Ending = ENDINGS.transferred,
	more: Fields = {},
): void {
	call.stopRecording();
	call.partner = undefined;
	call.end(partner, ending, more);
	call.settle();
}

/** The partner passes the caller on to a number or extension. Throws the way there. */
function transfer(call: SimulatedCall, partner: Leg, target: string): never {
	call.note(partner, `transfers the caller to ${target}`);
	call.publish('CHANNEL_TRANSFEROR', partner, {
		'Transfer-Type': 'blind',
		'Transfer-To': target,
		'Transfer-Disposition': 'recv_replace',
	});
	release(call, partner, ENDINGS.transferred, {
		'Transfer-History': { 1: { type: 'blind', caller: partner.callee?.name, extension: target } },
	});
	call.transferrer = partner;
	throw new Interrupted({ kind: 'redirect', flow: dial(target), target });
}

/** What a number that somebody dials leads to. */
export function dial(number: string): Flow {
	return { module: 'dial', data: { number } };
}

function parkEvent(call: SimulatedCall, name: string, leg: Leg, slot: string, other?: Leg): void {
	const callee = other ? other.caller : leg.callee;
	call.exchange.bus.publish('kapi_call:publish_event', {
		...stamp('callflow', CALLFLOW_NODE, 'call_event', name),
		'Call-ID': leg.id,
		...(callee ? { 'Callee-ID-Name': callee.name, 'Callee-ID-Number': callee.number } : undefined),
		'Caller-ID-Name': leg.caller.name,
		'Caller-ID-Number': leg.caller.number,
		'Custom-Channel-Vars': { ...leg.vars, Realm: call.account.realm },
		'Parking-Slot': slot,
	});
}

/** The caller waits in a slot until somebody fetches him, or he gives up. `partner` is who put him there. */
export async function park(call: SimulatedCall, wanted?: string, partner?: Leg): Promise<never> {
	const { parking } = call.exchange;
	const slot = parking.park(call, wanted, partner);
	if (slot === undefined) {
		call.note(call.caller, `hears that slot ${wanted} is taken`);
		return call.over();
	}
	call.pickUp();
	call.note(partner ?? call.caller, `${partner ? 'parks the caller' : 'is parked'} in slot ${slot}`);
	parkEvent(call, 'PARK_PARKED', call.caller, slot);
	if (partner) release(call, partner);
	call.atEnd.push(() => parking.leave(call.account._id, slot));
	const fetched = await untilFetched(call, slot).catch((error: unknown) => {
		const left = error instanceof Interrupted && error.what.kind === 'hangup';
		if (left) return undefined;
		parking.leave(call.account._id, slot);
		throw error;
	});
	if (!fetched) {
		call.note(call.caller, 'gives up waiting and hangs up');
		call.end(call.caller, ENDINGS.abandoned);
		parkEvent(call, 'PARK_ABANDONED', call.caller, slot);
		return call.over(ENDINGS.abandoned);
	}
	parking.leave(call.account._id, slot);
	const { leg, over } = fetched;
	if (over) call.atEnd.push(over);
	// A phone that dialled the slot has begun its call already.
	if (over) call.legs.push(leg);
	else call.begin(leg);
	call.note(leg, `fetches the caller from slot ${slot}`);
	parkEvent(call, 'PARK_RETRIEVED', leg, slot, call.caller);
	call.answer(leg);
	call.caller.other = leg;
	call.bridge(leg, call.caller);
	return talk(call, leg);
}

/** A phone dialled the slot: its call is now the other side of the parked one. */
export async function joinParked(call: SimulatedCall, waiting: Waiting): Promise<never> {
	await new Promise<void>((over) => waiting.interrupt({ kind: 'retrieve', leg: call.caller, over }));
	return call.over();
}

/** Who fetches the caller; undefined when he hangs up. */
async function untilFetched(
	call: SimulatedCall,
	slot: string,
): Promise<{ leg: Leg; over?: () => void } | undefined> {
	for (;;) {
		const step = call.next;
		const isMine = step?.do === 'retrieve' || step?.do === 'hangUp';
		// A caller nobody fetches does not wait for ever.
		const until = step && isMine ? call.due(step) : call.clock.time + (step ? SMALL_TALK : 60);
		try {
			await call.waitUntil(until);
		} catch (error) {
			if (error instanceof Interrupted && error.what.kind === 'retrieve') return error.what;
			if (error instanceof Interrupted && error.what.kind === 'break') continue;
			throw error;
		}
		if (!step) return undefined;
		call.take();
		if (!isMine) {
			call.note(call.caller, `is parked: "${step.do}" is not possible now`);
			continue;
		}
		const phone = step.do === 'retrieve' ? call.directory.findPhone(String(step.by)) : undefined;
		if (step.do === 'hangUp') return undefined;
		if (phone) return { leg: Leg.fromPhone(call.setting, call.clock.time, phone, `*3${slot}`) };
		call.note('sandbox', `no phone here is called ${step.by}`);
	}
}

/** Two people talk, until one hangs up or the caller goes on elsewhere. */
export async function talk(call: SimulatedCall, partner: Leg): Promise<never> {
	call.partner = partner;
	for (;;) {
		const step = call.next;
		try {
			await call.waitUntil(step ? call.due(step) : call.clock.time + SMALL_TALK);
			if (!step) return hangUp(call, call.caller, partner);
			call.take();
			const isNext = await doStep(call, partner, step);
			if (!isNext) call.note('sandbox', `"${step.do}" is not possible while people talk`);
		} catch (error) {
			if (error instanceof Interrupted) interrupted(call, partner, error);
			else throw error;
		}
	}
}

/** False when the step makes no sense here. */
async function doStep(call: SimulatedCall, partner: Leg, step: Step): Promise<boolean> {
	switch (step.do) {
		case 'hangUp':
			return isCallee(step) ? hangUp(call, partner, call.caller) : hangUp(call, call.caller, partner);
		case 'hold':
			call.hold(partner, true);
			await call.waitUntil(call.clock.time + step.seconds);
			call.hold(partner, false);
			return true;
		case 'transfer':
			return transfer(call, partner, String(step.to));
		case 'park':
			return park(call, step.slot, partner);
		case 'record':
			call.startRecording(partner);
			return true;
		case 'digits':
			call.note(call.caller, `presses ${step.digits}`);
			return true;
		default:
			return false;
	}
}

function interrupted(call: SimulatedCall, partner: Leg, { what }: Interrupted): void {
	// What is thrown by a step of ours has let the partner go already.
	if (partner.ended !== undefined) throw new Interrupted(what);
	if (what.kind === 'hangup') {
		if (what.leg === partner) hangUp(call, partner, call.caller);
		else hangUp(call, call.caller, partner);
	} else if (what.kind === 'redirect') {
		call.part();
		if (what.target !== undefined) transfer(call, partner, what.target);
		release(call, partner);
		throw new Interrupted(what);
	}
}
