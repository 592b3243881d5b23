import { isReconcilable } from '../../values/phone-numbers';
import type { Profile } from '../../values/profile';
import type { SimulatedCall } from '../call';
import type { Flow } from '../flow';
import { ENDINGS, type Ending } from '../endings';
import { acceptFax } from '../faxes';
import { pivot } from '../pivot';
import { dial } from '../dial';
import { joinParked, park } from '../park';
import { talk } from '../talk';
import { isOn } from '../times';
import { checkMessages, compose } from '../voicemail';
import { conference } from './conference';
import { collectDtmf, menu, play, sleep, tones, tts } from './hearing';
import { type Module, ON, type Outcome } from './outcome';
import { outside, queue, ringGroup, ringOne } from './phones';
import { missedCallAlert, prependCid, recordCall, setCid, setVariables, toggle, webhook } from './settings';

/** The branch of the rules that stand in a set. */
const RULE_SET = 'rule_set';

/**
 * The first rule whose time it is decides. Source: cf_temporal_route: the rules of the step, the keys of its branches and
 * the rule set, in this order; a rule set among the rules stands for all of its own.
 */
const temporalRoute: Module = (call, data, flow) => {
	const rulesOf = (set: unknown): string[] =>
		(call.directory.get('temporal_rule_set', set)?.temporal_rules as string[] | undefined) ?? [];
	const keys = Object.keys(flow.children ?? {}).filter((key) => key !== '_' && key !== RULE_SET);
	const named = [...((data.rules as string[] | undefined) ?? []), ...keys].flatMap((key) => {
		const inside = rulesOf(key);
		return (inside.length > 0 ? inside : [key]).map((id) => ({ id, branch: key }));
	});
	const timezone = String(data.timezone ?? call.account.timezone ?? 'UTC');
	for (const { id, branch } of [
		...named,
		...rulesOf(data.rule_set).map((rule) => ({ id: rule, branch: RULE_SET })),
	]) {
		const rule = call.directory.get('temporal_rule', id);
		if (!rule || !isOn(rule, call.clock.time, timezone)) continue;
		call.note('sandbox', `the time is right for the rule "${String(rule.name)}"`);
		return flow.children?.[branch] ? branch : ON;
	}
	return ON;
};

/** What happens when somebody dials a number or extension of the account. */
const dialNumber: Module = (call, data) => {
	const number = String(data.number);
	const found = call.directory.callflow(number);
	call.caller.enter(found?.flow._id);
	if (found) {
		if (found.captured !== undefined) call.captured = found.captured;
		return { flow: found.flow.flow as Flow };
	}
	if (isReconcilable(number)) {
		const general = call.directory.noMatch();
		return { flow: (general?.flow as Flow | undefined) ?? { module: 'offnet', data: { to_did: number } } };
	}
	call.note(call.caller, `hears that nobody has ${number}`);
	return { end: ENDINGS.unknown };
};

const parking: Module = async (call, data) => {
	const slot = String(data.slot ?? call.captured ?? '') || undefined;
	const { parking: lot } = call.exchange;
	const waiting = slot === undefined ? undefined : lot.find(call.account._id, slot);
	const isRetrieving = data.action === 'retrieve' || (data.action === 'auto' && waiting !== undefined);
	if (!isRetrieving) return talk(call, await park(call, slot));
	if (!waiting || !call.caller.phone) {
		call.note(call.caller, `hears that nobody is parked in slot ${slot ?? '(none given)'}`);
		return { end: ENDINGS.talked };
	}
	return joinParked(call, waiting);
};

const response: Module = (call, data) => {
	const code = Number(data.code ?? 486);
	const ending = code === 486 ? ENDINGS.busy : { ...ENDINGS.rejected, code: `sip:${code}` };
	call.note(call.caller, `is answered ${code} ${String(data.message ?? '')}`.trimEnd());
	return { end: ending };
};

const MODULES: Record<string, Module> = {
	user: ringOne('user'),
	device: ringOne('device'),
	group: ringGroup,
	ring_group: ringGroup,
	menu,
	collect_dtmf: collectDtmf,
	temporal_route: temporalRoute,
	play,
	tts,
	conference,
	call_forward: toggle('call_forward'),
	do_not_disturb: toggle('do_not_disturb'),
	offnet: outside,
	resources: outside,
	dial: dialNumber,
	park: parking,
	webhook,
	missed_call_alert: missedCallAlert,
	set_cid: setCid,
	prepend_cid: prependCid,
	record_call: recordCall,
	sleep,
	set_variables: setVariables,
	response,
	answer: (call) => {
		call.pickUp();
		return ON;
	},
	hangup: () => ({ end: ENDINGS.talked }),
	transfer: (_call, data) => ({ flow: dial(String(data.target)) }),
	callflow: (call, data) => {
		const flow = call.directory.get('callflow', data.id)?.flow as Flow | undefined;
		return flow ? { flow } : ON;
	},
	voicemail: (call, data) => (data.action === 'check' ? checkMessages(call, data) : compose(call, data)),
	faxbox: (call, data) => acceptFax(call, call.directory.get('faxbox', data.id ?? data.faxbox_id)),
	receive_fax: (call) => acceptFax(call, undefined),
	pivot: (call, data) => pivot(call, data),
};

/** Modules that only one generation has. */
const MODULES_OF: Record<Profile, Record<string, Module>> = {
	4: { ...MODULES, acdc_member: queue },
	5: { ...MODULES, tones },
};

/** Walks a callflow from a step on. Comes back only when it ends; then the caller is to be hung up. */
export async function walk(call: SimulatedCall, first: Flow): Promise<Ending> {
	const known = MODULES_OF[call.exchange.profile];
	let flow: Flow | undefined = first;
	// A callflow that leads back to itself would go on for ever.
	for (let count = 0; flow && count < 500; count++) {
		const module: Module | undefined = Object.hasOwn(known, flow.module) ? known[flow.module] : undefined;
		if (!module) call.note('sandbox', `does not play "${flow.module}": goes on`);
		const isSkipped: boolean = flow.data.skip_module === true;
		const outcome: Outcome = module && !isSkipped ? await module(call, flow.data, flow) : ON;
		if (typeof outcome === 'string') flow = flow.children?.[outcome] ?? flow.children?.[ON];
		else if ('end' in outcome) return outcome.end;
		else ({ flow } = outcome);
	}
	return call.caller.answered === undefined ? ENDINGS.noAnswer : ENDINGS.talked;
}
