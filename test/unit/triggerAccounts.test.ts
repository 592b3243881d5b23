/** The accounts that a trigger watches, asked for again long after its activation. */
import type { INodeParameters, ITriggerFunctions } from 'n8n-workflow';

import type { Transport } from '../../crossbar/http/transport';
import { accountChoice } from '../../nodes/shared/triggerAccounts';

/** As n8n's: parameters can be read until the activation is over. */
function activation(parameters: INodeParameters) {
	let over = false;
	const context = {
		getNodeParameter: (name: string) => {
			if (over) throw new Error('No isolate: expressions cannot be evaluated');
			return parameters[name];
		},
	};
	return { context: context as unknown as ITriggerFunctions, end: () => (over = true) };
}

test.each([
	[{ accountScope: 'mine' }, 'own'],
	[{ accountScope: 'one', accountId: 'chosen' }, 'chosen'],
])('%j', async (parameters, id) => {
	const { context, end } = activation(parameters);
	const accountsOf = accountChoice(context);
	end();
	const transport = { whoAmI: async () => ({ accountId: 'own' }) };
	expect(await accountsOf(transport as unknown as Transport)).toEqual([{ id }]);
});

test('none chosen is said at once', () => {
	const { context } = activation({ accountScope: 'one', accountId: ' ' });
	expect(() => accountChoice(context)).toThrow('Sub-Account is empty');
});
