import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/entitlements';

const enrollment: Fields = {
	capabilities: {
		type: 'texts',
		label: 'Capability IDs',
		description: 'Separated by commas',
		placeholder: 'e.g. transcription',
		required: true,
	},
	accountBelow: {
		type: 'locator',
		parameter: 'accountId',
		label: 'Sub-Account',
		description: 'Do it for this account, as its reseller',
		wire: 'account_id',
	},
};

export const entitlement = resource({
	value: 'entitlement',
	name: 'Entitlement',
	description: 'Extra features that a provider offers, and which of them an account takes',
	keywords: ['feature', 'capability', 'enroll', 'add-on', 'subscription', 'opt in'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get entitlements',
			description: 'Read the features on offer and the ones that are taken',
			scopes: { user: '/accounts/{accountId}/users/{userId}/entitlements' },
			version: 5,
		}),
		operation(`GET ${path}/{applicationId}`, {
			value: 'getOfApplication',
			name: 'Get of Application',
			action: 'Get entitlement of application',
			description: 'Read whether one program may be used',
			version: 5,
		}),
		operation(`POST ${path}/enrollment`, {
			value: 'enroll',
			name: 'Enroll',
			action: 'Enroll account in features',
			description: 'Enroll in features that are on offer',
			always: { enabled: true },
			body: enrollment,
			returns: 'value',
			version: 5,
		}),
		operation(`POST ${path}/enrollment`, {
			value: 'unenroll',
			name: 'Unenroll',
			action: 'Unenroll account from features',
			description: 'Leave features that were taken',
			always: { enabled: false },
			body: enrollment,
			returns: 'value',
			version: 5,
		}),
	],
});
