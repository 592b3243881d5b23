import { operation, resource } from '../notation';
import { HOSTED } from './shared';

const path = '/accounts/{accountId}/slack_integration';
const shared = { hint: HOSTED, version: 5 } as const;

export const slackIntegration = resource({
	value: 'slackIntegration',
	name: 'Slack Integration',
	description: 'The link between an account and a Slack workspace on the hosted platform',
	keywords: ['Slack', 'chat', 'workspace', 'team messaging'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get slack integration',
			description: 'Read whether and how an account is linked to Slack',
			...shared,
		}),
		operation(`GET ${path}/user_listing`, {
			value: 'getUsers',
			name: 'Get Users',
			action: 'Get users of slack integration',
			description: 'List the people of the Slack workspace as KAZOO knows them',
			returns: 'records',
			unpaged: true,
			...shared,
		}),
	],
});
