/** What a frame of the websocket says, in the shape of webhooks. */
import type { IDataObject } from 'n8n-workflow';

import type { EventFrame } from './frames';
import { isRecord } from '../values/records';

/**
 * What a frame says, by the names of webhook payloads: they have beside the call what a frame has in its channel
 * variables, and `action` for objects. Conferences have an `event` of their own in `data`, which says the same as ours.
 */
export function payloadOf({ name, data }: EventFrame): IDataObject {
	const { event: _, ...payload } = data;
	const vars = data.custom_channel_vars;
	const known = isRecord(vars)
		? Object.entries(vars).filter(([key, value]) => LIFTED.has(key) && value !== undefined)
		: [];
	return {
		...Object.fromEntries(known),
		...(name.startsWith('doc_') ? { action: name } : {}),
		...(data.event_category === 'call_event' ? { is_internal_leg: isInternal(data) } : {}),
		...payload,
	};
}

const LIFTED = new Set(['account_id', 'authorizing_id', 'authorizing_type', 'owner_id', 'reseller_id']);

/** The name decides: a phone's leg keeps the mark of a loopback that has bowed out between it and its caller. */
function isInternal({ channel_is_loopback, channel_name }: IDataObject): boolean {
	if (typeof channel_name === 'string') return channel_name.startsWith('loopback/');
	return channel_is_loopback === true;
}

/** The same for what follows the legs of calls: with the event's name, where a webhook has it. */
export const legOf = (frame: EventFrame): IDataObject => ({
	...payloadOf(frame),
	hook_event: frame.name.toLowerCase(),
	event_name: frame.name,
});
