/**
 * How a callflow branches by the time, and the same callflow with other hours or days. Pure. Source: cf_temporal_route:
 * the rules of the step decide in their order, then those of its rule set; otherwise `_` is next.
 */
import type { Step } from '../../callflow/flow';
import { childrenOf, dataOf, isStep } from '../../callflow/flow';
import { canonical } from '../../changes/difference';
import type { Document } from '../../changes/kinds';
import type { Stored } from '../../changes/live';
import { FLAGS } from './rules';
import { plainText } from '../../values/records';

/** Steps that only prepare a call: what decides about the time stands behind them. */
const PREPARING = new Set([
	...['answer', 'dynamic_cid', 'language', 'lookupcidname', 'missed_call_alert', 'pivot', 'prepend_cid'],
	...['record_call', 'set_alert_info', 'set_cid', 'set_variable', 'set_variables', 'webhook'],
]);
const RULE_SET = 'rule_set';

/** A rule or rule set that a callflow branches on. */
export interface Branch {
	/** The id of the rule or set; of the rule set of the step `rule_set`. */
	readonly key: string;
	readonly step?: Step;
	/** `hours` come again each week or day, `day` are days out of the ordinary; `closed` and `open` are ours. */
	readonly is: 'closed' | 'day' | 'hours' | 'open';
	/** Of one of ours: the rule. */
	readonly rule?: Stored;
}

/** How a callflow branches by the time. */
export interface Times {
	/** In the order in which they are asked. */
	readonly branches: readonly Branch[];
	/** What runs while it is open, and while it is closed; nothing where it does not say. */
	readonly open?: Step;
	readonly closed?: Step;
	/** The step that decides, where there is one. */
	readonly step?: Step;
	/** The whole flow with another step there. */
	readonly put: (step: Step) => Step;
}

/** @param documents the rules and rule sets of the account */
export function timesOf(flow: unknown, documents: readonly Stored[]): Times {
	if (!isStep(flow)) return { branches: [], put: (step) => step };
	const { at, put } = placeOf(flow as Step);
	if (at.module !== 'temporal_route' || dataOf(at).action !== undefined)
		return { branches: [], open: at, put };
	const children = new Map(childrenOf(at) as Array<[string, Step]>);
	const { rules, rule_set: set } = dataOf(at);
	const named = Array.isArray(rules) ? rules.map(String) : [];
	const keys = new Set([...named, ...children.keys()].filter((key) => key !== '_' && key !== RULE_SET));
	const branches = [...keys].map((key) => branchOf(key, key, children.get(key), documents));
	if (typeof set === 'string' && set !== '')
		branches.push(branchOf(RULE_SET, set, children.get(RULE_SET), documents));
	const hours = branches.filter(({ is }) => is === 'hours');
	const otherwise = children.get('_');
	const days = branches.filter(({ is }) => is === 'closed' || is === 'day');
	return {
		branches,
		// What is asked last is the general rule: exceptions have to stand before it
		open: hours.length > 0 ? hours.at(-1)?.step : otherwise,
		closed: hours.length > 0 ? otherwise : (days.find(({ is }) => is === 'closed') ?? days[0])?.step,
		step: at,
		put,
	};
}

function placeOf(flow: Step): { at: Step; put: Times['put'] } {
	const next = childrenOf(flow).find(([key]) => key === '_')?.[1];
	if (!PREPARING.has(flow.module) || !isStep(next)) return { at: flow, put: (step) => step };
	const inside = placeOf(next as Step);
	return {
		at: inside.at,
		put: (step) => ({ ...flow, children: { ...flow.children, _: inside.put(step) } }),
	};
}

function branchOf(key: string, id: string, step: Step | undefined, documents: readonly Stored[]): Branch {
	const named = documents.find((stored) => stored.id === id);
	const ids = named?.document.temporal_rules;
	const rules = Array.isArray(ids) ? documents.filter((stored) => ids.includes(stored.id)) : [named];
	const own = (['closed', 'open'] as const).find((is) => hasFlag(named, FLAGS[is]));
	if (own && named) return { key, step, is: own, rule: named };
	const isHours =
		hasFlag(named, FLAGS.hours) ||
		rules.some((rule) => ['daily', 'weekly'].includes(String(rule?.document.cycle)));
	return { key, step, is: isHours ? 'hours' : 'day' };
}

/** Whether a stored rule or rule set has one of our flags. */
export function hasFlag(stored: Stored | undefined, flag: string): boolean {
	const { flags } = stored?.document ?? {};
	return Array.isArray(flags) && flags.includes(flag);
}

/** The flow with these hours; days out of the ordinary stay. @param set name of the rule set with the hours */
export function withHours(
	times: Times,
	set: string,
	open: Step,
	closed: Step,
	documents: readonly Stored[],
): Step {
	// A set of somebody's holidays makes room: its rules stand one by one then
	const others = times.branches
		.filter(({ is, step }) => !(is === 'hours' && canonical(step) === canonical(times.open)))
		.flatMap((branch) => (branch.key === RULE_SET ? rulesOf(times, documents, branch) : [branch]));
	return times.put(
		timeStep(times, [...others.map((branch) => followed(branch, open, closed))], {
			[RULE_SET]: set,
			open,
			otherwise: closed,
		}),
	);
}

/** An exception of ours leads where hours lead now. */
function followed(branch: Branch, open: Step, closed: Step): Branch {
	if (branch.is === 'open') return { ...branch, step: open };
	return branch.is === 'closed' ? { ...branch, step: closed } : branch;
}

function rulesOf(times: Times, documents: readonly Stored[], { step }: Branch): Branch[] {
	const id = times.step && dataOf(times.step)[RULE_SET];
	const ids = documents.find((stored) => stored.id === id)?.document.temporal_rules;
	return (Array.isArray(ids) ? ids : []).map((key) => ({ key: String(key), step, is: 'day' as const }));
}

/** A rule to be made, and where it leads. */
export interface NewBranch {
	readonly rule: Document;
	readonly is: 'closed' | 'open';
	readonly step: Step;
}

/**
 * The flow with days out of the ordinary: ours first, single days before those of every year, open before closed.
 * @param gone keys of branches that go
 */
export function withDays(times: Times, added: readonly NewBranch[], gone: ReadonlySet<string>): Step {
	const made = added.map(({ rule, is, step }) => ({
		branch: { key: plainText(rule.name), is, step },
		cycle: rule.cycle,
	}));
	const names = new Set(made.map(({ branch }) => branch.key));
	const kept = times.branches.filter(
		({ key, rule }) => key !== RULE_SET && !gone.has(key) && !names.has(String(rule?.document.name)),
	);
	const own = [
		...made,
		...kept.flatMap((branch) => (branch.rule ? [{ branch, cycle: branch.rule.document.cycle }] : [])),
	].sort((one, other) => rank(one) - rank(other));
	const branches = [...own.map(({ branch }) => branch), ...kept.filter(({ rule }) => !rule)];
	const set = times.branches.find(({ key }) => key === RULE_SET);
	const otherwise = times.step ? childrenOf(times.step).find(([key]) => key === '_')?.[1] : times.open;
	if (branches.length === 0 && !set && otherwise) return times.put(otherwise as Step);
	return times.put(
		timeStep(times, branches, {
			...(set?.step ? { open: set.step } : {}),
			...(otherwise ? { otherwise: otherwise as Step } : {}),
		}),
	);
}

const rank = ({ branch, cycle }: { branch: Branch; cycle: unknown }): number =>
	(cycle === 'date' ? 0 : 2) + (branch.is === 'open' ? 0 : 1);

function timeStep(
	{ step }: Times,
	branches: readonly Branch[],
	{ rule_set: set, open, otherwise }: { rule_set?: string; open?: Step; otherwise?: Step },
): Step {
	const children = branches.flatMap(
		(branch): Array<[string, Step]> => (branch.step ? [[branch.key, branch.step]] : []),
	);
	return {
		module: 'temporal_route',
		data: {
			...(step ? dataOf(step) : {}),
			rules: branches.map(({ key }) => key),
			...(set === undefined ? {} : { [RULE_SET]: set }),
		},
		children: {
			...Object.fromEntries(children),
			...(open ? { [RULE_SET]: open } : {}),
			...(otherwise ? { _: otherwise } : {}),
		},
	};
}
