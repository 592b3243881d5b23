/**
 * Where a person has chosen a callflow its Pivot step comes and goes with the workflow; else nothing is set up in KAZOO.
 * What was filled in is checked when the workflow is activated.
 */
import type { IHookFunctions } from 'n8n-workflow';

import { Transport } from '../../crossbar/http/transport';
import type { PivotPlace } from '../../crossbar/special/ownPivotStep';
import { hasPivotStep, pivotPlace, putPivotStep, removePivotStep } from '../../crossbar/special/ownPivotStep';
import { InvalidInput } from '../../crossbar/values/input';
import { explained } from '../shared/explained';
import { readFallback } from './webhook';

/** The trigger's static data: where its step stands, to be taken out of there when another place is chosen. */
type State = Partial<PivotPlace> & { url?: string };

/** @throws NodeOperationError when the fallback cannot work, or the callflow cannot be found */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	readFallback(context);
	return await explained(context, async () => {
		const state = stateOf(context);
		if (!publishes(context)) return state.callflowId === undefined;
		const transport = await Transport.open(context);
		const place = await placeOf(context, transport);
		if (state.callflowId !== undefined && state.callflowId !== place.callflowId) return false;
		const isThere = await hasPivotStep(place, urlOf(context), transport);
		if (isThere) Object.assign(state, place, { url: urlOf(context) });
		return isThere;
	});
}

/** Puts the step in front of the callflow, and out of one that was chosen before. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const before = { ...stateOf(context) };
		const place = publishes(context) ? await placeOf(context, await Transport.open(context)) : undefined;
		if (before.callflowId !== undefined && before.callflowId !== place?.callflowId)
			await takeOut(context, before);
		if (!place) return true;
		await putPivotStep(place, urlOf(context), await Transport.open(context));
		Object.assign(stateOf(context), place, { url: urlOf(context) });
		return true;
	});
}

/** Takes the trigger's own step out again and nobody else's. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const state = { ...stateOf(context) };
		if (state.callflowId !== undefined) await takeOut(context, state);
		else if (publishes(context)) {
			// n8n may have stopped before it had saved where the step is
			const place = await placeOf(context, await Transport.open(context));
			await takeOut(context, { ...place, url: urlOf(context) });
		}
		return true;
	});
}

async function takeOut(context: IHookFunctions, { accountId, callflowId, url }: State): Promise<void> {
	if (accountId !== undefined && callflowId !== undefined)
		await removePivotStep({ accountId, callflowId }, url ?? urlOf(context), await Transport.open(context));
	const state = stateOf(context);
	for (const name of ['accountId', 'callflowId', 'url'] as const) delete state[name];
}

const stateOf = (context: IHookFunctions): State => context.getWorkflowStaticData('node');

const publishes = (context: IHookFunctions): boolean =>
	context.getNodeParameter('setUp', 'hand') === 'callflow';

async function placeOf(context: IHookFunctions, transport: Transport): Promise<PivotPlace> {
	const locator = (name: string): string =>
		String(context.getNodeParameter(name, '', { extractValue: true }) ?? '').trim();
	const callflowId = locator('callflowId');
	if (callflowId === '')
		throw new InvalidInput('Callflow is empty', 'Choose one from the list, or give its name or number.');
	const one = context.getNodeParameter('accountScope', 'mine') === 'one';
	const accountId = one ? locator('accountId') : (await transport.whoAmI()).accountId;
	if (accountId === '')
		throw new InvalidInput('Sub-Account is empty', 'Choose one from the list or give its ID.');
	return await pivotPlace({ accountId, callflowId }, transport);
}

/** The address that KAZOO asks, with the secret that the trigger wants. */
function urlOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default') ?? '';
	const secret = context.getNodeParameter('secret', '') as string;
	return secret === '' ? url : `${url}?secret=${encodeURIComponent(secret)}`;
}
