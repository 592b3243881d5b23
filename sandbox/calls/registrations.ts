import type { Doc } from '../store/database';
import { hex } from '../values/ids';
import { now } from '../values/time';
import type { Exchange } from './call';
import type { Directory } from './directory';
import { CALLFLOW_NODE, defined, stamp } from './stamp';

/** Seconds after which a phone registers again. */
const EXPIRES = 360;

/** A phone registers, or is cut off; tells of it unless it was so before. Gives the device back. */
export function setRegistered(
	{ store, bus }: Pick<Exchange, 'store' | 'bus'>,
	directory: Directory,
	device: Doc,
	isRegistered: boolean,
): Doc {
	if ((device.pvt_registered === true) === isRegistered) return device;
	const { account } = directory;
	const changed = { ...device, pvt_registered: isRegistered };
	// Who registers changes no document of KAZOO's: no new revision, and nobody is told of a change.
	store.database(account._id).restore(changed);
	const { username, owner } = directory.phone(changed);
	const realm = String(account.realm);
	const name = isRegistered ? 'register' : 'deregister';
	bus.publish(
		`kapi_notifications:publish_${name}`,
		defined({
			...stamp('callflow', CALLFLOW_NODE, 'notification', name),
			'Account-ID': account._id,
			Realm: realm,
			Username: username,
			'Authorizing-ID': device._id,
			Contact: `sip:${username}@192.168.1.21:5060`,
			'User-Agent': 'sandbox',
			'Call-ID': hex(),
			'Event-Timestamp': now(),
			...(isRegistered
				? {
						'Authorizing-Type': 'device',
						'Owner-ID': owner?._id,
						Expires: EXPIRES,
						'From-User': username,
						'From-Host': realm,
						'To-User': username,
						'To-Host': realm,
						'Network-IP': '203.0.113.5',
						'Network-Port': '5060',
					}
				: {
						Status: 'expired',
						'Suppress-Unregister-Notify': device.suppress_unregister_notifications === true,
					}),
		}),
	);
	return changed;
}
