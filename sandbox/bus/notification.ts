import type { Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Bus } from './bus';

/** What a notification needs of the sandbox it comes from. */
interface Origin {
	readonly bus: Bus;
	/** What the server says of its version. */
	readonly version: string;
}

/**
 * Puts a notification on the bus, as KAZOO's parts send them (webhooks.md 2.4): `app` is the part that sends it, `name`
 * its type, `fields` its own headers (`User-ID` ...).
 */
export function notify(
	{ bus, version }: Origin,
	app: string,
	name: string,
	accountId: string,
	fields: Fields,
): void {
	const id = hex(16);
	bus.publish(`kapi_notifications:publish_${name}`, {
		'App-Name': app,
		'App-Version': version,
		'Event-Category': 'notification',
		'Event-Name': name,
		'Msg-ID': id,
		'System-Log-ID': id,
		Node: 'kazoo_apps@127.0.0.1',
		'Server-ID': `kazoo_apps@127.0.0.1-sandbox-${hex(8)}`,
		'Account-ID': accountId,
		...fields,
	});
}
