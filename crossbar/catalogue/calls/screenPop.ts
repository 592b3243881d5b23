import { crud, resource } from '../notation';

export const screenPop = resource({
	value: 'screenPop',
	name: 'Screen Pop',
	description: "Web pages that open on a call, such as the customer's record in a CRM",
	keywords: ['popup', 'CTI', 'caller popup', 'CRM popup', 'open URL on call'],
	rows: crud('/accounts/{accountId}/screenpops', 'screenPopId', {
		one: 'screen pop',
		many: 'screen pops',
		schema: 'screenpops',
		version: 5,
		getAll: 'List the pages that open on calls, for an account or for one user',
		get: 'Read the links of one page and who sees it',
		create: 'Have a page open on calls, for all users or for some',
		update: 'Change who sees a page, or other settings of it',
		replace: 'Overwrite links and permissions of a page',
		delete: 'Stop a page from opening on calls',
		more: { getAll: { scopes: { user: '/accounts/{accountId}/users/{userId}/screenpops' } } },
	}),
});
