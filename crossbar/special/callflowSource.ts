/** What Validate and Describe look at: a stored callflow or one given as JSON, and the things that it points to. */
import { isStep } from '../callflow/flow';
import type { Reference } from '../callflow/references';
import { referencesOf } from '../callflow/references';
import { parameter } from '../catalogue/parameters';
import type { CrossbarAnswer } from '../http/messages';
import type { Transport } from '../http/transport';
import type { Operation } from '../operations/operation';
import { fillPath } from '../operations/request';
import { mapConcurrently } from '../values/concurrency';
import { InvalidInput, parseObject } from '../values/input';

/** Requests side by side. */
export const SIDE_BY_SIDE = 5;
/** Things that are looked up for one callflow; a flow with more of them is told without the rest. */
const MOST_LOOKUPS = 200;

/** A callflow's document; `id` only when it is stored. */
export type CallflowDocument = Readonly<Record<string, unknown>> & { readonly id?: string };

/**
 * The stored callflow, or the JSON: a whole document, or only its first step.
 * @throws InvalidInput when it is neither
 */
export async function readCallflow(operation: Operation, transport: Transport): Promise<CallflowDocument> {
	const { source, callflow, document } = operation.input.arguments;
	if (source === 'json') {
		const given = parseObject(document, 'JSON');
		return isStep(given) ? { flow: given } : given;
	}
	const id = String(callflow ?? '');
	if (id === '') throw new InvalidInput('Callflow is empty', 'Choose one from the list or give its ID.');
	const answer = await get(operation, transport, '/accounts/{accountId}/callflows/{callflowId}', {
		callflowId: id,
	});
	return answer.envelope.data as CallflowDocument;
}

/** What the things are called that a flow points to, by id; `null` for what does not exist. */
export interface Targets {
	readonly names: ReadonlyMap<string, string | null>;
	/** How many were not looked up. */
	readonly left: number;
}

/** Looks up every id in a flow, each once. What the log-in may not see counts as there. */
export async function lookUp(flow: unknown, operation: Operation, transport: Transport): Promise<Targets> {
	const byId = new Map<string, Reference>(referencesOf(flow).map((reference) => [reference.id, reference]));
	const wanted = [...byId.values()].slice(0, MOST_LOOKUPS);
	const found = await mapConcurrently(wanted, SIDE_BY_SIDE, async ({ parameter: name, id }) => {
		const { list } = parameter(name);
		if (!list) return undefined;
		const answer = await get(operation, transport, `${list.path}/{${name}}`, { [name]: id }, [403, 404]);
		if (answer.status === 404) return [id, null] as const;
		const record = answer.status < 300 ? (answer.envelope.data as Record<string, unknown>) : {};
		return [id, list.label(record) || id] as const;
	});
	return {
		names: new Map(found.filter((entry) => entry !== undefined)),
		left: byId.size - wanted.length,
	};
}

/** One GET below the operation's account. */
export async function get(
	{ row, input }: Operation,
	transport: Transport,
	path: string,
	values: Readonly<Record<string, string>> = {},
	expect: readonly number[] = [],
): Promise<CrossbarAnswer> {
	return await transport.send({
		method: 'GET',
		path: fillPath(path, { ...input.path, ...values }),
		expect,
		what: row.action,
	});
}
