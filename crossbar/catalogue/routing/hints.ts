/** Hints for what decides where a call goes. */
import type { SchemaHints } from '../hintNotation';
import type { Choice } from '../notation';

/** KAZOO also takes the spelling “wensday”; this one every version knows. */
const WEEKDAYS: readonly Choice[] = [
	{ value: 'monday', label: 'Monday' },
	{ value: 'tuesday', label: 'Tuesday' },
	{ value: 'wednesday', label: 'Wednesday' },
	{ value: 'thursday', label: 'Thursday' },
	{ value: 'friday', label: 'Friday' },
	{ value: 'saturday', label: 'Saturday' },
	{ value: 'sunday', label: 'Sunday' },
];

const MONTHS = [
	...['January', 'February', 'March', 'April', 'May', 'June'],
	...['July', 'August', 'September', 'October', 'November', 'December'],
].map((label, index) => ({ value: index + 1, label }));

export const routingHints: Readonly<Record<string, SchemaHints>> = {
	temporal_rules: {
		form: {
			name: {},
			cycle: {
				label: 'Repeats',
				as: 'choice',
				of: [
					{ value: 'daily', label: 'Every Day' },
					{ value: 'weekly', label: 'Every Week' },
					{ value: 'monthly', label: 'Every Month' },
					{ value: 'yearly', label: 'Every Year' },
					{ value: 'date', label: 'On One Date' },
				],
			},
			wdays: { label: 'Weekdays', as: 'choices', of: WEEKDAYS },
			time_window_start: { label: 'Begins At', as: 'time' },
			time_window_stop: { label: 'Ends At', as: 'time' },
		},
		more: {
			start_date: { label: 'First Day', as: 'day' },
			end_date: { label: 'Last Day', as: 'day' },
			month: { as: 'choice', of: MONTHS },
			days: { label: 'Days of Month', as: 'integers' },
			ordinal: {
				label: 'Which of the Month',
				as: 'choice',
				of: [
					{ value: 'every', label: 'Every' },
					{ value: 'first', label: 'First' },
					{ value: 'second', label: 'Second' },
					{ value: 'third', label: 'Third' },
					{ value: 'fourth', label: 'Fourth' },
					{ value: 'fifth', label: 'Fifth' },
					{ value: 'last', label: 'Last' },
				],
			},
			interval: { label: 'Every So Many' },
			enabled: { label: 'Forced (On: Always, Off: Never)' },
		},
	},
	temporal_rules_sets: {
		form: { name: {}, temporal_rules: { label: 'Rules', as: 'ids', of: 'temporalRuleId' } },
	},
	callflows: {
		form: {
			name: {},
			numbers: { label: 'Numbers and Extensions', as: 'numbers' },
			'flow.module': { label: 'First Step' },
			'flow.data': { label: 'Settings of First Step' },
			'flow.children': { label: 'Steps After It' },
		},
		more: { patterns: { as: 'texts' }, owner_id: { label: 'Owner', as: 'id', of: 'userId' } },
	},
	menus: {
		form: {
			name: {},
			'media.greeting': { label: 'Greeting', as: 'id', of: 'mediaId' },
			timeout: { label: 'Wait for a Key (Milliseconds)' },
			retries: { label: 'Tries' },
		},
		more: {
			max_extension_length: { label: 'Longest Extension' },
			hunt: { label: 'Callers May Dial Extensions' },
			record_pin: { label: 'PIN to Record the Greeting' },
		},
	},
	media: {
		form: {
			name: {},
			description: {},
			language: {},
			'tts.text': { label: 'Text to Speak' },
			'tts.voice': { label: 'Voice' },
		},
	},
	blacklists: { form: { name: {}, numbers: { label: 'Numbers', as: 'numberKeys' } } },
	match_lists: { form: { name: {} } },
	metaflows: { form: { binding_digit: { label: 'Key That Starts' }, listen_on: { label: 'Listen On' } } },
};
