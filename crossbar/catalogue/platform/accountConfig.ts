import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/configs';
const one = `${path}/{configId}` as const;

const settings: Fields = {
	settings: {
		type: 'json',
		label: 'Settings',
		placeholder: 'e.g. {"pin_timeout": 3000}',
		required: true,
		wire: '',
	},
};

export const accountConfig = resource({
	value: 'accountConfig',
	name: 'Account Configuration',
	description: 'Settings of KAZOO that differ for one account, such as conference tones',
	keywords: ['config', 'settings', 'override', 'defaults', 'account_config'],
	rows: [
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get account configuration',
			description: 'Read the settings in force, those of reseller and system included',
		}),
		operation(`GET ${path}`, {
			value: 'getDefaults',
			name: 'Get Defaults',
			action: 'Get default account configuration',
			description: 'Read the limits that hold for every module, such as the largest upload',
			version: 5,
		}),
		operation(`PATCH ${one}`, {
			value: 'update',
			name: 'Update',
			action: 'Update account configuration',
			description: 'Change some settings for this account only; its other differences stay',
			body: settings,
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			also: [`PUT ${one}`],
			name: 'Replace',
			action: 'Replace account configuration',
			description: 'Overwrite the settings in which the account differs; only differences are stored',
			body: settings,
		}),
		operation(`DELETE ${one}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete account configuration',
			description: "Drop the account's own settings; those of reseller and system apply again",
		}),
	],
});
