/** Rules about voicemail boxes. */
import type { Stored } from '../../../changes/live';
import { newSecretsOf } from '../../../changes/single';
import { plainText } from '../../../values/records';
import type { Found, Rule } from './rule';
import { listed, objectOf } from './rule';

export const boxRules = {
	pinWeak: {
		reads: 'voicemail boxes whole',
		find: async ({ reader, about }) =>
			(await reader.documents('voicemailBox')).flatMap((stored): Found[] => {
				const problem = weakPin(stored);
				if (problem === undefined) return [];
				return [
					{
						object: objectOf(stored),
						finding: `Its PIN is ${problem}`,
						fix: newSecretsOf(stored, ['pin'], about),
					},
				];
			}),
	},
	mailboxFull: {
		reads: 'the list of voicemail boxes',
		find: async ({ reader, settings: { mailboxSize } }) =>
			(await reader.list('/vmboxes'))
				.filter(({ messages }) => Number(messages) >= mailboxSize)
				.map((box) => ({
					object: listed('voicemailBox', box),
					finding: `It holds ${plainText(box.messages)} messages, ${mailboxSize} at the most`,
				})),
	},
	mailboxMailsNobody: {
		reads: 'voicemail boxes whole, the list of users',
		find: async ({ reader }) => {
			const reachable = new Set(
				(await reader.list('/users')).filter(({ email }) => plainText(email) !== '').map(({ id }) => id),
			);
			return (await reader.documents('voicemailBox'))
				.filter(({ document: { notify_email_addresses: addresses, owner_id: owner } }) => {
					const named = Array.isArray(addresses) && addresses.length > 0;
					return !named && !reachable.has(plainText(owner));
				})
				.map((stored) => ({
					object: objectOf(stored),
					finding: 'Nobody gets an email of its messages: neither it nor its owner has an address',
				}));
		},
	},
} satisfies Readonly<Record<string, Rule>>;

function weakPin({ document: { pin, mailbox } }: Stored): string | undefined {
	const text = plainText(pin);
	if (text === '') return undefined;
	if (text === plainText(mailbox)) return 'its extension';
	if (/^(.)\1*$/.test(text)) return 'one digit repeated';
	return isRow(text) ? 'a row of digits' : undefined;
}

/** 1234, 4321, 23456. */
function isRow(text: string): boolean {
	return ['01234567890', '09876543210'].some((row) => row.includes(text));
}
