import type { Field } from '../notation';
import { crud, operation, resource } from '../notation';

const person: Field = {
	type: 'locator',
	parameter: 'userId',
	label: 'Person',
	required: true,
};

export const directory = resource({
	value: 'directory',
	name: 'Directory',
	alias: 'Company Directory, Dial by Name',
	description: 'Dial-by-name directories: callers spell a name on the keypad',
	keywords: ['dial by name', 'phone book', 'company directory'],
	rows: [
		...crud('/accounts/{accountId}/directories', 'directoryId', {
			one: 'directory',
			many: 'directories',
			schema: 'directories',
			getAll: 'List the dial-by-name directories of an account',
			get: 'Read the settings of a directory and which users it holds, each with the callflow to run',
			create: 'Create an empty directory; users join it through their own field directories',
			update: 'Change sorting, digits to dial or confirmation of a directory',
			replace: 'Overwrite the settings of a directory; its users stay',
			upsert: 'Find a directory by name or another field: change its settings, or create it',
			delete: 'Delete a directory; the users in it stay',
			more: {
				create: { alias: 'company directory, dial by name' },
				get: { names: { people: { id: 'users', each: 'user_id', of: 'userId' } } },
			},
		}),
		operation('PATCH /accounts/{accountId}/directories/{directoryId}', {
			value: 'addPerson',
			name: 'Add Person',
			action: 'Add person to directory',
			description: 'Let callers find a person by name; says which callflow then rings',
			arguments: {
				person,
				callflow: {
					type: 'locator',
					parameter: 'callflowId',
					label: 'Callflow to Ring',
					description: "Left empty, the person's own one that has a number",
				},
			},
			via: 'changeDirectoryPerson',
		}),
		operation('PATCH /accounts/{accountId}/directories/{directoryId}', {
			value: 'removePerson',
			name: 'Remove Person',
			action: 'Remove person from directory',
			description: 'Callers no longer find a person by name; the person stays',
			arguments: { person },
			via: 'changeDirectoryPerson',
		}),
		operation('GET /accounts/{accountId}/directories/{directoryId}', {
			value: 'downloadPdf',
			name: 'Download PDF',
			action: 'Download directory as PDF file',
			description: 'Get the names and extensions of a directory as a PDF to print',
			returns: 'file',
			accept: 'application/pdf',
		}),
	],
});
