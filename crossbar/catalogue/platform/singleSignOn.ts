import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const apps = '/auth/apps';
const providers = '/auth/providers';
const links = '/auth/links';

const app: Fields = {
	provider: { type: 'text', label: 'Provider', placeholder: 'e.g. google', required: true },
	clientId: {
		type: 'text',
		label: 'Client ID',
		description: 'Under which the provider knows KAZOO',
		required: true,
	},
	secret: { type: 'text', label: 'Secret', password: true, required: true },
	email: { type: 'text', label: 'Email' },
};

const settings: Fields = {
	settings: {
		type: 'json',
		label: 'Settings',
		description: 'Addresses and options of the provider',
		placeholder: 'e.g. {"id": "google", "auth_url": "https://accounts.google.com/o/oauth2/token"}',
		required: true,
		wire: '',
	},
};

export const singleSignOn = resource({
	value: 'singleSignOn',
	name: 'Single Sign-On',
	description: 'Logging in with Google, Microsoft and others: providers, registered apps, linked users',
	keywords: ['SSO', 'OAuth', 'Google login', 'Office 365', 'Salesforce', 'identity provider'],
	rows: [
		operation(`GET ${providers}`, {
			value: 'getProviders',
			name: 'Get Providers',
			action: 'Get single sign on providers',
			description: 'List the services with which people can log in, second factors included',
			returns: 'records',
		}),
		operation(`GET ${providers}/{providerId}`, {
			value: 'getProvider',
			name: 'Get Provider',
			action: 'Get single sign on provider',
			description: 'Read addresses and options of one service',
		}),
		operation(`POST ${providers}/{providerId}`, {
			value: 'replaceProvider',
			name: 'Replace Provider',
			action: 'Replace single sign on provider',
			description: 'Overwrite the addresses and options of a service',
			body: settings,
			needs: 'system administrator',
		}),
		operation(`DELETE ${providers}/{providerId}`, {
			value: 'deleteProvider',
			name: 'Delete Provider',
			action: 'Delete single sign on provider',
			description: 'Remove a service; nobody can log in with it any longer',
			needs: 'system administrator',
		}),
		operation(`GET ${apps}`, {
			value: 'getApps',
			name: 'Get Apps',
			action: 'Get single sign on apps',
			description: 'List the registrations of your reseller with those services',
			returns: 'records',
		}),
		operation(`GET ${apps}/{ssoAppId}`, {
			value: 'getApp',
			name: 'Get App',
			action: 'Get single sign on app',
			description: 'Read one registration with a service',
		}),
		operation(`POST ${apps}/{ssoAppId}`, {
			value: 'replaceApp',
			name: 'Replace App',
			action: 'Replace single sign on app',
			description: 'Overwrite client ID and secret of a registration',
			body: app,
		}),
		operation(`DELETE ${apps}/{ssoAppId}`, {
			value: 'deleteApp',
			name: 'Delete App',
			action: 'Delete single sign on app',
			description: 'Remove a registration; its users log in with their password again',
		}),
		operation(`GET ${links}`, {
			value: 'getLinks',
			name: 'Get Links',
			action: 'Get single sign on links of user',
			description: 'List the outside logins of the user of the credential',
			returns: 'records',
		}),
		operation(`GET ${links}/{linkId}`, {
			value: 'getLink',
			also: ['GET /accounts/{accountId}/auth/links/{linkId}'],
			name: 'Get Link',
			action: 'Get single sign on link',
			description: 'Read email and profile of one outside login',
		}),
		operation(`PUT ${links}/{linkId}`, {
			value: 'link',
			name: 'Link User',
			action: 'Link user to single sign on',
			description: 'Link an outside login to the user of the credential',
		}),
		operation(`DELETE ${links}/{linkId}`, {
			value: 'unlink',
			name: 'Unlink User',
			action: 'Unlink user from single sign on',
			description: 'Unlink an outside login from its user',
		}),
	],
});
