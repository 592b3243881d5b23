import type { SimulatedCall } from './call';
import { type Ending, ENDINGS } from './endings';
import { Interrupted, TalkOver } from './interruption';
import type { Leg } from './leg';
import { park } from './park';
import { SMALL_TALK, type Step } from './steps';
import { consult, release, transfer } from './transfer';

/** The leg's voice, as the step calls it: who hangs up? */
const isCallee = (step: Step): boolean => step.by !== undefined && step.by !== 'caller';

/** Ends a conversation: the one who hangs up is gone first. */
function hangUp(call: SimulatedCall, first: Leg, second: Leg, ending: Ending = ENDINGS.talked): never {
	call.note(first, 'hangs up');
	if (call.comesBack && first !== call.caller) {
		release(call, first, ending);
		throw new TalkOver();
	}
	call.stopRecording();
	// Which of the two ends is told first, a real one does not always do in the same way
	const [one, other] = call.isTurned ? [second, first] : [first, second];
	call.end(one, ending);
	call.end(other, ending);
	return call.over(ending);
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
			if (error instanceof Interrupted) await interrupted(call, partner, error);
			else throw error;
		}
	}
}

async function hold(call: SimulatedCall, leg: Leg, seconds: number): Promise<void> {
	call.hold(leg, true);
	await call.waitUntil(call.clock.time + seconds);
	call.hold(leg, false);
}

/** False when the step makes no sense here. */
async function doStep(call: SimulatedCall, partner: Leg, step: Step): Promise<boolean> {
	switch (step.do) {
		case 'hangUp':
			return isCallee(step) ? hangUp(call, partner, call.caller) : hangUp(call, call.caller, partner);
		case 'hold':
			await hold(call, step.by === 'caller' ? call.caller : partner, step.seconds);
			return true;
		case 'transfer':
			if (!step.attended) return transfer(call, partner, String(step.to));
			await consult(call, { by: partner, stays: call.caller, target: String(step.to) });
			return true;
		case 'park':
			return talk(call, await park(call, step.slot, partner));
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

async function interrupted(call: SimulatedCall, partner: Leg, { what }: Interrupted): Promise<void> {
	// What is thrown by a step of ours has let the partner go already.
	if (partner.ended !== undefined) throw new Interrupted(what);
	const { caller } = call;
	if (what.kind === 'hangup') {
		if (what.leg === partner) hangUp(call, partner, caller, ENDINGS.ordered);
		else hangUp(call, caller, partner, ENDINGS.ordered);
	} else if (what.kind === 'consult') {
		const [by, stays] = what.leg === partner ? [partner, caller] : [caller, partner];
		await consult(call, { by, stays, target: what.target });
	} else if (what.kind === 'redirect') {
		call.part();
		if (what.target !== undefined) transfer(call, partner, what.target);
		release(call, partner);
		throw new Interrupted(what);
	}
}
