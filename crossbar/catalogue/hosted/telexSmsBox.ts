import { operation, resource } from '../notation';
import { freeForm, HOSTED } from './shared';

const path = '/accounts/{accountId}/telexsmsboxes';
const one = `${path}/{telexSmsBoxId}` as const;
const shared = { hint: HOSTED, version: 5 } as const;

export const telexSmsBox = resource({
	value: 'telexSmsBox',
	name: 'Telex SMS Box',
	description: 'Boxes that receive text messages for numbers on the hosted platform',
	keywords: ['SMS box', 'Telex', 'text messaging', 'SMS inbox'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many telex SMS boxes',
			description: 'List the boxes for text messages of an account',
			returns: 'records',
			...shared,
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create telex SMS box',
			description: 'Add a box for text messages with the fields you send',
			body: { data: freeForm },
			...shared,
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace telex SMS box',
			description: 'Overwrite the settings of a box for text messages',
			body: { data: freeForm },
			...shared,
		}),
		operation(`DELETE ${one}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete telex SMS box',
			description: 'Remove a box; text messages to its number are no longer kept there',
			...shared,
		}),
	],
});
