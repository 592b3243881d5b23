import type { Call, Handler, Route } from '../request/call';
import { requestValue } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import {
	accepted,
	byId,
	counted,
	create,
	type Draft,
	load,
	type Resource,
	routesOf,
} from '../documents/resource';
import { list } from '../documents/listing';
import { initFailed, unknownThing } from '../request/refusal';
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

/** A MAC address without what is no hexadecimal digit; what has none stays as it is. */
function cleansed(address: unknown): unknown {
	if (address === undefined || address === null) return address;
	// The real server falls over an address that is no text.
	if (typeof address !== 'string') throw initFailed();
	return address.toLowerCase().replace(/[^0-9a-f]/g, '') || address;
}

/** Seen on a real KAZOO 4: flags that are no list become none, and it falls over entries that are no texts. */
function flagsAsList({ kernel }: Call, fields: Fields): void {
	const { outbound_flags: flags } = fields;
	if (kernel.profile === 5 || flags === undefined) return;
	if (!Array.isArray(flags)) fields.outbound_flags = [];
	else if (!flags.every((flag) => typeof flag === 'string')) throw initFailed();
}

function normalise({ call, existing, fields, errors }: Draft): void {
	// The real server reads inside `sip` before anything looks at its type.
	if (fields.sip !== undefined && (typeof fields.sip !== 'object' || fields.sip === null)) throw initFailed();
	fields.mac_address = cleansed(fields.mac_address);
	if (fields.mac_address === undefined) delete fields.mac_address;
	flagsAsList(call, fields);
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
	if (sip.method === 'ip' && !errors['sip.ip'] && !/^\d{1,10}(\.\d{1,10}){0,3}$/.test(String(sip.ip))) {
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
	key: (doc) => (doc.owner_id as string | undefined) ?? hotdeskers(doc)[0],
};

/** Who works at a phone for the day. */
const hotdeskers = (doc: Doc): string[] =>
	Object.keys((doc.hotdesk as { users?: Fields } | undefined)?.users ?? {});

/** A user's devices. The key of every row is the user, so a page's end says nothing: as on the real server. */
const devicesOfUser: Handler = (call) => {
	const user = load(users, call, call.params.userId);
	return list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: BY_OWNER,
		only: (doc) => doc.owner_id === user._id || hotdeskers(doc).includes(user._id),
		// This view looks for the name where devices of old had it.
		show: (doc) => ({ ...summary(doc), username: doc.username, hotdesked: doc.owner_id !== user._id }),
	});
};

const createOfUser: Handler = (call) => {
	load(users, call, call.params.userId);
	return create(devices)(call);
};

/** Phones at which somebody works for the day. */
const hotdesks: Handler = (call) => {
	const found = call.kernel.store
		.database((call.account as Doc)._id)
		.list('device')
		.filter((device) => hotdeskers(device).length > 0);
	return {
		data: found.map(({ _id, name }) => ({ device_id: _id, device_name: name })),
		envelope: { page_size: found.length },
	};
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

/** Phones. */
export const deviceRoutes: Route[] = [
	...routesOf(devices),
	{ path: '/accounts/{accountId}/devices/{id}', handlers: { PUT: notify } },
	{ path: '/accounts/{accountId}/hotdesks', handlers: { GET: hotdesks } },
	{ path: '/accounts/{accountId}/devices/status', handlers: { GET: status } },
	{ path: '/accounts/{accountId}/devices/{deviceId}/sync', handlers: { POST: sync } },
	{
		path: '/accounts/{accountId}/users/{userId}/devices',
		handlers: { GET: devicesOfUser, PUT: createOfUser },
	},
];
