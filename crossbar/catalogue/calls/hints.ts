/** Hints for conferences and calls from a web page. */
import type { SchemaHints } from '../hintNotation';

export const callsHints: Readonly<Record<string, SchemaHints>> = {
	conferences: {
		form: {
			name: {},
			conference_numbers: { label: 'Numbers', as: 'texts' },
			owner_id: { label: 'Owner', as: 'id', of: 'userId' },
			'member.numbers': { label: 'Numbers for Members', as: 'texts' },
			'member.pins': { label: 'PINs of Members', as: 'texts' },
			'moderator.numbers': { label: 'Numbers for Moderators', as: 'texts' },
			'moderator.pins': { label: 'PINs of Moderators', as: 'texts' },
		},
		more: {
			max_participants: { label: 'Most People' },
			require_moderator: { label: 'Needs a Moderator' },
			wait_for_moderator: {},
			'member.join_muted': { label: 'Members Join Muted' },
			play_name: { label: 'Say Names' },
		},
	},
	clicktocall: {
		form: { name: {}, extension: {}, caller_id_number: {} },
		more: { whitelist: { label: 'Numbers That May Be Called', as: 'texts' } },
	},
};
