import type { Doc, Fields } from '../store/store';
import { GREGORIAN_OFFSET, monthOf } from '../values/time';
import { DEMO } from './identities';
import { DAY, idOf, type Seeding } from './seeder';
import { numberOf, OUTSIDERS, type Person, type Tenant } from './tenants';

/** Days into the past that calls reach: what a list shows without a time range. */
const DAYS = 30;

/** Hours that local time is behind UTC in winter: calls are made in working hours there. */
const HOURS_BEHIND: Record<string, number> = {
	'America/Los_Angeles': 8,
	'America/Chicago': 6,
	'America/Toronto': 5,
};

/** How a call ended, and how often. */
const ENDINGS = [
	{ share: 0.7, cause: 'NORMAL_CLEARING', code: 'sip:200', disposition: 'ANSWER', answered: true },
	{ share: 0.87, cause: 'NO_ANSWER', code: 'sip:480', disposition: 'NO ANSWER', answered: false },
	{ share: 0.95, cause: 'ORIGINATOR_CANCEL', code: 'sip:487', disposition: 'CANCEL', answered: false },
	{ share: 1, cause: 'USER_BUSY', code: 'sip:486', disposition: 'BUSY', answered: false },
] as const;

type Ending = (typeof ENDINGS)[number];

/** The carrier of the system, over which calls go out. */
const RESOURCE = 'c0ffee00000000000000000000000001';

/** What a CDR says of the phone that called or was called. */
interface OwnVars {
	owner_id: string;
	authorizing_id: string;
	authorizing_type: string;
	username: string;
	realm: string;
}

/** What a carrier charges; texts, as in a CDR. */
interface Rate {
	rate: string;
	rate_name: string;
	/** Hundredths of a cent. */
	cost: string;
}

/** Somebody at one end of a call. */
interface Party {
	name: string;
	number: string;
	/** Where the phone is: a realm of ours or a carrier. */
	host: string;
	/** What a CDR says of our own people. */
	vars?: OwnVars;
}

/** A call between two parties; each leg of it makes a CDR. */
interface Conversation {
	start: number;
	ringing: number;
	talking: number;
	ending: Ending;
	from: Party;
	to: Party;
	/** What was dialled. */
	dialled: string;
	/** Charged for the leg to the carrier. */
	rate?: Rate;
}

const CARRIER = 'sip.carrier.example';

/**
 * Makes CDRs of an account, `count` of them, of calls in its last 30 days: in, out and among its people. Gives back
 * answered calls of people whose calls are recorded, 15 at most.
 */
export function seedCalls(seeding: Seeding, tenant: Tenant, count: number): Doc[] {
	const people = tenant.people.map((person) => ownParty(tenant, person));
	const recorded = new Set(
		tenant.people.filter((person) => person.with === 'recording').map((person) => ownerOf(tenant, person)),
	);
	const kept: Doc[] = [];
	let made = 0;
	while (made < count) {
		const conversation = converse(seeding, tenant, people);
		for (const cdr of write(seeding, tenant, conversation, count - made)) {
			made++;
			const owner = (cdr.custom_channel_vars as Fields).owner_id;
			if (kept.length < 15 && cdr.disposition === 'ANSWER' && recorded.has(String(owner))) kept.push(cdr);
		}
	}
	return kept;
}

const ownerOf = (tenant: Tenant, person: Person): string =>
	idOf(tenant.account.id, `user ${person.extension}`);

function ownParty(tenant: Tenant, person: Person): Party {
	const phone = person.phones[0] as string;
	return {
		name: `${person.first} ${person.last}`,
		number: person.extension,
		host: tenant.account.realm,
		vars: {
			owner_id: ownerOf(tenant, person),
			authorizing_id: idOf(tenant.account.id, `device ${phone} ${person.extension}`),
			authorizing_type: 'device',
			username: `${phone}_${person.extension}`,
			realm: tenant.account.realm,
		},
	};
}

function converse({ random, now }: Seeding, tenant: Tenant, people: readonly Party[]): Conversation {
	const own = random.pick(people);
	const [name, number] = random.pick(OUTSIDERS);
	const outsider: Party = { name, number, host: CARRIER };
	const luck = random.next();
	const ending = ENDINGS.find(({ share }) => luck < share) as Ending;
	const ringing = random.int(2, ending.answered ? 18 : 30);
	// Most talks are short, a few are very long.
	const talking = ending.answered ? Math.round(15 + 240 * -Math.log(1 - random.next())) : 0;
	const call = { start: momentOf(random, tenant, now), ringing, talking, ending };
	const kind = random.next();
	if (kind < 0.55) {
		const dialled = numberOf(tenant, '00');
		return { ...call, from: outsider, to: own, dialled };
	}
	if (kind < 0.87) {
		const perMinute = number.startsWith('+1') ? 0.012 : 0.045;
		const cost = Math.ceil(talking / 60) * perMinute;
		const rate = {
			rate: String(perMinute),
			rate_name: number.startsWith('+1') ? 'us-1' : 'international',
			cost: String(Math.round(cost * 10_000)),
		};
		return { ...call, from: own, to: outsider, dialled: number, rate };
	}
	const others = people.filter((person) => person !== own);
	const colleague = random.pick(others);
	return { ...call, from: own, to: colleague, dialled: colleague.number };
}

/** A moment in the last 30 days, nearly always in working hours; Gregorian seconds, never after `now`. */
function momentOf(random: Seeding['random'], tenant: Tenant, now: number): number {
	const unixDay = Math.floor((now - GREGORIAN_OFFSET) / DAY);
	let back = random.int(0, DAYS - 1);
	const weekday = (unixDay - back + 4) % 7;
	if ((weekday === 0 || weekday === 6) && random.chance(0.85)) back = Math.max(0, back - 2);
	const [open, close] = tenant.open;
	const local = random.chance(0.9) ? open + random.next() * (close - open) : random.next() * 24;
	const seconds = Math.floor((local + (HOURS_BEHIND[tenant.timezone] ?? 0)) * 3600);
	const moment = GREGORIAN_OFFSET + (unixDay - back) * DAY + seconds;
	// The longest call has ended by `now`; what would be later happened the day before, or the day before that.
	let latest = moment;
	while (latest > now - 2 * 3600) latest -= DAY;
	return latest;
}

/** One end of a call as the other end's CDR and its own need it. */
interface Leg {
	direction: 'inbound' | 'outbound';
	id: string;
	from: string;
	to: string;
	vars: Fields;
	destination: string;
}

/** Writes the CDRs of a call: that of the caller's leg and that of the other one, unless one is all that is wanted. */
function write(seeding: Seeding, tenant: Tenant, call: Conversation, wanted: number): Doc[] {
	const { random } = seeding;
	const { realm } = tenant.account;
	const key = random.hex(8);
	const id = `${random.hex(16)}@${call.from.host === CARRIER ? '10.26.0.41' : '192.168.1.22'}`;
	const first: Leg = {
		direction: 'inbound',
		id,
		from: `${call.from.number}@${call.from.host}`,
		to: `${call.dialled}@${realm}`,
		vars: varsOf(tenant, id, call.from.vars, undefined),
		destination: call.dialled,
	};
	const second: Leg = {
		direction: 'outbound',
		id: random.hex(24),
		from: `${call.from.number}@${realm}`,
		to: `${call.to.number}@${call.to.host}`,
		vars: varsOf(tenant, id, call.to.vars, call.rate),
		destination: call.to.number,
	};
	// Straight into the database: nobody listens while a store is filled, and there may be a hundred thousand.
	const database = seeding.store.database(tenant.account.id);
	const docs = [database.put(cdrOf(tenant, call, key, first, second))];
	if (wanted > 1) docs.push(database.put(cdrOf(tenant, call, key, second, first)));
	return docs;
}

/** Built in one go, always in the same order: objects made in steps take five times as long. */
function cdrOf(tenant: Tenant, call: Conversation, key: string, leg: Leg, other: Leg) {
	const end = call.start + call.ringing + call.talking;
	return {
		_id: `${monthOf(end)}-${leg.id}`,
		pvt_type: 'cdr',
		pvt_account_id: tenant.account.id,
		pvt_created: end,
		pvt_modified: end,
		interaction_id: `${call.start}-${key}`,
		interaction_key: key,
		interaction_time: call.start,
		call_direction: leg.direction,
		call_id: leg.id,
		channel_name: `sofia/sipinterface_1/${leg.direction === 'inbound' ? leg.from : leg.to}`,
		caller_id_name: call.from.name,
		caller_id_number: call.from.number,
		callee_id_name: call.to.name,
		callee_id_number: call.to.number,
		from: leg.from,
		to: leg.to,
		request: leg.to,
		timestamp: end,
		duration_seconds: call.ringing + call.talking,
		ringing_seconds: call.ringing,
		billing_seconds: call.talking,
		hangup_cause: call.ending.cause,
		hangup_code: call.ending.code,
		disposition: call.ending.disposition,
		media_server: 'media1.sandbox.example',
		node: 'ecallmgr@apps1.sandbox.example',
		app_name: 'ecallmgr',
		app_version: '4.0.0',
		custom_channel_vars: leg.vars,
		other_leg_call_id: other.id,
		other_leg_direction: other.direction,
		other_leg_destination_number: other.destination,
		other_leg_caller_id_name: call.from.name,
		other_leg_caller_id_number: call.from.number,
	};
}

/** What a CDR says of the one whose leg it is: one of ours, or somebody outside, with what the carrier charged. */
function varsOf(tenant: Tenant, bridge: string, own: OwnVars | undefined, rate: Rate | undefined): Fields {
	const { id: account_id, name: account_name, realm: account_realm } = tenant.account;
	const reseller_id = account_id === DEMO.reseller.id ? DEMO.master.id : DEMO.reseller.id;
	if (own) {
		const { owner_id, authorizing_id, authorizing_type, username, realm } = own;
		return {
			account_id,
			account_name,
			account_realm,
			reseller_id,
			bridge_id: bridge,
			owner_id,
			authorizing_id,
			authorizing_type,
			username,
			realm,
		};
	}
	const account = { account_id, account_name, account_realm, reseller_id, bridge_id: bridge };
	return rate ? { ...account, ...rate, resource_id: RESOURCE } : account;
}
