/** Names that KAZOO leaves out of what it tells: of the account, and of the mailbox of a voicemail. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { plainText } from '../values/records';
import { NameLists } from './callDetails';
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
		const [accounts, boxes] = await Promise.all([
			known === undefined ? this.names('account', 'get', accountId, open) : undefined,
			typeof box === 'string' ? this.names('voicemailBox', 'getAll', accountId, open) : undefined,
		]);
		const account = accounts?.get(accountId);
		const mailbox = boxes?.get(plainText(box));
		return { ...(account ? { account_name: account } : {}), ...(mailbox ? { mailbox } : {}) };
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
				return new Map(records.map(({ id, name }) => [plainText(id), plainText(name)]));
			} catch {
				return new Map();
			}
		});
	}
}
