import { crud, operation, resource } from './notation';

const path = '/accounts/{accountId}/media';

export const media = resource({
	value: 'media',
	name: 'Media',
	description: 'Sound files: greetings, prompts, announcements and music on hold',
	keywords: [
		'audio',
		'greeting',
		'prompt',
		'music on hold',
		'MOH',
		'announcement',
		'text to speech',
		'sound',
	],
	rows: [
		...crud(path, 'mediaId', {
			one: 'media',
			many: 'media',
			schema: 'media',
			getAll: 'List the sounds of an account with language and where each came from',
			get: 'Read what is known about a sound: language, length, type, text to be spoken',
			create: 'Add a sound without content; upload a file next, or give a text for KAZOO to speak',
			update: 'Rename a sound, or change its language or the text to be spoken',
			replace: 'Overwrite what is known about a sound; the sound itself stays',
			upsert: 'Find a sound by name or another field: change its entry, or add one',
			delete: 'Remove a sound; change the menus and callflows that play it first',
			patch: false,
		}),
		operation(`POST ${path}/{mediaId}/raw`, {
			value: 'upload',
			name: 'Upload',
			action: 'Upload media file',
			alias: 'greeting, music on hold',
			description: 'Give a sound its content, or a new one in place of the old',
			upload: { as: 'raw', accepts: 'MP3, WAV or OGG' },
		}),
		operation(`GET ${path}/{mediaId}/raw`, {
			value: 'download',
			name: 'Download',
			action: 'Download media file',
			description: 'Get a sound as a file; spoken texts are rendered the first time',
			returns: 'file',
		}),
		operation(`GET ${path}/languages`, {
			value: 'getLanguages',
			name: 'Get Languages',
			action: 'Get languages of media',
			description: 'List the languages of the sounds and how many sounds each has',
			returns: { map: '', key: 'language', value: 'count' },
			unpaged: true,
		}),
		operation(`GET ${path}/languages/{mediaLanguage}`, {
			value: 'getByLanguage',
			name: 'Get Many by Language',
			action: 'Get many media by language',
			description: 'List the IDs of the sounds in one language',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${path}/prompts`, {
			value: 'getPrompts',
			name: 'Get Prompts',
			action: 'Get prompts that account replaced',
			description:
				"List which of KAZOO's own prompts the account has recorded anew, and in how many languages",
			returns: { map: '', key: 'prompt_id', value: 'languages' },
			unpaged: true,
		}),
		operation(`GET ${path}/prompts/{promptId}`, {
			value: 'getPrompt',
			name: 'Get Versions of Prompt',
			action: 'Get versions of prompt',
			description: 'List the recordings of one prompt, one for each language, and whether they have sound',
			returns: 'records',
			unpaged: true,
		}),
	],
});
