/** Whose data a trigger watches: the choice in the form, and the accounts that it means. */
import type { INodeProperties, IPollFunctions, ITriggerFunctions } from 'n8n-workflow';

import type { Transport } from '../../crossbar/http/transport';
import type { Account } from '../../crossbar/operations/accounts';
import { descendants } from '../../crossbar/operations/accounts';
import { InvalidInput } from '../../crossbar/values/input';
import { parameterProperty } from '../Kazoo/description/fields';
import { accountScope } from '../Kazoo/description/shared';

/** @param ofDescendants what "All Sub-Accounts" means for the trigger */
export function accountProperties(ofDescendants: string): INodeProperties[] {
	return [
		{
			...accountScope,
			description: 'Whose events start the workflow',
			options: [
				{ name: 'All Sub-Accounts', value: 'descendants', description: ofDescendants },
				{ name: 'My Account', value: 'mine', description: 'The account of the credential' },
				{ name: 'One Account', value: 'one', description: 'An account below mine, chosen here' },
			],
		},
		parameterProperty('accountId', {
			displayName: 'Sub-Account',
			displayOptions: { show: { accountScope: ['one'] } },
		}),
	];
}

/** Whether more than one account may be meant, so that items say which. */
export function isManyAccounts(context: IPollFunctions | ITriggerFunctions): boolean {
	return context.getNodeParameter('accountScope') === 'descendants';
}

/** The accounts as they are now. @throws InvalidInput when none is chosen, NodeApiError */
export async function chosenAccounts(
	context: IPollFunctions | ITriggerFunctions,
	transport: Transport,
): Promise<Account[]> {
	return await accountChoice(context)(transport);
}

/**
 * The same for later: n8n evaluates expressions in parameters only while it activates or polls a trigger.
 * @throws InvalidInput when none is chosen
 */
export function accountChoice(
	context: IPollFunctions | ITriggerFunctions,
): (transport: Transport) => Promise<Account[]> {
	if (isManyAccounts(context)) return descendants;
	if (context.getNodeParameter('accountScope') !== 'one')
		return async (transport) => [{ id: (await transport.whoAmI()).accountId }];
	const id = String(context.getNodeParameter('accountId', '', { extractValue: true }) ?? '').trim();
	if (id === '') throw new InvalidInput('Sub-Account is empty', 'Choose one from the list or give its ID.');
	return async () => [{ id }];
}
