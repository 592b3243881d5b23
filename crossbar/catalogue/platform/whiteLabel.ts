import { operation, resource } from '../notation';
import { whiteLabelEmails } from './whiteLabelEmail';

const path = '/accounts/{accountId}/whitelabel';
const byDomain = `${path}/{whiteLabelDomain}` as const;
const openByDomain = '/whitelabel/{whiteLabelDomain}';
const picture = 'JPEG, PNG or GIF';

export const whiteLabel = resource({
	value: 'whiteLabel',
	name: 'White Label',
	alias: 'Branding',
	description: "A reseller's own brand: domain, logo, icon, welcome page, sender of emails",
	keywords: [
		'branding',
		'whitelabel',
		'logo',
		'custom domain',
		'DNS',
		'reseller brand',
		'DKIM',
		'login page',
	],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get white label',
			description: 'Read domain, company name and links of the brand; not found where there is none',
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create white label',
			alias: 'branding',
			description: 'Give an account a brand with a domain of its own; see Get DNS Records first',
			document: 'whitelabel',
		}),
		operation(`POST ${path}`, {
			value: 'update',
			name: 'Update',
			action: 'Update white label',
			description: 'Change some settings of the brand and keep the others',
			document: 'whitelabel',
			via: 'mergeUpdate',
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace white label',
			description: 'Overwrite the brand with the fields you send',
			hint: 'Fields you leave out are lost. To change only some fields use Update',
			document: 'whitelabel',
		}),
		operation(`DELETE ${path}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete white label',
			description: 'Remove the brand; its domain no longer shows a login page',
		}),
		operation(`GET ${path}/domains`, {
			value: 'getDnsRecords',
			name: 'Get DNS Records',
			action: 'Get DNS records for white label',
			description: 'Read which DNS records a domain needs, and what is found there now',
			query: {
				domain: {
					type: 'text',
					label: 'Domain',
					description: "Left empty, the brand's own",
					placeholder: 'e.g. phones.example.com',
				},
			},
		}),
		operation(`POST ${path}/domains`, {
			value: 'checkDnsRecords',
			name: 'Check DNS Records',
			action: 'Check DNS records for white label',
			description: 'Look the DNS records of a domain up and compare them with what is needed',
			hint: 'The scope System sets what all domains need and is for system administrators',
			scopes: { system: '/whitelabel/domains' },
			query: {
				domain: { type: 'text', label: 'Domain', placeholder: 'e.g. phones.example.com' },
			},
			body: {
				records: {
					type: 'json',
					label: 'Records',
					description: 'With the scope System, the records by type',
					placeholder:
						'e.g. {"CNAME": {"portal.{{domain}}": {"name": "Web GUI", "mapping": ["ui.example.net"]}}}',
					wire: '',
				},
			},
		}),
		operation(`GET ${byDomain}`, {
			value: 'getByDomain',
			name: 'Get by Domain',
			action: 'Get white label by domain',
			description: 'Find the brand that belongs to a domain',
			scopes: { system: openByDomain },
		}),
		operation(`GET ${path}/logo`, {
			value: 'downloadLogo',
			name: 'Download Logo',
			action: 'Download logo of white label',
			description: "Get the brand's logo as a file",
			returns: 'file',
		}),
		operation(`POST ${path}/logo`, {
			value: 'uploadLogo',
			name: 'Upload Logo',
			action: 'Upload logo of white label',
			description: 'Store a logo for the brand in place of the one before',
			upload: { as: 'raw', accepts: picture },
		}),
		operation(`GET ${byDomain}/logo`, {
			value: 'downloadLogoByDomain',
			name: 'Download Logo by Domain',
			action: 'Download logo of white label by domain',
			description: 'Get the logo that visitors of a domain see',
			scopes: { system: `${openByDomain}/logo` },
			returns: 'file',
		}),
		operation(`GET ${path}/icon`, {
			value: 'downloadIcon',
			name: 'Download Icon',
			action: 'Download icon of white label',
			description: 'Get the icon that browsers show in the tab',
			returns: 'file',
		}),
		operation(`POST ${path}/icon`, {
			value: 'uploadIcon',
			name: 'Upload Icon',
			action: 'Upload icon of white label',
			description: 'Store an icon for the tab of the browser',
			upload: { as: 'raw', accepts: `${picture}, or ICO` },
		}),
		operation(`GET ${byDomain}/icon`, {
			value: 'downloadIconByDomain',
			name: 'Download Icon by Domain',
			action: 'Download icon of white label by domain',
			description: 'Get the icon that browsers show for a domain',
			scopes: { system: `${openByDomain}/icon` },
			returns: 'file',
		}),
		operation(`GET ${path}/welcome`, {
			value: 'downloadWelcome',
			name: 'Download Welcome Page',
			action: 'Download welcome page of white label',
			description: 'Get the text beside the login form as an HTML file',
			returns: 'file',
			accept: 'text/html',
		}),
		operation(`POST ${path}/welcome`, {
			value: 'uploadWelcome',
			name: 'Upload Welcome Page',
			action: 'Upload welcome page of white label',
			description: 'Store the text that stands beside the login form',
			upload: { as: 'raw', accepts: 'HTML', mimeType: 'text/html' },
		}),
		operation(`GET ${byDomain}/welcome`, {
			value: 'downloadWelcomeByDomain',
			name: 'Download Welcome Page by Domain',
			action: 'Download welcome page of white label by domain',
			description: 'Get the text that visitors of a domain see beside the login form',
			scopes: { system: `${openByDomain}/welcome` },
			returns: 'file',
			accept: 'text/html',
		}),
		...whiteLabelEmails,
	],
});
