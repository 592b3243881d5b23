/** What the caller hears when the workflow gives no answer that KAZOO can use. */
import { buildFlow } from '../../crossbar/callflow/build';
import { answerOf } from '../../crossbar/pivot/answer';
import type { Sent } from './heldResponse';

export type FallbackKind = 'callflow' | 'forward' | 'say' | 'voicemail';

/** What was chosen in the node; only what belongs to the kind is filled in. */
export interface Fallback {
	readonly kind: FallbackKind;
	readonly text: string;
	readonly number: string;
	readonly vmbox: string;
}

/**
 * Any status but 200 lets KAZOO go on with what follows the Pivot step.
 * @throws InvalidInput when the fallback itself was not filled in
 */
export function fallbackAnswer({ kind, text, number, vmbox }: Fallback): Sent {
	switch (kind) {
		case 'callflow':
			return { status: 503, contentType: 'text/plain', body: 'The workflow gave no answer' };
		case 'forward':
			return ok([{ kind: 'forward', number }]);
		case 'say':
			return ok([{ kind: 'say', text }, { kind: 'hangUp' }]);
		case 'voicemail':
			return ok([{ kind: 'voicemail', vmbox }]);
	}
}

function ok(steps: Parameters<typeof buildFlow>[0]): Sent {
	const { contentType, body } = answerOf(buildFlow(steps));
	return { status: 200, contentType, body };
}
