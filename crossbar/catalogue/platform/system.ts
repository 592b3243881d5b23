import type { Field } from '../notation';
import { operation, resource } from '../notation';

const configs = '/system_configs';
const config = `${configs}/{systemConfigId}` as const;
const node = `${config}/{configNode}` as const;
const shared = { needs: 'system administrator' } as const;

const settings: Field = {
	type: 'json',
	label: 'Settings',
	description: 'By node, "default" for all of them',
	placeholder: 'e.g. {"default": {"max_upload_size": 16000000}}',
	required: true,
	wire: '',
};

const nodeSettings: Field = {
	...settings,
	description: 'The settings themselves',
	placeholder: 'e.g. {"max_upload_size": 16000000}',
};

export const systemConfiguration = resource({
	value: 'systemConfiguration',
	name: 'System Configuration',
	description: "The settings of KAZOO's applications for the whole cluster or one node",
	keywords: ['system_config', 'cluster settings', 'defaults', 'crossbar settings', 'node settings'],
	rows: [
		operation(`GET ${configs}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many system configurations',
			description: 'List the names of all configurations, one for each application or part',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${config}`, {
			value: 'get',
			name: 'Get',
			action: 'Get system configuration',
			description: 'Read the settings of one application, by node',
			query: {
				withDefaults: {
					type: 'boolean',
					label: 'With Defaults',
					description: 'Whether settings that nobody changed are given too',
				},
			},
			...shared,
		}),
		operation(`PUT ${config}`, {
			value: 'create',
			name: 'Create',
			action: 'Create system configuration',
			description: 'Store settings for an application that has none yet',
			body: { settings },
			...shared,
		}),
		operation(`PATCH ${config}`, {
			value: 'update',
			name: 'Update',
			action: 'Update system configuration',
			description: 'Change some settings of an application and keep the others',
			body: { settings },
			...shared,
		}),
		operation(`POST ${config}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace system configuration',
			description: 'Overwrite all settings of an application; what you leave out gets its default',
			body: { settings },
			...shared,
		}),
		operation(`DELETE ${config}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete system configuration',
			description: 'Let an application run with its defaults everywhere',
			...shared,
		}),
		operation(`GET ${node}`, {
			value: 'getNode',
			name: 'Get of Node',
			action: 'Get system configuration of node',
			description: 'Read what applies to one node, or to all that have nothing of their own',
			...shared,
		}),
		operation(`PATCH ${node}`, {
			value: 'updateNode',
			name: 'Update for Node',
			action: 'Update system configuration for node',
			description: 'Change some settings for one node only',
			body: { settings: nodeSettings },
			...shared,
		}),
		operation(`POST ${node}`, {
			value: 'replaceNode',
			name: 'Replace for Node',
			action: 'Replace system configuration for node',
			description: 'Overwrite the settings for one node',
			body: { settings: nodeSettings },
			...shared,
		}),
		operation(`DELETE ${node}`, {
			value: 'deleteNode',
			name: 'Delete for Node',
			action: 'Delete system configuration for node',
			description: 'Let a node take the settings of all the others again',
			...shared,
		}),
	],
});

const command = { returns: 'value', needs: 'system administrator', writes: true } as const;

export const system = resource({
	value: 'system',
	name: 'System',
	description: 'The KAZOO cluster: its nodes and applications, and maintenance commands (SUP)',
	keywords: ['cluster status', 'nodes', 'SUP', 'maintenance', 'kapps', 'server health', 'monitoring'],
	rows: [
		operation('GET /system_status', {
			value: 'getStatus',
			name: 'Get Status',
			action: 'Get status of cluster',
			description: 'Read for each zone which nodes run, since when, with what load and applications',
			returns: { map: '', key: 'zone' },
			unpaged: true,
			needs: 'system administrator',
		}),
		operation('GET /sup/{supModule}/{supFunction}/{supArgument}', {
			value: 'runWithArgument',
			name: 'Run Command With Argument',
			action: 'Run SUP command with argument',
			description: 'Run a maintenance command with one argument; what it prints comes back',
			hint: 'KAZOO runs commands by GET: one may run twice when a connection breaks',
			...command,
		}),
		operation('GET /sup/{supModule}/{supFunction}', {
			value: 'run',
			name: 'Run Command',
			action: 'Run SUP command',
			description: 'Run a maintenance command; what it prints comes back',
			hint: 'KAZOO runs commands by GET: one may run twice when a connection breaks',
			...command,
		}),
		operation('GET /sup/{supModule}', {
			value: 'runStatus',
			name: 'Run Status Command',
			action: 'Run SUP status command',
			description: 'Ask one part of KAZOO for its status, as the command line does',
			...command,
		}),
	],
});
