import { crud, resource } from '../notation';

export const connectivity = resource({
	value: 'connectivity',
	name: 'PBX Connectivity',
	alias: 'SIP Trunk',
	description: 'SIP trunks to PBXs at the customer: logins, numbers, failover and caller ID',
	keywords: ['SIP trunk', 'trunking', 'PBX connector', 'on-premises PBX', 'trunkstore', 'Asterisk'],
	rows: crud('/accounts/{accountId}/connectivity', 'connectivityId', {
		one: 'PBX connectivity',
		many: 'PBX connectivities',
		schema: 'connectivity',
		charges: true,
		getAll: 'List the IDs of the trunk settings of an account',
		get: 'Read realm, trunks, and each PBX with login and numbers',
		create: 'Set up trunks to one or more PBXs',
		update: 'Change trunk settings; the list of PBXs is replaced whole',
		replace: 'Overwrite the trunks with the fields you send',
		delete: 'Cut the trunks; the PBXs can no longer register',
		more: { create: { alias: 'SIP trunk' } },
	}),
});
