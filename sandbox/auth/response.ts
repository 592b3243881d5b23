import type { Call } from '../request/call';
import type { Fields } from '../store/database';

/** What a log-in and everything like it say of an account and its user. */
export function authResponse(call: Call, accountId: string, ownerId?: string): Fields {
	const { store, clusterId } = call.kernel;
	const account = store.account(accountId);
	const owner = ownerId === undefined ? undefined : store.database(accountId).get(ownerId, 'user');
	return {
		...(ownerId === undefined ? undefined : { owner_id: ownerId }),
		account_id: accountId,
		ui_config: {},
		capabilities: { voicemail: { transcription: { default: false, available: false } } },
		is_master_account: account?.pvt_superduper_admin === true,
		is_reseller: account?.pvt_reseller === true,
		reseller_id: account?.pvt_reseller_id ?? accountId,
		cluster_id: clusterId,
		account_name: account?.name,
		language: owner?.language ?? account?.language ?? 'en-US',
		apps: [],
	};
}
