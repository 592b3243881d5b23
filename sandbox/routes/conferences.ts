import { type Answer, type Call, type Handler, requestValue, type Route } from '../call';
import type { Doc, Fields } from '../database';
import { accepted, byId, documentAnswer, type Draft, load, type Resource, routesOf } from '../documents';
import { present } from '../merge';
import { faultyRequest, fieldError, Refusal } from '../refusal';

const A = '/accounts/{accountId}';

/** What a conference is like at the moment: none is on. */
const quiet = () => ({ members: 0, moderators: 0, duration: 0, is_locked: false });

const conferences: Resource = {
	path: `${A}/conferences`,
	type: 'conference',
	schema: 'conferences',
	view: byId('conference'),
	summary: (doc) => ({
		id: doc._id,
		name: doc.name,
		owner_id: doc.owner_id,
		member: doc.member,
		moderator: doc.moderator,
		ui_flags: doc.ui_flags,
		conference_numbers: doc.conference_numbers,
		flags: doc.flags ?? [],
		_read_only: quiet(),
	}),
	check: checkNumbers,
	show: (doc, _call, method) => (method === 'GET' ? { ...present(doc), ...now() } : present(doc)),
};

const now = (): Fields => ({ _read_only: { ...quiet(), participants: [] } });

function numbersIn(doc: Fields): string[] {
	const member = doc.member as Fields | undefined;
	const moderator = doc.moderator as Fields | undefined;
	return [doc.conference_numbers, member?.numbers, moderator?.numbers].flatMap((list) =>
		Array.isArray(list) ? (list as string[]) : [],
	);
}

/** A number leads to one conference. */
function checkNumbers({ call, existing, fields, errors }: Draft): void {
	const others = call.kernel.store
		.database((call.account as Doc)._id)
		.list('conference')
		.filter((other) => other._id !== existing?._id);
	const taken = numbersIn(fields).filter((number) =>
		others.some((other) => numbersIn(other).includes(number)),
	);
	if (taken.length > 0) {
		errors.numbers = { unique: { message: 'Numbers already in use', cause: taken.join(',') } };
	}
	if (call.kernel.profile === 5 && others.some((other) => other.name === fields.name)) {
		errors.name = { unique: { message: 'Name already in use', cause: fields.name } };
	}
}

/**
 * The answer about the conference of the path. An id that nothing has is that of a conference that callers make by
 * meeting in it, with no more settings than the request's data.
 */
function conferenceAnswer(call: Call, shown: (known: Fields) => unknown): Answer {
	const doc = find(call);
	if (doc) {
		const answer = documentAnswer(conferences, call, doc);
		return { ...answer, data: shown(answer.data as Fields) };
	}
	const data = Array.isArray(call.body.data) ? {} : call.body.data;
	return { data: shown({ ...data, id: call.params.id, ...now() }) };
}

function find(call: Call): Doc | undefined {
	try {
		return load(conferences, call);
	} catch (error) {
		if (error instanceof Refusal) return undefined;
		throw error;
	}
}

const readConference: Handler = (call) => conferenceAnswer(call, (known) => known);

const listParticipants: Handler = (call) => conferenceAnswer(call, () => []);

const readParticipant: Handler = (call) => conferenceAnswer(call, () => ({}));

const isAction = (call: Call, actions: readonly string[]): boolean =>
	actions.includes(String(requestValue(call, 'action')));

/** KAZOO 4 finds out that it does not know an action when it is about to do it. */
function unknownAction(call: Call): Refusal {
	if (call.kernel.profile === 4) return faultyRequest();
	return fieldError('action', 'enum', 'Value not found in enumerated list of values', {
		value: requestValue(call, 'action'),
	});
}

/** Commands for everybody in a conference; play, dial and record need more than a sandbox has. */
const command: Handler = (call) => {
	if (!isAction(call, ['lock', 'unlock', 'play', 'dial', 'record'])) throw unknownAction(call);
	return { run: () => accepted(call, 'ok') };
};

const PARTICIPANT_ACTIONS = ['mute', 'unmute', 'deaf', 'undeaf', 'kick'] as const;

/** Commands for all participants: the answer shows the conference. */
const commandAll: Handler = (call) => {
	if (!isAction(call, [...PARTICIPANT_ACTIONS, 'play', 'relate'])) throw unknownAction(call);
	const answer = conferenceAnswer(call, ({ _read_only, ...known }) => known);
	return { run: () => (call.kernel.profile === 5 ? accepted(call, answer.data) : answer) };
};

/** Commands for one participant. */
const commandOne: Handler = (call) => {
	if (!isAction(call, [...PARTICIPANT_ACTIONS, 'play'])) throw unknownAction(call);
	return { run: () => accepted(call, 'ok') };
};

/** Conferences, and who takes part in them. */
export const conferenceRoutes: Route[] = [
	...routesOf(conferences).map(
		(route): Route =>
			route.path.endsWith('{id}')
				? { ...route, handlers: { ...route.handlers, GET: readConference, PUT: command } }
				: route,
	),
	{
		path: `${A}/conferences/{id}/participants`,
		handlers: { GET: listParticipants, PUT: commandAll },
	},
	{
		path: `${A}/conferences/{id}/participants/{participantId}`,
		handlers: { GET: readParticipant, PUT: commandOne },
	},
];
