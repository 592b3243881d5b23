/** The accounts below ours, over which operations and triggers run. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { collectPages } from './paging';
import { fillPath } from './request';
import { plainText, recordsIn } from '../values/records';

export interface Account {
	readonly id: string;
	readonly name?: string;
}

/** All accounts below the one of the log-in, however deep. @throws NodeApiError */
export async function descendants(transport: Transport): Promise<Account[]> {
	const items = await listedDescendants(transport);
	return items.map(({ id, name }) => ({ id: plainText(id), ...(typeof name === 'string' ? { name } : {}) }));
}

/** The same as KAZOO lists them: name, realm, flags and the accounts above. @throws NodeApiError */
export async function listedDescendants(transport: Transport): Promise<IDataObject[]> {
	const { accountId } = await transport.whoAmI();
	const { items } = await collectPages(
		async (query) =>
			(
				await transport.send({
					method: 'GET',
					path: fillPath('/accounts/{accountId}/descendants', { accountId }),
					query,
					what: 'Get sub-accounts',
				})
			).envelope,
		{
			itemsOf: ({ data }) => recordsIn(data),
			identity: ({ id }) => plainText(id),
		},
	);
	return items;
}
