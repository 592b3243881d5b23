import type { Call, Handler, Route } from '../call';
import { requestValue } from '../call';
import type { Doc, Fields, View } from '../database';
import { accepted, byId, counted, create, type Draft, load, type Resource, routesOf } from '../documents';
import { hex } from '../ids';
import { list } from '../listing';
import { initFailed, Refusal, unknownThing } from '../refusal';
import { users } from './users';

const sipOf = (doc: Fields): Fields => (doc.sip as Fields | undefined) ?? {};

function summary(doc: Doc): Fields {
	return {
		id: doc._id,
		name: doc.name,
		username: sipOf(doc).username,
		mac_address: doc.mac_address ?? '',
		owner_id: doc.owner_id,
		enabled: doc.enabled ?? true,
		device_type: doc.device_type ?? 'sip_device',
	};
}

/** What kind of phone it is decides what it costs: the reseller's business. */
function sells({ auth, account }: Call): boolean {
	return auth?.superduper === true || (auth !== undefined && auth.accountId === account?.pvt_reseller_id);
}

function normalise({ call, existing, fields, errors }: Draft): void {
	// The real server reads inside `sip` before anything looks at its type.
	if (fields.sip !== undefined && (typeof fields.sip !== 'object' || fields.sip === null)) throw initFailed();
	if (typeof fields.mac_address === 'string') {
		fields.mac_address = fields.mac_address.toLowerCase().replace(/[^0-9a-z]/g, '');
	}
	const { provision } = fields as { provision?: Fields | null };
	if (call.kernel.profile === 5 && typeof provision?.endpoint_brand === 'string') {
		provision.endpoint_brand = provision.endpoint_brand.toLowerCase();
	}
	if (existing?.device_type === undefined || existing.device_type === fields.device_type) return;
	if (fields.device_type === undefined || !sells(call)) {
		const message = 'Not authorized to change type of device';
		errors.device_type = { invalid: { message, cause: fields.device_type ?? '' } };
	}
}

function checkUnique({ call, existing, fields, errors }: Draft): void {
	const others = call.kernel.store
		.database((call.account as Doc)._id)
		.list('device')
		.filter((device) => device._id !== existing?._id);
	const sip = sipOf(fields);
	const { username } = sip;
	if (username !== undefined && !errors['sip.username']) {
		const name = String(username).toLowerCase();
		if (others.some((other) => String(sipOf(other).username ?? '').toLowerCase() === name)) {
			errors['sip.username'] = { unique: { message: 'SIP credentials already in use', cause: username } };
		}
	}
	const mac = fields.mac_address;
	if (mac !== undefined && mac !== '' && others.some((other) => other.mac_address === mac)) {
		errors.mac_address = { unique: { message: 'MAC address already in use', cause: mac } };
	}
	if (sip.method === 'ip' && typeof sip.ip === 'string' && !/^\d{1,3}(\.\d{1,3}){3}$/.test(sip.ip)) {
		errors['sip.ip'] = { type: { message: 'Must be a valid IPv4 RFC 791', cause: sip.ip } };
	}
}

export const devices: Resource = {
	path: '/accounts/{accountId}/devices',
	type: 'device',
	schema: 'devices',
	view: byId('device'),
	loadsFirst: true,
	summary: (doc) => ({ ...summary(doc), flags: doc.flags ?? [] }),
	prepare: normalise,
	check: checkUnique,
	bill: (draft) => counted(draft, 'devices', (fields) => String(fields.device_type ?? 'sip_device')),
};

const BY_OWNER: View = {
	types: ['device'],
	key: (doc) => (doc.owner_id as string | undefined) ?? undefined,
};

/** A user's devices. The key of every row is the user, so a page's end says nothing: as on the real server. */
const devicesOfUser: Handler = (call) => {
	const user = load(users, call, call.params.userId);
	return list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: BY_OWNER,
		only: (doc) => doc.owner_id === user._id,
		show: (doc) => ({ ...summary(doc), hotdesked: false }),
	});
};

/** Phones that are registered: those marked so, and those that never register. */
const status: Handler = (call) => {
	const found = call.kernel.store
		.database((call.account as Doc)._id)
		.list('device')
		.filter(
			(device) =>
				device.pvt_registered === true ||
				((device.device_type === 'landline' || device.device_type === 'cellphone') &&
					device.enabled !== false),
		);
	return { data: found.map((device) => ({ device_id: device._id, registered: true })) };
};

const sync: Handler = (call) => {
	const { _rev: revision } = load(devices, call, call.params.deviceId);
	return { run: () => ({ ...accepted(call, 'sync request sent'), revision }) };
};

/** Actions on a device: only `notify`, which asks the phone to do something. */
const notify: Handler = (call) => {
	load(devices, call);
	const action = requestValue(call, 'action');
	if (action !== 'notify') throw unknownThing(String(action ?? 'undefined'));
	return { run: () => accepted(call, {}) };
};

/** Rings a phone of the account and, when it is picked up, a number. */
export const quickcall: Handler = (call) => {
	const { endpointType, endpointId, number } = call.params;
	const type = endpointType === 'users' ? 'user' : endpointType === 'devices' ? 'device' : undefined;
	const database = call.kernel.store.database((call.account as Doc)._id);
	if (type === undefined) throw new Refusal(404, 'not_found', { message: 'not found' });
	const found = database.get(endpointId as string, type);
	if (!found) throw new Refusal(404, 'bad_identifier', { cause: endpointId, message: 'bad identifier' });
	const phones =
		type === 'device' ? [found] : database.list('device').filter((device) => device.owner_id === found._id);
	const reachable = phones.filter((phone) => phone.enabled !== false);
	if (reachable.length === 0) {
		throw new Refusal(500, 'unspecified_fault', { message: 'unspecified fault' });
	}
	const timeout = Number(requestValue(call, 'timeout'));
	// A cell phone is a number outside, which cannot be rung up first here.
	const first = reachable.find((phone) => phone.pvt_registered === true && phone.device_type !== 'cellphone');
	const start = () =>
		first &&
		call.kernel.calls.start(
			{ from: first._id, to: String(number), account: (call.account as Doc)._id },
			{ originated: true },
		).caller.id;
	return {
		run: () => ({
			data: {
				application_name: 'transfer',
				application_data: { route: number },
				endpoints: reachable.map((phone) => ({ endpoint_id: phone._id, to_username: sipOf(phone).username })),
				timeout: timeout > 3 ? timeout : 30,
				msg_id: hex(),
				outbound_call_id: `${hex(16)}-quickcall`,
				call_id: start() ?? hex(24),
				custom_channel_vars: {
					account_id: (call.account as Doc)._id,
					auto_answer: String(requestValue(call, 'auto_answer') ?? 'true') !== 'false',
				},
			},
		}),
	};
};

/** Phones. */
export const deviceRoutes: Route[] = [
	...routesOf(devices),
	{ path: '/accounts/{accountId}/devices/{id}', handlers: { PUT: notify } },
	{ path: '/accounts/{accountId}/devices/status', handlers: { GET: status } },
	{ path: '/accounts/{accountId}/devices/{deviceId}/sync', handlers: { POST: sync } },
	{
		path: '/accounts/{accountId}/users/{userId}/devices',
		handlers: { GET: devicesOfUser, PUT: create(devices) },
	},
	{
		path: '/accounts/{accountId}/{endpointType}/{endpointId}/quickcall/{number}',
		handlers: { GET: quickcall, POST: quickcall },
	},
];
