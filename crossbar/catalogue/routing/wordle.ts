import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/wordle';
const system = '/wordle/{wordId}';

export const wordle = resource({
	value: 'wordle',
	name: 'Wordle',
	description: 'The word game that KAZOO 5 has on board: one word a day, guesses by API',
	keywords: ['game', 'word of the day', 'fun', 'easter egg'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getToday',
			name: 'Get Word of Today',
			action: 'Get word of today',
			description: "Read the ID of today's word and what you guessed so far",
			scopes: { system: '/wordle' },
			query: {
				wordSize: { type: 'number', label: 'Letters', default: 5, min: 1, decimals: 0 },
			},
			version: 5,
		}),
		operation(`GET ${path}/{wordId}`, {
			value: 'get',
			name: 'Get Guesses',
			action: 'Get guesses for word',
			description: 'Read your guesses for one word with the color of each letter',
			scopes: { system },
			version: 5,
		}),
		operation(`POST ${path}/{wordId}`, {
			value: 'guess',
			name: 'Guess',
			action: 'Guess word',
			description: 'Try a word; each letter comes back green, yellow or black',
			scopes: { system },
			body: {
				guess: { type: 'text', label: 'Guess', placeholder: 'e.g. PHONE', required: true },
			},
			version: 5,
		}),
	],
});
