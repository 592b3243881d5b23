/** The named exceptions that a row can point to with `via`. */
import type { SpecialName } from '../catalogue/notation';
import type { Operation, Outcome } from '../engine';
import type { Transport } from '../transport';
import { answerPivot } from './answerPivot';
import { assignNumber, unassignNumber } from './assignNumber';
import { buildCallflow } from './buildCallflow';
import { createPivotStep } from './createPivotStep';
import { customCall } from './customCall';
import { describeCallflow } from './describeCallflow';
import { mergeUpdate } from './mergeUpdate';
import { runTask } from './runTask';
import { upsert } from './upsert';
import { validateCallflow } from './validateCallflow';
import { checkWebhooks, repairWebhooks } from './webhookHealth';
import { zipMessages } from './zipMessages';

export type Special = (operation: Operation, transport: Transport) => Promise<Outcome>;

export const special: Readonly<Record<SpecialName, Special>> = {
	answerPivot,
	assignNumber,
	buildCallflow,
	createPivotStep,
	checkWebhooks,
	customCall,
	describeCallflow,
	mergeUpdate,
	runTask,
	repairWebhooks,
	unassignNumber,
	upsert,
	validateCallflow,
	zipMessages,
};
