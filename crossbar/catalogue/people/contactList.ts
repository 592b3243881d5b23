import type { Fields } from '../notation';
import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/lists';
const one = `${path}/{listId}` as const;
const entries = `${one}/entries` as const;
const entry = `${entries}/{listEntryId}` as const;
const user = '/accounts/{accountId}/users/{userId}/lists';

const OLD_AND_NEW =
	'On KAZOO 4 a list of callers with entries, on KAZOO 5 one contact. The scope User needs KAZOO 5';

/** A contact of KAZOO 5 (schema contacts). */
const contact = (required: boolean): Fields => ({
	firstName: { type: 'text', label: 'First Name', required },
	contacts: {
		type: 'json',
		label: 'Addresses',
		description: 'Each with type (voice, email, sms), contact, and primary for one of each type',
		placeholder: 'e.g. [{"type": "voice", "contact": "+14155550100", "primary": true}]',
		required,
	},
	lastName: { type: 'text', label: 'Last Name' },
	organization: { type: 'text', label: 'Organization', wire: 'organization.name' },
	favorite: { type: 'boolean', label: 'Favorite', description: 'Whether it is shown first' },
	tags: { type: 'texts', label: 'Tags', description: 'Separated by commas', placeholder: 'e.g. vip, sales' },
	pattern: {
		type: 'text',
		label: 'Pattern',
		description: 'A regular expression for the numbers that the contact stands for',
	},
});

export const contactList = resource({
	value: 'contactList',
	name: 'Contact List',
	description: 'Known callers: lists with entries on KAZOO 4, contacts of companies and people on KAZOO 5',
	keywords: [
		'contacts',
		'phone book',
		'address book',
		'caller ID list',
		'match list',
		'vCard',
		'VIP callers',
	],
	rows: [
		...crud(path, 'listId', {
			one: 'contact list',
			many: 'contact lists',
			schema: 'lists',
			getAll: 'List contact lists by name; contacts come with their main number and email',
			get: 'Read name and description; of a contact, all its addresses',
			create: 'Make an empty list; Add Entry fills it',
			update: 'Change name or description of a list',
			replace: 'Set name and description of a list; its entries stay',
			delete: 'Remove a list with its entries, or a contact',
			more: {
				getAll: { scopes: { user }, hint: OLD_AND_NEW },
				get: { scopes: { user: `${user}/{listId}` }, hint: OLD_AND_NEW },
				delete: {
					scopes: { user: `${user}/{listId}` },
					also: [`DELETE ${path}/users/{userId}/{listId}`],
					hint: OLD_AND_NEW,
				},
				create: { version: 4 },
				update: { version: 4 },
				replace: { version: 4 },
			},
		}),
		operation(`GET ${path}/tag-{tag}`, {
			value: 'getByTag',
			name: 'Get Many by Tag',
			action: 'Get many contacts by tag',
			description: 'List the contacts that carry a tag',
			returns: 'records',
			scopes: { user: `${user}/tag-{tag}` },
			version: 5,
		}),
		operation(`PUT ${path}`, {
			value: 'createContact',
			name: 'Create Contact',
			action: 'Create contact',
			description: 'Add a person to the address book of the company or of a user',
			scopes: { user },
			body: contact(true),
			version: 5,
		}),
		operation(`PATCH ${one}`, {
			value: 'updateContact',
			name: 'Update Contact',
			action: 'Update contact',
			description: 'Change parts of a contact; its addresses are replaced whole',
			scopes: { user: `${user}/{listId}` },
			body: contact(false),
			version: 5,
		}),
		operation(`POST ${one}`, {
			value: 'replaceContact',
			name: 'Replace Contact',
			action: 'Replace contact',
			description: 'Overwrite names and addresses of a person',
			scopes: { user: `${user}/{listId}` },
			body: contact(true),
			version: 5,
		}),
		operation(`GET ${entries}`, {
			value: 'getEntries',
			name: 'Get Entries',
			action: 'Get entries of contact list',
			description: 'List the callers on a list with name and number or pattern',
			returns: 'records',
			version: 4,
		}),
		operation(`GET ${entry}`, {
			value: 'getEntry',
			name: 'Get Entry',
			action: 'Get entry of contact list',
			description: 'Read one caller on a list',
			version: 4,
		}),
		operation(`PUT ${entries}`, {
			value: 'addEntry',
			name: 'Add Entry',
			action: 'Add entry to contact list',
			description: 'Put a caller on a list, by number, pattern or name',
			document: 'list_entries',
			version: 4,
		}),
		operation(`PATCH ${entry}`, {
			value: 'updateEntry',
			name: 'Update Entry',
			action: 'Update entry of contact list',
			description: 'Change name or number of a caller on a list',
			document: 'list_entries',
			version: 4,
		}),
		operation(`POST ${entry}`, {
			value: 'replaceEntry',
			name: 'Replace Entry',
			action: 'Replace entry of contact list',
			description: 'Overwrite a caller on a list',
			document: 'list_entries',
			fromPath: { list_id: 'listId' },
			version: 4,
		}),
		operation(`DELETE ${entry}`, {
			value: 'deleteEntry',
			name: 'Delete Entry',
			action: 'Delete entry of contact list',
			description: 'Take a caller off a list',
			version: 4,
		}),
		operation(`DELETE ${entries}`, {
			value: 'deleteEntries',
			name: 'Delete All Entries',
			action: 'Delete all entries of contact list',
			description: 'Take all callers off a list at once',
			returns: 'value',
			version: 4,
		}),
		operation(`POST ${entry}/photo`, {
			value: 'uploadPhoto',
			name: 'Upload Photo',
			action: 'Upload photo of entry of contact list',
			description: 'Store a picture of a caller on a list',
			hint: 'With another picture than a JPEG, KAZOO 4 fails from then on to make the vCard',
			upload: { as: 'multipart', accepts: 'JPEG, PNG or GIF' },
			version: 4,
		}),
		operation(`GET ${entry}/vcard`, {
			value: 'getVcard',
			name: 'Get vCard',
			action: 'Get vcard of entry of contact list',
			description: 'Download a caller on a list as a contact card (.vcf)',
			returns: 'file',
			accept: 'text/x-vcard',
			version: 4,
		}),
		operation('GET /accounts/{accountId}/contact_list', {
			value: 'getExtensions',
			name: 'Get Extensions',
			action: 'Get extensions of account',
			description: "List the company's own people with extension and outside number",
			returns: 'records',
		}),
	],
});
