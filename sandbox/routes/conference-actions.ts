import type { Answer, Call, Handler, Prepared, Route } from '../request/call';
import { dataObject, requestValue } from '../request/call';
import type { SimulatedCall } from '../calls/call';
import {
	messageOf,
	type Participant,
	PARTICIPANT_ACTIONS,
	type ParticipantAction,
	type Room,
} from '../calls/conferences';
import { Directory, type Endpoint } from '../calls/directory';
import { ENDINGS } from '../calls/endings';
import type { Doc, Fields } from '../store/database';
import { accepted, checkSchema } from '../documents/resource';
import { hex } from '../values/ids';
import { snaked } from '../bus/messages';
import { present } from '../store/merge';
import { isReconcilable, normaliseNumber } from '../values/phone-numbers';
import {
	badIdentifier,
	faultyRequest,
	fieldError,
	type FieldErrors,
	Refusal,
	validationError,
} from '../request/refusal';

/**
 * What may be done to conferences that are on (async.md, section 5). A conference need not be stored: the id counts.
 * Nothing that is asked for of a conference without people is an error.
 */

const A = '/accounts/{accountId}/conferences';

const idOf = (call: Call): string => call.params.id as string;

const roomOf = (call: Call): Room | undefined =>
	call.kernel.calls.conferences.find((call.account as Doc)._id, idOf(call));

const shown = (room: Room, participant: Participant): Fields =>
	snaked(messageOf(room, participant)) as Fields;

/** What goes on in a conference, as lists and single ones show it. */
export function liveFacts(call: Call, id: string): Fields {
	const room = call.kernel.calls.conferences.find((call.account as Doc)._id, id);
	const people = room?.participants ?? [];
	const moderators = people.filter(({ isModerator }) => isModerator).length;
	return {
		members: people.length - moderators,
		moderators,
		duration: room?.duration ?? 0,
		is_locked: room?.isLocked ?? false,
	};
}

/** Everybody in it. */
export function peopleIn(call: Call, id: string): Fields[] {
	const room = call.kernel.calls.conferences.find((call.account as Doc)._id, id);
	return room ? room.participants.map((participant) => shown(room, participant)) : [];
}

/** Parameters of an action, which are at `data` inside of the data, or are the data. */
function parametersOf(call: Call, action: string): Fields {
	const data = requestValue(call, 'data');
	if (typeof data !== 'object' || data === null) {
		throw fieldError('data', 'required', `action '${action}' requires a data object`);
	}
	return data as Fields;
}

function mediaOf(call: Call): string {
	const { media_id: id } = parametersOf(call, 'play');
	if (typeof id !== 'string' || id === '') {
		throw fieldError('data.media_id', 'required', "action 'play' requires a media ID or URL");
	}
	if (/^https?:/.test(id)) return id;
	const media = call.kernel.store.database((call.account as Doc)._id).get(id, 'media');
	if (!media) throw badIdentifier(id);
	return `the recording "${String(media.name ?? id)}"`;
}

/** What a handler does when everything is in order, and what it says then. */
const doing = (call: Call, says: unknown, act: () => void): Prepared => ({
	run: () => {
		act();
		return accepted(call, says);
	},
});

const lock =
	(isLocked: boolean) =>
	(call: Call): Prepared =>
		doing(call, 'ok', () => roomOf(call)?.lock(isLocked));

const play = (call: Call): Prepared => {
	const what = mediaOf(call);
	return doing(call, 'ok', () => roomOf(call)?.play(what));
};

const RECORDING: Record<string, string> = { start: 'starting recording', stop: 'stopping recording' };

const record = (call: Call): Prepared => {
	const { action } = parametersOf(call, 'record');
	if (action === undefined) throw fieldError('data.action', 'required', 'recording requires an action');
	const says = RECORDING[String(action)];
	if (says === undefined) {
		throw fieldError('data.action', 'enum', 'Value not found in enumerated list of values', {
			target: Object.keys(RECORDING),
			value: action,
		});
	}
	return doing(call, says, () => {
		const room = roomOf(call);
		const [first] = room?.participants ?? [];
		if (!room || !first) return;
		// The sound is kept with the call of whoever came first.
		if (action === 'start') first.call.startRecording(first.call.caller);
		else for (const { call: each } of room.participants) each.stopRecording();
	});
};

/** A call that is to come into the conference: who is rung up, by what he is called in the request. */
interface Invitation {
	endpoint: string;
	from: string;
}

/** Digits up to which KAZOO takes a text for an extension. */
const LONGEST_EXTENSION = 6;

/**
 * Who is meant by an endpoint, by its place counted from 1 as KAZOO does: a user's phones, whom an extension rings, a
 * number. KAZOO 4 finds devices and has no way to them, and passes over ids of nothing.
 */
function invitationsOf(call: Call, endpoint: unknown, place: number, errors: FieldErrors): Invitation[] {
	const { store, profile } = call.kernel;
	const directory = new Directory(store, call.account as Doc);
	const path = `data.endpoints.${place}`;
	if (typeof endpoint !== 'string') {
		// A device described in the request has nobody behind it here.
		errors[path] = { enum: { message: 'endpoint is not one that can be rung here', value: endpoint } };
		return [];
	}
	const toDevice = (id: string) => ({ endpoint, from: id });
	const toUser = (user: Doc) => directory.endpointsOf(user).map(({ phone }) => toDevice(phone.device._id));
	const device = directory.get('device', endpoint);
	if (device && profile === 5) return [toDevice(device._id)];
	if (device) {
		errors[path] = { not_found: { message: `ID ${endpoint} not found` } };
		return [];
	}
	const user = directory.get('user', endpoint);
	if (user) return toUser(user);
	if (/^[^:]{32}$/.test(endpoint)) return [];
	const number = endpoint.replace(/^sips?:/, '');
	if (isReconcilable(number)) return [{ endpoint, from: normaliseNumber(number) }];
	const phone = directory.findPhone(number);
	if (phone) return [toDevice(phone.device._id)];
	const callflow = store
		.database((call.account as Doc)._id)
		.list('callflow')
		.find(({ numbers }) => Array.isArray(numbers) && numbers.includes(number));
	const { module, data } = (callflow?.flow ?? {}) as { module?: string; data?: { id?: string } };
	const rung = data?.id === undefined ? undefined : directory.get(String(module), data.id);
	if (rung) return module === 'user' ? toUser(rung) : [toDevice(rung._id)];
	if (number.length > LONGEST_EXTENSION)
		errors[path] = { enum: { message: 'Value not a number, device or user ID, or SIP endpoint' } };
	return [];
}

const dial = (call: Call): Prepared => {
	const errors: FieldErrors = {};
	const data = checkSchema(call, 'conferences.dial', parametersOf(call, 'dial'), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const { kernel, account } = call;
	const invitations = (data.endpoints as unknown[]).flatMap((endpoint, index) =>
		invitationsOf(call, endpoint, index + 1, errors),
	);
	const directory = new Directory(kernel.store, account as Doc);
	const reachable = invitations.filter(({ from }) => {
		const device = directory.get('device', from);
		return !device || directory.endpoint(device).isBarred !== true;
	});
	if (reachable.length === 0) {
		const message = 'endpoints failed to resolve to route-able destinations';
		errors['data.endpoints'] = { minItems: { message, target: 1 } };
	}
	if (Object.keys(errors).length > 0) throw validationError(errors);
	let responses: Fields[] = [];
	return {
		probe: async () => {
			responses = await Promise.all(reachable.map((invitation) => invite(call, directory, invitation)));
		},
		run: () => accepted(call, { endpoint_responses: responses }),
	};
};

/** Rings somebody up and has him join; says what came of it. */
async function invite(call: Call, directory: Directory, { endpoint, from }: Invitation): Promise<Fields> {
	const device = directory.get('device', from);
	const { silent, forward } = device ? directory.endpoint(device) : ({} as Partial<Endpoint>);
	const failed = (message: string) => ({ endpoint_id: endpoint, status: 'error', message });
	if (silent !== undefined) return failed(ENDINGS.unreachable.cause);
	const flow = { module: 'conference', data: { id: idOf(call), moderator: false } };
	const request = { from: forward ?? from, to: idOf(call), account: directory.account._id, steps: [] };
	const { calls } = call.kernel;
	const started: SimulatedCall = calls.start(request, { originated: true, flow });
	const cause = await calls.untilAnswered(started);
	if (cause !== undefined) return failed(cause);
	return {
		endpoint_id: endpoint,
		status: 'success',
		message: 'dial resulted in call id',
		call_id: started.caller.id,
		job_id: hex(16),
	};
}

const setVars = (call: Call): Prepared => doing(call, 'vars sent', () => undefined);

const ACTIONS: Record<string, (call: Call) => Prepared> = {
	lock: lock(true),
	unlock: lock(false),
	play,
	dial,
	record,
	vars: setVars,
};

const actOnConference: Handler = (call) => {
	const { profile } = call.kernel;
	const action = requestValue(call, 'action');
	const act = Object.hasOwn(ACTIONS, String(action)) ? ACTIONS[String(action)] : undefined;
	if (act && (profile === 5 || action !== 'vars')) return act(call);
	if (profile === 4) throw faultyRequest();
	throw fieldError('action', 'enum', 'Value not found in enumerated list of values', {
		target: Object.keys(ACTIONS),
		value: action,
	});
};

/** Whether an action for all means somebody: those whom it changes, and none of the moderators; `kick` means all. */
function isMeant(action: ParticipantAction, { isModerator, speaks, hears }: Participant): boolean {
	switch (action) {
		case 'kick':
			return true;
		case 'mute':
		case 'unmute':
			return !isModerator && speaks === (action === 'mute');
		case 'deaf':
		case 'undeaf':
			return !isModerator && hears === (action === 'deaf');
	}
}

const isAction = (action: unknown): action is ParticipantAction =>
	PARTICIPANT_ACTIONS.includes(action as ParticipantAction);

function relate(call: Call): Prepared {
	const errors: FieldErrors = {};
	const data = checkSchema(
		call,
		'metaflows.relate',
		{ ...parametersOf(call, 'relate'), conference_id: idOf(call) },
		errors,
	);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const people = [data.participant_id, data.other_participant].map((id) => {
		const found = roomOf(call)?.participant(Number(id));
		if (!found) throw new Refusal(404, 'bad identifier', { id: Number(id) });
		return found;
	});
	return doing(call, 'relating participants', () => {
		const [one, other] = people as [Participant, Participant];
		const { caller } = other.call;
		one.call.note(one.call.caller, `is related to ${caller.label}: ${String(data.relationship ?? 'clear')}`);
	});
}

const actOnAll: Handler = (call): Prepared | Answer => {
	const action = requestValue(call, 'action');
	if (action === 'play') return play(call);
	if (action === 'relate') return relate(call);
	if (!isAction(action)) throw faultyRequest();
	const doc = call.kernel.store.database((call.account as Doc)._id).get(idOf(call), 'conference');
	// One that is not stored is what the request says of it.
	const known = doc ? present(doc) : { ...dataObject(call), id: idOf(call) };
	return doing(call, known, () => {
		const room = roomOf(call);
		for (const one of room?.participants ?? []) if (isMeant(action, one)) room?.act(action, one);
	});
};

/** The real server takes no id that is no number. */
function participantOf(call: Call): Participant | undefined {
	const id = Number(call.params.participantId);
	if (!Number.isInteger(id)) throw new Refusal(500, 'init failed');
	return roomOf(call)?.participant(id);
}

const actOnOne: Handler = (call) => {
	const action = requestValue(call, 'action');
	if (action === 'play') {
		const what = mediaOf(call);
		const one = participantOf(call);
		return doing(call, 'ok', () => one && roomOf(call)?.play(what, [one]));
	}
	if (!isAction(action)) throw faultyRequest();
	const one = participantOf(call);
	return doing(call, 'ok', () => one && roomOf(call)?.act(action, one));
};

const readOne: Handler = (call) => {
	const room = roomOf(call);
	const found = room?.participants.find(({ id }) => String(id) === call.params.participantId);
	return { data: room && found ? shown(room, found) : {} };
};

/** Conferences that are on. */
export const conferenceActionRoutes: Route[] = [
	{ path: `${A}/{id}`, handlers: { PUT: actOnConference } },
	{
		path: `${A}/{id}/participants`,
		handlers: { GET: (call) => ({ data: peopleIn(call, idOf(call)) }), PUT: actOnAll },
	},
	{ path: `${A}/{id}/participants/{participantId}`, handlers: { GET: readOne, PUT: actOnOne } },
];
