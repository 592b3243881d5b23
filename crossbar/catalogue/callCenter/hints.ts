/** Hints for queues. */
import type { SchemaHints } from '../hintNotation';

export const callCenterHints: Readonly<Record<string, SchemaHints>> = {
	queues: {
		form: {
			name: {},
			strategy: {
				label: 'Who Is Rung',
				as: 'choice',
				of: [
					{ value: 'most_idle', label: 'Longest Idle' },
					{ value: 'round_robin', label: 'In Turn' },
				],
			},
			moh: { label: 'Music on Hold', as: 'id', of: 'mediaId' },
			agent_ring_timeout: { label: 'Ring an Agent (Seconds)' },
			agent_wrapup_time: { label: 'Pause After a Call (Seconds)' },
			connection_timeout: { label: 'Longest Wait (Seconds)' },
			max_queue_size: { label: 'Most Callers' },
		},
		more: {
			announce: { label: 'Announcement to the Agent', as: 'id', of: 'mediaId' },
			enter_when_empty: { label: 'Callers Enter Without Agents' },
		},
	},
};
