import type { Bus } from '../bus/bus';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Clock } from './clock';
import type { Interruption } from './interruption';
import type { Leg } from './leg';
import { defined, NODE, stamp } from './stamp';

/**
 * Conferences that are on: who is in which, and what may be done to them. The events are those of blackhole.md 4.1
 * with the payloads of the recorded frames; participants look as async.md, section 5, and KAZOO's documentation say:
 * flags among `conference_channel_vars`, as they are in events.
 */

/** Loudness of a voice that a conference takes for one, as KAZOO's profiles have it. */
const ENERGY = 20;

export const PARTICIPANT_ACTIONS = ['mute', 'unmute', 'deaf', 'undeaf', 'kick'] as const;

export type ParticipantAction = (typeof PARTICIPANT_ACTIONS)[number];

/** What a conference needs of the call of somebody who is in it. */
export interface Attendance {
	readonly clock: Clock;
	readonly caller: Leg;
	note(leg: Leg | string, what: string): void;
	interrupt(what: Interruption): void;
	startRecording(leg: Leg): void;
	stopRecording(): void;
}

/** Somebody in a conference. */
export interface Participant {
	id: number;
	call: Attendance;
	isModerator: boolean;
	speaks: boolean;
	hears: boolean;
	isTalking: boolean;
	/** Gregorian seconds of the participant's call. */
	joined: number;
}

/** One conference, from the first who comes to the last who goes. */
export class Room {
	isLocked = false;
	isRecorded = false;
	private readonly instance = hex();
	private readonly people = new Map<number, Participant>();
	private lastId = 0;
	/** Gregorian second at which the first came. */
	private opened = 0;

	constructor(
		private readonly bus: Bus,
		readonly accountId: string,
		readonly id: string,
		private readonly onEmpty: () => void,
	) {}

	get participants(): Participant[] {
		return [...this.people.values()];
	}

	participant(id: number): Participant | undefined {
		return this.people.get(id);
	}

	/** Seconds since the first came. */
	get duration(): number {
		const [first] = this.people.values();
		return first ? Math.max(0, Math.round(first.call.clock.time - this.opened)) : 0;
	}

	/** Lets somebody in. */
	enter(call: Attendance, traits: Pick<Participant, 'isModerator' | 'speaks' | 'hears'>): Participant {
		const participant = { ...traits, id: ++this.lastId, call, isTalking: false, joined: call.clock.now };
		if (this.people.size === 0) {
			this.opened = call.clock.time;
			this.publish('conference-create');
		}
		this.people.set(participant.id, participant);
		this.publish('add-member', participant);
		return participant;
	}

	leave(participant: Participant): void {
		if (!this.people.delete(participant.id)) return;
		this.publish('del-member', participant);
		if (this.people.size > 0) return;
		this.publish('conference-destroy');
		this.onEmpty();
	}

	/** Locks it, or opens it again. */
	lock(isLocked: boolean): void {
		if (this.isLocked === isLocked) return;
		this.isLocked = isLocked;
		this.publish(isLocked ? 'lock' : 'unlock');
	}

	/** Somebody begins to speak, or is silent again; who is muted speaks unheard. */
	talk(participant: Participant, isTalking: boolean): void {
		if (participant.isTalking === isTalking || (isTalking && !participant.speaks)) return;
		participant.isTalking = isTalking;
		this.publish(isTalking ? 'start-talking' : 'stop-talking', participant);
	}

	/** Everybody hears something, or one of them. */
	play(what: string, people = this.participants): void {
		for (const { call } of people) call.note(call.caller, `hears ${what}`);
	}

	act(action: ParticipantAction, participant: Participant): void {
		switch (action) {
			case 'mute':
			case 'unmute':
				return this.switch(participant, 'speaks', action === 'unmute', `${action}-member`);
			case 'deaf':
			case 'undeaf':
				return this.switch(participant, 'hears', action === 'undeaf', `${action}-member`);
			case 'kick':
				participant.call.note(participant.call.caller, 'is put out of the conference');
				participant.call.interrupt({
					kind: 'redirect',
					flow: { module: 'hangup', data: {} },
				});
		}
	}

	private switch(participant: Participant, flag: 'speaks' | 'hears', isOn: boolean, event: string): void {
		if (participant[flag] === isOn) return;
		if (flag === 'speaks' && !isOn) this.talk(participant, false);
		participant[flag] = isOn;
		this.publish(event, participant);
	}

	private publish(event: string, participant?: Participant): void {
		this.bus.publish('kapi_conference:publish_event', {
			...stamp('ecallmgr', NODE, 'conference', 'event'),
			Event: event,
			'Account-ID': this.accountId,
			'Conference-ID': this.id,
			'Instance-ID': this.instance,
			...(participant ? memberOf(participant) : undefined),
		});
	}
}

/** What an event tells of somebody. */
function memberOf(participant: Participant): Fields {
	const { caller } = participant.call;
	return defined({
		'Call-ID': caller.id,
		'Participant-ID': participant.id,
		'Caller-ID-Name': caller.caller.name,
		'Caller-ID-Number': caller.caller.number,
		'Channel-Presence-ID': caller.presence,
		'Custom-Channel-Vars': caller.vars,
		'Conference-Channel-Vars': flagsOf(participant),
	});
}

function flagsOf({ isModerator, speaks, hears, isTalking }: Participant): Fields {
	return {
		'Is-Moderator': isModerator,
		Speak: speaks,
		Hear: hears,
		Talking: isTalking,
		'Mute-Detect': false,
		Floor: isTalking,
		Video: false,
		'Energy-Level': ENERGY,
		'Current-Energy': isTalking ? ENERGY * 10 : 0,
	};
}

/** Somebody in a conference on the bus, with how long he has been there. */
export function messageOf(room: Room, participant: Participant): Fields {
	return {
		...memberOf(participant),
		'Conference-Name': room.id,
		'Join-Time': participant.joined,
		Duration: participant.call.clock.now - participant.joined,
	};
}

/** All conferences that are on. */
export class Conferences {
	private readonly rooms = new Map<string, Room>();

	constructor(private readonly bus: Bus) {}

	/** One that is on. */
	find(accountId: string, id: string): Room | undefined {
		return this.rooms.get(`${accountId}/${id}`);
	}

	/** The same, or a new one that somebody is about to enter. */
	open(accountId: string, id: string): Room {
		const key = `${accountId}/${id}`;
		let room = this.rooms.get(key);
		if (!room) this.rooms.set(key, (room = new Room(this.bus, accountId, id, () => this.rooms.delete(key))));
		return room;
	}
}

const listOf = (holder: unknown, key: string): unknown[] => {
	const value = (holder as Fields | undefined)?.[key];
	return Array.isArray(value) ? value : [];
};

/** Whether a number or PIN makes whoever uses it a moderator, a member, or nobody. */
export function roleOf(doc: Doc | undefined, key: 'numbers' | 'pins', used: string): boolean | undefined {
	if (listOf(doc?.moderator, key).includes(used)) return true;
	return listOf(doc?.member, key).includes(used) ? false : undefined;
}

/** Whether it asks for a PIN. */
export function asksForPin(doc: Doc | undefined): boolean {
	return listOf(doc?.moderator, 'pins').length + listOf(doc?.member, 'pins').length > 0;
}

/** The conference that has a number of its own. */
export function conferenceOf(docs: Doc[], number: string): Doc | undefined {
	return docs.find(
		(doc) =>
			listOf(doc, 'conference_numbers').includes(number) || roleOf(doc, 'numbers', number) !== undefined,
	);
}
