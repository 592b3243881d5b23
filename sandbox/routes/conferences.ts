import type { Call, Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import {
	byId,
	checkSchema,
	documentAnswer,
	type Draft,
	load,
	type Resource,
	routesOf,
} from '../documents/resource';
import { present } from '../store/merge';
import { Refusal } from '../request/refusal';
import { liveFacts, peopleIn } from './conference-actions';

const A = '/accounts/{accountId}';

export const conferences: Resource = {
	path: `${A}/conferences`,
	type: 'conference',
	schema: 'conferences',
	view: byId('conference'),
	summary: (doc, call) => ({
		id: doc._id,
		name: doc.name,
		owner_id: doc.owner_id,
		member: doc.member,
		moderator: doc.moderator,
		ui_flags: doc.ui_flags,
		conference_numbers: doc.conference_numbers,
		flags: doc.flags ?? [],
		_read_only: liveFacts(call, doc._id),
	}),
	check: checkNumbers,
	show: (doc, call, method) => (method === 'GET' ? { ...present(doc), ...now(call, doc._id) } : present(doc)),
};

/** What it is like at the moment. */
const now = (call: Call, id: string): Fields => ({
	_read_only: { ...liveFacts(call, id), participants: peopleIn(call, id) },
});

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
 * An id that nothing has is that of a conference that callers make by meeting in it, with the settings of the request's
 * data and those that KAZOO has by default.
 */
const readConference: Handler = (call) => {
	const doc = find(call);
	if (doc) return documentAnswer(conferences, call, doc);
	const id = call.params.id as string;
	const data = Array.isArray(call.body.data) ? {} : call.body.data;
	return { data: { ...checkSchema(call, 'conferences', { ...data }, {}), id, ...now(call, id) } };
};

function find(call: Call): Doc | undefined {
	try {
		return load(conferences, call);
	} catch (error) {
		if (error instanceof Refusal) return undefined;
		throw error;
	}
}

/** Conferences as they are stored; what is done to those that are on has its own file. */
export const conferenceRoutes: Route[] = routesOf(conferences).map((route) =>
	route.path.endsWith('{id}') ? { ...route, handlers: { ...route.handlers, GET: readConference } } : route,
);
