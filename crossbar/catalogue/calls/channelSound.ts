/** What is played and said on a running call, and how it sounds: metaflow modules again (async.md section 4). */
import type { Field, Row } from '../notation';
import { operation } from '../notation';
import { command, mediaToPlay } from './channelMetaflows';

const one = '/accounts/{accountId}/channels/{channelId}';

const startOrStop: Field = {
	type: 'choice',
	label: 'Do',
	options: [
		{ value: 'start', label: 'Start' },
		{ value: 'stop', label: 'Stop' },
	],
	default: 'start',
	required: true,
	wire: 'data.action',
};

const leg = (fallback: string): Field => ({
	type: 'choice',
	label: 'Who Hears It',
	options: [
		{ value: 'both', label: 'Both Sides' },
		{ value: 'peer', label: 'The Other Side' },
		{ value: 'self', label: 'This Side' },
	],
	default: fallback,
	wire: 'data.leg',
});

export const soundRows: readonly Row[] = [
	operation(`PUT ${one}`, {
		value: 'play',
		name: 'Play Media',
		action: 'Play media to call',
		description: 'Play a sound from Media into a call',
		always: { action: 'metaflow', module: 'play' },
		body: {
			media: { ...mediaToPlay('Media', 'data.id'), required: true },
			leg: leg('both'),
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'speak',
		name: 'Speak Text',
		action: 'Speak text to call',
		description: 'Have a text-to-speech voice say something on a call',
		always: { action: 'metaflow', module: 'tts' },
		body: {
			text: {
				type: 'text',
				label: 'Text',
				lines: 3,
				placeholder: 'e.g. Your time is up in one minute',
				required: true,
				wire: 'data.text',
			},
			voice: { type: 'text', label: 'Voice', placeholder: 'e.g. female', wire: 'data.voice' },
			language: { type: 'text', label: 'Language', placeholder: 'e.g. en-us', wire: 'data.language' },
			engine: {
				type: 'text',
				label: 'Engine',
				description: 'Speech engine of the server; flite unless you say otherwise',
				placeholder: 'e.g. google',
				wire: 'data.engine',
			},
			leg: leg('self'),
			terminators: {
				type: 'texts',
				label: 'Keys That Stop It',
				description: 'Keys, separated by commas; all keys unless you say otherwise',
				placeholder: 'e.g. 1, #',
				wire: 'data.terminators',
			},
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'say',
		name: 'Say Number or Date',
		action: 'Say number or date to call',
		description: 'Read out a number, date, price or spelled name with recorded words',
		always: { action: 'metaflow', module: 'say' },
		body: {
			text: { type: 'text', label: 'Text', placeholder: 'e.g. 4711', required: true, wire: 'data.text' },
			type: {
				type: 'choice',
				label: 'Read As',
				options: [
					{ value: 'account_number', label: 'Account Number' },
					{ value: 'currency', label: 'Currency' },
					{ value: 'current_date', label: 'Date' },
					{ value: 'current_date_time', label: 'Date and Time' },
					{ value: 'email_address', label: 'Email Address' },
					{ value: 'ip_address', label: 'IP Address' },
					{ value: 'items', label: 'Items' },
					{ value: 'messages', label: 'Messages' },
					{ value: 'name_phonetic', label: 'Name, Phonetic' },
					{ value: 'name_spelled', label: 'Name, Spelled' },
					{ value: 'number', label: 'Number' },
					{ value: 'persons', label: 'Persons' },
					{ value: 'postal_address', label: 'Postal Address' },
					{ value: 'short_date_time', label: 'Short Date and Time' },
					{ value: 'telephone_extension', label: 'Telephone Extension' },
					{ value: 'telephone_number', label: 'Telephone Number' },
					{ value: 'current_time', label: 'Time' },
					{ value: 'time_measurement', label: 'Time Span' },
					{ value: 'url', label: 'URL' },
				],
				default: 'number',
				wire: 'data.type',
			},
			method: {
				type: 'choice',
				label: 'Manner',
				options: [
					{ value: 'counted', label: 'Counted' },
					{ value: 'iterated', label: 'Iterated', description: 'Digit by digit' },
					{ value: 'pronounced', label: 'Pronounced' },
				],
				default: 'pronounced',
				wire: 'data.method',
			},
			language: { type: 'text', label: 'Language', placeholder: 'e.g. en-us', wire: 'data.language' },
			gender: {
				type: 'choice',
				label: 'Grammatical Gender',
				options: [
					{ value: 'feminine', label: 'Feminine' },
					{ value: 'masculine', label: 'Masculine' },
					{ value: 'neuter', label: 'Neuter' },
				],
				default: 'neuter',
				wire: 'data.gender',
			},
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'setVolume',
		name: 'Set Volume',
		action: 'Set volume of call',
		description: 'Make what one side hears or says louder or quieter; the lowest level mutes',
		always: { action: 'metaflow', module: 'audio_level' },
		body: {
			do: startOrStop,
			level: {
				type: 'number',
				label: 'Level',
				description: 'From -4 (quietest) to 4 (loudest)',
				default: 0,
				min: -4,
				max: 4,
				decimals: 0,
				wire: 'data.level',
			},
			mode: {
				type: 'choice',
				label: 'Direction',
				options: [
					{ value: 'read', label: 'What This Side Says' },
					{ value: 'write', label: 'What This Side Hears' },
				],
				default: 'read',
				wire: 'data.mode',
			},
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'changeVoice',
		name: 'Change Voice',
		action: 'Change voice on call',
		description: 'Shift pitch, speed or tempo of a voice, or end that',
		always: { action: 'metaflow', module: 'sound_touch' },
		body: {
			do: startOrStop,
			semitones: {
				type: 'number',
				label: 'Semitones',
				min: -14,
				max: 14,
				decimals: 2,
				wire: 'data.adjust_in_semitones',
			},
			octaves: {
				type: 'number',
				label: 'Octaves',
				min: -1,
				max: 1,
				decimals: 2,
				wire: 'data.adjust_in_octaves',
			},
			pitch: { type: 'number', label: 'Pitch', min: 1, decimals: 2, wire: 'data.pitch' },
			rate: { type: 'number', label: 'Rate', min: 1, decimals: 2, wire: 'data.rate' },
			tempo: { type: 'number', label: 'Tempo', min: 1, decimals: 2, wire: 'data.tempo' },
			hookDtmf: {
				type: 'boolean',
				label: 'Keys Control It',
				description: 'Whether keys of the phone change the effect',
				wire: 'data.hook_dtmf',
			},
			sendingLeg: {
				type: 'boolean',
				label: 'Sending Side',
				description: 'Whether the voice of this side is changed instead of what it hears',
				wire: 'data.sending_leg',
			},
		},
		...command,
	}),
];
