/** Which missed calls start a workflow: the same choice in all triggers that know of them. */
import type { INodeProperties } from 'n8n-workflow';

import type { MissedCall } from '../../crossbar/calls/missedCall';

export interface MissedChoice {
	readonly missedFrom: 'outside' | 'anywhere';
	readonly onlyRung: boolean;
}

export const missedFromProperty: INodeProperties = {
	displayName: 'Missed Calls',
	name: 'missedFrom',
	type: 'options',
	default: 'outside',
	displayOptions: { show: { events: ['callMissed'] } },
	options: [
		{ name: 'From Anywhere', value: 'anywhere', description: 'Calls between extensions too' },
		{ name: 'From Outside', value: 'outside', description: 'Calls that came in over a carrier' },
	],
};

export const onlyRungOption: INodeProperties = {
	displayName: 'Only Calls That Rang a Phone',
	name: 'onlyRung',
	type: 'boolean',
	default: true,
	description:
		'Whether a missed call counts only if a phone rang: leaves out callers who hung up in a menu, faxes and conferences',
};

/** Whether a missed call starts the workflow. */
export function isWanted(missed: MissedCall, { missedFrom, onlyRung }: MissedChoice): boolean {
	return (missedFrom === 'anywhere' || missed.from_outside) && (!onlyRung || missed.phones.length > 0);
}
