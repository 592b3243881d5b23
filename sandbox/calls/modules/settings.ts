import type { Fields } from '../../store/database';
import { hex } from '../../values/ids';
import { nameOf } from '../directory';
import type { CallerId } from '../leg';
import { CALLFLOW_NODE, notificationOf, stamp } from '../stamp';
import { ANNOUNCEMENT, type Module, ON } from './outcome';

/** Somebody's own settings, switched by dialling. */
export const toggle =
	(field: 'call_forward' | 'do_not_disturb'): Module =>
	async (call, data) => {
		const owner = call.caller.phone?.owner;
		if (!owner) return ON;
		call.pickUp();
		const user = call.directory.get('user', owner._id) ?? owner;
		const before = (user[field] ?? {}) as Fields;
		const isOnNow = before.enabled === true;
		const enabled = data.action === 'toggle' ? !isOnNow : data.action !== 'deactivate';
		const number = enabled && field === 'call_forward' ? await call.listen(10, true) : undefined;
		call.exchange.store.save(call.account._id, {
			...user,
			[field]: { ...before, enabled, ...(number === undefined ? undefined : { number }) },
		});
		const what = field === 'call_forward' ? 'call forwarding' : 'do not disturb';
		call.note(call.caller, `hears that ${what} is ${enabled ? 'on' : 'off'} for ${nameOf(user)}`);
		await call.listen(ANNOUNCEMENT);
		return ON;
	};

const callerId =
	(change: (data: Fields, caller: CallerId) => CallerId): Module =>
	(call, data) => {
		call.caller.caller = change(data, call.caller.caller);
		return ON;
	};

/** `set_cid`: another name and number of the caller. */
export const setCid = callerId((data, caller) => ({
	name: (data.caller_id_name as string | undefined) || caller.name,
	number: (data.caller_id_number as string | undefined) || caller.number,
}));

/** `prepend_cid`: something before the name and number of the caller. */
export const prependCid = callerId((data, caller) => ({
	name: `${String(data.caller_id_name_prefix ?? '')}${caller.name ?? ''}`,
	number: `${String(data.caller_id_number_prefix ?? '')}${caller.number}`,
}));

/** `set_variables`: sets what webhooks and Pivot are told of the call. */
export const setVariables: Module = (call, data) => {
	Object.assign(call.caller.variables, data.custom_application_vars);
	return ON;
};

/** `record_call`: starts or stops a recording. */
export const recordCall: Module = (call, data) => {
	if (data.action === 'stop') call.stopRecording();
	else call.startRecording(call.caller);
	return ON;
};

/** `webhook`: a server is told of the call. */
export const webhook: Module = (call, data) => {
	call.exchange.bus.publish('kapi_notifications:publish_webhook', {
		...stamp('callflow', CALLFLOW_NODE, 'notification', 'webhook'),
		Hook: {
			_id: hex(),
			uri: data.uri,
			http_verb: data.http_verb ?? 'post',
			hook: 'all',
			retries: data.retries ?? 2,
			pvt_account_id: call.account._id,
			custom_data: data.custom_data,
		},
		Data: {
			'Call-ID': call.caller.id,
			'Caller-ID-Name': call.caller.caller.name,
			'Caller-ID-Number': call.caller.caller.number,
			From: call.caller.from,
			To: call.caller.to,
			Request: call.caller.to,
		},
		Timestamp: call.clock.now,
	});
	call.note('sandbox', `sends a webhook to ${String(data.uri)}`);
	return ON;
};

/** `missed_call_alert`: tells somebody at the end, unless somebody answered or a message was left. */
export const missedCallAlert: Module = (call, data) => {
	const recipients = (data.recipients as { type?: string; id?: unknown }[] | undefined) ?? [];
	const to = recipients.flatMap(({ type, id }) => {
		const user = type === 'user' ? call.directory.get('user', id) : undefined;
		return type === 'user' ? [user?.email] : [id].flat();
	});
	call.atEnd.push(() => {
		if (call.bridged || call.left.messages.length > 0) return;
		const { caller, account } = call;
		const dialled = `${caller.destination}@${String(account.realm)}`;
		call.exchange.bus.publish('kapi_notifications:publish_missed_call', {
			...stamp('callflow', CALLFLOW_NODE, 'notification', 'missed_call'),
			...notificationOf(account, caller.from, dialled),
			'Caller-ID-Name': caller.caller.name,
			'Caller-ID-Number': caller.caller.number,
			'Call-ID': caller.id,
			Timestamp: call.clock.now,
			Notify: recipients[0] ?? {},
			'Call-Bridged': false,
			'Message-Left': false,
			To: to.filter((address) => typeof address === 'string'),
		});
	});
	return ON;
};
