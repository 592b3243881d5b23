import type { Call } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { by, counted, type Resource } from '../documents/resource';
import { now } from '../values/time';

const A = '/accounts/{accountId}';

/** What clients know of a message. */
export const metadataOf = (message: Doc): Fields => (message.metadata ?? {}) as Fields;

/** Messages of a box or of all boxes, the oldest first. */
export function messagesOf(call: Call, boxId?: string): Doc[] {
	return call.kernel.store
		.database((call.account as Doc)._id)
		.list('mailbox_message')
		.filter((message) => boxId === undefined || message.source_id === boxId)
		.sort(
			(a, b) => Number(metadataOf(a).timestamp) - Number(metadataOf(b).timestamp) || (a._id < b._id ? -1 : 1),
		);
}

function counts(call: Call, boxId: string): { messages: number; folders?: Fields } {
	// The view that counts ends before the current second.
	const counted = messagesOf(call, boxId).filter((message) => Number(metadataOf(message).timestamp) < now());
	const folders = counted.map((message) => metadataOf(message).folder);
	const saved = folders.filter((folder) => folder === 'saved').length;
	const fresh = folders.filter((folder) => folder === 'new').length;
	if (saved + fresh === 0) return { messages: 0 };
	return { messages: saved + fresh, folders: { saved, new: fresh } };
}

/** Voicemail boxes; the list tells how many messages each holds. */
export const vmboxes: Resource = {
	path: `${A}/vmboxes`,
	type: 'vmbox',
	schema: 'vmboxes',
	view: by('vmbox', 'name'),
	listed: { reversed: true },
	summary: (doc, call) => {
		const { messages, folders } = counts(call, doc._id);
		return {
			id: doc._id,
			name: doc.name,
			mailbox: doc.mailbox,
			owner_id: doc.owner_id,
			messages,
			flags: doc.flags ?? [],
			folders,
		};
	},
	prepare: ({ call, existing, fields, errors }) => {
		const others = call.kernel.store
			.database((call.account as Doc)._id)
			.list('vmbox')
			.filter((box) => box._id !== existing?._id);
		// In KAZOO 5 a box has further numbers.
		const numbersOf = ({ mailbox, aliases }: Fields): unknown[] =>
			call.kernel.profile === 5 && Array.isArray(aliases) ? [mailbox, ...(aliases as unknown[])] : [mailbox];
		const taken = new Set(others.flatMap(numbersOf));
		const wanted = numbersOf(fields).filter((number) => number !== undefined);
		if (wanted.some((number) => taken.has(number))) {
			errors.mailbox = { unique: { message: 'Invalid mailbox number or already exists' } };
		}
	},
	bill: (draft) => counted(draft, 'voicemails', () => 'mailbox'),
};
