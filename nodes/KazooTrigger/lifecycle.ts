/** The webhooks in KAZOO come and go with the workflow, and are restored while it is active. */
import { randomBytes } from 'crypto';
import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { Transport } from '../../crossbar/http/transport';
import { InvalidInput } from '../../crossbar/values/input';
import type { Owner } from '../../crossbar/webhooks/ownHooks';
import { OwnHooks } from '../../crossbar/webhooks/ownHooks';
import type { PlannedHook } from '../../crossbar/webhooks/plan';
import { planHooks } from '../../crossbar/webhooks/plan';
import { explained } from '../shared/explained';
import { giveCalls } from './calls';
import { notOffered } from './eventOptions';
import { forget } from './memory';
import type { Settings } from './settings';
import { isTest, keyOf, ownerOf, readAccount, readSettings, stateOf } from './settings';
import { startWatching, watchingEnded } from './watch';

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
		const { owner, hooks, planned, elsewhere } = await wanted(context);
		if (elsewhere) return false;
		const ids = await hooks.inOrder(planned);
		if (ids) keep(context, owner, ids);
		return ids !== undefined;
	});
}

/** Sets up what is missing, repairs what differs, removes what is left over. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const { owner, hooks, planned, elsewhere } = await wanted(context);
		await elsewhere?.remove();
		const ids = await hooks.establish(planned).catch(async (error: unknown) => {
			const missing = await notOffered(readSettings(context).events, await Transport.open(context));
			if (missing.length === 0) throw error;
			throw new InvalidInput(
				`This KAZOO does not offer ${missing.join(', ')}`,
				'Take these out of Events; KAZOO Live Trigger or KAZOO Poll Trigger may tell them.',
			);
		});
		keep(context, owner, ids);
		return true;
	});
}

/**
 * Looks after the webhooks while the workflow is active: KAZOO may switch them off, people may delete them.
 * @throws NodeOperationError when the trigger is not filled in
 */
export function lookAfter(context: ITriggerFunctions): ITriggerResponse {
	// Now, since n8n evaluates expressions only while it calls a node
	const settings = readSettings(context);
	if (isTest(context)) return {};
	const closeCalls = settings.events.includes('callFinished') ? giveCalls(context) : undefined;
	const stop = settings.lookEvery > 0 ? lookEvery(context, settings) : undefined;
	return {
		closeFunction: async () => {
			stop?.();
			await closeCalls?.();
		},
	};
}

/** @returns what ends it */
function lookEvery(context: ITriggerFunctions, settings: Settings): () => void {
	const node = context.getNode().name;
	return startWatching(keyOf(context), settings.lookEvery, async () => {
		try {
			if (await restore(context, settings))
				context.logger.warn(
					'KAZOO Trigger: webhooks were off or missing in KAZOO and are set up again; what happened meanwhile was not delivered',
					{ node },
				);
		} catch (error) {
			const { message } = error as Error;
			context.logger.error(`KAZOO Trigger could not look after its webhooks: ${message}`, { node });
		}
	});
}

/**
 * Sets up again what is off or missing. Writes no static data, for the process that receives deliveries may do so;
 * only the IDs are others then, and a webhook is recognised without.
 * @returns whether there was something to do
 */
async function restore(context: ITriggerFunctions, settings: Settings): Promise<boolean> {
	const { accountId, uri } = stateOf(context);
	// Not set up yet: n8n starts a trigger and sets up its webhooks side by side
	if (accountId === undefined || uri === undefined) return false;
	const transport = await Transport.open(context);
	const { hooks, planned } = await registration(context, transport, settings, accountId);
	if (await hooks.look(planned)) return false;
	await hooks.restore(planned);
	return true;
}

/** Removes the webhooks of this trigger and no others. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		// A look that is under way would set them up again
		await watchingEnded(keyOf(context));
		const state = stateOf(context);
		const transport = await Transport.open(context);
		const accountId = state.accountId ?? (await readAccount(context, transport));
		await new OwnHooks(transport, ownerOf(context, accountId, state.secret ?? '')).remove();
		for (const name of ['accountId', 'secret', 'uri', 'ids'] as const) delete state[name];
		forget(keyOf(context));
		return true;
	});
}

/** What the trigger is to have as it is filled in now. */
async function wanted(context: IHookFunctions): Promise<Registration> {
	const settings = readSettings(context);
	const transport = await Transport.open(context);
	return await registration(context, transport, settings, await readAccount(context, transport));
}

async function registration(
	context: IHookFunctions | ITriggerFunctions,
	transport: Transport,
	{ events, objectTypes, filter, includeSubAccounts, signed, oncePerCall }: Settings,
	accountId: string,
): Promise<Registration> {
	const state = stateOf(context);
	const { generation } = await transport.whoAmI();
	if (signed && generation === 4) {
		throw new InvalidInput(
			'This KAZOO cannot sign deliveries',
			'Only KAZOO 5 can. Remove the option Sign Deliveries; a secret in each delivery does the same.',
		);
	}
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
		planned: planHooks(events, {
			objectTypes,
			internalLegs: filter.internalLegs,
			followCalls: oncePerCall,
			generation,
		}),
		...(moved
			? { elsewhere: new OwnHooks(transport, ownerOf(context, String(state.accountId), secret)) }
			: {}),
	};
}

function keep(context: IHookFunctions, { accountId, secret, uri }: Owner, ids: string[]): void {
	Object.assign(stateOf(context), { accountId, secret, uri, ids });
}
