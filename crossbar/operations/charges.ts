/** Changes that cost money: Crossbar answers 402 with a price until the request says that it accepts it. */
import { NodeApiError } from 'n8n-workflow';

import { explain, priceSummary } from '../errors/explain';
import { isUnsure } from '../errors/uncertain';
import type { CrossbarAnswer, CrossbarRequest } from '../http/messages';
import type { Transport } from '../http/transport';
import type { ChargesPolicy } from './operation';

/** The policy of a job of several changes: the most that may be charged is for all of them together. */
export function budgetOf(policy: ChargesPolicy): ChargesPolicy {
	let spent = 0;
	return {
		...policy,
		get spent() {
			return spent;
		},
		spend: (amount) => {
			spent += amount;
		},
	};
}

/**
 * Sends a request; when the server names a price that the policy allows, sends it again with `accept_charges`.
 * The first answer changed nothing, so nothing is done twice.
 * @throws NodeApiError with the priced summary when the policy does not allow it
 */
export async function acceptingCharges(
	request: CrossbarRequest,
	policy: ChargesPolicy,
	transport: Transport,
): Promise<CrossbarAnswer & { readonly charged?: number }> {
	const answer = await transport.send({ ...request, expect: [...(request.expect ?? []), 402] });
	if (answer.status !== 402) return answer;
	const price = priceSummary(answer.envelope);
	const charged = price ? price.today + price.recurring : 0;
	const { spent = 0 } = policy;
	const tooMuch = price && policy.upTo !== undefined && spent + charged > policy.upTo;
	if (policy.accept && price && !tooMuch) {
		policy.spend?.(charged);
		const accepted = await transport
			.send(
				request.body === undefined
					? { ...request, query: { ...request.query, accept_charges: true } }
					: { ...request, body: { ...request.body, accept_charges: true } },
			)
			.catch((error: unknown) => {
				if (!isUnsure(error)) policy.spend?.(-charged);
				throw error;
			});
		return { ...accepted, charged };
	}
	const failure = {
		method: request.method,
		path: request.path,
		what: request.what,
		status: 402,
		body: answer.envelope,
	};
	if (!tooMuch) throw transport.error(failure);
	const { message, description } = explain(failure);
	const error = new NodeApiError(
		transport.node,
		{},
		{
			httpCode: '402',
			message: `${message} ${spent > 0 ? `With the ${spent} before, that` : 'That'} is more than the ${policy.upTo} you allow`,
			description,
		},
	);
	throw error;
}
