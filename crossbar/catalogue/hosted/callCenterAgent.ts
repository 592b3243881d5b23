import { operation, resource } from '../notation';
import { freeForm, HOSTED } from './shared';

const path = '/accounts/{accountId}/qubicle_recipients';
const one = `${path}/{userId}` as const;
const skills = '/accounts/{accountId}/qubicle_skills';
const skill = `${skills}/{skillId}` as const;

const shared = { hint: HOSTED, version: 5 } as const;
const sends = { ...shared, body: { data: freeForm } } as const;

export const callCenterAgent = resource({
	value: 'callCenterAgent',
	name: 'Call Center Pro Agent',
	description: 'Agents (recipients) of the hosted call center (Qubicle): status, queues, roles and skills',
	keywords: ['Qubicle', 'recipient', 'agent status', 'log in agent', 'ready', 'away', 'skill based routing'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many call center pro agents',
			description: 'List the users who are agents of the hosted call center',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get call center pro agent',
			description: 'Read the settings of one agent, which are those of the user',
			...shared,
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace call center pro agent',
			description: 'Overwrite the call center settings of one agent',
			...sends,
		}),
		operation(`POST ${one}/enable`, {
			value: 'enable',
			name: 'Enable',
			action: 'Enable call center pro agent',
			description: 'Make a user an agent who can log in to hosted queues',
			...shared,
		}),
		operation(`POST ${one}/disable`, {
			value: 'disable',
			name: 'Disable',
			action: 'Disable call center pro agent',
			description: 'Stop a user from being an agent of hosted queues',
			...shared,
		}),
		operation(`GET ${one}/status`, {
			value: 'getStatusOfOne',
			name: 'Get Status of One',
			action: 'Get status of call center pro agent',
			description: 'Read whether an agent is ready, the call at hand, and figures of the day',
			...shared,
		}),
		operation(`POST ${one}/status`, {
			value: 'setStatus',
			name: 'Set Status',
			action: 'Set status of call center pro agent',
			description: 'Log an agent in or out, or set the agent to ready or away',
			...shared,
			body: {
				status: {
					type: 'choice',
					label: 'Status',
					options: [
						{ value: 'away', label: 'Away', description: 'Logged in, gets no calls' },
						{ value: 'login', label: 'Log In' },
						{ value: 'logout', label: 'Log Out' },
						{ value: 'ready', label: 'Ready', description: 'Gets calls once logged in' },
					],
					default: 'ready',
					required: true,
				},
			},
		}),
		operation(`POST ${path}/status`, {
			value: 'setStatusOfMany',
			name: 'Set Status of Many',
			action: 'Set status of many call center pro agents',
			description: 'Change or ask the status of several agents at once',
			...sends,
		}),
		operation(`POST ${path}/queue_membership`, {
			value: 'setMembership',
			name: 'Set Queue Membership',
			action: 'Set queue membership of call center pro agents',
			description: 'Set for several agents in which hosted queues they work',
			...sends,
		}),
		operation(`POST ${one}/roles`, {
			value: 'replaceRoles',
			name: 'Replace Roles',
			action: 'Replace roles of call center pro agent',
			description: 'Give an agent other permissions, such as those of a manager',
			...sends,
		}),
		operation('GET /accounts/{accountId}/qubicle_roles', {
			value: 'getRoles',
			name: 'Get Roles',
			action: 'Get roles of call center pro',
			description: 'List the sets of permissions that agents and queues can have',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${skills}`, {
			value: 'getSkills',
			name: 'Get Skills',
			action: 'Get skills of call center pro',
			description: 'List the skills by which calls are handed to agents',
			returns: 'records',
			...shared,
		}),
		operation(`PUT ${skills}`, {
			value: 'createSkill',
			name: 'Create Skill',
			action: 'Create skill of call center pro',
			description: 'Add a skill, such as a language, that agents can have',
			...sends,
		}),
		operation(`PATCH ${skill}`, {
			value: 'updateSkill',
			name: 'Update Skill',
			action: 'Update skill of call center pro',
			description: 'Change some fields of a skill and keep the others',
			...sends,
		}),
		operation(`POST ${skill}`, {
			value: 'replaceSkill',
			name: 'Replace Skill',
			action: 'Replace skill of call center pro',
			description: 'Overwrite a skill with what you send',
			...sends,
		}),
		operation(`DELETE ${skill}`, {
			value: 'deleteSkill',
			name: 'Delete Skill',
			action: 'Delete skill of call center pro',
			description: 'Remove a skill; agents and queues no longer have it',
			...shared,
		}),
	],
});
