import type { Doc, Fields } from '../../store/database';
import { hex } from '../../values/ids';
import type { SimulatedCall } from '../call';
import { asksForPin, conferenceOf, type Participant, roleOf, type Room } from '../conferences';
import { ENDINGS } from '../endings';
import type { Step } from '../steps';
import { ANNOUNCEMENT, type Module } from './outcome';

/** How often somebody may try. */
const TRIES = 3;

/** Asks for digits until some fit. */
async function asked<T>(
	call: SimulatedCall,
	question: string,
	fits: (digits: string) => T | undefined,
): Promise<T | undefined> {
	for (let tries = 0; tries < TRIES; tries++) {
		call.note(call.caller, question);
		const digits = (await call.listen(ANNOUNCEMENT, true)) ?? (await call.listen(10, true));
		const found = digits === undefined ? undefined : fits(digits.replace(/#$/, ''));
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Does what the caller does in a conference: he speaks, hangs up, or is there. Comes back only by an exception. */
async function stay(call: SimulatedCall, room: Room, self: Participant): Promise<never> {
	for (;;) {
		const { next: step } = call;
		if (!step) await call.waitUntil(call.clock.time + 60 * 60);
		else {
			await call.waitUntil(call.due(step));
			call.take();
			await act(call, room, self, step);
		}
	}
}

async function act(call: SimulatedCall, room: Room, self: Participant, step: Step): Promise<void> {
	switch (step.do) {
		case 'hangUp':
			call.note(call.caller, 'hangs up');
			return call.over();
		case 'talk':
			call.note(call.caller, self.speaks ? `speaks for ${step.seconds} seconds` : 'speaks, but is muted');
			room.talk(self, true);
			await call.waitUntil(call.clock.time + step.seconds);
			return room.talk(self, false);
		case 'digits':
			return call.note(call.caller, `presses ${step.digits}`);
		default:
			return call.note('sandbox', `"${step.do}" is not possible in a conference`);
	}
}

const traitsOf = (doc: Doc | undefined, isModerator: boolean) => {
	const settings = ((isModerator ? doc?.moderator : doc?.member) ?? {}) as Fields;
	return { isModerator, speaks: settings.join_muted !== true, hears: settings.join_deaf !== true };
};

/**
 * `conference`: the caller joins the one that the step names, or the one whose number he enters; a PIN is asked for
 * where there is one, and tells moderators from members. He stays until he hangs up or is put out.
 */
export const conference: Module = async (call, data) => {
	call.pickUp();
	const docs = call.directory.list('conference');
	let doc = call.directory.get('conference', data.id);
	let isModerator = data.moderator === true;
	if (data.id === undefined && data.config === undefined) {
		const entered = await asked(call, 'is asked for the number of the conference', (number) => {
			const found = conferenceOf(docs, number);
			return found && { found, role: roleOf(found, 'numbers', number) };
		});
		if (!entered) return { end: ENDINGS.talked };
		doc = entered.found;
		isModerator = entered.role ?? isModerator;
	}
	if (asksForPin(doc) && !isModerator) {
		const role = await asked(call, 'is asked for the PIN', (pin) => roleOf(doc, 'pins', pin));
		if (role === undefined) return { end: ENDINGS.talked };
		isModerator = role;
	}
	const id = doc?._id ?? String(data.id ?? hex());
	const room = call.exchange.conferences.open(call.account._id, id);
	const most = Number(doc?.max_participants ?? Infinity);
	if (room.isLocked || room.participants.length >= most) {
		call.note(call.caller, `hears that the conference is ${room.isLocked ? 'locked' : 'full'}`);
		return { end: ENDINGS.talked };
	}
	const self = room.enter(call, traitsOf(doc, isModerator));
	call.note(call.caller, `joins the conference "${String(doc?.name ?? id)}"`);
	try {
		return await stay(call, room, self);
	} finally {
		room.leave(self);
	}
};
