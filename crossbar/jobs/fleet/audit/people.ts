/** Rules about users and their phones. */
import type { Stored } from '../../../changes/live';
import { newSecretsOf, updateOf } from '../../../changes/single';
import { asDialled, callingCode, regionsOf, zonesOf } from '../../../values/countries';
import { at } from '../../../values/paths';
import type { recordsIn } from '../../../values/records';
import { plainText } from '../../../values/records';
import { windows } from '../../../values/time';
import type { Found, Looked, Rule } from './rule';
import { listed, objectOf } from './rule';

const DAY = 86_400;

/** Phones that register with the server. */
const REGISTERING: ReadonlySet<string> = new Set(['sip_device', 'softphone', 'smartphone', 'fax', 'ata']);

export const peopleRules = {
	userWithoutPhone: {
		reads: 'the lists of users and devices',
		find: async ({ reader }) => {
			const owners = new Set((await reader.list('/devices')).map(({ owner_id: owner }) => owner));
			return (await reader.list('/users'))
				.filter(({ id, features }) => !owners.has(id) && !textsIn(features).includes('call_forward'))
				.map((user) => ({ object: listed('user', user), finding: 'No phone belongs to this person' }));
		},
	},
	phoneWithoutOwner: {
		reads: 'the lists of devices and users; the device of somebody who is gone for its fix',
		find: async ({ reader, about }) => {
			const users = new Set((await reader.list('/users')).map(({ id }) => id));
			const found = (await reader.list('/devices')).filter(
				({ owner_id: owner }) => !users.has(owner as string),
			);
			return await Promise.all(
				found.map(async (device): Promise<Found> => {
					const object = listed('device', device);
					if (plainText(device.owner_id) === '') return { object, finding: 'It belongs to nobody' };
					const stored = await reader.document('device', object.id);
					return {
						object,
						finding: 'It belongs to a user who does not exist any more',
						fix: stored && updateOf(stored, { owner_id: null }, about),
					};
				}),
			);
		},
	},
	phoneOffline: {
		reads: 'the list of devices and their status; what earlier runs have seen',
		find: async ({ reader, settings, now, offline }) => {
			const online = new Set(
				(await reader.list('/devices/status')).map(({ device_id: id, registered }) =>
					registered === false ? undefined : id,
				),
			);
			const gone = (await reader.list('/devices')).filter(
				({ id, enabled, device_type: type }) =>
					enabled !== false && REGISTERING.has(plainText(type) || 'sip_device') && !online.has(id as string),
			);
			const since = new Map(gone.map(({ id }) => [plainText(id), offline[plainText(id)] ?? now]));
			for (const id of Object.keys(offline)) if (!since.has(id)) delete offline[id];
			for (const [id, time] of since) offline[id] = time;
			return gone.flatMap((device) => {
				const seconds = now - (since.get(plainText(device.id)) ?? now);
				if (seconds < settings.days * DAY) return [];
				const finding =
					seconds < DAY
						? 'It is off-line'
						: `It was off-line in each run for ${Math.floor(seconds / DAY)} days`;
				return [{ object: listed('device', device), finding }];
			});
		},
	},
	passwordWeak: {
		reads: 'devices whole',
		find: async ({ reader, about }) =>
			(await reader.documents('device')).flatMap((stored): Found[] => {
				const problem = weakPassword(stored);
				if (problem === undefined) return [];
				return [
					{
						object: objectOf(stored),
						finding: `Its SIP password ${problem}`,
						fix: newSecretsOf(stored, ['sip.password'], about),
					},
				];
			}),
	},
	forwardAbroad: {
		reads: 'users and devices whole, the list of phone numbers, the account',
		find: async ({ reader, about }) => {
			const homes = await homeCodes(reader);
			if (homes.size === 0) return [];
			const [home = ''] = homes;
			const all = [...(await reader.documents('user')), ...(await reader.documents('device'))];
			return all.flatMap((stored): Found[] => {
				const { enabled, number } = (at(stored.document, 'call_forward') ?? {}) as Record<string, unknown>;
				const code = callingCode(asDialled(plainText(number), home));
				if (enabled !== true || code === undefined || homes.has(code)) return [];
				return [
					{
						object: objectOf(stored),
						finding: `Calls are forwarded to ${plainText(number)}, in ${regionsOf(code).join(' or ')}`,
						fix: updateOf(stored, { call_forward: { enabled: false } }, about),
					},
				];
			});
		},
	},
	adminNoSecondFactor: {
		reads: 'the list of users, the security settings',
		find: async ({ reader }) => {
			const admins = await adminsOf(reader);
			const security = admins.length > 0 ? await reader.record('/security') : undefined;
			if (!security || hasSecondFactor(security)) return [];
			return admins.map((user) => ({
				object: listed('user', user),
				finding: 'An administrator logs in with a password alone',
			}));
		},
	},
	adminAway: {
		reads: 'the account, the security settings and the log of log-ins',
		find: async ({ reader, settings: { days }, now }) => {
			if (days === 0) return [];
			const from = now - days * DAY;
			const { created } = await reader.settings();
			if (typeof created !== 'number' || created > from) return [];
			const security = await reader.record('/security');
			if (!security || setting(security, 'log_successful_attempts') !== true) return [];
			for (const part of windows(from, now, { newestFirst: true })) {
				const attempts = await reader.list('/security/attempts', {
					created_from: part.from,
					created_to: part.to,
				});
				const isIn = attempts.some(
					({ status, timestamp }) => status === 'success' && Number(timestamp) >= from,
				);
				if (isIn) return [];
			}
			return [{ finding: `Nobody has logged in to the account for ${days} days` }];
		},
	},
	callsAbroadAllowed: {
		reads: 'the account and the classifiers of the server',
		find: async ({ reader, settings, about }) => {
			const { account } = reader;
			const allowed = [account.id, account.name, account.realm].map((word) => word.toLowerCase());
			if (settings.mayCallAbroad.some((word) => allowed.includes(word))) return [];
			const classifiers = (await reader.record('/phone_numbers/classifiers')) ?? {};
			const dear = Object.keys(classifiers).filter((name) => DEAR.test(name));
			const document = await reader.settings();
			const open = dear.filter((name) => at(document, `call_restriction.${name}.action`) !== 'deny');
			if (open.length === 0) return [];
			const [stored] = await reader.documents('account');
			const deny = Object.fromEntries(open.map((name) => [name, { action: 'deny' }]));
			return [
				{
					finding: `Nothing on the account denies calls that cost more: ${open.join(', ')}`,
					fix: stored && updateOf(stored, { call_restriction: deny }, about),
				},
			];
		},
	},
} satisfies Readonly<Record<string, Rule>>;

/** Classifiers of calls that cost more than those at home. */
export const DEAR = /international|premium|caribbean|^toll_/;

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(plainText) : []);

async function adminsOf(reader: Looked['reader']): Promise<ReturnType<typeof recordsIn>> {
	return (await reader.list('/users')).filter(({ priv_level: level }) => level === 'admin');
}

/** A setting of the log-in with user name and password: the account's own, or what it inherits. */
function setting(security: object, name: string): unknown {
	const path = `auth_modules.cb_user_auth.${name}`;
	return at(security, `account.${path}`) ?? at(security, `inherited_config.${path}`);
}

function hasSecondFactor(security: object): boolean {
	return setting(security, 'multi_factor.enabled') === true;
}

/** Calling codes of the account's own numbers, or of its time zone where it has none. */
export async function homeCodes(reader: Looked['reader']): Promise<ReadonlySet<string>> {
	const document = await reader.settings();
	const numbers = (await reader.list('/phone_numbers')).map(({ id }) => plainText(id));
	const own = [...numbers, plainText(at(document, 'caller_id.external.number'))];
	return new Set(own.flatMap((number) => callingCode(number) ?? []));
}

/** What is wrong with the password of a phone that logs in with one. */
function weakPassword({ document }: Stored): string | undefined {
	const { method = 'password', password, username } = (at(document, 'sip') ?? {}) as Record<string, unknown>;
	if (method !== 'password' || typeof password !== 'string') return undefined;
	if (password.length < SHORTEST) return `has fewer than ${SHORTEST} signs`;
	if (/^(.)\1*$/.test(password)) return 'is one sign repeated';
	if (/^\d+$/.test(password) && password.length < SHORTEST_DIGITS) return 'is a number';
	const word = password.toLowerCase();
	if (word === plainText(username).toLowerCase()) return 'is its user name';
	return COMMON.some((common) => word.startsWith(common)) ? 'is one that is tried first' : undefined;
}

const SHORTEST = 8;
const SHORTEST_DIGITS = 16;
/** What attackers try first, by the beginning. */
const COMMON = [
	'password',
	'passw0rd',
	'changeme',
	'qwerty',
	'letmein',
	'welcome',
	'admin',
	'12345678',
	'abcd1234',
];

/** Whether a time zone is in use where the numbers of an account are; nothing where that cannot be told. */
export function zoneProblem(zone: string, codes: ReadonlySet<string>): string | undefined {
	const zones = [...codes].flatMap(regionsOf).flatMap(zonesOf);
	if (zones.length === 0 || zones.some((other) => other === zone || sameTime(zone, other))) return undefined;
	return zones.length === 1
		? `in use there is ${zones[0]}`
		: `in use there are ${zones.slice(0, 3).join(', ')} …`;
}

/** Two zones whose clocks are the same in winter and in summer. */
function sameTime(one: string, other: string): boolean {
	return ['2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z'].every((moment) => {
		const [first, second] = [one, other].map((timeZone) =>
			new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
				new Date(moment),
			),
		);
		return first === second;
	});
}
