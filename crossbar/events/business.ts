/** Accounts, bills, registrations, callflow steps, KAZOO itself. */
import type { EventDetails } from './notation';
import { both, notification } from './notation';

const REGISTRATION = [
	...['username', 'realm', 'contact', 'user_agent', 'network_ip', 'network_port', 'expires_seconds'],
	...['authorizing_id', 'owner_id', 'event_timestamp'],
];

export const business = {
	any: {
		name: 'Any Event',
		group: 'System',
		description: 'Everything that KAZOO tells: every leg of every call, every change, every notification',
		webhook: { hook: 'all' },
		live: { bindings: both('call.*.*', 'object.*.*', 'fax.status.*') },
		fields: ['event'],
	},
	accountCreated: {
		...notification('Account', 'new_account', ['account_id', 'account_name', 'account_realm']),
		name: 'Account Created',
		description: 'A new account is there',
	},
	userCreated: {
		...notification('Account', 'new_user', ['user_id', 'account_id']),
		name: 'User Created',
		description: 'A new user is there',
	},
	passwordRecovery: {
		...notification('Account', 'password_recovery', ['user_id', 'email', 'first_name', 'last_name']),
		name: 'Password Recovery Requested',
		description: 'Somebody asked for a new password',
	},
	firstOccurrence: {
		...notification('Account', 'first_occurrence', ['occurrence', 'account_id']),
		name: 'First Registration or Call',
		description: 'For the first time a phone of an account registered, or a call was made',
	},
	zoneChanged: {
		...notification('Account', 'account_zone_change', ['zones', 'account_id']),
		name: 'Account Zone Changed',
		description: 'An account moved to another zone',
	},
	balanceLow: {
		...notification('Account', 'low_balance', ['current_balance', 'account_id']),
		name: 'Balance Low',
		description: 'The balance of an account fell below its threshold',
	},
	billDue: {
		...notification('Account', 'bill_reminder', ['due_date', 'items', 'account_id']),
		name: 'Bill Due',
		description: 'A bill is due soon',
	},
	paymentMade: {
		...notification('Account', 'transaction', ['success', 'amount', 'currency_code', 'response', 'id']),
		name: 'Payment Made',
		description: 'A payment was made or tried',
	},
	toppedUp: {
		...notification('Account', 'topup', ['success', 'amount', 'currency_code', 'response', 'id']),
		name: 'Account Topped Up',
		description: 'The balance was topped up on its own; KAZOO sends it up to release 4.2',
	},
	servicesChanged: {
		...notification('Account', 'service_added', ['items', 'audit_log', 'timestamp', 'account_id']),
		name: 'Services Changed',
		description: 'What an account pays for has changed',
	},
	customerUpdate: {
		...notification('Account', 'customer_update', ['recipient_id', 'user_type', 'template_id', 'databag']),
		name: 'Customer Update Sent',
		description: 'A message goes out to customers',
	},
	deviceRegistered: {
		...notification('Device', 'register', REGISTRATION),
		name: 'Device Registered',
		description: 'A phone that was away registered',
	},
	deviceUnregistered: {
		...notification('Device', 'deregister', REGISTRATION),
		name: 'Device Unregistered',
		description: 'The registration of a phone ran out',
	},
	callflowWebhook: {
		group: 'Callflow',
		webhook: { hook: 'notifications', type: 'webhook', step: true },
		fields: ['call_id', 'caller_id_name', 'caller_id_number', 'callee_id_number'],
		name: 'Webhook Step Reached',
		description:
			'A call came to a Webhook step of a callflow: write the address of this trigger into the step',
	},
	callflowNotification: {
		...notification('Callflow', 'cf_notification', [
			...['template_id', 'comments', 'caller_id_name', 'caller_id_number', 'call_id', 'timestamp'],
		]),
		name: 'Notification Step Reached',
		description: 'A call came to a step of a callflow that sends a notification of its own',
	},
	missedCallAlert: {
		...notification('Callflow', 'missed_call', [
			...['caller_id_name', 'caller_id_number', 'call_id', 'message_left', 'notify', 'to_user', 'timestamp'],
		]),
		name: 'Missed Call Alert',
		description: 'A Missed Call Alert step of a callflow spoke up; Call Missed works without such a step',
	},
	webhookDisabled: {
		...notification('System', 'webhook_disabled', ['hook_id', 'account_id']),
		name: 'Webhook Disabled',
		description: 'KAZOO switched a webhook off after failed deliveries; offered to the system administrator',
	},
	systemAlert: {
		...notification('System', 'system_alert', ['subject', 'message', 'details', 'module']),
		name: 'System Alert',
		description: 'KAZOO reports a problem of its own; offered to the system administrator',
	},
} as const satisfies Readonly<Record<string, EventDetails>>;
