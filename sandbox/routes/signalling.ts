import { mayReach } from '../auth/authorise';
import type { Call, Handler, Route } from '../call';
import { requestValue } from '../call';
import type { Doc } from '../database';
import { badIdentifier, fieldError, Refusal } from '../refusal';

const A = '/accounts/{accountId}';

const PRESENCE = ['confirmed', 'early', 'terminated'];

const presence: Handler = (call) => {
	const { action, state, reset } = { ...(call.body.data as Record<string, unknown>) };
	if (action !== 'set' && action !== 'reset' && reset !== true) {
		throw new Refusal(400, 'validation error', {
			action: { invalid: { message: 'Field must be set to a valid action', target: 'invalid' } },
		});
	}
	if (action === 'set' && !PRESENCE.includes(String(state))) {
		throw new Refusal(400, 'validation error', {
			state: { invalid: { message: 'Field must be set to a valid state', target: 'invalid' } },
		});
	}
	return {
		run: () => ({ data: 'command sent', ...(call.kernel.profile === 5 ? { status: 202 } : undefined) }),
	};
};

/** Rings one side and then the other. Nobody really rings here yet: the request is answered. */
const connect: Handler = (call) => {
	const id = call.params.id as string;
	const doc = call.kernel.store.database((call.account as Doc)._id).get(id, 'click2call');
	if (!doc) throw badIdentifier(id);
	const contact = requestValue(call, 'contact');
	if (typeof contact !== 'string') {
		throw fieldError('contact', 'required', 'The contact extension for this click to call has not been set');
	}
	const allowed = doc.whitelist as string[] | undefined;
	if (allowed?.length && !allowed.some((pattern) => new RegExp(pattern).test(contact))) {
		throw new Refusal(400, "Contact doesn't match whitelist", {});
	}
	return {
		run: () => ({
			data: { contact, call_id: `${call.requestId}-clicktocall` },
			...(call.kernel.profile === 5 && call.verb === 'POST' ? { status: 202 } : undefined),
		}),
	};
};

/** A click-to-call that needs no log-in is anybody's. */
const mayConnect = (call: Call): boolean => {
	const doc = call.kernel.store
		.database((call.account as Doc)._id)
		.get(call.params.id as string, 'click2call');
	return doc?.auth_required === false || mayReach(call, (call.account as Doc)._id);
};

/** What reaches telephones and comes from them without being a call's document: presence, events, click-to-call. */
export const signallingRoutes: Route[] = [
	{ path: `${A}/clicktocall/{id}/connect`, handlers: { GET: connect, POST: connect }, access: mayConnect },
	{ path: `${A}/registrations/count`, handlers: { GET: () => ({ data: { count: 0 } }) } },
	{ path: `${A}/presence`, handlers: { GET: () => ({ data: { timeout: true } }), POST: presence } },
	{
		path: `${A}/presence/{extension}`,
		handlers: { GET: () => ({ data: { timeout: true } }), POST: presence },
	},
	{ path: `${A}/users/{userId}/presence`, handlers: { POST: presence }, profile: 5 },
];
