/** Whether phones are on-line, each with what a person asks next: whose it is, what it is and where it registered from. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { collectPages } from '../operations/paging';
import { fillPath } from '../operations/request';
import { plainText, recordsIn } from '../values/records';

/** Device: Get Status. Four lists an account, however many phones there are. */
export async function phoneStatus({ input, list }: Operation, transport: Transport): Promise<Outcome> {
	const of = async (what: string): Promise<IDataObject[]> => {
		const path = fillPath(`/accounts/{accountId}/${what}`, { accountId: input.path.accountId });
		const { items } = await collectPages(
			async (query) =>
				(await transport.send({ method: 'GET', path, query, what: 'Get the status of phones' })).envelope,
			{
				itemsOf: ({ data }) => recordsIn(data),
				identity: (record) => plainText(record.id ?? record.device_id) || JSON.stringify(record),
			},
		);
		return items;
	};
	const [devices, online, users, registrations] = await Promise.all([
		of('devices'),
		of('devices/status'),
		of('users'),
		of('registrations'),
	]);
	const registered = new Set(
		online.filter((entry) => entry.registered !== false).map(({ device_id }) => device_id),
	);
	const names = new Map(
		users.map(({ id, first_name, last_name, username }) => [id, nameOf(first_name, last_name) || username]),
	);
	const contacts = new Map(registrations.map((entry) => [entry.authorizing_id, entry]));
	const phones = devices.map((device): IDataObject => {
		const contact = contacts.get(device.id);
		return {
			name: device.name,
			user: names.get(device.owner_id) ?? null,
			device_type: device.device_type,
			mac_address: device.mac_address,
			registered: registered.has(device.id),
			enabled: device.enabled,
			last_contact: contact?.last_registration ?? null,
			user_agent: contact?.user_agent ?? null,
			ip: contact?.source_ip ?? contact?.contact_ip ?? null,
			sip_username: device.username,
			id: device.id,
			owner_id: device.owner_id ?? null,
		};
	});
	const wanted =
		input.arguments.onlyOffline === true ? phones.filter((phone) => phone.registered !== true) : phones;
	return { records: wanted.slice(0, list.limit), envelope: {} };
}

function nameOf(...parts: unknown[]): string {
	return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}
