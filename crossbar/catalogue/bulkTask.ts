import type { Fields } from './notation';
import { operation, resource } from './notation';

const path = '/accounts/{accountId}/tasks';
const one = `${path}/{taskId}` as const;

/** The tasks that both generations have (async.md section 1.3); a server may have more: use an expression then. */
const kind: Fields = {
	category: {
		type: 'choice',
		label: 'Category',
		options: [
			{ value: 'billing', label: 'Billing' },
			{ value: 'compaction', label: 'Compaction', description: 'Of databases; system administrators only' },
			{ value: 'number_management', label: 'Number Management' },
			{ value: 'rates', label: 'Rates', description: 'System administrators only, scope System' },
			{ value: 'resource_selectors', label: 'Resource Selectors' },
			{ value: 'services', label: 'Services' },
		],
		default: 'number_management',
		required: true,
	},
	action: {
		type: 'choice',
		label: 'Action',
		description: 'Not every category has each; Get Types tells which',
		options: [
			{ value: 'assign_to', label: 'Assign Numbers to Account', description: 'Columns e164, account_id' },
			{ value: 'compact_all', label: 'Compact All Databases' },
			{ value: 'compact_db', label: 'Compact Database', description: 'Columns database, force' },
			{ value: 'compact_node', label: 'Compact Node', description: 'Columns node, force' },
			{ value: 'descendant_quantities', label: 'Count Billed Items of Sub-Accounts' },
			{ value: 'delete', label: 'Delete', description: 'Numbers (e164), rates (prefix) or selectors' },
			{ value: 'dump', label: 'Dump', description: 'Call records (Billing) or all numbers of the system' },
			{ value: 'dump_aging', label: 'Dump Aging Numbers' },
			{ value: 'dump_available', label: 'Dump Available Numbers' },
			{ value: 'dump_deleted', label: 'Dump Deleted Numbers' },
			{ value: 'dump_discovery', label: 'Dump Discovered Numbers' },
			{ value: 'dump_in_service', label: 'Dump Numbers in Service' },
			{ value: 'dump_port_in', label: 'Dump Ported-In Numbers' },
			{ value: 'dump_port_out', label: 'Dump Ported-Out Numbers' },
			{ value: 'dump_released', label: 'Dump Released Numbers' },
			{ value: 'dump_reserved', label: 'Dump Reserved Numbers' },
			{ value: 'export', label: 'Export Rates' },
			{ value: 'find', label: 'Find Numbers', description: 'Column e164' },
			{ value: 'import', label: 'Import', description: 'Numbers, rates or selectors' },
			{ value: 'list', label: 'List Numbers' },
			{ value: 'list_all', label: 'List Numbers With Sub-Accounts' },
			{ value: 'release', label: 'Release Numbers', description: 'Column e164' },
			{ value: 'reserve', label: 'Reserve Numbers', description: 'Columns e164, account_id' },
			{ value: 'update_merge', label: 'Update Numbers', description: 'Empty cells are left as they are' },
			{
				value: 'update_overwrite',
				label: 'Update Numbers and Overwrite',
				description: 'Empty cells delete what was there',
			},
		],
		default: 'list',
		required: true,
	},
	fileName: {
		type: 'text',
		label: 'File Name',
		description: 'A name to find the task by later',
		placeholder: 'e.g. numbers-november.csv',
		wire: 'file_name',
	},
};

export const bulkTask = resource({
	value: 'bulkTask',
	name: 'Bulk Task',
	description: 'Long jobs on many rows in the background: numbers, rates, call records, from and to CSV',
	keywords: ['CSV', 'import', 'export', 'batch', 'mass update', 'bulk edit', 'background job', 'task'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many bulk tasks',
			description: 'List the tasks of an account with state and how many rows went well',
			returns: 'records',
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get bulk task',
			description: 'Read the state of a task, its counts of rows, and which of its files exist',
		}),
		operation('GET /tasks', {
			value: 'getTypes',
			name: 'Get Types',
			action: 'Get types of bulk tasks',
			description: 'List what this server can do in bulk, by category, with the columns each task takes',
			returns: { map: 'tasks', key: 'category' },
			unpaged: true,
			query: {
				category: {
					type: 'text',
					label: 'Category',
					description: 'Only this one',
					placeholder: 'e.g. number_management',
				},
				action: {
					type: 'text',
					label: 'Action',
					description: 'Only this one; needs Category',
					placeholder: 'e.g. import',
				},
			},
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create bulk task',
			description: 'Prepare a task with rows from JSON, or one that needs none; Start sets it off',
			hint: 'The scope System is for system administrators',
			scopes: { system: '/tasks' },
			query: kind,
			body: {
				records: {
					type: 'json',
					label: 'Rows',
					description: 'A list of objects, one a row; empty for tasks without input',
					placeholder: 'e.g. [{"e164": "+14155550100", "cnam.outbound": "Reception"}]',
				},
			},
		}),
		operation(`PUT ${path}`, {
			value: 'createFromFile',
			name: 'Create From CSV File',
			action: 'Create bulk task from CSV file',
			description: 'Prepare a task from a CSV file with column names in its first line; Start sets it off',
			scopes: { system: '/tasks' },
			query: kind,
			upload: { as: 'raw', accepts: 'CSV', mimeType: 'text/csv' },
		}),
		operation(`PATCH ${one}`, {
			value: 'start',
			name: 'Start',
			action: 'Start bulk task',
			description: 'Set a task off that was not run yet, or was stopped; follow it with Get',
		}),
		operation(`PATCH ${one}/stop`, {
			value: 'stop',
			name: 'Stop',
			action: 'Stop bulk task',
			description: 'Halt a running task; rows that are done stay done',
		}),
		operation(`GET ${one}/input`, {
			value: 'downloadInput',
			name: 'Download Input',
			action: 'Download input of bulk task',
			description: 'Get the rows that a task was given, as a CSV file',
			returns: 'file',
			accept: 'text/csv',
		}),
		operation(`GET ${one}/output`, {
			value: 'downloadOutput',
			name: 'Download Output',
			action: 'Download output of bulk task',
			description: 'Get the result as a CSV file with a column for errors; rows may be in another order',
			returns: 'file',
			accept: 'text/csv',
		}),
		operation(`DELETE ${one}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete bulk task',
			description: 'Remove a task that is not running, together with its files',
		}),
	],
});
