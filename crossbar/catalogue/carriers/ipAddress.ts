import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/ips';

const ips: Fields = {
	ips: {
		type: 'texts',
		label: 'IP Addresses',
		description: 'Separated by commas',
		placeholder: 'e.g. 203.0.113.10, 203.0.113.11',
		required: true,
	},
};

export const ipAddress = resource({
	value: 'ipAddress',
	name: 'IP Address',
	description: 'Dedicated IP addresses of an account, for carriers that ask for one',
	keywords: ['dedicated IP', 'static IP', 'proxy', 'carrier IP authentication', 'zone'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many IP addresses',
			description: 'List the addresses that are still free, with zone and host',
			returns: 'records',
			unpaged: true,
			query: {
				zone: { type: 'text', label: 'Zone', placeholder: 'e.g. us-east' },
			},
		}),
		operation(`GET ${path}/assigned`, {
			value: 'getAssigned',
			name: 'Get Assigned',
			action: 'Get assigned IP addresses',
			description: 'List the addresses that the account has',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${path}/zones`, {
			value: 'getZones',
			name: 'Get Zones',
			action: 'Get zones of IP addresses',
			description: 'List the regions in which there are addresses',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${path}/hosts`, {
			value: 'getHosts',
			name: 'Get Hosts',
			action: 'Get hosts of IP addresses',
			description: 'List the servers to which the addresses belong',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${path}/{ipAddress}`, {
			value: 'get',
			name: 'Get',
			action: 'Get IP address',
			description: 'Read zone, host and owner of one address',
		}),
		operation(`POST ${path}/{ipAddress}`, {
			value: 'assignOne',
			name: 'Assign',
			action: 'Assign IP address to account',
			description: 'Give the account a free address',
			charges: true,
		}),
		operation(`POST ${path}`, {
			value: 'assignAddresses',
			name: 'Assign Many',
			action: 'Assign many IP addresses to account',
			description: 'Give the account several free addresses',
			body: ips,
			charges: true,
			returns: 'collection',
		}),
		operation(`DELETE ${path}/{ipAddress}`, {
			value: 'release',
			name: 'Release',
			action: 'Release IP address',
			description: 'Take an address from the account; others can have it then',
			returns: 'value',
		}),
		operation(`DELETE ${path}`, {
			value: 'releaseAddresses',
			name: 'Release Many',
			action: 'Release many IP addresses',
			description: 'Take several addresses from the account',
			body: ips,
			returns: 'collection',
		}),
		operation('PUT /ips', {
			value: 'create',
			name: 'Create',
			action: 'Create IP address',
			description: 'Add an address to those that accounts can be given',
			body: {
				ip: { type: 'text', label: 'IP Address', placeholder: 'e.g. 203.0.113.10', required: true },
				zone: { type: 'text', label: 'Zone', placeholder: 'e.g. us-east', required: true },
				host: { type: 'text', label: 'Host', placeholder: 'e.g. proxy1.example.com', required: true },
			},
			needs: 'system administrator',
		}),
	],
});
