/** The accounts below ours, over which operations and triggers run. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { collectPages } from './paging';

export interface Account {
	readonly id: string;
	readonly name?: string;
}

/** All accounts below the one of the log-in, however deep. @throws NodeApiError */
export async function descendants(transport: Transport): Promise<Account[]> {
	const { accountId } = await transport.whoAmI();
	const { items } = await collectPages(
		async (query) =>
			(
				await transport.send({
					method: 'GET',
					path: `/accounts/${accountId}/descendants`,
					query,
					what: 'Get sub-accounts',
				})
			).envelope,
		{
			itemsOf: ({ data }) => (Array.isArray(data) ? (data as IDataObject[]) : []),
			identity: ({ id }) => String(id),
		},
	);
	return items.map(({ id, name }) => ({ id: String(id), ...(typeof name === 'string' ? { name } : {}) }));
}
