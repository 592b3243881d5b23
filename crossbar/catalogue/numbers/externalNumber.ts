import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/external_numbers';
const verify = `${path}/{externalNumberId}/verify` as const;

export const externalNumber = resource({
	value: 'externalNumber',
	name: 'External Number',
	description: 'Numbers at other carriers that an account may show as caller ID, once proven',
	keywords: ['caller ID', 'STIR/SHAKEN', 'attestation', 'verify number', 'cell phone', 'spoofing'],
	rows: [
		...crud(path, 'externalNumberId', {
			one: 'external number',
			many: 'external numbers',
			schema: 'external_numbers',
			version: 5,
			getAll: 'List the outside numbers and whether each is verified',
			get: 'Read who verified an outside number, and when',
			create: 'Add an outside number; verify it next',
			delete: 'Remove an outside number; it can no longer be shown as caller ID',
		}),
		operation(`PUT ${verify}`, {
			value: 'sendCode',
			name: 'Send Code',
			action: 'Send verification code to external number',
			description: 'Call the number or send it an SMS with a code of four digits',
			body: {
				method: {
					type: 'choice',
					label: 'Method',
					options: [
						{ value: 'voice', label: 'Call', description: 'The code is spoken' },
						{
							value: 'ivr',
							label: 'Call and Press 1',
							description: 'Verified at once, without code; waits for the answer',
						},
						{ value: 'sms', label: 'SMS' },
					],
					default: 'voice',
				},
				message: {
					type: 'text',
					label: 'Message',
					description: 'Your own words, with {{verify.code}} where the code belongs',
					lines: 2,
				},
			},
			returns: 'value',
			version: 5,
		}),
		operation(`POST ${verify}`, {
			value: 'verify',
			name: 'Verify',
			action: 'Verify external number',
			description: 'Prove with the code that was sent that the number is yours',
			hint: 'A system administrator may leave the code out',
			body: { code: { type: 'text', label: 'Code', placeholder: 'e.g. 1234' } },
			version: 5,
		}),
	],
});
