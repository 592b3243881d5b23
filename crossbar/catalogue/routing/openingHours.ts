import { alphabetical } from '../../values/alphabetical';
import type { Choice, Field, Fields } from '../notation';
import { operation, resource } from '../notation';
import { onlyPlan } from '../platform/changePlan';

const callflow = '/accounts/{accountId}/callflows/{callflowId}';

const hours = (label: string, value: string): Field => ({
	type: 'text',
	label,
	default: value,
	placeholder: 'e.g. 09:00-12:00, 13:00-17:00',
	stands: true,
});
const WORKDAY = '09:00-17:00';

const whileClosed: Fields = {
	whileClosed: {
		type: 'choice',
		label: 'While Closed',
		description: 'What callers get',
		options: alphabetical<Choice & object>(
			[
				{ value: 'callflow', label: 'Another Callflow' },
				{ value: 'hangUp', label: 'Hang Up' },
				{ value: 'keep', label: 'What It Is Now' },
				{ value: 'play', label: 'Play a Sound' },
				{ value: 'voicemail', label: 'Voicemail' },
			],
			({ label }) => label,
		),
		default: 'keep',
		required: true,
	},
	vmbox: {
		type: 'locator',
		label: 'Voicemail Box',
		parameter: 'vmboxId',
		required: true,
		when: { field: 'whileClosed', is: 'voicemail' },
	},
	callflow: {
		type: 'locator',
		label: 'Closed Callflow',
		parameter: 'callflowId',
		required: true,
		when: { field: 'whileClosed', is: 'callflow' },
	},
	media: {
		type: 'locator',
		label: 'Sound',
		parameter: 'mediaId',
		required: true,
		when: { field: 'whileClosed', is: 'play' },
	},
};

const BACK = 'Change Plan: Revert takes it back from the items that come out';

export const openingHours = resource({
	value: 'openingHours',
	name: 'Opening Hours',
	alias: 'Business Hours, Holiday',
	description: 'When a number is open and what callers get while it is closed, holidays included',
	keywords: [
		...['business hours', 'office hours', 'after hours', 'holiday', 'close', 'closed', 'night mode'],
		...['bank holiday', 'schedule', 'vacation'],
	],
	rows: [
		operation(`PATCH ${callflow}`, {
			value: 'closeOnDates',
			name: 'Close on Dates',
			action: 'Close on dates',
			alias: 'holiday, vacation, bank holiday, closed',
			description: 'Close a number on holidays or other days, once or every year; its hours stay',
			returns: 'collection',
			arguments: {
				dates: {
					type: 'texts',
					label: 'Dates',
					description: 'Days where the account is, with commas between; several in a row with “to”',
					placeholder: 'e.g. 2026-12-24, 2026-12-26 to 2026-12-28',
					required: true,
				},
				...whileClosed,
				everyYear: { type: 'boolean', label: 'Every Year', description: 'Whether it is closed each year' },
				occasion: {
					type: 'text',
					label: 'Occasion',
					description: 'Stands in the name of the rule',
					placeholder: 'e.g. Christmas',
				},
				...onlyPlan,
			},
			via: 'closeOnDates',
		}),
		operation(`PATCH ${callflow}`, {
			value: 'overrideForDay',
			name: 'Override for a Day',
			action: 'Override opening hours of one day',
			alias: 'close today, night mode, open today',
			description: 'Close a number for one day, keep it open all day, or give the day other hours',
			returns: 'collection',
			arguments: {
				date: {
					type: 'text',
					label: 'Day',
					description: 'Where the account is; today if empty',
					placeholder: 'e.g. 2026-12-24',
					stands: true,
				},
				override: {
					type: 'choice',
					label: 'On That Day',
					options: [
						{ value: 'closed', label: 'Closed' },
						{ value: 'open', label: 'Open All Day' },
						{ value: 'hours', label: 'Other Hours' },
					],
					default: 'closed',
					required: true,
				},
				hours: { ...hours('Hours', ''), required: true, when: { field: 'override', is: 'hours' } },
				...whileClosed,
				...onlyPlan,
			},
			via: 'overrideDay',
		}),
		operation(`PATCH ${callflow}`, {
			value: 'reinstateHours',
			name: 'Reinstate',
			action: 'Reinstate opening hours',
			alias: 'reopen, open again',
			description:
				'Take days out that Close on Dates and Override for a Day made different; all if no date is given',
			hint: 'To take back Set give what it put out to Change Plan: Revert',
			returns: 'collection',
			arguments: {
				dates: {
					type: 'texts',
					label: 'Dates',
					placeholder: 'e.g. 2026-12-24',
					stands: true,
				},
				...onlyPlan,
			},
			via: 'reinstateHours',
		}),
		operation(`PATCH ${callflow}`, {
			value: 'setHours',
			name: 'Set',
			action: 'Set opening hours',
			alias: 'business hours, office hours, after hours',
			description: 'Say when a number is open on each weekday and what callers get while it is closed',
			hint: `Hours are in the account's time zone; empty is closed, 22:00-06:00 goes on after midnight. ${BACK}`,
			returns: 'collection',
			arguments: {
				monday: hours('Monday', WORKDAY),
				tuesday: hours('Tuesday', WORKDAY),
				wednesday: hours('Wednesday', WORKDAY),
				thursday: hours('Thursday', WORKDAY),
				friday: hours('Friday', WORKDAY),
				saturday: hours('Saturday', ''),
				sunday: hours('Sunday', ''),
				...whileClosed,
				...onlyPlan,
			},
			via: 'setOpeningHours',
		}),
	],
});
