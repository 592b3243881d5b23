/** Path parameters of where calls go. */
import type { Parameter } from '../parameterNotation';
import {
	entriesOf,
	account,
	firstOf,
	ID,
	labelOf,
	listOf,
	MEDIA_ID,
	namedList,
	text,
} from '../parameterNotation';

export const routingParameters = {
	blockListId: {
		label: 'Block List',
		pattern: ID,
		list: namedList('/blacklists'),
	},
	callflowId: {
		label: 'Callflow',
		pattern: ID,
		description: 'A number or extension that it answers will do, too',
		list: {
			path: `${account}/callflows`,
			names: (c) => [c.name, ...entriesOf(c.numbers), ...entriesOf(c.patterns)],
			label: (c) =>
				labelOf(
					c.name ?? firstOf(c.numbers) ?? firstOf(c.patterns),
					...(c.name ? [listOf(c.numbers)] : []),
				) || text(c.id),
		},
	},
	functionId: {
		label: 'Function',
		pattern: ID,
		list: namedList('/functions'),
	},
	matchListId: {
		label: 'Match List',
		pattern: ID,
		list: namedList('/match_lists'),
	},
	mediaId: {
		label: 'Media',
		pattern: MEDIA_ID,
		description: 'A sound; prompts have an ID like en-us/vm-enter_pass',
		list: namedList('/media'),
	},
	mediaLanguage: {
		label: 'Language',
		description: 'Language code, or "missing" for media without one',
		placeholder: 'e.g. en-us',
		list: { path: `${account}/media/languages`, map: '', label: (l) => text(l.id) },
	},
	menuId: {
		label: 'Menu',
		pattern: ID,
		list: namedList('/menus'),
	},
	pivotDebugId: {
		label: 'Call',
		description: 'The ID of the log, or the call ID',
		placeholder: 'e.g. 202611-8f7d0c1e-5b5e-4f0e',
		list: {
			path: `${account}/pivot/debug`,
			id: 'debug_id',
			label: (d) => labelOf(d.uri ?? d.call_id, d.status_code, d.call_id),
		},
	},
	promptId: {
		label: 'Prompt',
		placeholder: 'e.g. vm-enter_pass',
		list: { path: `${account}/media/prompts`, map: '', label: (p) => text(p.id) },
	},
	temporalRuleId: {
		label: 'Time of Day Rule',
		pattern: ID,
		list: namedList('/temporal_rules'),
	},
	temporalRuleSetId: {
		label: 'Time of Day Rule Set',
		pattern: ID,
		list: namedList('/temporal_rules_sets'),
	},
	wordId: {
		label: 'Word ID',
		placeholder: 'e.g. 5f2b7c3a9d1e',
	},
} as const satisfies Readonly<Record<string, Parameter>>;
