import type { Fields, Row } from '../notation';
import { operation } from '../notation';
import { applying } from '../platform/changePlan';

const { onFailure } = applying;
const doing: Fields = onFailure ? { onFailure } : {};

/** Somebody who joins: from a form, or from a row of a sheet. */
const joining: Fields = {
	firstName: { type: 'text', label: 'First Name', required: true },
	lastName: { type: 'text', label: 'Last Name', required: true },
	extension: {
		type: 'text',
		label: 'Extension',
		description: 'Free digits under which colleagues dial the person',
		placeholder: 'e.g. 131',
		required: true,
	},
	email: {
		type: 'text',
		label: 'Email',
		description: 'Also the log-in, unless a User Name is added; without both there is none',
		placeholder: 'e.g. anna@example.com',
		stands: true,
	},
	number: {
		type: 'choice',
		label: 'Direct Number',
		options: [
			{ value: 'given', label: 'A Number of the Account' },
			{ value: 'none', label: 'None' },
			{ value: 'spare', label: 'The First Spare Number', description: 'In service, and used by nothing' },
		],
		default: 'none',
		stands: true,
	},
	givenNumber: {
		type: 'text',
		label: 'Number',
		placeholder: 'e.g. +14155550100',
		required: true,
		when: { field: 'number', is: 'given' },
	},
	voicemail: {
		type: 'choice',
		label: 'Voicemail',
		options: [
			{ value: 'box', label: 'Box' },
			{ value: 'email', label: 'Box and Email', description: 'Messages are mailed, too' },
			{ value: 'none', label: 'None' },
		],
		default: 'email',
		stands: true,
	},
	phones: {
		type: 'steps',
		label: 'Phones',
		stands: true,
		entry: 'Phone',
		kinds: {
			deskPhone: {
				label: 'Desk Phone',
				fields: {
					mac: {
						type: 'text',
						label: 'MAC Address',
						description: 'Without one there is no phone: a row of a sheet may have none',
						placeholder: 'e.g. 00:15:65:aa:01:31',
					},
					brand: { type: 'text', label: 'Brand', placeholder: 'e.g. yealink' },
					model: { type: 'text', label: 'Model', placeholder: 'e.g. t54w' },
				},
			},
			softphone: { label: 'Softphone', fields: {} },
		},
		default: 'deskPhone',
		every: {},
	},
	callerIdName: { type: 'text', label: 'Caller ID Name', description: 'What the outside sees' },
	callerIdNumber: {
		type: 'text',
		label: 'Caller ID Number',
		description: 'A number of the account; the direct number if empty',
	},
	directory: {
		type: 'text',
		label: 'Directory',
		description: 'Name of one in which callers find the person',
	},
	doNotDisturb: { type: 'boolean', label: 'Do Not Disturb', description: 'Whether no phone rings' },
	emergencyCity: { type: 'text', label: 'Emergency Address: City' },
	emergencyPostalCode: { type: 'text', label: 'Emergency Address: Postal Code' },
	emergencyRegion: { type: 'text', label: 'Emergency Address: State' },
	emergencyStreet: {
		type: 'text',
		label: 'Emergency Address: Street',
		description: 'Where help is sent when the direct number calls for it',
	},
	forwardTo: { type: 'text', label: 'Forward Calls To', placeholder: 'e.g. +14155550199' },
	groups: {
		type: 'texts',
		label: 'Groups',
		description: 'Names of groups that the person joins, separated by commas',
		placeholder: 'e.g. Sales, Support',
	},
	hotDesk: {
		type: 'boolean',
		label: 'Hot Desking',
		description: 'Whether the person may log in at any phone, with the extension and the PIN',
	},
	isAdmin: {
		type: 'boolean',
		label: 'Is Administrator',
		description: 'Whether the person may change the account',
	},
	language: { type: 'text', label: 'Language', placeholder: 'e.g. en-us' },
	pin: {
		type: 'text',
		label: 'PIN',
		description: 'Of the voicemail box and for hot desking, 4 to 6 digits; the box gets a new one if empty',
		password: true,
	},
	recording: {
		type: 'choice',
		label: 'Record Calls',
		options: [
			{ value: 'any', label: 'All' },
			{ value: 'inbound', label: 'Inbound' },
			{ value: 'none', label: 'None' },
			{ value: 'outbound', label: 'Outbound' },
		],
		default: 'none',
	},
	timezone: { type: 'text', label: 'Time Zone', placeholder: 'e.g. America/New_York' },
	username: { type: 'text', label: 'User Name', description: 'The log-in, where it is not the email' },
};

/** Who stands where somebody stood. */
const successor: Fields = {
	successor: {
		type: 'locator',
		parameter: 'userId',
		label: 'Successor',
		description: 'Who takes over, or stands there instead; may be empty',
		stands: true,
	},
};

/** What becomes of what somebody leaves behind. */
const leaving: Fields = {
	...successor,
	numbersTo: {
		type: 'choice',
		label: 'Numbers',
		options: [
			{ value: 'release', label: 'Give Back', description: 'To the carrier; somebody else may get them' },
			{ value: 'spare', label: 'Keep Spare', description: 'They ring nothing' },
			{ value: 'announcement', label: 'Play an Announcement' },
			{ value: 'callflow', label: 'Ring Another Callflow' },
			{ value: 'successor', label: 'Ring the Successor' },
		],
		default: 'spare',
		stands: true,
	},
	numbersCallflow: {
		type: 'locator',
		parameter: 'callflowId',
		label: 'Callflow',
		required: true,
		when: { field: 'numbersTo', is: 'callflow' },
	},
	numbersMedia: {
		type: 'locator',
		parameter: 'mediaId',
		label: 'Announcement',
		required: true,
		when: { field: 'numbersTo', is: 'announcement' },
	},
	stepsTo: {
		type: 'choice',
		label: 'Callflows, Groups and Queues',
		description: 'What else rings the person',
		options: [
			{
				value: 'remove',
				label: 'Without the Person',
				description: 'Where a call would end in nothing, that is told and nothing done',
			},
			{ value: 'successor', label: 'With the Successor' },
		],
		default: 'remove',
		stands: true,
	},
	voicemailTo: {
		type: 'choice',
		label: 'Voicemail',
		options: [
			{ value: 'delete', label: 'Delete', description: 'With its messages' },
			{ value: 'export', label: 'Delete, Messages as Files', description: 'An item with a file each' },
			{ value: 'keep', label: 'Keep', description: "The box stays, and is nobody's" },
			{ value: 'successor', label: 'To the Successor', description: 'With its messages' },
		],
		default: 'keep',
		stands: true,
	},
	phonesTo: {
		type: 'choice',
		label: 'Phones',
		options: [
			{ value: 'delete', label: 'Delete' },
			{ value: 'keep', label: 'Keep', description: "Nobody's, and off until somebody gets them" },
		],
		default: 'keep',
		stands: true,
	},
	userTo: {
		type: 'choice',
		label: 'Log-In',
		options: [
			{ value: 'delete', label: 'Delete' },
			{ value: 'disable', label: 'Disable', description: 'No log-in; the rest stays' },
		],
		default: 'disable',
		stands: true,
	},
	leaveTokens: {
		type: 'boolean',
		label: 'Leave Tokens',
		description: 'Whether who is logged in stays so until the token ends; an API key cannot end tokens',
	},
	resetApiKey: {
		type: 'boolean',
		label: 'Reset API Key',
		description:
			'Whether the account gets a new key: programs that use the old one stop, this node perhaps too',
	},
	withExtension: {
		type: 'boolean',
		label: 'Extension Too',
		description: 'Whether the extension goes where the numbers go; else it is free',
	},
};

const users = '/accounts/{accountId}/users';

/** People come and go: whole jobs, with everything that belongs to a person. */
export const onAndOffBoarding: readonly Row[] = [
	operation(`PUT ${users}`, {
		value: 'onBoard',
		name: 'On-Board',
		action: 'On board employee as user',
		alias: 'onboard, new hire, add extension, provision phone',
		description: 'Make all that somebody needs: log-in, extension, number, voicemail, phones, groups',
		hint: 'Running it again doubles nothing. Passwords stand in the output once; Change Plan: Revert takes it back',
		returns: 'collection',
		charges: true,
		arguments: { ...joining, ...doing },
		via: 'onBoard',
	}),
	operation(`GET ${users}`, {
		value: 'planOnBoarding',
		name: 'Plan On-Boarding',
		action: 'Plan on boarding of employee',
		description: 'List what On-Board would make and change, and all that stands in the way',
		hint: 'Nothing is changed. Give the items to Change Plan: Apply; a PIN that was given is in them',
		arguments: joining,
		via: 'planOnBoarding',
	}),
	operation(`DELETE ${users}/{userId}`, {
		value: 'offBoard',
		name: 'Off-Board',
		action: 'Off board employee',
		alias: 'offboard, leaver, terminate user, replace user',
		description: 'Take somebody out everywhere: numbers, voicemail, phones, callflows, groups, log-ins',
		hint: 'What comes out is a report; Change Plan: Revert takes back what can be. Look at Plan Off-Boarding first',
		returns: 'collection',
		arguments: { ...leaving, ...doing },
		via: 'offBoard',
	}),
	operation(`GET ${users}/{userId}`, {
		value: 'planOffBoarding',
		name: 'Plan Off-Boarding',
		action: 'Plan off boarding of employee',
		description: 'List what Off-Board would change, and where a call would end in nothing',
		hint: 'Nothing is changed. Give the items to Change Plan: Apply',
		arguments: leaving,
		via: 'planOffBoarding',
	}),
	operation(`PATCH ${users}/{userId}`, {
		value: 'removeFromEverywhere',
		name: 'Remove From Everywhere',
		action: 'Remove user from everywhere',
		description: 'Take somebody out of callflows, groups, queues and directories; the own callflow stays',
		returns: 'collection',
		arguments: { ...successor, ...doing },
		via: 'removeFromEverywhere',
	}),
	operation(`GET ${users}/{userId}`, {
		value: 'planRemoval',
		name: 'Plan Removal From Everywhere',
		action: 'Plan removal of user from everywhere',
		description: 'List what Remove From Everywhere would change',
		hint: 'Nothing is changed. Give the items to Change Plan: Apply',
		arguments: successor,
		via: 'planRemoval',
	}),
];
