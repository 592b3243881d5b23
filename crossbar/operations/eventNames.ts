/** Names that KAZOO leaves out of what it tells: of the account, and of the mailbox of a voicemail. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { plainText, recordsIn } from '../values/records';
import { NameLists } from './callDetails';
import { namedOperation, performRow } from './engine';

/** Seconds for which names are good, and in which a server that does not tell them is not asked again. */
const GOOD_FOR = 600;

/** The names that one trigger has looked up. */
export class EventNames {
	private readonly lists = new NameLists(GOOD_FOR);

	/**
	 * Who and where it is, by names, as far as the server tells it; never an error, for the event has happened.
	 * @param open a way to the server, asked for when there is something to look up
	 */
	async of(payload: IDataObject, open: () => Promise<Transport>): Promise<IDataObject> {
		const { account_id: accountId, account_name: known, voicemail_box: box } = payload;
		if (typeof accountId !== 'string') return {};
		const [account, mailbox] = await Promise.all([
			known === undefined
				? this.nameOf(accountId, `account ${accountId}`, 'account', 'get', accountId, open)
				: undefined,
			typeof box === 'string'
				? this.nameOf(box, `boxes ${accountId}`, 'voicemailBox', 'getAll', accountId, open)
				: undefined,
		]);
		return {
			...(account === undefined ? {} : { account_name: account }),
			...(mailbox === undefined ? {} : { mailbox }),
		};
	}

	private async nameOf(
		id: string,
		key: string,
		resource: string,
		operation: string,
		accountId: string,
		open: () => Promise<Transport>,
	): Promise<string | undefined> {
		const read = async (): Promise<Map<string, string>> => {
			try {
				const { records } = await performRow(
					namedOperation(resource, operation, { path: { accountId }, list: {} }),
					await open(),
				);
				return new Map(recordsIn(records).map((record) => [plainText(record.id), plainText(record.name)]));
			} catch {
				return new Map();
			}
		};
		return (await this.lists.of(key, read)).get(id) || undefined;
	}
}
