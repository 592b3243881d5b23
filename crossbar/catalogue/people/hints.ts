/** Hints for people, their phones, and the groups they are in. */
import type { FieldHints, SchemaHints } from '../hintNotation';

const callForwarding: FieldHints = {
	'call_forward.enabled': { label: 'Call Forwarding > On' },
	'call_forward.number': { label: 'Call Forwarding > To' },
	'do_not_disturb.enabled': { label: 'Do Not Disturb' },
};

const callerId: FieldHints = {
	'caller_id.external.name': { label: 'Caller ID Outside > Name' },
	'caller_id.external.number': { label: 'Caller ID Outside > Number' },
	'caller_id.internal.name': { label: 'Caller ID Inside > Name' },
	'caller_id.internal.number': { label: 'Caller ID Inside > Number' },
	'caller_id.emergency.name': { label: 'Caller ID for Emergency Calls > Name' },
	'caller_id.emergency.number': { label: 'Caller ID for Emergency Calls > Number' },
};

export const peopleHints: Readonly<Record<string, SchemaHints>> = {
	users: {
		form: {
			first_name: {},
			last_name: {},
			email: { label: 'Email' },
			username: { label: 'User Name' },
			presence_id: { label: 'Extension' },
			timezone: { label: 'Time Zone', as: 'timeZone' },
			priv_level: {
				label: 'Role',
				as: 'choice',
				of: [
					{ value: 'admin', label: 'Administrator' },
					{ value: 'user', label: 'User' },
				],
			},
		},
		more: {
			enabled: {},
			vm_to_email_enabled: { label: 'Voicemail to Email' },
			...callForwarding,
			...callerId,
			language: {},
			require_password_update: { label: 'Must Change Password' },
			'pronounced_name.media_id': { label: 'Pronounced Name', as: 'id', of: 'mediaId' },
			'music_on_hold.media_id': { label: 'Music on Hold', as: 'id', of: 'mediaId' },
			flags: { as: 'texts' },
		},
		apart: ['password'],
	},
	devices: {
		form: {
			name: {},
			device_type: {
				label: 'Kind',
				as: 'choice',
				of: [
					{ value: 'ata', label: 'Adapter for Analogue Phones (ATA)' },
					{ value: 'application', label: 'App' },
					{ value: 'cellphone', label: 'Cell Phone' },
					{ value: 'sip_device', label: 'Desk Phone (SIP)' },
					{ value: 'fax', label: 'Fax Machine' },
					{ value: 'landline', label: 'Landline' },
					{ value: 'mobile', label: 'Mobile' },
					{ value: 'sip_uri', label: 'SIP Address (URI)' },
					{ value: 'smartphone', label: 'Smartphone' },
					{ value: 'softphone', label: 'Softphone' },
				],
			},
			owner_id: { label: 'Owner', as: 'id', of: 'userId' },
			mac_address: { label: 'MAC Address' },
			'provision.endpoint_brand': { label: 'Brand' },
			'provision.endpoint_model': { label: 'Model' },
			'sip.username': { label: 'SIP User Name' },
		},
		more: {
			enabled: {},
			'provision.endpoint_family': { label: 'Model Family' },
			...callForwarding,
			...callerId,
			timezone: { label: 'Time Zone', as: 'timeZone' },
			presence_id: { label: 'Extension for Lamps' },
			'music_on_hold.media_id': { label: 'Music on Hold', as: 'id', of: 'mediaId' },
			'sip.realm': { label: 'SIP Realm' },
			flags: { as: 'texts' },
		},
		apart: ['sip.password'],
	},
	groups: {
		form: {
			name: {},
			endpoints: {
				label: 'Members',
				as: 'members',
				of: { user: 'userId', device: 'deviceId', group: 'groupId' },
			},
		},
	},
	directories: {
		form: {
			name: {},
			sort_by: {
				label: 'Sort By',
				as: 'choice',
				of: [
					{ value: 'first_name', label: 'First Name' },
					{ value: 'last_name', label: 'Last Name' },
				],
			},
			search_fields: {
				label: 'Search In',
				as: 'choice',
				of: [
					{ value: 'both', label: 'Both Names' },
					{ value: 'first_name', label: 'First Name' },
					{ value: 'last_name', label: 'Last Name' },
				],
			},
		},
		more: { min_dtmf: { label: 'Fewest Digits' }, max_dtmf: { label: 'Most Digits' } },
	},
	lists: { form: { name: {}, description: {} } },
	list_entries: {
		form: {
			displayname: { label: 'Display Name' },
			number: {},
			firstname: { label: 'First Name' },
			lastname: { label: 'Last Name' },
		},
		more: { list_id: { label: 'List', as: 'id', of: 'listId' } },
	},
	cccps: {
		form: {
			user_id: { label: 'User', as: 'id', of: 'userId' },
			cid: { label: 'Caller ID' },
			pin: { label: 'PIN' },
			comment: {},
		},
		more: { max_concurent_calls_per_user: { label: 'Most Calls at Once' } },
	},
};
