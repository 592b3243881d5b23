import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/websites';
const one = `${path}/{websiteId}` as const;

export const website = resource({
	value: 'website',
	name: 'Website',
	description: "Links to web pages that KAZOO's apps show to the users of an account",
	keywords: ['web link', 'bookmark', 'web app', 'intranet', 'portal tile'],
	rows: [
		...crud(path, 'websiteId', {
			one: 'website',
			many: 'websites',
			schema: 'websites',
			version: 5,
			getAll: 'List the links of an account, or those one user sees',
			get: 'Read name, address and audience of one link',
			create: 'Show a link to all users or to some; name and address are needed',
			update: 'Change name, address or audience of a link',
			replace: 'Overwrite a link with the fields you send',
			upsert: 'Find a link by name or address: change it, or add it',
			delete: 'Take a link away, with its logo',
			more: { getAll: { scopes: { user: '/accounts/{accountId}/users/{userId}/websites' } } },
		}),
		operation(`GET ${one}`, {
			value: 'downloadLogo',
			name: 'Download Logo',
			action: 'Download logo of website',
			description: 'Get the picture beside a link, where it is a PNG',
			returns: 'file',
			accept: 'image/png',
			version: 5,
		}),
		operation(`POST ${one}`, {
			value: 'uploadLogo',
			name: 'Upload Logo',
			action: 'Upload logo of website',
			description: 'Store a picture to show beside a link',
			upload: { as: 'raw', accepts: 'PNG, or JPEG or GIF, which cannot be downloaded here' },
			version: 5,
		}),
	],
});
