import { operation, resource } from '../notation';

const account = '/accounts/{accountId}';

export const message = resource({
	value: 'message',
	name: 'Message (SMS and MMS)',
	description: 'Text and picture messages to and from mobile phones and extensions',
	keywords: ['SMS', 'MMS', 'text message', 'texting', 'picture message', 'send text', 'chat'],
	rows: [
		operation(`PUT ${account}/sms`, {
			value: 'send',
			name: 'Send SMS',
			action: 'Send SMS text message',
			description: 'Send a text message; what comes back says that it left, not that it arrived',
			hint: 'The account needs SMS, and a number with SMS enabled when the message goes outside',
			scopes: {
				user: `${account}/users/{userId}/sms`,
				device: `${account}/devices/{deviceId}/sms`,
			},
			body: {
				to: {
					type: 'text',
					label: 'To',
					description: 'Phone number, or an extension of the account',
					placeholder: 'e.g. +14155550100',
					required: true,
				},
				text: {
					type: 'text',
					label: 'Text',
					description: '1 to 700 characters',
					lines: 4,
					placeholder: 'e.g. Your table is ready',
					required: true,
					wire: 'body',
				},
				from: {
					type: 'text',
					label: 'From',
					description: 'A number of the account; left empty, the caller ID',
					placeholder: 'e.g. +14155550123',
				},
			},
		}),
		operation(`GET ${account}/sms`, {
			value: 'getAll',
			name: 'Get Many SMS',
			action: 'Get many SMS',
			description: 'List the text messages of a period, sent and received, with their state',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${account}/sms/{smsId}`, {
			value: 'get',
			name: 'Get SMS',
			action: 'Get SMS',
			description: 'Read one text message with sender, receiver and delivery state',
		}),
		operation(`DELETE ${account}/sms/{smsId}`, {
			value: 'delete',
			name: 'Delete SMS',
			action: 'Delete SMS',
			description: 'Remove one text message from the history of the account',
		}),
		operation(`PUT ${account}/mms`, {
			value: 'sendMms',
			name: 'Send MMS',
			action: 'Send MMS',
			description: 'Send a picture or another file to a mobile phone; what was accepted comes back',
			hint: 'Connect a file, or give a complete MIME message instead',
			upload: {
				as: 'multipart',
				optional: true,
				accepts: 'a picture, sound or video that mobile phones show',
			},
			body: {
				to: {
					type: 'text',
					label: 'To',
					description: 'Phone number with country code',
					placeholder: 'e.g. +14155550100',
					required: true,
				},
				from: {
					type: 'text',
					label: 'From',
					description: 'A number of the account; left empty, the caller ID',
					placeholder: 'e.g. +14155550123',
				},
				mimeMessage: {
					type: 'text',
					label: 'MIME Message',
					description: 'In place of a file, the whole message encoded as MIME',
					lines: 6,
					wire: 'body',
				},
			},
		}),
		operation(`GET ${account}/mms`, {
			value: 'getAllMms',
			name: 'Get Many MMS',
			action: 'Get many MMS',
			description: 'List the picture messages of a period, sent and received',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${account}/mms/{mmsId}`, {
			value: 'getMms',
			name: 'Get MMS',
			action: 'Get MMS',
			description: 'Read who sent a picture message to whom, and its delivery state',
		}),
		operation(`DELETE ${account}/mms/{mmsId}`, {
			value: 'deleteMms',
			name: 'Delete MMS',
			action: 'Delete MMS',
			description: 'Remove a picture message from the history of the account',
		}),
	],
});
