import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/migrations';

export const migration = resource({
	value: 'migration',
	name: 'Migration',
	description: 'One-time changes of an account after an upgrade, such as to the newer email templates',
	keywords: ['upgrade', 'teletype', 'convert account', 'data migration'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many migrations',
			description: 'List the migrations this server offers, with what each does',
			returns: { map: '', value: 'description' },
			unpaged: true,
		}),
		operation(`GET ${path}/{migrationId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get migration',
			description: 'Read whether a migration was done for an account, by whom and when',
		}),
		operation(`POST ${path}/{migrationId}`, {
			value: 'run',
			name: 'Run',
			action: 'Run migration',
			description: 'Carry out a migration now, for an account or for the accounts below it as well',
			hint: 'There is no way back',
			always: { perform_migration: 'now' },
			body: {
				includeDescendants: {
					type: 'boolean',
					label: 'Include Sub-Accounts',
					description: 'Whether it is done for the accounts below too',
				},
				includeResellers: {
					type: 'boolean',
					label: 'Include Resellers',
					description: 'Whether it is done for resellers below too',
				},
			},
		}),
	],
});
