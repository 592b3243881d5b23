import { mayReach } from '../auth/authorise';
import type { Call, Handler, Route } from '../call';
import { requestValue } from '../call';
import { stamp } from '../calls/stamp';
import type { Doc } from '../database';
import { hex } from '../ids';
import { badIdentifier, fieldError, Refusal } from '../refusal';

const A = '/accounts/{accountId}';

const PRESENCE = ['confirmed', 'early', 'terminated'];

/** Switches the lamp of an extension, or of a user, on all phones that watch it. */
function setLamp(call: Call, state: string): void {
	const account = call.account as Doc;
	const user = call.kernel.store.database(account._id).get(String(call.params.userId), 'user');
	const extension = call.params.extension ?? user?.presence_id;
	if (extension === undefined) return;
	const address = `${String(extension)}@${String(account.realm)}`;
	call.kernel.bus.publish('kapi_presence:publish_update', {
		...stamp('crossbar', 'crossbar@apps1.sandbox.example', 'presence', 'update'),
		'Presence-ID': address,
		State: state,
		'Call-ID': hex(),
		From: address,
		To: address,
	});
}

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
		run: () => {
			if (action === 'set') setLamp(call, String(state));
			return { data: 'command sent', ...(call.kernel.profile === 5 ? { status: 202 } : undefined) };
		},
	};
};

/** Whether a text fits a pattern; one that cannot be read fits nothing. */
function matches(pattern: string, text: string): boolean {
	try {
		return new RegExp(pattern).test(text);
	} catch {
		return false;
	}
}

/** How many phones are registered. */
const countRegistered: Handler = (call) => {
	const phones = call.kernel.store.database((call.account as Doc)._id).list('device');
	return { data: { count: phones.filter((phone) => phone.pvt_registered === true).length } };
};

/** Rings one side and then the other. */
const connect: Handler = (call) => {
	const id = call.params.id as string;
	const doc = call.kernel.store.database((call.account as Doc)._id).get(id, 'click2call');
	if (!doc) throw badIdentifier(id);
	const contact = requestValue(call, 'contact');
	if (typeof contact !== 'string') {
		throw fieldError('contact', 'required', 'The contact extension for this click to call has not been set');
	}
	const allowed = doc.whitelist as string[] | undefined;
	if (allowed?.length && !allowed.some((pattern) => matches(pattern, contact))) {
		throw new Refusal(400, "Contact doesn't match whitelist", {});
	}
	return {
		run: () => ({
			data: { contact, call_id: startCall(call, contact, String(doc.extension)) },
			...(call.kernel.profile === 5 && call.verb === 'POST' ? { status: 202 } : undefined),
		}),
	};
};

/** Whoever pressed the button calls the extension. Gives back the id of his leg. */
function startCall(call: Call, contact: string, extension: string): string {
	const account = (call.account as Doc)._id;
	return call.kernel.calls.start({ from: contact, to: extension, account }).caller.id;
}

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
	{ path: `${A}/registrations/count`, handlers: { GET: countRegistered } },
	{ path: `${A}/presence`, handlers: { GET: () => ({ data: { timeout: true } }), POST: presence } },
	{
		path: `${A}/presence/{extension}`,
		handlers: { GET: () => ({ data: { timeout: true } }), POST: presence },
	},
	{ path: `${A}/users/{userId}/presence`, handlers: { POST: presence }, profile: 5 },
];
