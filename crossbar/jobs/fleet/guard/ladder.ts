/** What can be done about an account that calls as it never does: from the mildest to the hardest, each ready to be applied. */
import type { IDataObject } from 'n8n-workflow';

import type { Change } from '../../../changes/change';
import type { About } from '../../../changes/single';
import { updateOf } from '../../../changes/single';
import type { Transport } from '../../../http/transport';
import { DEAR } from '../audit/people';
import { plansOf } from '../plans';
import type { Reader } from '../reader';
import type { Seen } from './measures';
import { ranked } from './measures';
import { plainText } from '../../../values/records';

/** Phones that are offered to be switched off. */
const MOST_PHONES = 5;
/** An action is one document: none of them is a large change. */
const ONE = 1;

/** @param calls those that were found, the ones that are on among them */
export async function ladderOf(
	calls: readonly Seen[],
	reader: Reader,
	about: About,
	transport: Transport,
): Promise<IDataObject[]> {
	const [account] = await reader.documents('account');
	const classifiers = Object.keys((await reader.record('/phone_numbers/classifiers')) ?? {});
	const deny = Object.fromEntries(
		classifiers.filter((name) => DEAR.test(name)).map((name) => [name, { action: 'deny' }]),
	);
	const phones = await Promise.all(
		ranked(calls, ({ device }) => device)
			.slice(0, MOST_PHONES)
			.map(async (id) => await reader.document('device', id)),
	);
	const step = (action: string, change: Change | undefined): IDataObject[] =>
		change ? [{ action, undo: 'Change Plan: Revert', plan: plansOf([change], ONE, transport)[0] }] : [];
	const channels = calls.flatMap(({ channel }) => channel ?? []);
	return [
		...step('Restrict calls abroad', account && updateOf(account, { call_restriction: deny }, about)),
		...(channels.length > 0
			? [{ action: 'Hang the calls up', undo: 'none', with: 'Channel: Hang Up', call_ids: channels }]
			: []),
		...phones.flatMap((phone) =>
			phone
				? step(
						`Switch off the phone “${plainText(phone.document.name)}”`,
						updateOf(phone, { enabled: false }, about),
					)
				: [],
		),
		...step('Disable the account', account && updateOf(account, { enabled: false }, about)),
	];
}
