import type { Answer, Call } from '../request/call';
import type { Fields } from '../store/database';
import type { Refusal } from '../request/refusal';
import { crossbarSetting } from '../store/system-settings';

/** KAZOO 5 can be told to repeat the token only where one was just made. */
function showsToken({ kernel, token, verb, segments }: Call): boolean {
	if (token === undefined) return false;
	if (kernel.profile === 4 || crossbarSetting(kernel.store, 'include_auth_token') !== false) return true;
	return verb === 'PUT' && /^(user_auth|api_auth|auth)$/.test(String(segments[0]));
}

/** Keys that each answer has, whatever comes of the request. */
function common(call: Call): Fields {
	const { kernel } = call;
	return {
		...(call.auth && !call.orphaned ? { version: kernel.version } : undefined),
		timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
		node: kernel.node,
		request_id: call.requestId,
		tokens: { consumed: 1, remaining: call.remaining },
		...(showsToken(call) ? { auth_token: call.token } : undefined),
	};
}

/** JSON of an answer; bytes when its data are bytes already. */
export function successEnvelope(call: Call, answer: Answer): string | Buffer {
	const head: Fields = { ...answer.envelope, ...common(call) };
	if (answer.chunked) {
		delete head.tokens;
		// KAZOO 4 writes numbers as texts here.
		for (const key of ['page_size', 'start_key', 'next_start_key']) {
			if (call.kernel.profile === 4 && head[key] !== undefined) head[key] = String(head[key]);
		}
	}
	if (call.kernel.profile === 5) head.metadata = answer.metadata ?? {};
	const tail: Fields = {
		...(answer.revision === undefined ? undefined : { revision: answer.revision }),
		status: 'success',
	};
	if (answer.json !== undefined) {
		const before = `${JSON.stringify(head).slice(0, -1)},"data":`;
		const after = `,${JSON.stringify(tail).slice(1)}`;
		return typeof answer.json === 'string'
			? before + answer.json + after
			: Buffer.concat([Buffer.from(before), answer.json, Buffer.from(after)]);
	}
	return JSON.stringify({
		...head,
		...(answer.data === undefined ? undefined : { data: answer.data }),
		...tail,
	});
}

/** JSON of a refusal. `error` is the status as a text. */
export function errorEnvelope(call: Call, refusal: Refusal): string {
	return JSON.stringify({
		...refusal.envelope,
		...common(call),
		...(call.kernel.profile === 5 ? { metadata: {} } : undefined),
		...(refusal.data === undefined ? undefined : { data: refusal.data }),
		error: String(refusal.status),
		message: refusal.message,
		status: 'error',
	});
}
