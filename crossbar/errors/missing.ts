/** The many kinds of 404. */
import type { Hint } from './hint';

export const NOT_FOUND: readonly Hint[] = [
	{
		status: 404,
		path: /^\/api_auth/,
		happened: 'KAZOO does not know this API key',
		todo: 'It may have been made anew: copy it again from the user interface.',
	},
	{
		status: 404,
		words: /number could not be found/i,
		happened: 'KAZOO does not know the number[ {number}]',
		todo: 'Write it with its country, +14155550100; a new one has to be created first.',
	},
	{
		status: 404,
		code: /not reconcilable/,
		happened: '[“{id}” ]is not a number that KAZOO can route',
		todo: 'Write it with its country: +14155550100. Extensions belong into callflows.',
	},
	{
		status: 404,
		words: /task already started/,
		happened: 'The task was started already',
		todo: 'Read its status, or create a new task.',
	},
	{
		status: 404,
		words: /task is not running/,
		happened: 'The task is not running',
		todo: 'Only a running task can be stopped.',
	},
	{
		status: 404,
		words: /task is running/,
		happened: 'The task is running',
		todo: 'Stop it before it is deleted.',
	},
	{
		status: 404,
		words: /unknown category action/,
		happened: 'KAZOO knows no such task',
		todo: 'Bulk Task: Get Types shows what there is; an application of KAZOO may not be running.',
	},
	{
		status: 404,
		words: /does not have any audio/,
		happened: 'The voicemail message has no sound',
		todo: 'It was deleted or never recorded.',
	},
	{
		status: 404,
		words: /invalid account_id/,
		happened: '“{accountId}” is not an account ID',
		todo: 'It has 32 signs, 0 to 9 and a to f. Pick the account from the list.',
	},
	{
		status: 404,
		code: /could not find cdr/,
		happened: 'There is no CDR with this ID',
		todo: 'The ID begins with the month, as in 202611-...; CDR: Get Many gives it.',
	},
	{
		status: 404,
		words: /(page|chunk) size/,
		happened: 'The page size is not one that the server takes',
		todo: 'Use a whole number of 1 or more.',
	},
	{
		status: 404,
		words: /missing token/,
		happened: 'No token was given to look at',
		todo: 'Send it as token.',
	},
	{
		status: 404,
		code: /faulty request/,
		path: /\/conferences\//,
		happened: 'KAZOO does not know that conference action',
		todo: 'Some actions need KAZOO 5.',
	},
	{
		status: 404,
		code: /faulty request/,
		happened: 'The server could not make sense of the request',
		todo: 'Check action, page size and start key.',
	},
	{
		status: 404,
		code: /not found/,
		happened: 'This KAZOO does not have {method} {place}',
		todo: '{feature}',
	},
	{ status: 404, kind: 'empty', happened: 'This KAZOO has nothing at {place}', todo: '{feature}' },
	{
		status: 404,
		code: /bad identifier/,
		path: /\/(limits|whitelabel|token_restrictions|api_key|storage)$/,
		happened: 'The account has no {last} yet',
		todo: 'Create it first.',
	},
	{
		status: 404,
		code: /bad identifier/,
		path: /^\/accounts\/[^/]+$/,
		happened: 'KAZOO has no account[ with the ID {id}]',
		todo: 'It was deleted, or the ID is of another server. Pick the account from the list.',
	},
	{
		status: 404,
		code: /bad identifier/,
		happened: 'KAZOO has no {thing}[ with the ID {id}]',
		todo: 'It was deleted, is in another account, or the ID is that of something else.',
	},
	{ status: 404, happened: 'KAZOO has found nothing', todo: 'Check the IDs and the account.' },
];

/** Resources that only some servers have, for "this KAZOO does not have it". */
export const FEATURES: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(queues|agents|acdc_call_stats)$/,
		'Queues and agents need KAZOO 4 with its call centre (acdc), or a hosted one.',
	],
	[/^(access_lists|cccps|skels)$/, 'Only KAZOO 4 has it, where the module is loaded.'],
	[
		/^(applications|call_reports|capabilities|commland|conference_auth|entitlements|external_numbers|getstream|i18n|match_lists|pushes|quickroutes|scope_restrictions|scopes|screenpops|websites|wordle|lnp_lookup|login_lock|qrcode)$/,
		'Only KAZOO 5 has it, where the module is loaded.',
	],
	[/.*/, 'Its module may not be loaded, or the path is one of another KAZOO generation.'],
];
