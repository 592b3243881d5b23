/** Opening Hours: Set, Close on Dates, Override for a Day, Reinstate. Each works out a plan and has it done. */
import type { Step } from '../../callflow/flow';
import { dataOf } from '../../callflow/flow';
import type { Document, KindName } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import { readLive, readOne } from '../../changes/live';
import type { Wanted } from '../../changes/lookup';
import { ownOf } from '../../changes/lookup';
import { planOf } from '../../changes/plan';
import { pointsOf } from '../../changes/references';
import type { Transport } from '../../http/transport';
import { zoneOfAccount } from '../../operations/days';
import type { Operation, Outcome } from '../../operations/operation';
import { InvalidInput, textOf } from '../../values/input';
import { dayIn } from '../../values/periods';
import { gregorianNow, isTimeZone } from '../../values/time';
import { applied, planned } from '../outcome';
import { wrong } from '../problems';
import type { Branch, Times } from './callflow';
import { hasFlag, timesOf, withDays, withHours } from './callflow';
import type { Exception } from './rules';
import { daysOf, exceptionRule, FLAGS, hoursOf, setName, WEEKDAYS, weekRules } from './rules';
import { plainText } from '../../values/records';

const KINDS: readonly KindName[] = ['timeOfDayRule', 'timeOfDayRuleSet', 'callflow'];

/** The callflow whose hours change, and what stands around it. */
interface Job {
	readonly operation: Operation;
	readonly live: Live;
	readonly callflow: Stored;
	/** What people call the callflow: its rules are named after it. */
	readonly name: string;
	readonly times: Times;
	/** Where its days are. */
	readonly zone: string;
	/** Today there. */
	readonly today: string;
	/** What was chosen for while it is closed. */
	readonly chosen?: Step;
}

/** What a change wants to be there, and which rules go. */
interface Wish {
	readonly flow: Step;
	readonly documents: readonly Wanted[];
	readonly gone: readonly Stored[];
}

/** Opening Hours: Set. */
export async function setOpeningHours(operation: Operation, transport: Transport): Promise<Outcome> {
	return await changed(operation, transport, (job) => {
		const { name, times, live } = job;
		const rules = weekRules(
			name,
			WEEKDAYS.map((day) => operation.input.arguments[day]),
		);
		const set = setName(name);
		const names = rules.map((rule) => rule.name);
		const flow = withHours(times, set, openOf(job), closedOf(job), live.documents);
		return {
			flow,
			documents: [
				...rules.map((rule) => wanted('timeOfDayRule', rule)),
				wanted('timeOfDayRuleSet', { name: set, temporal_rules: names, flags: [FLAGS.hours] }),
			],
			gone: ownHours(job).filter(({ document }) => !names.includes(document.name)),
		};
	});
}

/** Opening Hours: Close on Dates. */
export async function closeOnDates(operation: Operation, transport: Transport): Promise<Outcome> {
	const { dates, everyYear, occasion } = operation.input.arguments;
	const days = daysOf(dates, 'Dates');
	if (days.length === 0)
		throw new InvalidInput('Dates is empty', 'Nothing was sent. Write it like 2026-12-24.');
	const about = {
		is: 'closed' as const,
		everyYear: everyYear === true,
		occasion: textOf(occasion ?? '', 'Occasion').trim(),
	};
	return await changed(operation, transport, (job) =>
		except(
			job,
			days.map((day) => ({ ...about, day })),
		),
	);
}

/** Opening Hours: Override for a Day. */
export async function overrideDay(operation: Operation, transport: Transport): Promise<Outcome> {
	const { date, override, hours } = operation.input.arguments;
	const [written, second] = daysOf(date, 'Date');
	if (second !== undefined)
		throw new InvalidInput('Date is more than one day', 'Nothing was sent. Give one.');
	return await changed(operation, transport, (job) => {
		const day = written ?? job.today;
		if (override !== 'hours') return except(job, [{ is: override === 'open' ? 'open' : 'closed', day }]);
		const { day: ranges, next } = hoursOf(hours, 'Hours');
		if (ranges.length === 0 || next.length > 0)
			throw new InvalidInput(
				next.length > 0 ? 'Hours end after midnight' : 'Hours is empty',
				'Nothing was sent. Write it like 10:00-14:00; what is after midnight belongs to the next day.',
			);
		const open = ranges.map((range): Exception => ({ is: 'open', day, hours: range }));
		return except(job, [...open, { is: 'closed', day }]);
	});
}

/** Opening Hours: Reinstate. */
export async function reinstateHours(operation: Operation, transport: Transport): Promise<Outcome> {
	const days = daysOf(operation.input.arguments.dates, 'Dates');
	return await changed(operation, transport, (job) => {
		const own = exceptionsOf(job).filter(
			(branch) => days.length === 0 || days.some((day) => isOn(branch, day, job.zone)),
		);
		return except(job, [], own);
	});
}

/** The days that are otherwise; those of ours that say something else of the same day go, and days that are over. */
function except(job: Job, exceptions: readonly Exception[], alsoGone: readonly Branch[] = []): Wish {
	const { name, times, zone, today } = job;
	const ahead = exceptions.filter(({ day, everyYear = false }) => everyYear || day >= today);
	if (exceptions.length > 0 && ahead.length === 0)
		throw new InvalidInput(
			`${exceptions.map(({ day }) => day).join(', ')} is over`,
			`Nothing was changed. Today is ${today} where the account is; a day of each year is “Every Year”.`,
		);
	const rules = ahead.map((exception) => ({ exception, rule: exceptionRule(name, exception, zone) }));
	const names = new Set(rules.map(({ rule }) => rule.name));
	const gone = exceptionsOf(job).filter((branch) => {
		const document = branch.rule?.document ?? {};
		if (names.has(document.name)) return false;
		if (alsoGone.includes(branch)) return true;
		const yearly = document.cycle === 'yearly';
		if (!yearly && dayOf(document, zone) < today) return true;
		return ahead.some(({ day, everyYear = false }) => everyYear === yearly && isOn(branch, day, zone));
	});
	const added = rules.map(({ exception: { is }, rule }) => ({
		rule,
		is,
		step: is === 'open' ? openOf(job) : closedOf(job),
	}));
	return {
		flow: withDays(times, added, new Set(gone.map(({ key }) => key))),
		documents: rules.map(({ rule }) => wanted('timeOfDayRule', rule)),
		gone: gone.flatMap(({ rule }) => (rule ? [rule] : [])),
	};
}

const exceptionsOf = ({ times }: Job): Branch[] => times.branches.filter(({ rule }) => rule !== undefined);

function isOn({ rule }: Branch, day: string, zone: string): boolean {
	const document = rule?.document ?? {};
	if (document.cycle !== 'yearly') return dayOf(document, zone) === day;
	const [, month, date] = day.split('-').map(Number);
	return document.month === month && Array.isArray(document.days) && document.days.includes(date);
}

const dayOf = ({ start_date: start }: Document, zone: string): string => dayIn(zone, Number(start));

/** Rules that an earlier Set has made for this callflow. */
function ownHours({ live, callflow }: Job): Stored[] {
	const sets = new Set(
		pointsOf('callflow', callflow.document).flatMap(({ kind, value }) =>
			kind === 'timeOfDayRuleSet' ? [value] : [],
		),
	);
	const ids = live.documents
		.filter((stored) => sets.has(stored.id) && hasFlag(stored, FLAGS.hours))
		.flatMap(({ document }) => (Array.isArray(document.temporal_rules) ? document.temporal_rules : []));
	return live.documents.filter((stored) => ids.includes(stored.id) && hasFlag(stored, FLAGS.hours));
}

function openOf({ times, name }: Job): Step {
	if (times.open) return times.open;
	throw new InvalidInput(
		`Callflow “${name}” has no steps for while it is open`,
		'Nothing was changed. Build the callflow first: who rings, which menu.',
	);
}

function closedOf({ times, chosen, name }: Job): Step {
	const step = chosen ?? times.closed;
	if (step) return step;
	throw new InvalidInput(
		`Callflow “${name}” does not say what happens while it is closed`,
		'Nothing was changed. Choose While Closed: a voicemail box, another callflow, a sound, or hang up.',
	);
}

/** What was chosen for while it is closed, and the document that it points at. */
async function chosenStep(
	{ input }: Operation,
	accountId: string,
	transport: Transport,
): Promise<{ step?: Step; target?: Stored }> {
	const { whileClosed = 'keep', vmbox, callflow, media } = input.arguments;
	const next: Step = { module: 'hangup', data: {}, children: {} };
	const to = async (module: string, kind: KindName, id: unknown, children: Step['children']) => {
		const target = await readOne(kind, String(id), accountId, transport);
		// Prompts of the system are no documents of the account
		if (!target && kind !== 'media')
			throw new InvalidInput(`There is no ${kinds[kind].label} ${String(id)}`, 'Nothing was changed.');
		return { step: { module, data: { id: String(id) }, children }, ...(target ? { target } : {}) };
	};
	switch (whileClosed) {
		case 'voicemail':
			return await to('voicemail', 'voicemailBox', vmbox, {});
		case 'callflow':
			return await to('callflow', 'callflow', callflow, {});
		case 'play':
			return await to('play', 'media', media, { _: next });
		case 'hangUp':
			return { step: next };
		default:
			return {};
	}
}

const wanted = (kind: KindName, document: Document): Wanted => ({
	kind,
	document,
	place: `${kinds[kind].label} “${plainText(document.name)}”`,
});

/** @throws InvalidInput with what is wrong, before anything is written */
async function changed(
	operation: Operation,
	transport: Transport,
	wish: (job: Job) => Wish,
): Promise<Outcome> {
	const { accountId = '', callflowId = '' } = operation.input.path;
	const read = await readLive(accountId, KINDS, transport);
	const { step: chosen, target } = await chosenStep(operation, accountId, transport);
	const live = { ...read, documents: [...read.documents, ...(target ? [target] : [])] };
	const callflow = live.documents.find(({ kind, id }) => kind === 'callflow' && id === callflowId);
	if (!callflow) throw new InvalidInput(`There is no callflow ${callflowId}`, 'Nothing was changed.');
	const times = timesOf(callflow.document.flow, live.documents);
	const own = times.step && dataOf(times.step).timezone;
	const zone = typeof own === 'string' && isTimeZone(own) ? own : await zoneOfAccount(accountId, transport);
	const { flow, documents, gone } = wish({
		operation,
		live,
		callflow,
		name: ownName(callflow, live),
		times,
		zone,
		today: dayIn(zone, gregorianNow()),
		chosen,
	});
	const unused = gone.filter((rule) => !isUsedElsewhere(rule, callflow, live));
	const plan = planOf(
		{
			documents: [...documents, { ...wanted('callflow', { ...ownOf(callflow), flow }), id: callflow.id }],
			remove: new Map(unused.map(({ kind, id }) => [`${kind} ${id}`, operation.row.action])),
			why: operation.row.action,
		},
		live,
	);
	if (plan.problems.length > 0) throw wrong('The opening hours cannot be changed', plan.problems);
	if (operation.input.arguments.onlyPlan === true) return await planned(plan, live, transport);
	// Rules that nobody else uses go with their hours; half of it would be no opening hours at all
	const allowed = { allowDeletes: true, allowLarge: true, onFailure: 'rollBack' };
	const free = { ...operation, input: { ...operation.input, arguments: allowed } };
	return await applied(plan.changes, free, transport, live, live.documents.length, plan.unchanged);
}

/** A rule that another callflow branches on, or that stands in a set of another one, stays. */
function isUsedElsewhere(rule: Stored, callflow: Stored, { documents }: Live): boolean {
	return documents.some(
		(other) =>
			other !== callflow &&
			!hasFlag(other, FLAGS.hours) &&
			pointsOf(other.kind, other.document).some(({ kind, value }) => kind === rule.kind && value === rule.id),
	);
}

/** Its name; where others are called so, too, with its first number. */
function ownName({ id, document }: Stored, { documents }: Live): string {
	const nameOf = (one: Document): string => kinds.callflow.name(one);
	const name = nameOf(document) || id;
	const alike = documents.filter((other) => other.kind === 'callflow' && nameOf(other.document) === name);
	const [first] = Array.isArray(document.numbers) ? document.numbers.map(String) : [];
	return alike.length > 1 ? `${name} ${first ?? id}` : name;
}
