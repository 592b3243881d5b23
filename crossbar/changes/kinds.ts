/**
 * The kinds of documents that changes are about, in the order in which they are made: what a kind points at comes
 * before it. Source: changes.md (seen on a real KAZOO), sections Revisions, Undo, Creating again, References.
 */
import { normalizePhoneNumber } from '../values/phoneNumbers';
import { isRecord } from '../values/records';

export type Document = Readonly<Record<string, unknown>>;

export type KindName =
	| 'account'
	| 'apiKey'
	| 'blockList'
	| 'callflow'
	| 'conference'
	| 'contactList'
	| 'device'
	| 'directory'
	| 'faxBox'
	| 'group'
	| 'limits'
	| 'logIn'
	| 'media'
	| 'menu'
	| 'phoneNumber'
	| 'queue'
	| 'servicePlan'
	| 'sound'
	| 'timeOfDayRule'
	| 'timeOfDayRuleSet'
	| 'user'
	| 'voicemailBox'
	| 'webhook';

/** How a stored document is changed: by what differs, or as a whole. */
type Write = 'patch' | 'post';

export interface Kind {
	/** As people see it. */
	readonly label: string;
	/** Its list in a customer's document. */
	readonly plural: string;
	/** Below the account; empty for the account itself. */
	readonly path: string;
	/** Where the list is of what somebody offers: one of these is put on the account by its id, and nothing of it changes. */
	readonly offered?: string;
	/** There is one in every account: it is neither created nor deleted. */
	readonly single?: true;
	readonly write: Write;
	/**
	 * A stale `If-Match` is refused and nothing is written; elsewhere the document is read before it is written. `tells`:
	 * it is answered as if it were refused, and written all the same (changes.md, Revisions: accounts).
	 */
	readonly guarded?: true | 'tells';
	/** What people call it. */
	readonly name: (document: Document) => string;
	/** What tells one from another, the surest first; the first that the wanted document has is compared. */
	readonly keys: ReadonlyArray<(document: Document) => readonly string[]>;
	/** What tells one from another where there is not one in an account: of accounts, those below another one. */
	readonly sibling?: (document: Document) => readonly string[];
	/** One of another surer key is another one, whatever the rest says: a person of another user name. */
	readonly strict?: true;
	/** Brings a wanted document into the form in which the server keeps it. */
	readonly normalize?: (document: Document) => Document;
	/** Fields that the server owns or that cannot be sent back. */
	readonly owned?: readonly string[];
	/** Dotted paths of what is left out of exports unless asked for. */
	readonly secrets?: readonly string[];
	/** What it means when a field is not there: KAZOO 5 does not show whether an account is switched on. */
	readonly usual?: Document;
	/** Objects in which a key that is not wanted is removed: elsewhere what is not mentioned is left alone. */
	readonly exact?: readonly string[];
	/** Fields that are set after everything is there, since they point at kinds that come later. */
	readonly late?: readonly string[];
	/** What the server answers a write with is not what it keeps: it is read again. */
	readonly settles?: true;
	/** No document: something that is done, and can neither be read nor taken back. */
	readonly act?: (id: string) => Act;
	/** The name of its schema. */
	readonly schema?: string;
	/** What it counts for in the prices of an account: `['users', 'admin', 1]`. */
	readonly billed?: (document: Document) => readonly Counted[];
	/** What it counts for cannot be said before it is there. */
	readonly priced?: 'later';
	/** Why a deleted one does not come back as it was. */
	readonly lost?: string;
}

/** Category and item of a price list, and how many. */
export type Counted = readonly [category: string, item: string, quantity: number];

interface Act {
	readonly path: string;
	/** What is sent; of a file nothing else. */
	readonly data?: Document;
	readonly isFile?: true;
	/** The key of what is told once. */
	readonly tells?: string;
}

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
const texts = (...values: unknown[]): string[] => values.map(text).filter(Boolean);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const at = (document: Document, ...path: string[]): unknown =>
	path.reduce<unknown>((place, key) => (isRecord(place) ? place[key] : undefined), document);
const byName = (document: Document): string => text(document.name);
const nameKey = (document: Document): string[] => texts(document.name);
const lower = (value: unknown): string[] => texts(value).map((entry) => entry.toLowerCase());
const macOf = (value: unknown): string =>
	text(value)
		.toLowerCase()
		.replace(/[^0-9a-f]/g, '');

/** What every kind leaves out: who may see it is the server's business, and so are notes of user interfaces. */
const OWNED = ['id', '_read_only', 'metadata', 'ui_metadata', 'created', 'updated'];

const named = (label: string, plural: string, path: string, more: Partial<Kind> = {}): Kind => ({
	label,
	plural,
	path,
	schema: path.slice(1),
	write: 'patch',
	guarded: true,
	name: byName,
	keys: [nameKey],
	...more,
});

function personName(user: Document): string {
	return texts(user.first_name, user.last_name).join(' ') || text(user.username) || text(user.email);
}

function patternsOf(callflow: Document): string[] {
	return texts(...listOf(callflow.patterns));
}

export const kinds: Readonly<Record<KindName, Kind>> = {
	account: {
		label: 'Account',
		plural: 'account',
		path: '',
		single: true,
		write: 'patch',
		guarded: 'tells',
		usual: { enabled: true },
		name: (account) => byName(account) || 'Settings',
		keys: [() => ['account']],
		sibling: nameKey,
		settles: true,
		schema: 'accounts',
		owned: [
			'name',
			'realm',
			'billing_mode',
			'descendants_count',
			'is_reseller',
			'notifications',
			'reseller_id',
			'superduper_admin',
			'trial_time_left',
			'wnm_allow_additions',
		],
		late: ['preflow', 'music_on_hold', 'blacklists'],
	},
	user: named('User', 'users', '/users', {
		name: personName,
		keys: [
			(user) => lower(user.username),
			(user) => lower(user.email),
			(user) => texts(personName(user)).map((name) => name.toLowerCase()),
		],
		strict: true,
		normalize: (user) =>
			typeof user.username === 'string' ? { ...user, username: user.username.trim().toLowerCase() } : user,
		owned: ['features', 'verified', 'require_password_update', 'apps', 'password'],
		secrets: ['password', 'hotdesk.pin'],
		exact: ['directories'],
		late: ['directories', 'queues'],
		billed: (user) => [['users', text(user.priv_level) || 'user', 1]],
		lost: 'the new one has another ID, and nobody can read its password',
	}),
	device: named('Device', 'devices', '/devices', {
		keys: [
			(device) => texts(macOf(device.mac_address)),
			(device) => lower(at(device, 'sip', 'username')),
			nameKey,
		],
		normalize: (device) =>
			typeof device.mac_address === 'string' && device.mac_address !== ''
				? { ...device, mac_address: macOf(device.mac_address) }
				: device,
		owned: ['registrable', 'registration', 'hotdesked'],
		billed: (device) => [['devices', text(device.device_type) || 'sip_device', 1]],
		secrets: ['sip.password', 'sip.username'],
	}),
	media: named('Media', 'media', '/media', {
		write: 'post',
		owned: ['content_type', 'content_length', 'media_source', 'source_id', 'source_type'],
		lost: 'its sound has to be uploaded again',
	}),
	voicemailBox: named('Voicemail Box', 'voicemail_boxes', '/vmboxes', {
		keys: [(box) => texts(box.mailbox), nameKey],
		owned: ['messages', 'folder', 'new', 'saved', 'is_setup'],
		secrets: ['pin'],
		billed: () => [['voicemails', 'mailbox', 1]],
		lost: 'its messages are gone',
	}),
	menu: named('Menu', 'menus', '/menus', { secrets: ['record_pin'] }),
	timeOfDayRule: named('Time of Day Rule', 'time_of_day_rules', '/temporal_rules'),
	timeOfDayRuleSet: named('Time of Day Rule Set', 'time_of_day_rule_sets', '/temporal_rules_sets'),
	group: named('Group', 'groups', '/groups', { exact: ['endpoints'] }),
	directory: named('Directory', 'directories', '/directories', { owned: ['users'] }),
	conference: named('Conference', 'conferences', '/conferences', {
		secrets: ['member.pins', 'moderator.pins'],
		billed: () => [['conferences', 'conference', 1]],
	}),
	faxBox: named('Fax Box', 'fax_boxes', '/faxboxes', {
		guarded: undefined,
		settles: true,
		schema: 'faxbox',
		// Its PATCH puts back to the default whatever it does not mention
		write: 'post',
		owned: ['smtp_email_address'],
		billed: () => [['faxes', 'mailbox', 1]],
		lost: 'the new one has another ID',
	}),
	blockList: named('Block List', 'block_lists', '/blacklists', { exact: ['numbers'] }),
	contactList: named('Contact List', 'contact_lists', '/lists', { guarded: undefined }),
	// Agents are told by the users: `queues`
	queue: named('Queue', 'queues', '/queues', { owned: ['agents'] }),
	phoneNumber: {
		label: 'Phone Number',
		plural: 'phone_numbers',
		path: '/phone_numbers',
		schema: 'phone_numbers',
		write: 'patch',
		name: ({ id }) => text(id),
		keys: [({ id }) => texts(id)],
		normalize: (number) => ({ ...number, id: normalizePhoneNumber(text(number.id)) }),
		owned: [
			'features',
			'features_available',
			'state',
			'used_by',
			'assigned_to',
			'carrier_module',
			'locality',
		],
		// By its carrier, which KAZOO chooses
		priced: 'later',
		lost: 'a released number can be taken by somebody else',
	},
	callflow: named('Callflow', 'callflows', '/callflows', {
		name: (flow) => text(flow.name) || (texts(...listOf(flow.numbers))[0] ?? patternsOf(flow)[0] ?? ''),
		keys: [(flow) => texts(...listOf(flow.numbers)), patternsOf, nameKey],
		normalize: (flow) =>
			Array.isArray(flow.numbers)
				? { ...flow, numbers: texts(...(flow.numbers as unknown[])).map(callflowNumber) }
				: flow,
		owned: ['flags', 'featurecode'],
		exact: ['children'],
	}),
	webhook: named('Webhook', 'webhooks', '/webhooks', {
		write: 'post',
		guarded: undefined,
		owned: ['disable_reason'],
		secrets: ['custom_data.secret'],
	}),
	limits: {
		label: 'Limits',
		plural: 'limits',
		path: '/limits',
		schema: 'limits',
		single: true,
		write: 'post',
		// KAZOO tells them of what only itself sets, and drops them when they are sent
		owned: ['allow_postpay', 'max_postpay_amount'],
		name: () => 'Limits',
		keys: [() => ['limits']],
		billed: (limits) =>
			['twoway_trunks', 'inbound_trunks', 'outbound_trunks', 'burst_trunks'].map((item) => [
				'limits',
				item,
				Number(limits[item] ?? 0),
			]),
	},
	// Last: what is made before is not asked for its price in the middle
	servicePlan: named('Service Plan', 'service_plans', '/services', {
		offered: '/services/available',
		schema: undefined,
		guarded: undefined,
		settles: true,
		priced: 'later',
	}),
	logIn: acting('Log-In Tokens', (id) => ({
		path: `/users/${encodeURIComponent(id)}/auth`,
		data: { action: 'reset_signature_secret' },
	})),
	sound: acting('Sound', (id) => ({ path: `/media/${encodeURIComponent(id)}/raw`, isFile: true })),
	apiKey: acting('API Key', () => ({ path: '/api_key', data: {}, tells: 'api_key' })),
};

/** Something that is done (auth.md 3). */
function acting(label: string, act: NonNullable<Kind['act']>): Kind {
	return { label, plural: '', path: '', single: true, write: 'patch', name: () => label, keys: [], act };
}

/** Numbers of callflows are kept in E.164 where they are phone numbers, extensions as they are. */
function callflowNumber(number: string): string {
	return /^[\d\s().+-]{8,}$/.test(number) ? normalizePhoneNumber(number) : number;
}

/** All kinds of documents in the order in which they are created. */
export const kindNames = (Object.keys(kinds) as KindName[]).filter((kind) => !kinds[kind].act);

/** The name of the kind with this list in a customer's document. */
export function kindOfPlural(plural: string): KindName | undefined {
	return kindNames.find((kind) => kinds[kind].plural === plural);
}

/** A document as it can be compared and sent: without what the server owns. */
export function ownFields(kind: KindName, document: Document): Document {
	const owned = [...OWNED, ...(kinds[kind].owned ?? [])];
	const keepsId = kind === 'phoneNumber';
	return Object.fromEntries(
		Object.entries(document).filter(
			([key]) => (key === 'id' && keepsId) || !(owned.includes(key) || /^(_|pvt_)/.test(key)),
		),
	);
}

/** A document without its secrets, and these alone: they are compared where somebody gives them, and kept nowhere. */
export function withoutSecrets(kind: KindName, document: Document): { open: Document; secrets: Document } {
	let open = document;
	let secrets: Document = {};
	for (const path of kinds[kind].secrets ?? []) {
		const keys = path.split('.');
		const value = at(open, ...keys);
		if (value === undefined) continue;
		open = changedAt(open, keys, undefined);
		secrets = changedAt(secrets, keys, value);
	}
	return { open, secrets };
}

function changedAt(document: Document, [key = '', ...rest]: readonly string[], value: unknown): Document {
	const { [key]: inside, ...others } = document;
	const next = rest.length === 0 ? value : changedAt(isRecord(inside) ? inside : {}, rest, value);
	return next === undefined ? others : { ...others, [key]: next };
}
