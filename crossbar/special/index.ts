/** The named exceptions that a row can point to with `via`. */
import type { SpecialName } from '../catalogue/notation';
import type { Operation, Outcome } from '../engine';
import type { Transport } from '../transport';
import { assignNumber, unassignNumber } from './assignNumber';
import { customCall } from './customCall';
import { mergeUpdate } from './mergeUpdate';
import { upsert } from './upsert';
import { checkWebhooks, repairWebhooks } from './webhookHealth';
import { zipMessages } from './zipMessages';

export type Special = (operation: Operation, transport: Transport) => Promise<Outcome>;

export const special: Readonly<Record<SpecialName, Special>> = {
	assignNumber,
	checkWebhooks,
	customCall,
	mergeUpdate,
	repairWebhooks,
	unassignNumber,
	upsert,
	zipMessages,
};
