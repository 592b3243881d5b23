/** Names that KAZOO leaves out of what it tells: of the account, of the mailbox of a voicemail, of whom a phone rang for. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { plainText, recordsIn } from '../values/records';
import { NameLists, namesOf } from './callDetails';
import { namedOperation, performRow } from './engine';

/** Seconds for which names are good, and in which a server that does not tell them is not asked again. */
const GOOD_FOR = 600;

/** A way to the server, asked for when there is something to look up. */
type Open = () => Promise<Transport>;

/** The names that one trigger has looked up. */
export class EventNames {
	private readonly lists = new NameLists(GOOD_FOR);

	/** Who and where it is, by names, as far as the server tells it; never an error, for the event has happened. */
	async of(payload: IDataObject, open: Open): Promise<IDataObject> {
		const { account_id: accountId, account_name: known, voicemail_box: box } = payload;
		if (typeof accountId !== 'string') return {};
		const rang = Array.isArray(payload.phones) ? recordsIn(payload.phones) : [];
		const [accounts, boxes, users] = await Promise.all([
			known === undefined ? this.names('account', 'get', accountId, open) : undefined,
			typeof box === 'string' ? this.names('voicemailBox', 'getAll', accountId, open) : undefined,
			rang.some(({ owner_id }) => owner_id) ? this.names('user', 'getAll', accountId, open) : undefined,
		]);
		const account = accounts?.get(accountId);
		const mailbox = boxes?.get(plainText(box));
		const withUser = (phone: IDataObject): IDataObject => {
			const user = users?.get(plainText(phone.owner_id));
			return user ? { user_name: user, ...phone } : phone;
		};
		return {
			...(account ? { account_name: account } : {}),
			...(mailbox ? { mailbox } : {}),
			...(users ? { phones: rang.map(withUser) } : {}),
		};
	}

	private async names(
		resource: string,
		operation: string,
		accountId: string,
		open: Open,
	): Promise<ReadonlyMap<string, string>> {
		const named = namedOperation(resource, operation, { path: { accountId } });
		return await this.lists.of(`${resource} ${accountId}`, async () => {
			try {
				const { records } = await performRow(named, await open());
				return namesOf(records);
			} catch {
				return new Map();
			}
		});
	}
}
