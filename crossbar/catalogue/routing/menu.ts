import { crud, resource } from '../notation';

export const menu = resource({
	value: 'menu',
	name: 'Menu',
	alias: 'IVR, Auto Attendant',
	description: 'Auto attendants: a greeting that asks callers to press a key or dial an extension',
	keywords: ['auto attendant', 'IVR', 'press 1', 'hunt', 'phone tree'],
	rows: crud('/accounts/{accountId}/menus', 'menuId', {
		one: 'menu',
		many: 'menus',
		schema: 'menus',
		getAll: 'List the auto attendants of an account',
		get: 'Read greeting, timeouts, retries and extension dialing of an auto attendant',
		create: 'Set up an auto attendant; the callflow that uses it says what each key does',
		update: 'Change some settings, such as the greeting or how often a caller may try',
		replace: 'Overwrite greeting, timeouts and retries of an auto attendant',
		upsert: 'Find an auto attendant by name or another field: change it, or set it up when missing',
		delete: 'Remove an auto attendant; change the callflows that use it first',
		more: { create: { action: 'Create IVR menu', alias: 'auto attendant' } },
	}),
});
