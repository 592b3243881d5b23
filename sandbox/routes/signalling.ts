import { mayReach } from '../auth/authorise';
import type { Call, Handler, Route } from '../request/call';
import { requestValue } from '../request/call';
import { stamp } from '../calls/stamp';
import type { Doc, Fields, View } from '../store/database';
import { hex } from '../values/ids';
import { list } from '../documents/listing';
import { present } from '../store/merge';
import { normaliseNumber } from '../values/phone-numbers';
import { badIdentifier, fieldError, Refusal } from '../request/refusal';

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
		throw new Refusal(400, "Contact doesn't match whitelist", normaliseNumber(contact));
	}
	return {
		run: () => ({
			data: originationOf(call, doc, contact, startCall(call, contact, String(doc.extension))),
			...(call.kernel.profile === 5 && call.verb === 'POST' ? { status: 202 } : undefined),
		}),
	};
};

/** What the media switch is asked to do, as the server shows it; only what is set. */
function originationOf(call: Call, doc: Doc, given: string, callId: string): Fields {
	const { _id: accountId, realm } = call.account as Doc;
	const contact = normaliseNumber(given);
	const route = normaliseNumber(String(doc.extension));
	const shown = String(doc.caller_id_number ?? contact);
	const callee = {
		route,
		name: doc.outbound_callee_id_name ?? route,
		number: normaliseNumber(String(doc.outbound_callee_id_number ?? route)),
	};
	const caller = { route: contact, name: doc.name, number: shown };
	const [first, second] = doc.dial_first === 'contact' ? [callee, caller] : [caller, callee];
	const address = `${shown}@${String(realm)}`;
	const optional: Fields = {
		bypass_media: doc.bypass_media,
		hold_media: (doc.music_on_hold as Fields | undefined)?.media_id,
		presence_id: doc.presence_id,
		ringback: doc.ringback,
		custom_sip_headers: doc.custom_sip_headers,
	};
	return {
		application_name: 'transfer',
		application_data: { route: first.route },
		call_id: callId,
		endpoints: [{ invite_format: 'loopback', route: second.route, to_did: second.route, to_realm: realm }],
		timeout: doc.timeout ?? 30,
		ignore_early_media: (doc.media as Fields | undefined)?.ignore_early_media ?? true,
		...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
		outbound_callee_id_name: second.name,
		outbound_callee_id_number: second.number,
		outbound_caller_id_name: first.name,
		outbound_caller_id_number: first.number,
		outbound_call_id: callId,
		origination_call_id: callId,
		dial_endpoint_method: 'single',
		continue_on_fail: true,
		custom_channel_vars: {
			account_id: accountId,
			auto_answer_loopback: call.query.auto_answer !== 'false',
			authorizing_id: doc._id,
			authorizing_type: 'clicktocall',
			loopback_request_uri: address,
			from_uri: `${callee.number}@${String(realm)}`,
			request_uri: address,
			inherit_codec: false,
			retain_cid: true,
		},
		custom_application_vars: {},
		export_custom_channel_vars: [
			'Account-ID',
			'Authorizing-ID',
			'Authorizing-Type',
			'Loopback-Request-URI',
			'From-URI',
			'Request-URI',
		],
		simplify_loopback: false,
		loopback_bowout: false,
		start_control_process: false,
	};
}

/** Calls that were asked for before, by their click-to-call and time. */
const HISTORY: View = {
	types: ['c2c_history'],
	key: (doc) => [doc.clicktocall_id as string, doc.pvt_created],
};

const listHistory: Handler = (call) =>
	list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: HISTORY,
		prefix: [call.params.id as string],
		show: present,
	});

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
	{ path: `${A}/clicktocall/{id}/history`, handlers: { GET: listHistory } },
	{ path: `${A}/registrations/count`, handlers: { GET: countRegistered } },
	{ path: `${A}/presence`, handlers: { GET: () => ({ data: { timeout: true } }), POST: presence } },
	{
		path: `${A}/presence/{extension}`,
		handlers: { GET: () => ({ data: { timeout: true } }), POST: presence },
	},
	{ path: `${A}/users/{userId}/presence`, handlers: { POST: presence }, profile: 5 },
];
