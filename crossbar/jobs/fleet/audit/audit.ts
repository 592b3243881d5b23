/** Fleet: Audit. An item for each thing that is wrong in the chosen accounts, the worst first. */
import type { IDataObject } from 'n8n-workflow';

import type { RuleName } from '../../../catalogue/platform/fleetRules';
import { fleetRules } from '../../../catalogue/platform/fleetRules';
import type { Change } from '../../../changes/change';
import { inWords } from '../../../changes/change';
import { digest } from '../../../changes/difference';
import type { Transport } from '../../../http/transport';
import type { Operation, Outcome } from '../../../operations/operation';
import { fillPath } from '../../../operations/request';
import { InvalidInput, parseObject } from '../../../values/input';
import { isRecord, plainText } from '../../../values/records';
import { gregorianNow } from '../../../values/time';
import type { FleetAccount } from '../accounts';
import { textsOf } from '../accounts';
import { plansOf, together } from '../plans';
import type { Reader } from '../reader';
import type { NotLooked } from '../visit';
import { notLooked, visitAll } from '../visit';
import type { AuditSettings, Found } from './rule';
import { rules } from './rules';

const DAYS = 30;
/** KAZOO's own limit, `max_message_count` of its voicemail settings, unless the server has another one. */
const MAILBOX_SIZE = 100;

const RANKS = { critical: 0, warning: 1, note: 2 } as const;

/** What the audit keeps between runs in the workflow's static data. */
interface Memory {
	/** IDs of findings by account. */
	known: Record<string, string[]>;
	/** Since when phones are off-line, by account. */
	offline: Record<string, Record<string, number>>;
}

/** A finding with its account, not yet an item. */
interface Finding {
	readonly account: FleetAccount;
	readonly rule: RuleName;
	readonly found: Found;
	readonly id: string;
}

interface Result {
	readonly account: FleetAccount;
	readonly findings: Finding[];
	readonly failed: Array<NotLooked & { readonly rules: RuleName[] }>;
	readonly looked: number;
	/** What the server did not have for this account, by its path. */
	readonly missing: ReadonlySet<string>;
}

/** Fleet: Audit. An account that cannot be read is an item that says so. */
export async function auditFleet(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input, memory = {} } = operation;
	const settings = settingsOf(input.arguments);
	const chosen = rulesOf(input.arguments.rules, settings);
	const kept = memoryOf(memory, chosen);
	const now = gregorianNow();
	const results = await visitAll(operation, transport, async (reader, account) => {
		const offline = (kept.offline[account.id] ??= {});
		return await lookAt(reader, account, { chosen, settings, now, offline }, transport);
	});
	await tellMissing(results, transport);
	const onlyNew = input.arguments.onlyNew === true;
	const shown = results.flatMap(({ account: { id }, findings, failed }) => {
		const before = new Set(kept.known[id] ?? []);
		const ids = findings.map((finding) => finding.id);
		// What could not be looked at may still be there
		kept.known[id] = [...new Set(failed.length > 0 ? [...before, ...ids] : ids)];
		return onlyNew ? findings.filter((finding) => !before.has(finding.id)) : findings;
	});
	const looked = results.reduce((sum, result) => sum + result.looked, 0);
	const sorted = shown
		.map((finding, index) => ({ finding, index }))
		.sort((a, b) => rankOf(a.finding) - rankOf(b.finding) || a.index - b.index)
		.map(({ finding }) => finding);
	const fixes = together(sorted.map(({ found }) => found.fix));
	const plans = plansOf(
		fixes.flatMap((fix) => fix ?? []),
		looked,
		transport,
	);
	const records = sorted.map((finding, index) => {
		const fix = fixes[index];
		return { ...itemOf(finding, fix), ...(fix ? { plan: plans.shift() } : {}) };
	});
	return { records: [...records, ...results.flatMap(notLookedItems)], envelope: {}, asIs: true };
}

async function lookAt(
	reader: Reader,
	account: FleetAccount,
	{
		chosen,
		...looked
	}: {
		chosen: readonly RuleName[];
		settings: AuditSettings;
		now: number;
		offline: Record<string, number>;
	},
	transport: Transport,
): Promise<Result> {
	const failed = new Map<string, NotLooked & { rules: RuleName[] }>();
	const findings = await Promise.all(
		chosen.map(async (rule): Promise<Finding[]> => {
			const about = { accountId: account.id, accountName: account.name, why: fleetRules[rule].label };
			try {
				const found = await rules[rule].find({ ...looked, reader, about });
				return found.map((one) => ({ account, rule, found: one, id: idOf(account, rule, one) }));
			} catch (error) {
				const reason = notLooked(error, transport);
				const known = failed.get(reason.problem);
				if (known) known.rules.push(rule);
				else failed.set(reason.problem, { ...reason, rules: [rule] });
				return [];
			}
		}),
	);
	return {
		account,
		findings: findings.flat(),
		failed: [...failed.values()],
		looked: reader.looked,
		missing: reader.missing,
	};
}

/**
 * What all accounts lack the server does not have, where our own account lacks it, too; where only some do, these were
 * not wholly looked at.
 */
async function tellMissing(results: readonly Result[], transport: Transport): Promise<void> {
	const lacking = new Map<string, Result[]>();
	for (const result of results)
		for (const path of result.missing) lacking.set(path, [...(lacking.get(path) ?? []), result]);
	for (const [path, those] of lacking) {
		if (those.length === results.length && !(await isThere(path, transport))) continue;
		for (const { failed } of those)
			failed.push({ problem: `KAZOO does not have ${path.slice(1)} for this account`, rules: [] });
	}
}

/** Whether the server has something at all: few accounts may all have the same fault. */
async function isThere(path: string, transport: Transport): Promise<boolean> {
	const { accountId } = await transport.whoAmI();
	if (accountId === undefined) return false;
	const { status } = await transport.send({
		method: 'GET',
		path: fillPath('/accounts/{accountId}', { accountId }) + path,
		query: { page_size: 1 },
		expect: [400, 403, 404, 405, 500, 503],
		what: `Look whether the server has ${path.slice(1)}`,
	});
	return status === 200;
}

/** The same for the same thing in every run. */
function idOf({ id }: FleetAccount, rule: RuleName, { object, key }: Found): string {
	return digest({ account: id, rule, object: object?.id, key }).slice(0, 16);
}

const rankOf = ({ rule }: Finding): number => RANKS[fleetRules[rule].severity];

function itemOf({ account, rule, found, id }: Finding, fix: Change | undefined): IDataObject {
	const { severity, label, todo } = fleetRules[rule];
	const { object, finding } = found;
	return {
		severity,
		account: account.name,
		rule: label,
		finding,
		object: object ? `${object.label} “${object.name}”` : `Account “${account.name}”`,
		what_to_do: found.todo ?? todo,
		...fixWords(fix),
		account_id: account.id,
		...(object ? { object_id: object.id } : {}),
		rule_id: rule,
		finding_id: id,
		docs: `docs/fleet.md#${rule.toLowerCase()}`,
	};
}

function fixWords(fix: Change | undefined): IDataObject {
	if (!fix) return {};
	const { change, fields, can_be_undone } = inWords(fix);
	return { fix: fields === undefined ? change : `${plainText(change)} ${plainText(fields)}`, can_be_undone };
}

function notLookedItems({ account, failed }: Result): IDataObject[] {
	return failed.map(({ problem, whatToDo, rules: left }) => ({
		severity: 'not looked at',
		account: account.name,
		rule: left.map((rule) => fleetRules[rule].label).join(', ') || 'All that need it',
		finding: problem,
		object: `Account “${account.name}”`,
		what_to_do: whatToDo ?? 'Run the audit again',
		account_id: account.id,
		rule_id: left.join(','),
	}));
}

/** @throws InvalidInput */
function settingsOf(given: Operation['input']['arguments']): AuditSettings {
	const { days, balanceBelow, mailboxSize, mayCallAbroad, blueprint } = given;
	const isEmpty = blueprint === undefined || blueprint === '' || blueprint === '{}';
	return {
		days: typeof days === 'number' ? days : DAYS,
		...(typeof balanceBelow === 'number' ? { balanceBelow } : {}),
		mailboxSize: typeof mailboxSize === 'number' ? mailboxSize : MAILBOX_SIZE,
		mayCallAbroad: textsOf(mayCallAbroad, 'Allowed to Call Abroad').map((word) => word.toLowerCase()),
		...(isEmpty ? {} : { blueprint: parseObject(blueprint, 'Blueprint') }),
	};
}

const LABELS = { balanceBelow: 'Balance Below', blueprint: 'Blueprint' } as const;

/** Those that were chosen, or all that can be looked for with what was set. @throws InvalidInput */
function rulesOf(given: unknown, settings: AuditSettings): RuleName[] {
	const names = Object.keys(fleetRules) as RuleName[];
	const chosen = textsOf(given, 'Rules');
	const canLook = (name: RuleName): boolean => {
		const { needs } = rules[name];
		return needs === undefined || settings[needs] !== undefined;
	};
	if (chosen.length === 0) return names.filter(canLook);
	return chosen.map((text) => {
		const name = names.find((one) => one === text);
		if (!name) throw new InvalidInput(`There is no rule “${text}”`, `Known are ${names.join(', ')}.`);
		if (canLook(name)) return name;
		const field = LABELS[rules[name].needs as keyof typeof LABELS];
		throw new InvalidInput(
			`${fleetRules[name].label} needs ${field}`,
			`Nothing was read. Add ${field}, or leave the rule out.`,
		);
	});
}

/** What was kept for these rules; what an older release or somebody else has put there is not taken. */
function memoryOf(memory: IDataObject, chosen: readonly RuleName[]): Memory {
	const key = `audit ${digest(chosen)}`;
	const found = memory[key];
	const kept = isRecord(found) && isRecord(found.known) && isRecord(found.offline) ? found : undefined;
	const fresh: Memory = { known: {}, offline: {} };
	if (!kept) memory[key] = fresh;
	return memory[key] as unknown as Memory;
}
