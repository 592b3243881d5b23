import type { Doc, Fields } from '../store/database';
import { ENDINGS, type Ending } from './endings';
import { CALLFLOW_NODE, NODE, notificationOf, stamp } from './stamp';
import type { SimulatedCall } from './call';
import { nameOf } from './directory';
import { type Message, saveMessage } from './records';

/** Seconds of "please leave a message after the tone". */
const GREETING = 5;

const metadataOf = (message: Doc): Fields => (message.metadata ?? {}) as Fields;

/** How many messages of a folder are in a box. */
function countMessages(call: Pick<SimulatedCall, 'directory'>, box: Doc, folder: string): number {
	return call.directory
		.list('mailbox_message')
		.filter((message) => message.source_id === box._id && metadataOf(message).folder === folder).length;
}

/** The lamps of the owner's phones tell how many messages there are. */
function tellPhones(call: Pick<SimulatedCall, 'directory' | 'exchange'>, box: Doc, callId: string): void {
	const { directory, exchange } = call;
	for (const device of directory.list('device')) {
		if (device.owner_id !== box.owner_id || device.device_type === 'cellphone') continue;
		exchange.bus.publish('kapi_presence:publish_mwi_update', {
			...stamp('ecallmgr', NODE, 'presence', 'mwi_update'),
			To: `${directory.phone(device).username}@${String(directory.account.realm)}`,
			'Messages-New': countMessages(call, box, 'new'),
			'Messages-Saved': countMessages(call, box, 'saved'),
			'Call-ID': callId,
		});
	}
}

/** Puts a message into a box and tells everybody: the notifications, and the lamps of the owner's phones. */
export function deliver(
	where: Pick<SimulatedCall, 'directory' | 'exchange' | 'account'>,
	box: Doc,
	message: Message,
): Doc {
	const saved = saveMessage(where, box, message);
	const fields = {
		...notificationOf(where.account, message.from, message.to),
		'Voicemail-Box': box._id,
		'Voicemail-ID': saved._id,
		'Voicemail-Timestamp': message.time,
		'Voicemail-Length': Number(metadataOf(saved).length),
		'Caller-ID-Name': message.callerName ?? message.callerNumber,
		'Caller-ID-Number': message.callerNumber,
		'Call-ID': message.callId,
	};
	for (const name of ['voicemail_saved', 'voicemail_new']) {
		where.exchange.bus.publish(`kapi_notifications:publish_${name}`, {
			...stamp('callflow', CALLFLOW_NODE, 'notification', name),
			...fields,
		});
	}
	tellPhones(where, box, message.callId);
	return saved;
}

/** The caller hears a greeting and speaks, if the next step says so. */
export async function compose(call: SimulatedCall, data: Fields): Promise<string | { end: Ending }> {
	const box = call.directory.get('vmbox', data.id);
	if (!box) {
		call.note('sandbox', `finds no voicemail box ${String(data.id)}`);
		return '_';
	}
	const { caller, clock } = call;
	call.pickUp();
	const owner = call.directory.get('user', box.owner_id);
	call.note(caller, `hears the greeting of ${owner ? nameOf(owner) : String(box.name)}'s voicemail`);
	await call.listen(GREETING);
	const step = call.next;
	if (step?.do !== 'leaveMessage') {
		await call.listen(GREETING * 2);
		call.note(caller, 'hangs up without leaving a message');
		return { end: ENDINGS.talked };
	}
	await call.waitUntil(call.due(step));
	await call.waitUntil(clock.time + step.seconds);
	call.take();
	call.note(caller, `leaves a message of ${step.seconds} seconds`);
	const message = deliver(call, box, {
		callId: caller.id,
		callerName: caller.caller.name,
		callerNumber: caller.caller.number,
		from: caller.from,
		to: `${String(box.mailbox)}@${String(call.account.realm)}`,
		length: step.seconds,
		time: clock.now,
	});
	call.left.messages.push(message._id);
	return { end: ENDINGS.talked };
}

/** Somebody listens to his messages. */
export async function checkMessages(call: SimulatedCall, data: Fields): Promise<string> {
	const owner = call.caller.phone?.owner;
	const box =
		call.directory.get('vmbox', data.id) ??
		call.directory.list('vmbox').find((candidate) => owner && candidate.owner_id === owner._id);
	call.pickUp();
	const fresh = box ? countMessages(call, box, 'new') : 0;
	call.note(
		call.caller,
		box ? `hears that there are ${fresh} new messages` : 'hears that there is no such box',
	);
	await call.listen(GREETING);
	return '_';
}
