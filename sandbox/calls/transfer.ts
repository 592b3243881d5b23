import { interactionAt, SimulatedCall } from './call';
import { dial } from './dial';
import { type Ending, ENDINGS } from './endings';
import { CallOver, Interrupted } from './interruption';
import type { Leg } from './leg';
import { loopback } from './legs';
import { SMALL_TALK } from './steps';

/** Seconds that somebody speaks with the one to whom he gives a call. */
const ASKS = 3;

/** The partner is let go; the caller goes on elsewhere. */
export function release(call: SimulatedCall, partner: Leg, ending: Ending = ENDINGS.transferred): void {
	call.stopRecording();
	call.partner = undefined;
	call.end(partner, ending);
	call.settle();
}

/** The partner passes the caller on to a number or extension, without asking. Throws the way there. */
export function transfer(call: SimulatedCall, partner: Leg, target: string): never {
	call.note(partner, `transfers the caller to ${target}`);
	refer(call, partner, target);
	release(call, partner);
	throw new Interrupted({ kind: 'redirect', flow: dial(target), target });
}

/** What a phone asks of the switch is noted on the caller's leg. */
export function refer(call: SimulatedCall, by: Leg, target: string): void {
	const realm = String(call.account.realm);
	call.part();
	call.caller.destination = target;
	call.caller.note({
		'Referred-To': `sip:${target}@${realm}`,
		'Referred-By': `<sip:${by.phone?.username ?? by.caller.number}@${realm}>`,
	});
}

/** Who gives whom to which number. */
interface Consultation {
	by: Leg;
	stays: Leg;
	target: string;
}

/**
 * Somebody asks another one first and then gives him the call: as a real KAZOO was seen to carry out the command, over a
 * line of the switch's own that bows out when the other one answers. Comes back only when nobody answers. For KAZOO that
 * is a call of its own: its legs have another interaction and name none of the first call's.
 */
export async function consult(call: SimulatedCall, { by, stays, target }: Consultation): Promise<void> {
	call.note(by, `asks ${target} while the other one waits`);
	const phone = by.phone ?? stays.phone;
	if (!phone) return call.note('sandbox', 'nobody of the account is in the call: it stays as it is');
	const { clock, account, options, exchange } = call;
	const setting = { account, interaction: interactionAt(clock.now) };
	const line = { ...phone, id: { name: phone.id.name, ...by.caller } };
	const [near, far] = loopback(setting, clock.time, { phone: line, number: target });
	const route = { ...options.route, caller: { phone }, dialled: target, inbound: false };
	const inner = new SimulatedCall(exchange, {
		...options,
		route,
		within: {
			call,
			caller: far,
			onAnswer: async (leg) => {
				inner.answer(near);
				near.callee = { ...by.caller };
				inner.end(far, ENDINGS.bowedOut);
				inner.end(near, ENDINGS.bowedOut);
				leg.takePlaceOf(near);
				return give(call, { by, stays, to: leg });
			},
		},
	});
	for (const leg of [by, stays]) call.put(leg);
	inner.begin(far);
	inner.begin(near);
	far.enter();
	try {
		inner.finish(await exchange.walk(inner, dial(target)));
		call.note(by, 'takes the call back: nobody answered');
		call.put(by, stays);
		call.put(stays, by);
	} catch (error) {
		// Somebody hung up while the other one was asked
		if (error instanceof CallOver && !call.isOver) call.over(ENDINGS.ordered);
		throw error;
	} finally {
		if (!inner.isOver) inner.finish(ENDINGS.talked);
		call.rest();
	}
}

/** Who asked hangs up; the other two talk until one of them does. */
async function give(
	call: SimulatedCall,
	{ by, stays, to }: { by: Leg; stays: Leg; to: Leg },
): Promise<never> {
	await until(call, ASKS);
	call.note(by, `gives the call to ${to.label}`);
	call.end(by, ENDINGS.talked);
	call.settle();
	const { next } = call;
	const isMine = next?.do === 'hangUp';
	await until(call, isMine ? Math.max(0, call.due(next) - call.clock.time) : SMALL_TALK);
	if (isMine) call.take();
	const first = isMine && next.by !== undefined && next.by !== 'caller' ? to : stays;
	call.note(first, 'hangs up');
	call.end(first, ENDINGS.talked);
	call.end(first === to ? stays : to, ENDINGS.talked);
	call.finish(ENDINGS.talked);
	throw new CallOver();
}

/** Waits; whoever is made to hang up meanwhile ends everything. */
async function until(call: SimulatedCall, seconds: number): Promise<void> {
	try {
		await call.waitUntil(call.clock.time + seconds);
	} catch (error) {
		if (!(error instanceof Interrupted)) throw error;
		if (error.what.kind === 'hangup') call.over(ENDINGS.ordered);
	}
}
