/** What other lists of KAZOO add to a call: names, recordings, messages. */
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
	const named = <Someone extends Party>(party: Someone): Someone => ({
		...party,
		...nameOf('user_name', directory.users, party.user_id),
		...nameOf('device_name', directory.devices, party.device_id),
	});
	const transfer = (one: Transfer): Transfer => ({ ...one, by: named(one.by), to: named(one.to) });
	const callflows = (call.callflow_ids ?? []).map((id) => directory.callflows.get(id) ?? id);
	return {
		...call,
		from: named(call.from),
		...(call.answered_by === undefined ? {} : { answered_by: named(call.answered_by) }),
		phones: call.phones.map(named),
		transfers: call.transfers.map(transfer),
		...(callflows.length === 0 ? {} : { callflow_names: callflows }),
		...nameOf('queue_name', directory.queues, call.queue_id),
	};
}

function nameOf<Field extends string>(
	field: Field,
	names: ReadonlyMap<string, string>,
	id: string | undefined,
): Partial<Record<Field, string>> {
	const name = id === undefined ? undefined : names.get(id);
	return name === undefined ? {} : ({ [field]: name } as Record<Field, string>);
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
