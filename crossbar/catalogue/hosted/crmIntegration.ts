import { operation, resource } from '../notation';
import { freeForm, HOSTED } from './shared';

const path = '/accounts/{accountId}/crm_integration';
const mapping = `${path}/mappings/{mappingId}` as const;
const trigger = `${path}/triggers/{triggerId}` as const;

const shared = { hint: HOSTED, version: 5 } as const;
const sends = { ...shared, body: { data: freeForm } } as const;

export const crmIntegration = resource({
	value: 'crmIntegration',
	name: 'CRM Integration',
	description: 'The link of the hosted platform to a CRM: field mappings, triggers and logged calls',
	keywords: ['Salesforce', 'HubSpot', 'Zoho', 'customer relationship', 'call logging', 'OneBill'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get CRM integration',
			description: 'Read how the account is linked to its CRM',
			...shared,
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create CRM integration',
			description: 'Link the account to a CRM',
			...sends,
		}),
		operation(`GET ${path}/call_logs`, {
			value: 'getCallLogs',
			name: 'Get Call Logs',
			action: 'Get call logs of CRM integration',
			description: 'List the calls that were passed to the CRM',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${path}/mappings`, {
			value: 'getMappings',
			name: 'Get Mappings',
			action: 'Get mappings of CRM integration',
			description: 'List which data of a call goes where in the CRM',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${mapping}`, {
			value: 'getMapping',
			name: 'Get Mapping',
			action: 'Get mapping of CRM integration',
			description: 'Read one rule for where data of a call goes',
			...shared,
		}),
		operation(`PUT ${path}/mappings`, {
			value: 'createMapping',
			name: 'Create Mapping',
			action: 'Create mapping of CRM integration',
			description: 'Add a rule for where data of a call goes in the CRM',
			...sends,
		}),
		operation(`PATCH ${mapping}`, {
			value: 'updateMapping',
			name: 'Update Mapping',
			action: 'Update mapping of CRM integration',
			description: 'Change parts of a rule for where data goes',
			...sends,
		}),
		operation(`POST ${mapping}`, {
			value: 'replaceMapping',
			name: 'Replace Mapping',
			action: 'Replace mapping of CRM integration',
			description: 'Overwrite a rule for where data goes',
			...sends,
		}),
		operation(`DELETE ${mapping}`, {
			value: 'deleteMapping',
			name: 'Delete Mapping',
			action: 'Delete mapping of CRM integration',
			description: 'Drop a rule for where data of a call goes',
			...shared,
		}),
		operation(`GET ${path}/triggers`, {
			value: 'getTriggers',
			name: 'Get Triggers',
			action: 'Get triggers of CRM integration',
			description: 'List the events that make an entry in the CRM',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${trigger}`, {
			value: 'getTrigger',
			name: 'Get Trigger',
			action: 'Get trigger of CRM integration',
			description: 'Read which event makes what entry',
			...shared,
		}),
		operation(`PUT ${path}/triggers`, {
			value: 'createTrigger',
			name: 'Create Trigger',
			action: 'Create trigger of CRM integration',
			description: 'Have an event make an entry in the CRM',
			...sends,
		}),
		operation(`PATCH ${trigger}`, {
			value: 'updateTrigger',
			name: 'Update Trigger',
			action: 'Update trigger of CRM integration',
			description: 'Change parts of what an event enters in the CRM',
			...sends,
		}),
		operation(`POST ${trigger}`, {
			value: 'replaceTrigger',
			name: 'Replace Trigger',
			action: 'Replace trigger of CRM integration',
			description: 'Overwrite what an event enters in the CRM',
			...sends,
		}),
		operation(`DELETE ${trigger}`, {
			value: 'deleteTrigger',
			name: 'Delete Trigger',
			action: 'Delete trigger of CRM integration',
			description: 'Stop an event from making an entry in the CRM',
			...shared,
		}),
		operation('GET /accounts/{accountId}/cdr_push_onebill', {
			value: 'getOneBill',
			name: 'Get OneBill Settings',
			action: 'Get OneBill settings',
			description: 'Read how call records are passed to the billing service OneBill',
			...shared,
		}),
		operation('POST /accounts/{accountId}/cdr_push_onebill', {
			value: 'replaceOneBill',
			name: 'Replace OneBill Settings',
			action: 'Replace OneBill settings',
			description: 'Overwrite how call records are passed to OneBill',
			...sends,
		}),
	],
});
