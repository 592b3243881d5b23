/** What other lists of KAZOO add to a call: names, recordings, messages. */
import type { Made } from './people';
import type { CallRecord, Party, Transfer } from './record';

/** Names by id, as KAZOO's lists have them. */
export interface Directory {
	readonly users: ReadonlyMap<string, string>;
	readonly devices: ReadonlyMap<string, string>;
	readonly callflows: ReadonlyMap<string, string>;
	readonly queues: ReadonlyMap<string, string>;
}

export interface Message {
	readonly id: string;
	readonly boxId?: string;
}

/** Whose name or number may be that of a recording or a message: the ids by which they name their call. */
export function idsOf({ id, interaction_id, phones }: CallRecord): string[] {
	return [
		id,
		...(interaction_id === undefined ? [] : [interaction_id]),
		...phones.map(({ leg_id }) => leg_id),
	];
}

/** A name beside each id that has one. */
export function withNames(call: CallRecord, directory: Directory): CallRecord {
	const named = <Someone extends Party>(party: Someone): Someone => {
		const user = party.user_id === undefined ? undefined : directory.users.get(party.user_id);
		const device = party.device_id === undefined ? undefined : directory.devices.get(party.device_id);
		if (user === undefined && device === undefined) return party;
		const copy: Made<Party> = { ...party };
		if (user !== undefined) copy.user_name = user;
		if (device !== undefined) copy.device_name = device;
		return copy as Someone;
	};
	const transfer = (one: Transfer): Transfer => ({ ...one, by: named(one.by), to: named(one.to) });
	const copy: Made<CallRecord> = { ...call };
	copy.from = named(call.from);
	if (call.answered_by !== undefined) copy.answered_by = named(call.answered_by);
	copy.phones = call.phones.map(named);
	if (call.transfers.length > 0) copy.transfers = call.transfers.map(transfer);
	if (call.callflow_ids !== undefined && call.callflow_ids.length > 0)
		copy.callflow_names = call.callflow_ids.map((id) => directory.callflows.get(id) ?? id);
	const queue = call.queue_id === undefined ? undefined : directory.queues.get(call.queue_id);
	if (queue !== undefined) copy.queue_name = queue;
	return copy;
}

/** The recordings of its legs beside those that its records name. */
export function withRecordings(call: CallRecord, ids: readonly string[]): CallRecord {
	const all = [...new Set([...(call.recording_ids ?? []), ...ids])];
	return all.length === 0 ? call : { ...call, recording_ids: all };
}

/** A message was left: nobody had taken the call then, unless somebody had it before. */
export function withVoicemail(call: CallRecord, { id, boxId }: Message): CallRecord {
	const message = { voicemail_id: id, ...(boxId === undefined ? {} : { voicemail_box_id: boxId }) };
	if (call.answered_at !== undefined) return { ...call, ...message };
	return {
		...call,
		result: 'voicemail',
		reason: 'Nobody answered; the caller left a message',
		answered_by: { type: 'voicemail' },
		...message,
	};
}
