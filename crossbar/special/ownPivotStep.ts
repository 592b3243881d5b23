/**
 * The Pivot step of one trigger in a callflow: put in front when its workflow is published, taken out when it is no more.
 * It is known by its address, so that nobody else's step is touched and a crash loses nothing.
 */
import type { Step } from '../callflow/flow';
import { childrenOf, dataOf, isStep } from '../callflow/flow';
import type { Transport } from '../http/transport';
import { namedOperation } from '../operations/engine';
import { pathWithIds } from '../operations/names';
import { fillPath } from '../operations/request';
import { writeBack } from './mergeUpdate';

/** Where the step stands. */
export interface PivotPlace {
	readonly accountId: string;
	/** ID, name, or a number that the callflow answers. */
	readonly callflowId: string;
}

const CALLFLOW = '/accounts/{accountId}/callflows/{callflowId}';

/** The place with the ID of the callflow. @throws InvalidInput when it is none, or could be several */
export async function pivotPlace(place: PivotPlace, transport: Transport): Promise<PivotPlace> {
	const { accountId = '', callflowId = '' } = await pathWithIds({ ...place }, transport);
	return { accountId, callflowId };
}

/** Whether the step is in front with this address. @throws NodeApiError */
export async function hasPivotStep(place: PivotPlace, url: string, transport: Transport): Promise<boolean> {
	const path = fillPath(CALLFLOW, { ...place });
	const { envelope } = await transport.send({ method: 'GET', path, what: 'Look for the Pivot step' });
	const { flow } = (envelope.data ?? {}) as { flow?: unknown };
	return isStep(flow) && isOwn(flow, url) && dataOf(flow).voice_url === url;
}

/** Puts the step in front; one that stands there with another secret gets the new address. @throws NodeApiError */
export async function putPivotStep(place: PivotPlace, url: string, transport: Transport): Promise<void> {
	const data = { voice_url: url, method: 'post', req_format: 'kazoo' };
	await changed(place, transport, (flow) => {
		const rest = withoutOwn(flow, url);
		const children: Step['children'] = rest ? { _: rest } : {};
		return { module: 'pivot', data, children };
	});
}

/** Takes the step out, wherever it stands by now; what follows it stays. @throws NodeApiError */
export async function removePivotStep(place: PivotPlace, url: string, transport: Transport): Promise<void> {
	const path = fillPath(CALLFLOW, { ...place });
	const found = await transport.send({ method: 'GET', path, expect: [404], what: 'Look for the Pivot step' });
	const { flow } = (found.status === 404 ? {} : (found.envelope.data ?? {})) as { flow?: unknown };
	if (!isStep(flow) || !contains(flow, url)) return;
	await changed(place, transport, (current) => withoutOwn(current, url));
}

async function changed(
	place: PivotPlace,
	transport: Transport,
	change: (flow: Step | undefined) => Step | undefined,
): Promise<void> {
	const operation = namedOperation('callflow', 'createPivotStep', { path: { ...place } });
	await writeBack(operation, transport, ({ flow, ...rest }) => ({
		...rest,
		// A callflow has to have a step
		flow: change(isStep(flow) ? (flow as Step) : undefined) ?? { module: 'hangup', data: {}, children: {} },
	}));
}

/** The same address whatever its secret. */
function isOwn(step: { module: string; data?: unknown }, url: string): boolean {
	const { voice_url: address } = dataOf(step);
	return step.module === 'pivot' && typeof address === 'string' && bare(address) === bare(url);
}

const bare = (url: string): string => url.split('?', 1)[0] ?? '';

function contains(step: unknown, url: string): boolean {
	return isStep(step) && (isOwn(step, url) || childrenOf(step).some(([, child]) => contains(child, url)));
}

/** The flow without our step: what followed it takes its place. */
function withoutOwn(step: Step | undefined, url: string): Step | undefined {
	if (!step) return undefined;
	if (isOwn(step, url)) {
		const next = childrenOf(step).find(([key]) => key === '_')?.[1];
		return withoutOwn(next as Step | undefined, url);
	}
	const children = childrenOf(step).flatMap(([key, child]): Array<[string, Step]> => {
		const kept = isStep(child) ? withoutOwn(child as Step, url) : undefined;
		return kept ? [[key, kept]] : [];
	});
	return { ...step, children: Object.fromEntries(children) };
}
