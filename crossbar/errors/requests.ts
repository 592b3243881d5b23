/** What is wrong with a request: 400 without fields, 405 to 429. */
import { ADMIN } from './hint';
import type { Hint } from './hint';

export const BAD_REQUEST: readonly Hint[] = [
	{
		status: 400,
		kind: 'empty',
		happened: 'The server could not read the request',
		todo: 'A header or a sign in the path is not what it should be; look at Accept and at the IDs.',
	},
	{
		status: 400,
		code: /invalid data/,
		path: /\/channels\//,
		happened: 'This KAZOO does not know that call action',
		todo: 'Move and record from outside need KAZOO 5.',
	},
	{
		status: 400,
		words: /missing mandatory fields?: (.+)/,
		happened: 'The table lacks columns that the task needs',
		todo: 'Bulk Task: Get Types shows the columns of each task.',
	},
	{
		status: 400,
		words: /not in service/,
		happened: 'The number is not in service',
		todo: 'Activate it first.',
	},
	{
		status: 400,
		words: /account disabled/,
		happened: 'The account of this number is disabled',
		todo: 'Its reseller can enable it.',
	},
	{
		status: 400,
		code: /allotments are not configured/,
		happened: 'This account has no allotments yet',
		todo: 'Set them first.',
	},
	{
		status: 400,
		code: /no change required/,
		happened: 'The number already is what it shall become',
		todo: 'Nothing needs to be done.',
	},
	{
		status: 400,
		code: /invalid state transition/,
		happened: 'The number cannot go to that state from where it is',
		todo: 'Read the number: its state decides what is possible (reserved, in service, available, aging ...).',
	},
	{
		status: 400,
		code: /assign failure/,
		happened: 'The number could not be given to the account',
		todo: 'See who has it: Phone Number: Identify.',
	},
	{
		status: 400,
		code: /number is porting/,
		happened: 'The number is being ported',
		todo: 'Wait until the port request has ended.',
	},
	{
		status: 400,
		code: /not reconcilable/,
		happened: '[“{id}” ]is not a number that KAZOO can route',
		todo: 'Write it with its country: +14155550100. Extensions belong into callflows.',
	},
	{ status: 400, code: /^disabled$/, happened: 'This is disabled', todo: 'It has to be enabled first.' },
	{ status: 400, code: /empty tree/, happened: 'Some accounts are in no account tree', todo: ADMIN },
	{
		status: 400,
		code: /multiple choice/,
		happened: 'More than one record fits',
		todo: 'Say more exactly which one is meant.',
	},
	{
		status: 400,
		code: /invalid bulk type/,
		happened: 'These records cannot be changed in bulk',
		todo: 'Change them one by one.',
	},
	{
		status: 400,
		code: /parse error/,
		happened: 'The server could not read the request',
		todo: 'Check the JSON and the characters in it.',
	},
	{
		status: 400,
		happened: 'KAZOO refused the request as wrong',
		todo: 'Compare what was sent with the server’s words.',
	},
];

export const METHOD_AND_FORM: readonly Hint[] = [
	{
		status: 405,
		words: /not allowed to renew/,
		happened: 'This server does not renew tokens of that kind',
		todo: 'Log in anew.',
	},
	{
		status: 405,
		path: /\/port_requests\//,
		method: /DELETE/,
		happened: 'A port request that is under way cannot be deleted',
		todo: 'Only unconfirmed, rejected and canceled ones can.',
	},
	{
		status: 405,
		happened: 'The server does not allow {method} on {place}',
		todo: '[It allows {allowed}. ]Another KAZOO generation may.',
	},
	{
		status: 406,
		happened: 'The server cannot answer in the form asked for',
		todo: 'Ask for another type of file; many lists have JSON and CSV, sounds have mp3 or wav.',
	},
	{
		status: 409,
		code: /number exists/,
		happened: 'The number[ {number}] exists already',
		todo: 'See who has it: Phone Number: Identify.',
	},
	{
		status: 409,
		path: /\/ledgers\/(credit|debit)$/,
		happened: 'There is a booking of this second with the same source and usage',
		todo: 'Nothing was booked. Give another Source ID, or book it a second later.',
	},
	{
		status: 409,
		method: /PUT/,
		happened: 'There is a record with this ID, perhaps a deleted one',
		todo: 'Leave the ID out or choose another.',
	},
	{
		status: 409,
		happened: 'Somebody else changed the record at the same moment',
		todo: 'Nothing was stored: run it again.',
	},
	{
		status: 410,
		code: /gone/,
		happened: 'The server no longer has version 1 of the API',
		todo: 'The path must begin with /v2.',
	},
	{
		status: 410,
		happened: 'The server no longer has this',
		todo: 'It was removed from KAZOO; look for its successor.',
	},
	{
		status: 412,
		words: /./,
		happened: 'A condition of the request is not met',
		todo: 'See the server’s words.',
	},
	{
		status: 412,
		happened: 'The record was changed since it was read',
		todo: '[{unstored}. ]Read it again and repeat the change.',
	},
	{
		status: 413,
		happened: 'The file or request is larger than the server takes',
		todo: 'KAZOO takes 8,000,000 bytes unless told otherwise (max_upload_size).',
	},
	{
		status: 415,
		method: /GET/,
		happened: 'The server does not have this type of file',
		todo: 'Ask for another type.',
	},
	{
		status: 415,
		happened: 'The server does not take this type of file[: {fileType}]',
		todo: '[This operation takes {takes}. ]Check the type of the file; photos are png or jpeg, sounds mp3 or wav, fax documents pdf or tiff.',
	},
	{
		status: 416,
		words: /range/,
		happened: 'The list is too long to be sent at once',
		todo: 'Read it in pages.',
	},
	{
		status: 416,
		happened: 'The server cannot send that part of the file',
		todo: 'Read the file from its beginning.',
	},
	{
		status: 423,
		happened: 'The account is locked',
		todo: 'Its reseller or the system’s admin can unlock it.',
	},
	{
		status: 429,
		happened: 'Too many requests: the server refused this one',
		todo: 'Nothing was done. Wait some seconds; fewer items at a time help.',
	},
];
