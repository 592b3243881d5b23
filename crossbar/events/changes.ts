/** Objects, phone numbers and port requests that change. */
import type { EventDetails } from './notation';
import { notification, number, object } from './notation';

const PORT = ['port_request_id', 'reason', 'authorized_by', 'account_id'];

export const changes = {
	objectCreated: {
		...object('Object', 'doc_created'),
		name: 'Object Created',
		description: 'A user, device, callflow, account or another object was created',
	},
	objectChanged: {
		...object('Object', 'doc_edited'),
		name: 'Object Changed',
		description: 'A user, device, callflow, account or another object was changed',
	},
	objectDeleted: {
		...object('Object', 'doc_deleted'),
		name: 'Object Deleted',
		description: 'A user, device, callflow, account or another object was deleted',
	},
	numberAdded: {
		...number('doc_created'),
		name: 'Number Added',
		description: 'A phone number was added to an account',
	},
	numberChanged: {
		...number('doc_edited'),
		name: 'Number Changed',
		description: 'The settings or the state of a phone number changed',
	},
	numberRemoved: {
		...number('doc_deleted'),
		name: 'Number Removed',
		description: 'A phone number was removed',
	},
	callerNameRequested: {
		...notification('Number', 'cnam_request', ['number', 'cnam', 'number_state', 'acquired_for']),
		name: 'Caller Name Requested',
		description: 'A number is to show another name when it calls (CNAM)',
	},
	numberFeatureByHand: {
		...notification('Number', 'number_feature_manual_action', ['number', 'feature', 'account_id']),
		name: 'Number Feature Needs Work',
		description: 'A feature of a number has to be set up by hand at the carrier',
	},
	portSubmitted: {
		...notification('Port Request', 'port_request', PORT),
		name: 'Port Request Submitted',
		description: 'A port request was submitted',
	},
	portPending: {
		...notification('Port Request', 'port_pending', PORT),
		name: 'Port Request Pending',
		description: 'A port request went to the losing carrier',
	},
	portScheduled: {
		...notification('Port Request', 'port_scheduled', PORT),
		name: 'Port Request Scheduled',
		description: 'The day of a port is fixed',
	},
	portRejected: {
		...notification('Port Request', 'port_rejected', PORT),
		name: 'Port Request Rejected',
		description: 'A port request was refused',
	},
	portUnconfirmed: {
		...notification('Port Request', 'port_unconfirmed', PORT),
		name: 'Port Request Unconfirmed',
		description: 'A port request waits to be submitted',
	},
	portCanceled: {
		...notification('Port Request', 'port_cancel', PORT),
		name: 'Port Request Canceled',
		description: 'A port request was called off',
	},
	portCompleted: {
		...notification('Port Request', 'ported', PORT),
		name: 'Port Request Completed',
		description: 'The numbers of a port request are here',
	},
	portCommented: {
		...notification('Port Request', 'port_comment', ['port_request_id', 'comment', 'authorized_by']),
		name: 'Port Request Commented',
		description: 'Somebody wrote a comment on a port request',
	},
} as const satisfies Readonly<Record<string, EventDetails>>;
