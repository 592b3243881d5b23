import { operation, resource } from '../notation';
import { HOSTED } from './shared';

const path = '/accounts/{accountId}/trunkingio_settings';
const shared = { hint: HOSTED, version: 5 } as const;

export const trunkingIo = resource({
	value: 'trunkingIo',
	name: 'Trunking.io',
	description: 'The link between an account and the carrier service Trunking.io',
	keywords: ['carrier service', 'trunks', 'SIP trunking', 'numbers'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get trunking settings',
			description: 'Read how an account is linked to Trunking.io',
			...shared,
		}),
		operation(`GET ${path}/check`, {
			value: 'check',
			name: 'Check',
			action: 'Check trunking settings',
			description: 'Find out whether the link to Trunking.io works',
			...shared,
		}),
	],
});
