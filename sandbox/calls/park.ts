import { interactionAt, type SimulatedCall } from './call';
import { ENDINGS } from './endings';
import { Interrupted } from './interruption';
import type { Leg } from './leg';
import { hex } from '../values/ids';
import { fromPhone } from './legs';
import type { Waiting } from './parking';
import { CALLFLOW_NODE, defined, stamp } from './stamp';
import { SMALL_TALK } from './steps';
import { refer, release } from './transfer';

/** Digits before the slot by which phones park and fetch. */
const CODE = '*3';

/** Seconds that a caller waits whom nobody fetches. */
const PATIENCE = 60;

/** What KAZOO says of a slot. `callee` as it stands on the leg. */
function parkEvent(
	call: SimulatedCall,
	name: string,
	leg: Leg,
	slot: string,
	callee = leg.callee?.number,
): void {
	call.exchange.bus.publish(
		'kapi_call:publish_event',
		defined({
			...stamp('callflow', CALLFLOW_NODE, 'call_event', name),
			'Msg-ID': hex(),
			'Call-ID': leg.id,
			'Callee-ID-Number': callee,
			'Caller-ID-Name': leg.caller.name,
			'Caller-ID-Number': leg.caller.number,
			'Custom-Channel-Vars': leg.vars,
			'Parking-Slot': slot,
		}),
	);
}

/**
 * The caller waits in a slot until somebody fetches him, or he gives up. `partner` is who put him there: by a transfer to
 * the slot's number. Who gives up is told of as fetched, after his leg has ended, as a real KAZOO does. Gives back the leg
 * of the one who fetched him.
 */
export async function park(call: SimulatedCall, wanted?: string, partner?: Leg): Promise<Leg> {
	const { parking } = call.exchange;
	const { caller } = call;
	const slot = parking.park(call, wanted, partner);
	if (slot === undefined) {
		call.note(caller, `hears that slot ${wanted} is taken`);
		return call.over();
	}
	call.pickUp();
	call.note(partner ?? caller, `${partner ? 'parks the caller' : 'is parked'} in slot ${slot}`);
	if (partner) {
		refer(call, partner, `${CODE}${slot}`);
		release(call, partner);
	}
	parkEvent(call, 'PARK_PARKED', caller, slot);
	call.atEnd.push(() => parking.leave(call.account._id, slot));
	const fetched = await untilFetched(call, slot).catch((error: unknown) => {
		const left = error instanceof Interrupted && error.what.kind === 'hangup';
		if (left) return undefined;
		parking.leave(call.account._id, slot);
		throw error;
	});
	if (!fetched) {
		call.note(caller, 'gives up waiting and hangs up');
		call.end(caller, ENDINGS.talked);
		parkEvent(call, 'PARK_RETRIEVED', caller, slot);
		return call.over(ENDINGS.talked);
	}
	parking.leave(call.account._id, slot);
	const { leg, over } = fetched;
	if (over) call.atEnd.push(over);
	// A phone that dialled the slot has begun its call already.
	if (over) call.legs.push(leg);
	else {
		call.begin(leg);
		leg.enter();
	}
	call.note(leg, `fetches the caller from slot ${slot}`);
	call.answer(leg);
	parkEvent(call, 'PARK_RETRIEVED', leg, slot, leg.destination);
	// From now on the caller's leg bears the one who fetched him, and what he dialled
	const calling = caller.caller;
	leg.callee = calling;
	Object.assign(caller, { callee: calling, caller: leg.caller, destination: leg.destination, other: leg });
	call.bridge(leg, caller, 'SOFT_EXECUTE');
	leg.setting = call.setting;
	leg.isRoot = false;
	return leg;
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
		const until = step && isMine ? call.due(step) : call.clock.time + (step ? SMALL_TALK : PATIENCE);
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
		if (step.do === 'hangUp') return undefined;
		const phone = call.directory.findPhone(String(step.by));
		// For KAZOO the one who fetches makes a call of his own, which the bridge ties to this one
		const setting = { account: call.account, interaction: interactionAt(call.clock.now) };
		if (phone) return { leg: fromPhone(setting, call.clock.time, phone, `${CODE}${slot}`) };
		call.note('sandbox', `no phone here is called ${step.by}`);
	}
}
