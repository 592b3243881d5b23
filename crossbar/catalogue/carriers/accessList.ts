import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/access_lists';
const scopes = { device: '/accounts/{accountId}/devices/{deviceId}/access_lists' } as const;

const FRONTIER = "Needs KAZOO's frontier application on the server";

export const accessList = resource({
	value: 'accessList',
	name: 'Access List',
	description: 'From which networks and phone models an account or a phone may register',
	keywords: ['allow list', 'deny list', 'IP restriction', 'CIDR', 'ACL', 'firewall', 'user agent'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get access list',
			description: 'Read which networks may register, and in which order rules apply',
			hint: FRONTIER,
			scopes,
			version: 4,
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace access list',
			description: 'Set which networks may register, in place of all earlier rules',
			hint: FRONTIER,
			scopes,
			document: 'access_lists',
			version: 4,
		}),
		operation(`DELETE ${path}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete access list',
			description: 'Drop all rules, so that any network may register again',
			hint: FRONTIER,
			scopes,
			version: 4,
		}),
		operation('GET /accounts/{accountId}/acls', {
			value: 'getTrusted',
			name: 'Get Trusted Networks',
			action: 'Get trusted networks of system',
			description: 'List the networks of carriers and proxies that the whole cluster trusts',
			returns: { map: '', key: 'name' },
			unpaged: true,
			needs: 'system administrator',
		}),
	],
});
