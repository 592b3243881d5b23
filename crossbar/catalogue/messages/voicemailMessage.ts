import type { Field, Fields } from '../notation';
import { operation, resource } from '../notation';

const FOLDERS = [
	{ value: 'new', label: 'New' },
	{ value: 'saved', label: 'Saved' },
	{ value: 'deleted', label: 'Deleted' },
] as const;

const messages: Field = {
	type: 'texts',
	label: 'Message IDs',
	description: 'IDs (media_id) of the messages, separated by commas',
	placeholder: 'e.g. 202611-1f0c3b7a9d2e, 202611-7c21aa905b11',
	required: true,
};

const folder: Field = {
	type: 'choice',
	label: 'Folder',
	description: 'Where the messages are put',
	options: FOLDERS,
	default: 'saved',
	required: true,
};

const targetBox: Field = {
	type: 'locator',
	parameter: 'vmboxId',
	label: 'Target Voicemail Box',
	description: 'The mailbox that the messages are moved to',
	required: true,
	wire: 'source_id',
};

const targetBoxes: Field = {
	type: 'texts',
	label: 'Target Voicemail Box IDs',
	description: 'IDs of the mailboxes that get a copy, separated by commas',
	placeholder: 'e.g. 4bcb1e2e2a1d4b0f9e0a7c1d2e3f4a5b',
	required: true,
	wire: 'source_id',
};

/** What is known of a message that does not come from a call (schema vm_message_metadata). */
const metadata: Fields = {
	callerIdName: { type: 'text', label: 'Caller Name', description: 'At most 35 characters' },
	callerIdNumber: { type: 'text', label: 'Caller Number', placeholder: 'e.g. +14155550100' },
	from: { type: 'text', label: 'From', description: 'SIP address of the caller' },
	to: { type: 'text', label: 'To', description: 'SIP address that was called' },
	callId: { type: 'text', label: 'Call ID' },
	folder: { type: 'choice', label: 'Folder', options: FOLDERS, default: 'new' },
	length: { type: 'number', label: 'Length (Milliseconds)', min: 0, decimals: 0 },
	timestamp: { type: 'date', label: 'Received At' },
};

const box = '/accounts/{accountId}/vmboxes/{vmboxId}/messages';

export const voicemailMessage = resource({
	value: 'voicemailMessage',
	name: 'Voicemail Message',
	description: 'Messages that callers left, with sound, folders and transcription',
	keywords: ['voicemail', 'audio message', 'transcription', 'missed call', 'listen to voicemail'],
	rows: [
		operation(`GET ${box}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many voicemail messages',
			description: 'List the messages of a mailbox, newest first, with caller, length and folder',
			returns: 'records',
			range: 'created',
		}),
		operation('GET /accounts/{accountId}/vmboxes/messages', {
			value: 'getAllOfAccount',
			name: 'Get Many of Account',
			action: 'Get many voicemail messages of account',
			description: 'List the messages of all mailboxes; each item says in which mailbox it lies',
			returns: { map: '', key: 'vmbox_id' },
			names: { mailbox: { id: 'vmbox_id', of: 'vmboxId' } },
			range: 'created',
		}),
		operation(`GET ${box}/{messageId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get voicemail message',
			alias: 'transcription',
			description: 'Read who left a message, when, how long it is and its transcription; it stays unheard',
		}),
		operation(`PUT ${box}`, {
			value: 'create',
			name: 'Create',
			action: 'Create voicemail message',
			description: 'Put a message into a mailbox as if somebody had left it, with or without sound',
			body: metadata,
			upload: { as: 'multipart', optional: true, accepts: 'MP3, WAV or OGG' },
		}),
		operation(`GET ${box}/{messageId}/raw`, {
			value: 'download',
			name: 'Download',
			action: 'Download voicemail message',
			description: 'Get the sound of a message as a file; its folder does not change',
			returns: 'file',
			accept: 'application/octet-stream',
		}),
		operation(`POST ${box}/raw`, {
			value: 'downloadMany',
			name: 'Download Many',
			action: 'Download many voicemail messages as zip',
			description: 'Get the sound of several messages of a mailbox in one ZIP file',
			body: { messages },
			returns: 'file',
			accept: 'application/zip',
			via: 'zipMessages',
		}),
		operation(`PUT ${box}/{messageId}/raw`, {
			value: 'upload',
			name: 'Replace Sound',
			action: 'Replace sound of voicemail message',
			description: 'Put another sound file in place of what the caller said',
			upload: { as: 'raw', accepts: 'MP3, WAV or OGG' },
		}),
		operation(`POST ${box}/{messageId}`, {
			value: 'moveToFolder',
			name: 'Move to Folder',
			action: 'Move voicemail message to folder',
			description: 'Mark a message as new or saved, or put it into the deleted folder',
			body: { folder },
		}),
		operation(`POST ${box}/{messageId}`, {
			value: 'moveToBox',
			name: 'Move to Voicemail Box',
			action: 'Move voicemail message to another voicemail box',
			description: 'Move a message to another mailbox, where it gets a new ID',
			body: { targetBox },
		}),
		operation(`POST ${box}/{messageId}`, {
			value: 'copyToBoxes',
			name: 'Copy to Voicemail Boxes',
			action: 'Copy voicemail message to voicemail boxes',
			description: 'Give other mailboxes a copy of a message and keep the original',
			body: { targetBoxes },
			returns: 'value',
		}),
		operation(`POST ${box}`, {
			value: 'moveManyToFolder',
			name: 'Move Many to Folder',
			action: 'Move many voicemail messages to folder',
			description: 'Change the folder of several messages at once; lists which succeeded and which failed',
			body: { messages, folder },
			returns: 'value',
		}),
		operation(`POST ${box}`, {
			value: 'moveManyToBox',
			name: 'Move Many to Voicemail Box',
			action: 'Move many voicemail messages to another voicemail box',
			description: 'Move several messages to another mailbox; lists which succeeded and which failed',
			body: { messages, targetBox },
			returns: 'value',
		}),
		operation(`POST ${box}`, {
			value: 'copyManyToBoxes',
			name: 'Copy Many to Voicemail Boxes',
			action: 'Copy many voicemail messages to voicemail boxes',
			description: 'Give other mailboxes copies of several messages; lists which succeeded and which failed',
			body: { messages, targetBoxes },
			returns: 'value',
		}),
		operation(`DELETE ${box}/{messageId}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete voicemail message',
			description: 'Put one message into the deleted folder, where it stays until KAZOO clears it away',
		}),
		operation(`DELETE ${box}`, {
			value: 'deleteMany',
			name: 'Delete Many',
			action: 'Delete many voicemail messages',
			description: 'Put several messages into the deleted folder; lists which succeeded and which failed',
			body: { messages },
			returns: 'value',
		}),
		operation(`DELETE ${box}`, {
			value: 'deleteFolder',
			name: 'Delete Folder',
			action: 'Delete all voicemail messages of folder',
			description: 'Clear a mailbox of all messages that lie in one folder',
			query: {
				folder: {
					type: 'choice',
					label: 'Folder',
					description: 'The folder that is cleared',
					options: FOLDERS,
					default: 'saved',
					required: true,
				},
			},
			returns: 'value',
		}),
	],
});
