/** The named exceptions that a row can point to with `via`. */
import type { SpecialName } from '../catalogue/notation';
import { applyBlueprint, exportBlueprint, planBlueprint } from '../jobs/blueprint/operations';
import { auditFleet } from '../jobs/fleet/audit/audit';
import { applyInWaves } from '../jobs/fleet/apply';
import { planFleetChange } from '../jobs/fleet/change';
import { guardFleet } from '../jobs/fleet/guard/guard';
import { reconcileNumbers } from '../jobs/fleet/numbers';
import { reconcileSeats } from '../jobs/fleet/seats';
import { applyPlan, revertJournal } from '../jobs/changePlan';
import { closeOnDates, overrideDay, reinstateHours, setOpeningHours } from '../jobs/openingHours/operations';
import { offBoard, planOffBoarding } from '../jobs/people/offBoard';
import { onBoard, planOnBoarding } from '../jobs/people/onBoard';
import { planRemoval, removeFromEverywhere } from '../jobs/people/removal';
import type { Special } from '../operations/operation';
import { answerPivot } from '../special/answerPivot';
import { assignNumber, unassignNumber } from '../special/assignNumber';
import { buildCallflow } from '../special/buildCallflow';
import { changeAccount } from '../special/changeAccount';
import { commandCall } from '../special/commandCall';
import { confirmed } from '../special/confirmed';
import { createPivotStep } from '../special/createPivotStep';
import { createPortRequest } from '../special/createPortRequest';
import { createTask } from '../special/createTask';
import { customCall } from '../special/customCall';
import { callReport } from '../special/callReport';
import { callSummary } from '../special/callSummary';
import { describeCallflow } from '../special/describeCallflow';
import { dialOut } from '../special/dialOut';
import { getCalls } from '../special/getCalls';
import { changeDirectoryPerson, changeGroupMembers } from '../special/members';
import { mergeUpdate } from '../special/mergeUpdate';
import { moveNumber } from '../special/moveNumber';
import { phoneStatus } from '../special/phoneStatus';
import { runTask } from '../special/runTask';
import { switchAccount } from '../special/switchAccount';
import { upsert } from '../special/upsert';
import { validateCallflow } from '../special/validateCallflow';
import { checkWebhooks, repairWebhooks } from '../special/webhookHealth';
import { zipMessages } from '../special/zipMessages';

export const functions: Readonly<Record<SpecialName, Special>> = {
	answerPivot,
	applyBlueprint,
	applyInWaves,
	applyPlan,
	assignNumber,
	auditFleet,
	buildCallflow,
	callReport,
	callSummary,
	changeAccount,
	changeDirectoryPerson,
	changeGroupMembers,
	checkWebhooks,
	closeOnDates,
	commandCall,
	confirmed,
	createPivotStep,
	createPortRequest,
	createTask,
	customCall,
	describeCallflow,
	dialOut,
	exportBlueprint,
	getCalls,
	guardFleet,
	mergeUpdate,
	moveNumber,
	offBoard,
	onBoard,
	overrideDay,
	phoneStatus,
	runTask,
	planBlueprint,
	planOffBoarding,
	planOnBoarding,
	planFleetChange,
	planRemoval,
	reconcileNumbers,
	reconcileSeats,
	reinstateHours,
	removeFromEverywhere,
	repairWebhooks,
	revertJournal,
	setOpeningHours,
	switchAccount,
	unassignNumber,
	upsert,
	validateCallflow,
	zipMessages,
};
