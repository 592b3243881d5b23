/** Path parameters of the hosted platform. */
import type { Parameter } from '../parameterNotation';
import { ID, namedList } from '../parameterNotation';

export const hostedParameters = {
	callCenterQueueId: {
		label: 'Queue',
		pattern: ID,
		list: namedList('/qubicle_queues'),
	},
	callCenterSessionId: {
		label: 'Session ID',
		description: 'Of the call, as the status of queues and agents tells it',
		placeholder: 'e.g. 8f7d0c1e-5b5e-4f0e-9c3e-2a0c8f3d1b7a',
	},
	screenshotId: { label: 'Screenshot ID' },
	screenshotIndex: { label: 'Screenshot Number', placeholder: 'e.g. 0' },
	tag: { label: 'Tag', placeholder: 'e.g. vip' },
	telexSmsBoxId: {
		label: 'Telex SMS Box',
		pattern: ID,
		list: namedList('/telexsmsboxes'),
	},
	triggerId: { label: 'Trigger ID' },
} as const satisfies Readonly<Record<string, Parameter>>;
