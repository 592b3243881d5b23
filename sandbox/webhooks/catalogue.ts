import { CHANGE_ACTIONS, CHANGE_TYPES } from '../store/changes';
import type { Fields } from '../store/database';
import type { Profile } from '../values/profile';

const OBJECT_TYPES = ['all', ...CHANGE_TYPES];

const OBJECT_ACTIONS = ['all', ...CHANGE_ACTIONS];

/** Notifications that a hook may be for; the texts are ours. */
const NOTIFICATIONS: [id: string, name: string, text: string][] = [
	['webhook', 'Callflow Webhook Triggered', 'A call reached a webhook step of a callflow'],
	['voicemail_saved', 'Voicemail Message Saved', 'A message was put into the folder of new messages'],
	['voicemail_new', 'New Voicemail Message', 'A caller left a message'],
	['voicemail_full', 'Voicemail Box Full', 'A voicemail box takes no more messages'],
	['transaction', 'Transaction Completed', 'A payment was made or tried'],
	['topup', 'Automatic Account Top-up', 'The balance was topped up'],
	['service_added', 'Service Added', 'What an account pays for has changed'],
	['register', 'Registration', 'A phone registered that was not registered before'],
	['ported', 'Ported', 'The numbers of a port request are here'],
	['port_unconfirmed', 'Port Unconfirmed', 'A port request waits for its submission'],
	['port_scheduled', 'Port Scheduled', 'The day of a port is fixed'],
	['port_request', 'Port Request', 'A port request was submitted'],
	['port_rejected', 'Port Rejected', 'A port request was refused'],
	['port_pending', 'Port Pending', 'A port request went to the other carrier'],
	['port_comment', 'Port Comment', 'Somebody wrote a comment on a port request'],
	['port_cancel', 'Port Cancel', 'A port request was called off'],
	['password_recovery', 'Password Recovery', 'Somebody asked for a new password'],
	['outbound_smtp_fax_error', 'Invalid Email-to-Fax Email', 'A mail that was to be a fax could not be one'],
	['outbound_fax_error', 'Fax Transmission Error', 'A fax could not be sent'],
	['outbound_fax', 'Successful Fax Transmission', 'A fax was sent'],
	[
		'number_feature_manual_action',
		'Number Feature Manual Action Required',
		'A feature of a number needs work by hand',
	],
	['new_user', 'New User', 'A user was created'],
	['new_account', 'New Account', 'An account was created'],
	['missed_call', 'Missed Call', 'Nobody answered a call'],
	['low_balance', 'Account Low Balance', 'The balance fell below its threshold'],
	['inbound_fax_error', 'Fax Reception Error', 'A fax could not be received'],
	['inbound_fax', 'Successful Fax Reception', 'A fax came in'],
	[
		'first_occurrence',
		'Account First Occurrence',
		'A phone registered, or a call was made, for the first time',
	],
	['emergency_bridge', 'Emergency Call Placed', 'Somebody called the emergency number'],
	['deregister', 'De-Registration', 'A phone is no longer registered'],
	['denied_emergency_bridge', 'Emergency Call Failed', 'An emergency call could not be placed'],
	['customer_update', 'Customer Update', 'A message to customers'],
	['cnam_request', 'CNAM Update', 'A number asks for a caller name'],
	['cf_notification', 'Customer defined notification', 'A callflow sent a notification of its own'],
	['bill_reminder', 'Bill Reminder', 'A bill is due'],
	['all', 'All', 'Each of these'],
	['account_zone_change', 'Account Zone Change', 'An account moved to another zone'],
];

/** Notifications that hooks get although the list of hooks does not offer them. */
const UNLISTED = ['system_alert', 'webhook_disabled'];

/** Names of the notifications that a hook may be for, `all` included. */
export const NOTIFICATION_TYPES: ReadonlySet<string> = new Set([
	...NOTIFICATIONS.map(([id]) => id),
	...UNLISTED,
]);

/** Hooks that both generations have. */
const CATALOGUE: Fields[] = [
	{ name: 'SMS', description: 'A text message came in', id: 'sms' },
	{
		name: 'Object',
		description: 'A document (user, device, callflow ...) was created, changed or deleted',
		modifiers: {
			type: { type: 'array', description: 'Types of documents', items: OBJECT_TYPES },
			action: { type: 'array', description: 'What happened to them', items: OBJECT_ACTIONS },
		},
		id: 'object',
	},
	{
		name: 'Notifications Webhook',
		description: 'KAZOO sent a notification',
		modifiers: {
			type: {
				type: 'object',
				items: Object.fromEntries(
					NOTIFICATIONS.map(([id, name, text]) => [id, { friendly_name: name, description: text }]),
				),
			},
		},
		id: 'notifications',
	},
	{ name: 'MMS', description: 'A picture message came in', id: 'mms' },
	{ name: 'Channel Destroy', description: 'A leg of a call ended', id: 'channel_destroy' },
	{ name: 'Channel Create', description: 'A leg of a call began', id: 'channel_create' },
	{ name: 'Channel Bridge', description: 'Two legs were put together', id: 'channel_bridge' },
	{ name: 'Channel Answer', description: 'A leg was answered', id: 'channel_answer' },
	{ name: 'Call Parking', description: 'A call was parked or fetched', id: 'parking' },
];

/** Hooks that only KAZOO 5 has. */
const CATALOGUE_OF_FIVE: Fields[] = [
	{ name: 'Channel Hold', description: 'A leg was put on hold', id: 'channel_hold' },
	{ name: 'Channel Unhold', description: 'A leg was taken back from hold', id: 'channel_unhold' },
	{ name: 'CDR', description: 'The record of a call was written', id: 'cdr' },
	{
		name: 'Pivot Stream',
		description: 'The sound of a call begins or ends to go elsewhere',
		modifiers: {
			type: {
				type: 'array',
				description: 'What happened to the stream',
				items: ['all', 'stream_start', 'stream_stop'],
			},
		},
		id: 'stream',
	},
];

/** Hooks that there are, as `GET /webhooks` lists them. */
export function catalogueOf(profile: Profile): Fields[] {
	return profile === 5 ? [...CATALOGUE, ...CATALOGUE_OF_FIVE] : CATALOGUE;
}

const ACCOUNT = '5a1e0000000000000000000000000001';
const LEG = {
	account_id: ACCOUNT,
	authorizing_id: '5a1e0000000000000000000000000002',
	authorizing_type: 'device',
	call_direction: 'inbound',
	call_forwarded: false,
	call_id: 'sample-leg-a',
	callee_id_name: 'Front Desk',
	callee_id_number: '+15555550123',
	caller_id_name: 'Sam Sample',
	caller_id_number: '+15555550100',
	custom_application_vars: {},
	custom_channel_vars: {},
	emergency_resource_used: false,
	from: '+15555550100@sandbox.example',
	is_internal_leg: false,
	local_resource_used: true,
	other_leg_call_id: 'sample-leg-b',
	owner_id: '5a1e0000000000000000000000000003',
	request: '+15555550123@sandbox.example',
	reseller_id: '5a1e0000000000000000000000000004',
	timestamp: 63724349409,
	to: '+15555550123@sandbox.example',
};

const objects = ['doc_created', 'doc_deleted', 'doc_edited'].map((action) => ({
	account_id: '5a1e0000000000000000000000000006',
	action,
	id: '5a1e0000000000000000000000000005',
	type: 'user',
}));

/** What hooks deliver, by the name of KAZOO's module. */
export const SAMPLES: Record<string, Fields[]> = {
	webhooks_channel_answer: [{ ...LEG, hook_event: 'channel_answer' }],
	webhooks_channel_bridge: [{ ...LEG, hook_event: 'channel_bridge' }],
	webhooks_channel_create: [{ ...LEG, hook_event: 'channel_create' }],
	webhooks_channel_destroy: [
		{
			...LEG,
			hook_event: 'channel_destroy',
			hangup_cause: 'NORMAL_CLEARING',
			hangup_code: 'sip:200',
			duration_seconds: 20,
			ringing_seconds: 3,
		},
	],
	webhooks_notifications: [{ account_id: ACCOUNT, event_name: 'voicemail_new', voicemail_box: 'sample-box' }],
	webhooks_object: objects,
	webhooks_parking: [
		{ account_id: ACCOUNT, call_id: 'sample-leg-a', event_name: 'PARK_PARKED', parking_slot: '1' },
	],
};
