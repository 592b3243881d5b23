import type { Doc, Fields } from '../database';
import { hex } from '../ids';
import { isReconcilable, normaliseNumber } from '../numbers';
import { type Flow, type SimulatedCall } from './call';
import { acceptFax } from './faxes';
import { nameOf } from './directory';
import { dial, joinParked, park } from './talk';
import type { Leg} from './leg';
import { CALLFLOW_NODE, type Ending, ENDINGS, NODE, notificationOf, stamp } from './leg';
import { pivot } from './pivot';
import { ring, type Ring } from './ring';
import { isOn } from './times';
import { checkMessages, compose } from './voicemail';

/** What came of a step: the branch to go on with, another flow in its place, or the end of the call. */
type Outcome = string | { flow: Flow } | { end: Ending };

type Module = (call: SimulatedCall, data: Fields, flow: Flow) => Outcome | Promise<Outcome>;

const ON = '_';

/** Seconds that an announcement of unknown length takes. */
const ANNOUNCEMENT = 3;

const seconds = (value: unknown, otherwise: number): number => {
	const number = Number(value);
	return Number.isFinite(number) && number > 0 ? number : otherwise;
};

/** Phones ring; comes back when nobody answered, to go on with what follows, or to end so. */
async function ringThen(call: SimulatedCall, rings: Ring[], flow: Flow): Promise<Outcome> {
	const failure = await ring(call, rings);
	return flow.children?.[ON] ? ON : { end: failure };
}

function ringsOf(call: SimulatedCall, type: string, id: unknown, more: Omit<Ring, 'endpoint'>): Ring[] {
	const { directory } = call;
	if (type === 'device') {
		const device = directory.get('device', id);
		return device ? [{ endpoint: directory.endpoint(device), ...more }] : [];
	}
	if (type === 'group') {
		const members = (directory.get('group', id)?.endpoints ?? {}) as Record<string, { type?: string }>;
		return Object.entries(members).flatMap(([member, entry]) =>
			ringsOf(call, entry.type ?? 'user', member, more),
		);
	}
	const user = directory.get('user', id);
	return user ? directory.endpointsOf(user).map((endpoint) => ({ endpoint, ...more })) : [];
}

/** A caller does not ring himself, unless the callflow says so. */
function others(call: SimulatedCall, rings: Ring[], data: Fields): Ring[] {
	const own = call.caller.phone;
	if (!own || data.can_call_self === true) return rings;
	return rings.filter(
		({ endpoint }) => !('phone' in endpoint) || endpoint.phone.device._id !== own.device._id,
	);
}

const ringOne =
	(type: 'user' | 'device'): Module =>
	(call, data, flow) => {
		const timing = { delay: seconds(data.delay, 0), timeout: seconds(data.timeout, 20) };
		return ringThen(call, others(call, ringsOf(call, type, data.id, timing), data), flow);
	};

const ringGroup: Module = (call, data, flow) => {
	const group = call.directory.get('group', data.id);
	const stored = Object.entries((group?.endpoints ?? {}) as Record<string, Fields>).map(([id, entry]) => ({
		id,
		endpoint_type: entry.type,
	}));
	const endpoints = (data.endpoints as Fields[] | undefined) ?? [];
	const members: Fields[] = endpoints.length > 0 ? endpoints : stored;
	const name = String(data.name ?? group?.name ?? flow.module);
	call.note(call.caller, `calls the group ${name}`);
	const isSingle = data.strategy === 'single';
	const overall = seconds(data.timeout, 20);
	const vars = { 'Ringing-Group': String(data.id ?? group?._id ?? hex()) };
	let turn = 0;
	const rings = members.flatMap((member) => {
		const timeout = seconds(member.timeout, overall);
		const delay = isSingle ? turn : seconds(member.delay, 0);
		turn += timeout;
		return ringsOf(call, String(member.endpoint_type ?? member.type ?? 'user'), member.id, {
			delay,
			timeout,
			vars,
		});
	});
	return ringThen(call, others(call, rings, data), flow);
};

/** A queue: the caller hears music while agents ring, one after the other. */
const queue: Module = async (call, data) => {
	const doc = call.directory.get('queue', data.id);
	const agents = call.directory
		.list('user')
		.filter((user) => ((user.queues as string[] | undefined) ?? []).includes(String(data.id)));
	call.pickUp();
	call.note(call.caller, `waits in the queue ${String(doc?.name ?? data.id)} and hears music`);
	const timeout = seconds(doc?.agent_ring_timeout, 15);
	const rings = agents.flatMap((agent, index) =>
		ringsOf(call, 'user', agent._id, { delay: index * timeout, timeout }),
	);
	await ring(call, rings);
	return ON;
};

/** Digits from the caller, until there are enough or he stops. */
async function collect(call: SimulatedCall, timeout: number): Promise<string | undefined> {
	return call.listen(timeout, true);
}

const menu: Module = async (call, data, flow) => {
	const doc = call.directory.get('menu', data.id);
	const media = (doc?.media ?? {}) as Fields;
	const greeting = call.directory.get('media', media.greeting);
	call.pickUp();
	const branches = Object.keys(flow.children ?? {});
	for (let tries = seconds(doc?.retries, 3); tries > 0; tries--) {
		call.note(
			call.caller,
			`hears the menu "${String(doc?.name ?? 'menu')}"${greeting ? `: ${spoken(greeting)}` : ''}`,
		);
		const pressed =
			(await call.listen(ANNOUNCEMENT, true)) ?? (await collect(call, seconds(doc?.timeout, 10_000) / 1000));
		if (pressed === undefined) return branches.includes('timeout') ? 'timeout' : ON;
		if (branches.includes(pressed)) return pressed;
		const isHunted = doc?.hunt !== false && call.directory.callflow(pressed) !== undefined;
		if (isHunted) return { flow: dial(pressed) };
		call.note(call.caller, `hears that ${pressed} is no valid choice`);
	}
	return ON;
};

const collectDtmf: Module = async (call, data, flow) => {
	call.pickUp();
	const name = String(data.collection_name ?? 'default');
	call.note(call.caller, 'is asked for digits');
	const pressed = await collect(call, seconds(data.timeout, 5000) / 1000);
	if (pressed === undefined) return ON;
	const digits = pressed.replace(/#$/, '').slice(0, seconds(data.max_digits, 1));
	call.digits[name] = digits;
	return flow.children?.[digits] ? digits : ON;
};

const temporalRoute: Module = (call, data, flow) => {
	const set = call.directory.get('temporal_rule_set', data.rule_set);
	const rules = ((set?.temporal_rules ?? data.rules) as string[] | undefined) ?? [];
	const timezone = String(data.timezone ?? call.account.timezone ?? 'UTC');
	for (const id of rules) {
		const rule = call.directory.get('temporal_rule', id);
		if (!rule || !isOn(rule, call.clock.time, timezone)) continue;
		const branch = set ? 'rule_set' : id;
		call.note('sandbox', `the time is right for the rule "${String(rule.name)}"`);
		if (flow.children?.[branch]) return branch;
	}
	return ON;
};

const spoken = (media: Doc): string => String(media.description ?? media.name ?? media._id);

const play: Module = async (call, data) => {
	call.pickUp();
	const media = call.directory.get('media', data.id);
	call.note(call.caller, `hears "${media ? spoken(media) : String(data.id ?? 'nothing')}"`);
	await call.listen(ANNOUNCEMENT);
	return ON;
};

const tts: Module = async (call, data) => {
	call.pickUp();
	const text = String(data.text);
	call.note(call.caller, `hears "${text}"`);
	// People speak some fifteen characters a second.
	await call.listen(Math.max(1, text.length / 15));
	return ON;
};

const conference: Module = async (call, data) => {
	const doc = call.directory.get('conference', data.id);
	const id = doc?._id ?? String(data.id ?? hex());
	const common = { 'Account-ID': call.account._id, 'Conference-ID': id, 'Instance-ID': hex() };
	const publish = (event: string, more: Fields = {}) =>
		call.exchange.bus.publish('kapi_conference:publish_event', {
			...stamp('ecallmgr', NODE, 'conference', 'event'),
			Event: event,
			...common,
			...more,
		});
	call.pickUp();
	const { caller } = call;
	const member = {
		'Call-ID': caller.id,
		'Participant-ID': 1,
		'Caller-ID-Name': caller.caller.name,
		'Caller-ID-Number': caller.caller.number,
		'Channel-Presence-ID': caller.presence,
		'Custom-Channel-Vars': caller.vars,
		'Conference-Channel-Vars': {
			'Is-Moderator': data.moderator === true,
			Speak: true,
			Hear: true,
			Talking: false,
		},
	};
	publish('conference-create');
	publish('add-member', member);
	call.note(caller, `joins the conference "${String(doc?.name ?? id)}"`);
	call.atEnd.push(() => {
		publish('del-member', member);
		publish('conference-destroy');
	});
	for (;;) await call.listen(60 * 60);
};

/** Somebody's own settings, switched by dialling. */
const toggle =
	(field: 'call_forward' | 'do_not_disturb'): Module =>
	async (call, data) => {
		const owner = call.caller.phone?.owner;
		if (!owner) return ON;
		call.pickUp();
		const user = call.directory.get('user', owner._id) ?? owner;
		const before = (user[field] ?? {}) as Fields;
		const isOnNow = before.enabled === true;
		const enabled = data.action === 'toggle' ? !isOnNow : data.action !== 'deactivate';
		const number = enabled && field === 'call_forward' ? await collect(call, 10) : undefined;
		call.exchange.store.save(call.account._id, {
			...user,
			[field]: { ...before, enabled, ...(number === undefined ? undefined : { number }) },
		});
		const what = field === 'call_forward' ? 'call forwarding' : 'do not disturb';
		call.note(call.caller, `hears that ${what} is ${enabled ? 'on' : 'off'} for ${nameOf(user)}`);
		await call.listen(ANNOUNCEMENT);
		return ON;
	};

const outside: Module = (call, data, flow) => {
	const dialled = String(data.to_did ?? call.caller.destination);
	const number = normaliseNumber(dialled);
	const as = call.directory.external(call.caller.phone?.owner);
	const timeout = seconds(data.timeout, 60);
	return ringThen(call, [{ endpoint: { outside: number, dialled, as }, delay: 0, timeout }], flow);
};

/** What happens when somebody dials a number or extension of the account. */
const dialNumber: Module = (call, data) => {
	const number = String(data.number);
	const found = call.directory.callflow(number);
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
	if (!isRetrieving) return park(call, slot);
	if (!waiting || !call.caller.phone) {
		call.note(call.caller, `hears that nobody is parked in slot ${slot ?? '(none given)'}`);
		return { end: ENDINGS.talked };
	}
	return joinParked(call, waiting);
};

const webhook: Module = (call, data) => {
	call.exchange.bus.publish('kapi_notifications:publish_webhook', {
		...stamp('callflow', CALLFLOW_NODE, 'notification', 'webhook'),
		Hook: {
			_id: hex(),
			uri: data.uri,
			http_verb: data.http_verb ?? 'post',
			hook: 'all',
			retries: data.retries ?? 2,
			pvt_account_id: call.account._id,
			custom_data: data.custom_data,
		},
		Data: {
			'Call-ID': call.caller.id,
			'Caller-ID-Name': call.caller.caller.name,
			'Caller-ID-Number': call.caller.caller.number,
			From: call.caller.from,
			To: call.caller.to,
			Request: call.caller.to,
		},
		Timestamp: call.clock.now,
	});
	call.note('sandbox', `sends a webhook to ${String(data.uri)}`);
	return ON;
};

const missedCallAlert: Module = (call, data) => {
	const recipients = (data.recipients as { type?: string; id?: unknown }[] | undefined) ?? [];
	const to = recipients.flatMap(({ type, id }) => {
		const user = type === 'user' ? call.directory.get('user', id) : undefined;
		return type === 'user' ? [user?.email] : [id].flat();
	});
	call.atEnd.push(() => {
		if (call.bridged || call.left.messages.length > 0) return;
		const { caller, account } = call;
		const dialled = `${caller.destination}@${String(account.realm)}`;
		call.exchange.bus.publish('kapi_notifications:publish_missed_call', {
			...stamp('callflow', CALLFLOW_NODE, 'notification', 'missed_call'),
			...notificationOf(account, caller.from, dialled),
			'Caller-ID-Name': caller.caller.name,
			'Caller-ID-Number': caller.caller.number,
			'Call-ID': caller.id,
			Timestamp: call.clock.now,
			Notify: recipients[0] ?? {},
			'Call-Bridged': false,
			'Message-Left': false,
			To: to.filter((address) => typeof address === 'string'),
		});
	});
	return ON;
};

const callerId =
	(change: (data: Fields, caller: Leg['caller']) => Leg['caller']): Module =>
	(call, data) => {
		call.caller.caller = change(data, call.caller.caller);
		return ON;
	};

const setCid = callerId((data, caller) => ({
	name: (data.caller_id_name as string | undefined) || caller.name,
	number: (data.caller_id_number as string | undefined) || caller.number,
}));

const prependCid = callerId((data, caller) => ({
	name: `${String(data.caller_id_name_prefix ?? '')}${caller.name ?? ''}`,
	number: `${String(data.caller_id_number_prefix ?? '')}${caller.number}`,
}));

const recordCall: Module = (call, data) => {
	if (data.action === 'stop') call.stopRecording();
	else call.startRecording(call.caller);
	return ON;
};

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

const sleep: Module = async (call, data) => {
	await call.listen(seconds(data.duration, 0) * (UNITS[String(data.unit)] ?? 1));
	return ON;
};

const setVariables: Module = (call, data) => {
	Object.assign(call.caller.variables, data.custom_application_vars);
	return ON;
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
	acdc_member: queue,
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

/** Walks a callflow from a step on. Comes back only when it ends; then the caller is to be hung up. */
export async function walk(call: SimulatedCall, first: Flow): Promise<Ending> {
	let flow: Flow | undefined = first;
	// A callflow that leads back to itself would go on for ever.
	for (let count = 0; flow && count < 500; count++) {
		const module: Module | undefined = Object.hasOwn(MODULES, flow.module) ? MODULES[flow.module] : undefined;
		if (!module) call.note('sandbox', `does not play "${flow.module}": goes on`);
		const isSkipped: boolean = flow.data.skip_module === true;
		const outcome: Outcome = module && !isSkipped ? await module(call, flow.data, flow) : ON;
		if (typeof outcome === 'string') flow = flow.children?.[outcome] ?? flow.children?.[ON];
		else if ('end' in outcome) return outcome.end;
		else ({ flow } = outcome);
	}
	return call.caller.answered === undefined ? ENDINGS.noAnswer : ENDINGS.talked;
}
