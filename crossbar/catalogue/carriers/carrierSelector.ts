import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/resource_selectors';
const one = `${path}/{selectorId}` as const;

export const carrierSelector = resource({
	value: 'carrierSelector',
	name: 'Carrier Selector',
	description: 'Tables that choose a carrier for a call, by prefix or price, and the rules that read them',
	keywords: ['resource selector', 'least cost routing', 'LCR', 'carrier routing', 'outbound routing'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many carrier selectors',
			description: 'List the entries of all tables with prefix, carrier and price',
			hint: 'To add or remove entries, use a Bulk Task of the category Resource Selectors',
			returns: 'records',
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get carrier selector',
			description: 'Read one entry: table, prefix, carrier, value and when it applies',
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace carrier selector',
			description: 'Overwrite one entry of a table; what you leave out is lost',
			document: 'resource_selectors',
		}),
		operation(`DELETE ${one}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete carrier selector',
			description: 'Take one entry out of its table',
		}),
		operation(`GET ${path}/name`, {
			value: 'getNames',
			name: 'Get Tables',
			action: 'Get tables of carrier selectors',
			description: 'List the tables by name and how many entries each has',
			returns: { map: '', key: 'name', value: 'count' },
		}),
		operation(`GET ${path}/name/{selectorName}`, {
			value: 'getCarriersOfName',
			name: 'Get Carriers of Table',
			action: 'Get carriers of selector table',
			description: 'Count for one table how many entries lead to each carrier',
			returns: { map: '', key: 'resource_id', value: 'count' },
		}),
		operation(`GET ${path}/resource`, {
			value: 'getUsedCarriers',
			name: 'Get Carriers',
			action: 'Get carriers with selectors',
			description: 'List the carriers that tables lead to, and by how many entries',
			returns: { map: '', key: 'resource_id', value: 'count' },
		}),
		operation(`GET ${path}/resource/{carrierId}`, {
			value: 'getNamesOfCarrier',
			name: 'Get Tables of Carrier',
			action: 'Get selector tables of carrier',
			description: 'Count for one carrier how many entries each table has for it',
			returns: { map: '', key: 'name', value: 'count' },
		}),
		operation(`GET ${path}/resource/{carrierId}/name/{selectorName}`, {
			value: 'getEntries',
			name: 'Get Entries of Carrier',
			action: 'Get selector entries of carrier',
			description: 'List the prefixes that one table has for one carrier, with value where it has one',
			also: [`GET ${path}/name/{selectorName}/resource/{carrierId}`],
			returns: 'records',
		}),
		operation(`GET ${path}/rules`, {
			value: 'getRules',
			name: 'Get Rules',
			action: 'Get carrier selection rules',
			description: 'Read the steps by which carriers are filtered and put in order for a call',
			scopes: { system: '/resource_selectors/rules' },
		}),
		operation(`POST ${path}/rules`, {
			value: 'replaceRules',
			name: 'Replace Rules',
			action: 'Replace carrier selection rules',
			description: 'Set all steps by which carriers are chosen; wrong ones stop outbound calls',
			hint: 'The scope System is for system administrators',
			scopes: { system: '/resource_selectors/rules' },
			body: {
				rules: {
					type: 'json',
					label: 'Rules',
					description: 'A list of steps, each an object with the name of its module',
					placeholder: 'e.g. [{"get_resources": {}}]',
					required: true,
				},
			},
		}),
	],
});
