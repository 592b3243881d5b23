/** Path parameters of call centers. */
import type { Parameter } from '../parameterNotation';
import { ID, namedList } from '../parameterNotation';

export const callCenterParameters = {
	queueId: {
		label: 'Queue',
		pattern: ID,
		list: namedList('/queues'),
	},
	skillId: {
		label: 'Skill',
		pattern: ID,
		list: namedList('/qubicle_skills'),
	},
} as const satisfies Readonly<Record<string, Parameter>>;
