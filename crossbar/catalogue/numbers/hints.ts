/** Hints for phone numbers and their porting. */
import type { SchemaHints } from '../hintNotation';

export const numbersHints: Readonly<Record<string, SchemaHints>> = {
	phone_numbers: {
		form: {},
		more: {
			'cnam.display_name': { label: 'Caller Name Shown Outside (CNAM)' },
			'cnam.inbound_lookup': { label: 'Look Up Names of Callers (CNAM)' },
			'e911.caller_name': { label: 'Emergency Address (E911) > Name' },
			'e911.street_address': { label: 'Emergency Address (E911) > Street' },
			'e911.extended_address': { label: 'Emergency Address (E911) > Suite' },
			'e911.locality': { label: 'Emergency Address (E911) > City' },
			'e911.region': { label: 'Emergency Address (E911) > State' },
			'e911.postal_code': { label: 'Emergency Address (E911) > ZIP' },
			'e911.notification_contact_emails': { label: 'Emergency Address (E911) > Notify', as: 'texts' },
		},
	},
	port_requests: {
		form: {
			name: {},
			numbers: { label: 'Numbers', as: 'numberKeys', whole: true },
			transfer_date: { as: 'day' },
			signee_name: { label: 'Signed By' },
			signing_date: { label: 'Signed On', as: 'day' },
			'bill.carrier': { label: 'Carrier Today' },
			'bill.name': { label: 'Bill > Name' },
			'bill.account_number': {},
		},
		more: {
			'bill.pin': {},
			'bill.btn': { label: 'Bill > Main Number (BTN)' },
			'bill.street_number': {},
			'bill.street_address': {},
			'bill.locality': { label: 'Bill > City' },
			'bill.region': { label: 'Bill > State' },
			'bill.postal_code': {},
			'notifications.email.send_to': { label: 'Notify by Email', as: 'texts' },
			winning_carrier: { label: 'New Carrier' },
			reference_number: {},
		},
	},
	connectivity: { form: { name: {} } },
	external_numbers: { form: { name: {}, number: {} } },
};
