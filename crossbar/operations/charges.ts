/** Changes that cost money: Crossbar answers 402 with a price until the request says that it accepts it. */
import { NodeApiError } from 'n8n-workflow';

import { explain, priceSummary } from '../errors/explain';
import type { CrossbarAnswer, CrossbarRequest } from '../http/messages';
import type { Transport } from '../http/transport';
import type { ChargesPolicy } from './operation';

/**
 * Sends a request; when the server names a price that the policy allows, sends it again with `accept_charges`.
 * The first answer changed nothing, so nothing is done twice.
 * @throws NodeApiError with the priced summary when the policy does not allow it
 */
export async function acceptingCharges(
	request: CrossbarRequest,
	policy: ChargesPolicy,
	transport: Transport,
): Promise<CrossbarAnswer> {
	const answer = await transport.send({ ...request, expect: [...(request.expect ?? []), 402] });
	if (answer.status !== 402) return answer;
	const price = priceSummary(answer.envelope);
	const tooMuch = price && policy.upTo !== undefined && price.today + price.recurring > policy.upTo;
	if (policy.accept && price && !tooMuch) {
		return await transport.send(
			request.body === undefined
				? { ...request, query: { ...request.query, accept_charges: true } }
				: { ...request, body: { ...request.body, accept_charges: true } },
		);
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
			message: `${message} That is more than the ${policy.upTo} you allow`,
			description,
		},
	);
	throw error;
}
