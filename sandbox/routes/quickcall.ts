import { mayReach } from '../auth/authorise';
import type { Call, Handler, Prepared, Route } from '../request/call';
import { requestValue } from '../request/call';
import { Directory, type Endpoint } from '../calls/directory';
import { ENDINGS } from '../calls/endings';
import type { Doc, Fields } from '../store/database';
import { accepted } from '../documents/resource';
import { hex } from '../values/ids';
import { isReconcilable } from '../values/phone-numbers';
import { badIdentifier, notFound, Refusal } from '../request/refusal';
import { crossbarSetting } from '../store/system-settings';

/**
 * A call by a click: a phone of the account rings, and when it is picked up, a number (async.md, 7). GET says at once
 * that it was asked for; POST waits until the phone was picked up, and is a 500 when that cannot be. Of several phones
 * the first that can ring does; one that passes its calls on rings where it passes them to.
 */

const TYPES: Record<string, string> = { users: 'user', devices: 'device' };

/** What people write in numbers for the eye. */
const DECORATION = /[ ,.()-]/g;

/** Seconds that a phone rings unless told otherwise, and what is too short to be meant. */
const TIMEOUT = 30;
const TOO_SHORT = 3;

function holderOf(call: Call): Doc | undefined {
	const { endpointType, endpointId } = call.params;
	const type = TYPES[endpointType as string];
	if (type === undefined) throw notFound();
	return call.kernel.store.database((call.account as Doc)._id).get(endpointId as string, type);
}

/** Phones that KAZOO would try: all that are switched on and may be disturbed, registered or not. */
function endpointsOf(call: Call, holder: Doc): Endpoint[] {
	const directory = new Directory(call.kernel.store, call.account as Doc);
	const endpoints =
		holder.pvt_type === 'device' ? [directory.endpoint(holder)] : directory.endpointsOf(holder);
	return endpoints.filter(({ isBarred }) => !isBarred);
}

/** The number to call, by the rule of `number_filter`: without decoration, as it is, or what an expression captures. */
function numberOf(call: Call): string {
	const number = String(call.params.number);
	const filter = call.query.number_filter ?? 'true';
	if (filter === 'false') return number;
	if (filter === 'true') return number.replace(DECORATION, '');
	try {
		return new RegExp(filter).exec(number)?.[1] ?? number;
	} catch {
		return number;
	}
}

/** What the switch is asked to do, as the answer shows it. */
function requestOf(call: Call, holder: Doc, endpoints: Endpoint[]): Fields {
	const directory = new Directory(call.kernel.store, call.account as Doc);
	const number = numberOf(call);
	const owner = holder.pvt_type === 'user' ? holder : directory.get('user', holder.owner_id);
	const own = endpoints[0]?.phone.id;
	const shown = isReconcilable(number) ? directory.external(owner) : own;
	const timeout = Number(requestValue(call, 'timeout'));
	const autoAnswer = String(call.query.auto_answer ?? 'true') !== 'false';
	return {
		application_name: 'transfer',
		application_data: { route: call.params.number },
		continue_on_fail: false,
		custom_channel_vars: {
			account_id: (call.account as Doc)._id,
			authorizing_id: holder._id,
			authorizing_type: holder.pvt_type,
			inherit_codec: 'false',
			retain_cid: String(requestValue(call, 'cid-number') !== undefined),
		},
		dial_endpoint_method: 'simultaneous',
		endpoints: endpoints.map(({ phone }) => ({
			endpoint_id: phone.device._id,
			to_username: phone.username,
			outbound_call_id: `${hex(18)}-quickcall`,
			...(endpoints.length === 1 ? { custom_channel_vars: { auto_answer: autoAnswer } } : undefined),
		})),
		ignore_early_media: String(requestValue(call, 'ignore-early-media') ?? 'true') !== 'false',
		media: requestValue(call, 'media') === 'bypass' ? 'bypass' : 'process',
		outbound_callee_id_name: requestValue(call, 'cid-name') ?? shown?.name,
		outbound_callee_id_number: requestValue(call, 'cid-number') ?? shown?.number,
		outbound_caller_id_name: 'Device QuickCall',
		outbound_caller_id_number: number,
		timeout: timeout > TOO_SHORT ? timeout : TIMEOUT,
	};
}

const failed = (cause: string): Refusal =>
	new Refusal(500, 'quickcall initiation failed', { error_message: cause });

const quickcall: Handler = (call): Prepared => {
	const holder = holderOf(call);
	if (!holder) throw badIdentifier(String(call.params.endpointId));
	const endpoints = endpointsOf(call, holder);
	if (endpoints.length === 0) {
		throw new Refusal(500, 'unspecified_fault', { message: 'unspecified fault' });
	}
	const { calls } = call.kernel;
	const request = requestOf(call, holder, endpoints);
	const first = endpoints.find(({ silent }) => silent === undefined);
	const start = () =>
		first &&
		calls.start(
			{
				from: first.forward ?? first.phone.device._id,
				to: numberOf(call),
				account: (call.account as Doc)._id,
			},
			{ originated: true },
		);
	if (call.verb === 'GET') {
		return {
			run: () => {
				start();
				return accepted(call, request);
			},
		};
	}
	let callId = '';
	return {
		probe: async () => {
			const started = start();
			if (!started) throw failed(ENDINGS.unreachable.cause);
			callId = started.caller.id;
			const cause = await calls.untilAnswered(started);
			if (cause !== undefined) throw failed(cause);
		},
		run: () => accepted(call, { ...request, call_id: callId }),
	};
};

/** Nobody needs to log in, unless the system's settings say so and the phone's or user's own do not. */
const mayCall = (call: Call): boolean => {
	const { account, auth, kernel } = call;
	if (auth) return mayReach(call, (account as Doc)._id);
	const holder = holderOf(call);
	if (holder?.allow_anonymous_quickcalls === true) return true;
	return crossbarSetting(kernel.store, 'default_allow_anonymous_quickcalls') !== false;
};

/** Calls by a click. */
export const quickcallRoutes: Route[] = [
	{
		path: '/accounts/{accountId}/{endpointType}/{endpointId}/quickcall/{number}',
		handlers: { GET: quickcall, POST: quickcall },
		access: mayCall,
	},
];
