import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/comments';

/** One comment (schema `comment`); an empty date is now. */
export const commentFields: Fields = {
	content: {
		type: 'text',
		label: 'Comment',
		lines: 4,
		placeholder: 'e.g. The losing carrier asks for a newer bill',
		required: true,
	},
	author: {
		type: 'text',
		label: 'Author',
		description: 'Name to show beside the comment',
		placeholder: 'e.g. Ann Admin',
		required: true,
	},
	timestamp: { type: 'date', label: 'Date', description: 'Left empty, now', default: 'now' },
	isPrivate: {
		type: 'boolean',
		label: 'Private',
		description: 'Whether only those who work on the port may read it',
	},
	actionRequired: {
		type: 'boolean',
		label: 'Action Required',
		description: 'Whether the customer is asked to do something',
	},
};

/** The same fields, sent as the first entry of the list `comments`. */
export const firstComment: Fields = Object.fromEntries(
	Object.entries(commentFields).map(([key, field]) => [
		key,
		{ ...field, wire: `comments.0.${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}` },
	]),
);

export const comment = resource({
	value: 'comment',
	name: 'Comment',
	description: 'Notes of support and sales that are kept with an account',
	keywords: ['note', 'remark', 'customer note', 'history', 'CRM'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many comments',
			description: 'List the notes on an account, oldest first',
			returns: { list: 'comments' },
			unpaged: true,
		}),
		operation(`GET ${path}/{commentId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get comment',
			description: 'Read one note by its place in the list',
		}),
		operation(`PUT ${path}`, {
			value: 'addComment',
			name: 'Add',
			action: 'Add comment',
			description: 'Add a note to an account; all its notes come back',
			body: firstComment,
			returns: { list: 'comments' },
		}),
		operation(`POST ${path}/{commentId}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace comment',
			description: 'Overwrite one of the notes on an account',
			body: commentFields,
		}),
		operation(`DELETE ${path}/{commentId}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete comment',
			description: 'Delete one note; those after it move up one place',
		}),
		operation(`DELETE ${path}`, {
			value: 'deleteAll',
			name: 'Delete All',
			action: 'Delete all comments',
			description: 'Delete all notes on an account',
			returns: 'value',
		}),
	],
});
