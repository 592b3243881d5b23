/** Activating and deactivating: the webhooks in KAZOO come and go with the workflow. */
import type { IHookFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { randomBytes } from 'crypto';

import { InvalidInput } from '../../crossbar/request';
import { Transport } from '../../crossbar/transport';
import { OwnHooks } from '../../crossbar/webhooks/ownHooks';
import type { Owner } from '../../crossbar/webhooks/ownHooks';
import { planHooks } from '../../crossbar/webhooks/plan';
import type { PlannedHook } from '../../crossbar/webhooks/plan';
import { forget } from './memory';
import { keyOf, ownerOf, readAccount, readSettings, stateOf } from './settings';

interface Registration {
	readonly owner: Owner;
	readonly hooks: OwnHooks;
	readonly planned: PlannedHook[];
	/** Those of an account that was chosen before. */
	readonly elsewhere?: OwnHooks;
}

/** Whether all webhooks are there and right; their IDs are kept then. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const { owner, hooks, planned, elsewhere } = await registration(context);
		if (elsewhere) return false;
		const ids = await hooks.inOrder(planned);
		if (ids) keep(context, owner, ids);
		return ids !== undefined;
	});
}

/** Sets up what is missing, repairs what differs, removes what is left over. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const { owner, hooks, planned, elsewhere } = await registration(context);
		await elsewhere?.remove();
		keep(context, owner, await hooks.establish(planned));
		return true;
	});
}

/** Removes the webhooks of this trigger and no others. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const state = stateOf(context);
		const transport = await Transport.open(context);
		const accountId = state.accountId ?? (await readAccount(context, transport));
		await new OwnHooks(transport, ownerOf(context, accountId, state.secret ?? '')).remove();
		for (const name of ['accountId', 'secret', 'ids'] as const) delete state[name];
		forget(keyOf(context));
		return true;
	});
}

async function registration(context: IHookFunctions): Promise<Registration> {
	const state = stateOf(context);
	const { events, objectTypes, filter, includeSubAccounts, signed } = readSettings(context);
	const transport = await Transport.open(context);
	if (signed && (await transport.whoAmI()).generation === 4) {
		throw new InvalidInput(
			'This KAZOO cannot sign deliveries',
			'Only KAZOO 5 can. Remove the option Sign Deliveries; a secret in each delivery does the same.',
		);
	}
	const accountId = await readAccount(context, transport);
	const unnamed = ownerOf(context, accountId, '');
	const moved = state.accountId !== undefined && state.accountId !== accountId;
	const secret =
		(moved ? undefined : state.secret) ??
		(await new OwnHooks(transport, unnamed).secretInUse()) ??
		randomBytes(24).toString('hex');
	const owner = { ...unnamed, secret, includeSubAccounts, signed };
	return {
		owner,
		hooks: new OwnHooks(transport, owner),
		planned: planHooks(events, { objectTypes, internalLegs: filter.internalLegs }),
		...(moved
			? { elsewhere: new OwnHooks(transport, ownerOf(context, String(state.accountId), secret)) }
			: {}),
	};
}

function keep(context: IHookFunctions, { accountId, secret }: Owner, ids: string[]): void {
	Object.assign(stateOf(context), { accountId, secret, ids });
}

/** Every failure as n8n shows it. */
async function explained<Result>(context: IHookFunctions, work: () => Promise<Result>): Promise<Result> {
	return await work().catch((error: unknown) => {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
		const { message, description } = error as Error & { description?: string };
		throw new NodeOperationError(context.getNode(), message, { description });
	});
}
