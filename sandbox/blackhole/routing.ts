import type { Message } from '../bus/bus';
import { type Change, databaseName } from '../store/changes';
import type { Fields } from '../store/database';
import { hex } from '../values/ids';
import { clientForm, completeMwi, PRIVATE_HEADERS } from '../bus/messages';
import { segment } from './bindings';

/**
 * What messages and changed documents look like on the bus and in a frame. Follows blackhole.md 3 and 4.1,
 * observed.md, second half, 10, and the recorded frames.
 */
export interface Event {
	/** Where it goes: `call.{account}.CHANNEL_CREATE.{call}`. */
	routingKey: string;
	name: string;
	data: Fields;
}

function frame(routingKey: string, payload: Fields): Event {
	return { routingKey, name: String(payload['Event-Name']), data: clientForm(payload, PRIVATE_HEADERS) };
}

function ofCall(payload: Fields): Event | undefined {
	const account = ((payload['Custom-Channel-Vars'] ?? {}) as Fields)['Account-ID'] ?? payload['Account-ID'];
	if (typeof account !== 'string') return undefined;
	const key = `call.${account}.${String(payload['Event-Name'])}.${segment(String(payload['Call-ID']))}`;
	return frame(key, payload);
}

function ofConference(payload: Fields, command: boolean): Event {
	const id = String(payload['Conference-ID']);
	if (command) return frame(`conference.command.${segment(id)}`, payload);
	const key = [
		'conference.event',
		String(payload.Event),
		String(payload['Account-ID']),
		segment(id),
		segment(String(payload['Call-ID'] ?? id)),
	];
	return frame(key.join('.'), payload);
}

function ofFax(payload: Fields): Event {
	const job = String(payload['Job-ID'] ?? payload['Fax-ID']);
	return frame(`fax.status.${String(payload['Account-ID'])}.${segment(job)}`, payload);
}

/** The part of an address before or after its `@`, without `sip:`. */
function part(address: unknown, index: 0 | 1): string {
	return (
		String(address ?? '')
			.replace(/^sip:/, '')
			.split('@')[index] ?? ''
	);
}

function ofPresence(kind: string, payload: Fields): Event {
	if (kind === 'mwi_updates') {
		const key = `mwi_updates.${segment(part(payload.To, 1))}.${segment(part(payload.To, 0))}`;
		return frame(key, completeMwi(payload));
	}
	const realm = part(payload['Presence-ID'] ?? payload.To, 1);
	return frame(`${kind}.${segment(realm)}.${segment(String(payload['Call-ID']))}`, payload);
}

const PRESENCE: Record<string, string> = {
	publish_dialog: 'dialog',
	publish_mwi_update: 'mwi_updates',
	publish_update: 'update',
};

/** Where a message of the bus goes; undefined when no websocket can have it. */
export function ofMessage({ api, payload }: Message): Event | undefined {
	const [module, sender = ''] = api.split(':');
	if (module === 'kapi_call') return ofCall(payload);
	if (module === 'kapi_conference') return ofConference(payload, sender === 'publish_command');
	if (module === 'kapi_fax' && sender === 'publish_status') return ofFax(payload);
	const presence = PRESENCE[sender];
	if (module === 'kapi_presence' && presence !== undefined) return ofPresence(presence, payload);
	if (module === 'kapi_pivot') {
		const event = String(payload['Event-Name']).replace('stream_', '');
		return frame(
			`stream.${String(payload['Account-ID'])}.${event}.${segment(String(payload['Call-ID']))}`,
			payload,
		);
	}
	return undefined;
}

/** Where a change of a document goes; undefined for the end of a database, which no binding takes. */
export function ofChange(change: Change, version: string): Event | undefined {
	const { accountId, action, type = 'undefined', id, month, doc } = change;
	if (!doc) return undefined;
	const database = databaseName(accountId, month);
	return {
		routingKey: `${action}.${database}.${type}.${segment(id)}`,
		name: action,
		data: {
			origin_cache: 'kazoo_data_cache',
			type: change.type,
			rev: doc._rev,
			is_soft_deleted: doc.pvt_deleted === true,
			// KAZOO has these two the wrong way round.
			date_modified: doc.pvt_created,
			date_created: doc.pvt_modified,
			account_id: accountId,
			database,
			id,
			msg_id: hex(16),
			event_name: action,
			event_category: 'configuration',
			app_version: version,
			app_name: 'datamgr',
		},
	};
}
