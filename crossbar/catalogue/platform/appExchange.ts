import type { Fields, Upload } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/apps_store';
const one = `${path}/{appId}` as const;
const brand = `${one}/override` as const;

const image: Upload = { as: 'raw', accepts: 'PNG, JPEG or GIF' };
const picture = { returns: 'file' } as const;

const audience: Fields = {
	allowedUsers: {
		type: 'choice',
		label: 'Allowed Users',
		options: [
			{ value: 'admins', label: 'Administrators' },
			{ value: 'all', label: 'Everybody' },
			{ value: 'specific', label: 'Only the Users Named' },
		],
		default: 'all',
		required: true,
	},
	users: {
		type: 'texts',
		each: 'id',
		label: 'User IDs',
		description: 'Who may open it, where only named users may; separated by commas',
	},
};

export const appExchange = resource({
	value: 'appExchange',
	name: 'App Exchange',
	description: "Apps of KAZOO's own user interface: who may open them, how they look to customers",
	keywords: ['app store', 'monster ui apps', 'install app', 'marketplace', 'branding', 'white label'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many apps',
			description: 'List the apps that the service plan allows, and who may open each',
			returns: 'records',
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get app',
			description: 'Read name, texts, price and audience of an app',
			simple: ['id', 'name', 'author', 'version', 'price', 'allowed_users', 'users', 'published', 'tags'],
		}),
		operation(`PUT ${one}`, {
			value: 'install',
			name: 'Install',
			action: 'Install app',
			description: 'Make an app available to users of the account',
			body: audience,
		}),
		operation(`POST ${one}`, {
			value: 'setAudience',
			name: 'Set Allowed Users',
			action: 'Set allowed users of app',
			description: 'Change who may open an app that is installed',
			body: audience,
		}),
		operation(`DELETE ${one}`, {
			value: 'uninstall',
			name: 'Uninstall',
			action: 'Uninstall app',
			description: 'Take an app away from everybody in the account',
		}),
		operation(`GET ${one}/icon`, {
			value: 'downloadIcon',
			name: 'Download Icon',
			action: 'Download icon of app',
			description: 'Get the picture that stands for the app',
			...picture,
		}),
		operation(`GET ${one}/screenshot/{screenshotIndex}`, {
			value: 'downloadScreenshot',
			name: 'Download Screenshot',
			action: 'Download screenshot of app',
			description: 'Get one of the pictures that advertise an app',
			...picture,
		}),
		operation(`GET ${path}/blacklist`, {
			value: 'getHidden',
			name: 'Get Hidden',
			action: 'Get hidden apps',
			description: 'Read which apps a reseller keeps from the accounts below',
			returns: 'value',
			needs: 'reseller',
		}),
		operation(`POST ${path}/blacklist`, {
			value: 'replaceHidden',
			name: 'Replace Hidden',
			action: 'Replace hidden apps',
			description: 'Set which apps the accounts below do not see',
			body: {
				blacklist: {
					type: 'texts',
					label: 'App IDs',
					description: 'Separated by commas; all others are shown',
					required: true,
				},
			},
			returns: 'value',
			needs: 'reseller',
		}),
		operation(`GET ${path}/marketplace`, {
			value: 'getMarketplace',
			name: 'Get Marketplace Settings',
			action: 'Get marketplace settings',
			description: "Read how the cluster is linked to 2600Hz's marketplace",
			version: 5,
			needs: 'system administrator',
		}),
		operation(`PATCH ${path}/marketplace`, {
			value: 'updateMarketplace',
			name: 'Update Marketplace Settings',
			action: 'Update marketplace settings',
			description: "Link the cluster to 2600Hz's marketplace or change the link",
			scopes: { system: '/apps_store/marketplace' },
			body: {
				accessCode: {
					type: 'text',
					label: 'Access Code',
					description: 'The code that the marketplace gave',
					password: true,
				},
				apiUrl: { type: 'text', label: 'API URL', wire: 'settings.api_url' },
				name: { type: 'text', label: 'Cluster Name', wire: 'settings.name' },
				allInOne: {
					type: 'boolean',
					label: 'All-in-One Cluster',
					description: 'Whether everything runs on one machine',
					wire: 'settings.is_aio_cluster',
				},
			},
			version: 5,
			needs: 'system administrator',
		}),
		operation(`GET ${brand}`, {
			value: 'getBranding',
			name: 'Get Branding',
			action: 'Get branding of app',
			description: 'Read the texts and pictures with which a reseller shows an app',
			version: 5,
		}),
		operation(`PUT ${brand}`, {
			value: 'createBranding',
			name: 'Create Branding',
			action: 'Create branding of app',
			description: 'Show an app to your customers with texts of your own',
			document: 'app_whitelabel',
			version: 5,
			needs: 'reseller',
		}),
		operation(`POST ${brand}`, {
			value: 'replaceBranding',
			name: 'Replace Branding',
			action: 'Replace branding of app',
			description: 'Overwrite your own texts for an app',
			document: 'app_whitelabel',
			version: 5,
			needs: 'reseller',
		}),
		operation(`DELETE ${brand}`, {
			value: 'deleteBranding',
			name: 'Delete Branding',
			action: 'Delete branding of app',
			description: 'Show an app under its original texts and pictures again',
			version: 5,
			needs: 'reseller',
		}),
		operation(`GET ${brand}/icon`, {
			value: 'downloadBrandedIcon',
			name: 'Download Branded Icon',
			action: 'Download branded icon of app',
			description: "Get the icon that a reseller put in the original's place",
			version: 5,
			...picture,
		}),
		operation(`POST ${brand}/icon`, {
			value: 'uploadBrandedIcon',
			name: 'Upload Branded Icon',
			action: 'Upload branded icon of app',
			description: 'Show an app to your customers with an icon of your own',
			upload: image,
			version: 5,
			needs: 'reseller',
		}),
		operation(`DELETE ${brand}/icon`, {
			value: 'deleteBrandedIcon',
			name: 'Delete Branded Icon',
			action: 'Delete branded icon of app',
			description: 'Show the original icon again',
			version: 5,
			needs: 'reseller',
		}),
		operation(`GET ${brand}/screenshot/{screenshotIndex}`, {
			value: 'downloadBrandedScreenshot',
			name: 'Download Branded Screenshot',
			action: 'Download branded screenshot of app',
			description: "Get a picture that a reseller put in the original's place",
			version: 5,
			...picture,
		}),
		operation(`POST ${brand}/screenshot`, {
			value: 'uploadBrandedScreenshot',
			name: 'Upload Branded Screenshot',
			action: 'Upload branded screenshot of app',
			description: 'Add a picture of your own; one with the same file name is replaced',
			upload: image,
			version: 5,
			needs: 'reseller',
		}),
		operation(`DELETE ${brand}/screenshot/{screenshotIndex}`, {
			value: 'deleteBrandedScreenshot',
			name: 'Delete Branded Screenshot',
			action: 'Delete branded screenshot of app',
			description: 'Remove a picture that you added',
			version: 5,
			needs: 'reseller',
		}),
	],
});
