/**
 * Whole jobs, one after the other, in a small customer and its copy: people come and go, hours and groups change, and
 * all of it is taken back. After each job the server itself is read.
 */
import { moveNumber, suspend, deviceStatus, calls } from './jobs/account';
import {
	applyWebhook,
	copyAndCompare,
	copyAndTakeBack,
	copySound,
	exportTwice,
	removeOthers,
	rollBack,
} from './jobs/blueprints';
import { audit, changeFleet, guard, reconcileNumbers, reconcileSeats, refuseStale } from './jobs/fleet';
import { closeOnDates, overrideDay, setHours } from './jobs/hours';
import {
	changeDirectory,
	changeGroup,
	offBoard,
	offBoardForGood,
	onBoard,
	onBoardByPlan,
	removeFromEverywhere,
} from './jobs/people';
import { Site } from './jobs/site';
import type { Outcome } from './outcome';
import type { Setting } from './rows';

/** In their order: each finds what those before it left. */
const JOBS: ReadonlyArray<readonly [name: string, run: (site: Site) => Promise<void>]> = [
	['User: On-Board', onBoard],
	['User: Plan On-Boarding, Change Plan: Apply', onBoardByPlan],
	['Customer Blueprint: Export', exportTwice],
	['Customer Blueprint: Apply, Change Plan: Revert', copyAndTakeBack],
	['Customer Blueprint: Apply, Export, Plan', copyAndCompare],
	['Customer Blueprint: Export and Apply with sounds', copySound],
	['Customer Blueprint: Apply, roll back where it fails', rollBack],
	['Customer Blueprint: Apply a webhook', applyWebhook],
	['Customer Blueprint: Apply, remove others', removeOthers],
	['Opening Hours: Set', setHours],
	['Opening Hours: Close on Dates, Reinstate', closeOnDates],
	['Opening Hours: Override for a Day', overrideDay],
	['Group: Add Member, Remove Member', changeGroup],
	['Directory: Remove Person, Add Person', changeDirectory],
	['Fleet: Plan Change, Apply', changeFleet],
	['Change Plan: Apply, Revert of what was changed since', refuseStale],
	['User: Remove From Everywhere', removeFromEverywhere],
	['User: Off-Board to a successor', offBoard],
	['User: Off-Board, all deleted', offBoardForGood],
	['Phone Number: Move to Another Account', moveNumber],
	['Fleet: Reconcile Numbers', reconcileNumbers],
	['Fleet: Reconcile Seats', reconcileSeats],
	['Fleet: Audit', audit],
	['Fleet: Guard', guard],
	['Account: Suspend, Reinstate', suspend],
	['Device: Get Status', deviceStatus],
	['Call Record: Get Calls, Get Call Report', calls],
];

/** Does all jobs in their order; one that fails may make those after it fail. */
export async function tryJobs(setting: Setting): Promise<Outcome[]> {
	if (!'jobs'.includes(setting.only)) return [];
	const outcomes: Outcome[] = [];
	const attempt = async (name: string, run: () => Promise<void>): Promise<void> => {
		setting.guard.take();
		const said = await run().then(
			() => '',
			({ message }: Error) => message,
		);
		const stopped = setting.guard.take().find((exchange) => exchange.stopped);
		const reason = stopped ? `it asked for something outside: ${stopped.method} ${stopped.path}` : said;
		const outcome: Outcome = {
			name: `job ${name}`,
			request: '',
			result: reason === '' ? 'worked' : 'failed',
			reason,
		};
		outcomes.push(outcome);
		setting.report(outcome);
	};
	let site: Site | undefined;
	await attempt('(a customer to do them in)', async () => {
		site = await Site.open(setting);
	});
	for (const [name, run] of JOBS) {
		const there = site;
		if (setting.signal.aborted || there === undefined) break;
		await attempt(name, async () => await run(there));
	}
	return outcomes;
}
