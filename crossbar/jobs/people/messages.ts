/** Voicemail messages as files: what is kept of a box that goes. */
import type { IDataObject } from 'n8n-workflow';

import { isRecord, plainText } from '../../values/records';
import type { Stored } from '../../changes/live';
import type { Transport } from '../../http/transport';
import type { KeepFile, KeptFile } from '../../operations/operation';
import { collectPages } from '../../operations/paging';
import { isoFromGregorian } from '../../values/time';
import { called } from './found';

export interface Message {
	readonly record: IDataObject;
	readonly file: KeptFile;
}

/** All messages of a box, but for deleted ones, as items with files. @throws NodeApiError */
export async function messagesOf(
	box: Stored,
	account: { readonly accountId: string; readonly accountName: string },
	keep: KeepFile,
	transport: Transport,
): Promise<Message[]> {
	const path = `/accounts/${encodeURIComponent(account.accountId)}/vmboxes/${encodeURIComponent(box.id)}/messages`;
	const { items } = await collectPages(
		async (query) =>
			(await transport.send({ method: 'GET', path, query, what: 'List voicemail messages' })).envelope,
		{
			itemsOf: ({ data }) => (Array.isArray(data) ? (data as unknown[]).filter(isRecord) : []),
			identity: ({ media_id: id }) => String(id),
		},
	);
	const messages: Message[] = [];
	// One after another: each is a file that n8n stores
	for (const message of items) {
		const id = plainText(message.media_id);
		const answer = await transport.send({
			method: 'GET',
			path: `${path}/${encodeURIComponent(id)}/raw`,
			stream: true,
			what: 'Download voicemail message',
		});
		const from = String(message.caller_id_number ?? message.from ?? 'unknown');
		const at = typeof message.timestamp === 'number' ? isoFromGregorian(message.timestamp) : '';
		messages.push({
			record: {
				change: 'Keep',
				kind: 'Voicemail Message',
				name: `from ${from}${at === '' ? '' : ` at ${at}`}`,
				account: account.accountName,
				why: `Voicemail Box “${called(box)}” goes`,
				account_id: account.accountId,
				id,
			},
			file: await keep(answer, `voicemail-${id}`),
		});
	}
	return messages;
}
