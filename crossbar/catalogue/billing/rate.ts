import { crud, operation, resource } from '../notation';

export const rate = resource({
	value: 'rate',
	name: 'Rate',
	description: 'What calls to a prefix cost per minute, in decks that service plans assign',
	keywords: ['ratedeck', 'call price', 'tariff', 'per minute', 'LCR', 'cost of call', 'billing'],
	rows: [
		...crud('/rates', 'rateId', {
			one: 'rate',
			many: 'rates',
			schema: 'rates',
			needs: 'system administrator',
			get: 'Read price, increments and routes of one rate',
			create: 'Add a price for a prefix; country code and prefix make its ID',
			update: 'Change some values of a rate, such as price or description',
			replace: 'Overwrite a rate; values you do not send are lost',
			delete: 'Take a price away; calls to the prefix use the next shorter one',
			more: {
				create: { hint: 'KAZOO refuses an ID again that was deleted. For many use a Bulk Task' },
			},
		}),
		operation('GET /rates', {
			value: 'export',
			name: 'Export as CSV',
			action: 'Export rates as CSV file',
			description: 'Download all prices with prefix and ID as a CSV file',
			hint: 'KAZOO lists rates only as CSV',
			returns: 'file',
			accept: 'text/csv',
			needs: 'system administrator',
		}),
		operation('GET /rates/ratedecks', {
			value: 'getRatedecks',
			name: 'Get Ratedecks',
			action: 'Get ratedecks',
			description: 'Read the names of the rate decks and which one is the default',
			needs: 'system administrator',
		}),
		operation('GET /rates/number/{phoneNumber}', {
			value: 'getForNumber',
			name: 'Get for Number',
			action: 'Get rate for phone number',
			description: 'Find out what a call to a number costs; fails where no price fits',
			needs: 'system administrator',
		}),
	],
});
