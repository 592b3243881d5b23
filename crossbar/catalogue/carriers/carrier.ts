import type { Field } from '../notation';
import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/resources';
const SYSTEM = 'The scope System is for system administrators';

const collection: Field = {
	type: 'json',
	label: 'Carriers',
	description: 'A list of carriers; to change one, with its ID and the fields that differ',
	placeholder: 'e.g. [{"id": "4bcb1e2e2a1d4b0f9e0a7c1d2e3f4a5b", "weight_cost": 20}]',
	required: true,
	wire: '',
};

export const carrier = resource({
	value: 'carrier',
	name: 'Carrier',
	alias: 'SIP Trunk, Gateway',
	description:
		'Trunks to the telephone network (resources): gateways, which numbers take them, in what order',
	keywords: ['resource', 'trunk', 'gateway', 'SIP trunk', 'outbound route', 'ITSP', 'BYOC', 'termination'],
	rows: [
		...crud(path, 'carrierId', {
			one: 'carrier',
			many: 'carriers',
			schema: 'resources',
			getAll: 'List the carriers of an account, or those all accounts share, with weight',
			get: 'Read gateways, rules and flags of one carrier',
			create: 'Add a carrier with its gateways and the numbers it takes',
			update: 'Change some settings of a carrier, such as its weight',
			replace: 'Overwrite gateways, rules and flags of a carrier',
			upsert: 'Find a carrier by name or another field: change it, or add it',
			delete: 'Remove a carrier; outbound calls take the next one that fits',
			more: {
				getAll: { scopes: { system: '/resources' }, hint: SYSTEM },
				get: { scopes: { system: '/resources/{carrierId}' }, hint: SYSTEM },
				create: {
					alias: 'SIP trunk, gateway',
					scopes: { system: '/resources' },
					hint: SYSTEM,
				},
				replace: {
					scopes: { system: '/resources/{carrierId}' },
				},
				update: { hint: 'Objects and lists such as gateways are replaced whole here' },
				delete: { scopes: { system: '/resources/{carrierId}' }, hint: SYSTEM },
			},
		}),
		operation(`PUT ${path}/collection`, {
			value: 'createMany',
			name: 'Create Many',
			action: 'Create many carriers',
			description: 'Add several carriers at once; one item per carrier, errors included',
			body: { carriers: { ...collection, placeholder: 'e.g. [{"name": "North", "gateways": []}]' } },
			returns: 'collection',
		}),
		operation(`POST ${path}/collection`, {
			value: 'updateMany',
			name: 'Update Many',
			action: 'Update many carriers',
			description: 'Change several carriers at once and keep their other fields',
			hint: SYSTEM,
			scopes: { system: '/resources/collection' },
			body: { carriers: collection },
			returns: 'collection',
		}),
		operation(`PUT ${path}/jobs`, {
			value: 'importNumbers',
			name: 'Import Numbers',
			action: 'Import numbers of carrier',
			description: 'Bring the numbers of a carrier into the account in the background; see Get Import',
			scopes: { system: '/resources/jobs' },
			body: {
				carrier: {
					type: 'locator',
					parameter: 'carrierId',
					label: 'Carrier',
					required: true,
					wire: 'resource_id',
				},
				numbers: {
					type: 'texts',
					label: 'Phone Numbers',
					description: 'The numbers with country code, separated by commas',
					placeholder: 'e.g. +14155550100, +14155550101',
					required: true,
				},
				name: { type: 'text', label: 'Name', description: 'To find it by', placeholder: 'e.g. November' },
			},
		}),
		operation(`GET ${path}/jobs`, {
			value: 'getImports',
			name: 'Get Imports',
			action: 'Get imports of numbers',
			description: 'List the number imports of a period with counts of success and failure',
			scopes: { system: '/resources/jobs' },
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/jobs/{carrierJobId}`, {
			value: 'getImport',
			name: 'Get Import',
			action: 'Get import of numbers',
			description: 'Read how far a number import is, and why a number failed',
			scopes: { system: '/resources/jobs/{carrierJobId}' },
		}),
	],
});

export const carrierTemplate = resource({
	value: 'carrierTemplate',
	name: 'Carrier Template',
	description: 'Half-filled carriers to make new ones from, for operators whose settings you know',
	keywords: ['resource template', 'trunk template', 'gateway template', 'carrier preset'],
	rows: crud('/accounts/{accountId}/resource_templates', 'carrierTemplateId', {
		one: 'carrier template',
		many: 'carrier templates',
		schema: 'resources',
		getAll: 'List the templates with name and template name',
		get: 'Read the settings that a template holds',
		create: "Add a template; besides a carrier's fields it needs a template name",
		update: 'Change some settings of a template and keep the others',
		replace: 'Overwrite a template; send its template name too',
		delete: 'Remove a template; carriers made from it stay',
		more: {
			create: {
				body: {
					templateName: {
						type: 'text',
						label: 'Template Name',
						placeholder: 'e.g. North Telecom',
						required: true,
					},
				},
			},
			replace: {
				body: {
					templateName: {
						type: 'text',
						label: 'Template Name',
						placeholder: 'e.g. North Telecom',
						required: true,
					},
				},
			},
		},
	}),
});
