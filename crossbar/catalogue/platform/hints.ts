/** Hints for accounts and webhooks. */
import type { SchemaHints } from '../hintNotation';

export const platformHints: Readonly<Record<string, SchemaHints>> = {
	accounts: {
		form: {
			name: {},
			realm: { label: 'SIP Realm' },
			timezone: { label: 'Time Zone', as: 'timeZone' },
			language: {},
		},
		more: {
			'caller_id.external.name': { label: 'Caller ID Outside > Name' },
			'caller_id.external.number': { label: 'Caller ID Outside > Number' },
			'caller_id.emergency.name': { label: 'Caller ID for Emergency Calls > Name' },
			'caller_id.emergency.number': { label: 'Caller ID for Emergency Calls > Number' },
			'music_on_hold.media_id': { label: 'Music on Hold', as: 'id', of: 'mediaId' },
			'preflow.always': { label: 'Callflow Before All Others', as: 'id', of: 'callflowId' },
			org: { label: 'Organisation' },
			flags: { as: 'texts' },
		},
	},
	webhooks: {
		form: { name: {}, hook: { label: 'Event' }, uri: { label: 'URL' }, http_verb: { label: 'HTTP Method' } },
		more: { include_subaccounts: { label: 'Sub-Accounts, Too' }, retries: { label: 'Tries' } },
	},
	whitelabel: { form: { company_name: {}, domain: {} } },
};
