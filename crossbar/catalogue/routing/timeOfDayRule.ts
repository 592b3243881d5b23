import { crud, resource } from '../notation';

export const timeOfDayRule = resource({
	value: 'timeOfDayRule',
	name: 'Time of Day Rule',
	description: 'When a callflow branch applies: opening hours, lunch breaks, holidays',
	keywords: [
		'office hours',
		'business hours',
		'open hours',
		'after hours',
		'holiday',
		'schedule',
		'temporal rule',
	],
	rows: crud('/accounts/{accountId}/temporal_rules', 'temporalRuleId', {
		one: 'time of day rule',
		many: 'time of day rules',
		schema: 'temporal_rules',
		getAll: 'List the rules by name; the times themselves come with Get',
		get: 'Read on which days and between which times a rule applies, and if it is switched on or off',
		create: 'Define hours, weekdays or holidays for callflows to branch on',
		update: 'Change times or days, or force a rule on (enabled true) or off (enabled false)',
		replace: 'Overwrite the days and times of a rule with the fields you send',
		upsert: 'Find a rule by name or another field: change its times, or define it when missing',
		delete: 'Remove a rule; callflow branches that use it no longer apply',
		more: {
			create: {
				alias: 'office hours, business hours, holiday',
				hint: 'A holiday: Cycle yearly with Month and Days',
			},
			get: {
				simple: [
					'id',
					'name',
					'enabled',
					'cycle',
					'interval',
					'wdays',
					'days',
					'month',
					'ordinal',
					'start_date',
					'end_date',
					'time_window_start',
					'time_window_stop',
					'timezone',
				],
			},
			update: { hint: 'Set enabled to null to let the times decide again' },
		},
	}),
});

export const timeOfDayRuleSet = resource({
	value: 'timeOfDayRuleSet',
	name: 'Time of Day Rule Set',
	description: 'Several time of day rules under one name, such as all public holidays',
	keywords: ['holidays', 'holiday list', 'temporal rule set', 'office hours'],
	rows: crud('/accounts/{accountId}/temporal_rules_sets', 'temporalRuleSetId', {
		one: 'time of day rule set',
		many: 'time of day rule sets',
		schema: 'temporal_rules_sets',
		getAll: 'List the sets and the rules in each',
		get: 'Read the name of a set and which rules belong to it',
		create: 'Create a set of rules that a callflow can branch on as one',
		update: 'Rename a set or give it another list of rules; the list is replaced whole',
		replace: 'Overwrite name and rules of a set',
		upsert: 'Find a set by name or another field: change its rules, or make it',
		delete: 'Delete a set; the rules in it stay',
		more: {
			getAll: { names: { rule_names: { id: 'rules', of: 'temporalRuleId' } } },
			get: { names: { rule_names: { id: 'temporal_rules', of: 'temporalRuleId' } } },
		},
	}),
});
