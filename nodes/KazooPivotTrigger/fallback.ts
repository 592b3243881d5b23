/** What the caller hears when the workflow gives no answer that KAZOO can use. */
import { buildFlow } from '../../crossbar/operations/buildFlow';
import { answerOf } from '../../crossbar/pivot/answer';
import type { Sent } from './heldResponse';

export type FallbackKind = 'callflow' | 'forward' | 'say' | 'voicemail';

/**
 * Any status but 200 lets KAZOO go on with what follows the Pivot step.
 * @param value the text, the number or the ID of the voicemail box
 * @throws InvalidInput when the fallback itself was not filled in
 */
export function fallbackAnswer(kind: FallbackKind, value: string): Sent {
	switch (kind) {
		case 'callflow':
			return { status: 503, contentType: 'text/plain', body: 'The workflow gave no answer' };
		case 'forward':
			return ok([{ kind: 'forward', number: value }]);
		case 'say':
			return ok([{ kind: 'say', text: value }, { kind: 'hangUp' }]);
		case 'voicemail':
			return ok([{ kind: 'voicemail', vmbox: value }]);
	}
}

function ok(steps: Parameters<typeof buildFlow>[0]): Sent {
	const { contentType, body } = answerOf(buildFlow(steps));
	return { status: 200, contentType, body };
}
