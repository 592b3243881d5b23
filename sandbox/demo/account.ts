import type { Fields } from '../store/store';
import { DEMO } from './identities';
import { seedCallflows } from './callflows';
import { complete, DAY, type Seeding, Writer } from './seeder';
import { cellOf, handleOf, numberOf, type Person, type Phone, plain, type Tenant } from './tenants';

/** Makes an account's people, phones, numbers, mailboxes, times, menus and callflows. */
export function seedAccount(seeding: Seeding, tenant: Tenant, parentId: string): void {
	const { store, profile, now } = seeding;
	const { account } = tenant;
	const isReseller = account.id === DEMO.reseller.id;
	const main = numberOf(tenant, '00');
	store.createAccount(
		complete(profile, 'accounts', {
			name: account.name,
			realm: account.realm,
			org: `${account.name} ${isReseller ? 'Inc.' : 'LLC'}`,
			timezone: tenant.timezone,
			language: 'en-us',
			caller_id: {
				external: { name: account.name, number: main },
				emergency: { name: account.name, number: main },
			},
			caller_id_options: { outbound_privacy: 'none' },
			notifications: { low_balance: { enabled: true, threshold: 10 } },
		}),
		{
			id: account.id,
			parentId,
			reseller: isReseller,
			created: now - 730 * DAY,
			// Whoever tries things out may make numbers of their own.
			numberAdditions: true,
			apiKey: seeding.logIns.apiKey(account.id),
		},
	);
	const writer = new Writer(seeding, account.id);
	tenant.people.forEach((person, index) => seedPerson(writer, tenant, person, index === 0));
	seedNumbers(writer, tenant);
	seedTimes(writer);
	seedMedia(writer, tenant);
	seedCallflows(writer, tenant);
	seedRest(writer, tenant);
}

function seedPerson(writer: Writer, tenant: Tenant, person: Person, isAdmin: boolean): void {
	const { store, profile, now } = writer.seeding;
	const handle = handleOf(person);
	const callerNumber = numberOf(tenant, person.direct ?? '00');
	store.createUser(
		writer.accountId,
		complete(profile, 'users', {
			username: isAdmin ? tenant.account.username : `${handle}@${tenant.domain}`,
			first_name: person.first,
			last_name: person.last,
			email: `${handle}@${tenant.domain}`,
			priv_level: isAdmin ? 'admin' : 'user',
			presence_id: person.extension,
			timezone: tenant.timezone,
			title: person.title,
			vm_to_email_enabled: true,
			caller_id: {
				internal: { name: `${person.first} ${person.last}`, number: person.extension },
				external: { name: tenant.account.name, number: callerNumber },
			},
			directories: { [writer.id('directory')]: writer.id(`callflow ${person.extension}`) },
			...switchedOn(tenant, person),
		}),
		{
			id: writer.id(`user ${person.extension}`),
			created: now - 700 * DAY,
			password: writer.seeding.logIns.password,
		},
	);
	for (const phone of person.phones) seedPhone(writer, tenant, person, phone);
	writer.put('vmbox', 'vmboxes', `vmbox ${person.extension}`, {
		name: `${person.first} ${person.last}'s voicemail`,
		mailbox: person.extension,
		pin: `${writer.seeding.random.int(1000, 9999)}`,
		owner_id: writer.id(`user ${person.extension}`),
		timezone: tenant.timezone,
		notify_email_addresses: [`${handle}@${tenant.domain}`],
		media_extension: 'wav',
		is_setup: true,
		require_pin: true,
	});
}

function switchedOn(tenant: Tenant, person: Person): Fields {
	switch (person.with) {
		case 'forward':
			return { call_forward: { enabled: true, number: cellOf(tenant, person), require_keypress: true } };
		case 'dnd':
			return { do_not_disturb: { enabled: true } };
		case 'hotdesk':
			return { hotdesk: { enabled: true, id: person.extension, pin: '4711', require_pin: true } };
		case 'recording':
			return { call_recording: { any: { any: { enabled: true, format: 'wav', time_limit: 600 } } } };
		default:
			return {};
	}
}

const DESK_MODELS = [
	['yealink', 't4x', 't46s', '001565'],
	['polycom', 'vvx', 'vvx_411', '64167f'],
	['grandstream', 'gxp', 'gxp2170', '000b82'],
] as const;

function seedPhone(writer: Writer, tenant: Tenant, person: Person, phone: Phone): void {
	const { random } = writer.seeding;
	const owner = writer.id(`user ${person.extension}`);
	const name = `device ${phone} ${person.extension}`;
	const login = { username: `${phone}_${person.extension}`, password: random.hex(16) };
	if (phone === 'cell') {
		writer.put('device', 'devices', name, {
			name: `${person.first}'s cell phone`,
			device_type: 'cellphone',
			owner_id: owner,
			call_forward: {
				enabled: true,
				number: cellOf(tenant, person),
				keep_caller_id: true,
				require_keypress: true,
			},
			sip: login,
		});
		return;
	}
	const [brand, family, model, prefix] = random.pick(DESK_MODELS);
	const isDesk = phone === 'desk';
	// A phone in eight is unplugged.
	const registered = !random.chance(0.125);
	writer.put('device', 'devices', name, {
		name: isDesk ? `${person.first}'s desk phone` : `${person.first}'s softphone`,
		device_type: isDesk ? 'sip_device' : 'softphone',
		owner_id: owner,
		sip: login,
		media: { audio: { codecs: isDesk ? ['PCMU', 'PCMA', 'G722'] : ['OPUS', 'PCMU', 'PCMA'] } },
		...(isDesk
			? {
					// KAZOO keeps it without separators.
					mac_address: `${prefix}${random.hex(8).slice(0, 6)}`,
					provision: { endpoint_brand: brand, endpoint_family: family, endpoint_model: model },
				}
			: undefined),
		pvt_registered: registered,
	});
}

function seedNumbers(writer: Writer, tenant: Tenant): void {
	const { store, profile, now } = writer.seeding;
	const e911 = {
		caller_name: tenant.account.name,
		street_address: tenant.address.street,
		locality: tenant.address.city,
		region: tenant.address.region,
		postal_code: tenant.address.postalCode,
	};
	const give = (lastTwo: string, fields: Fields, more: { state?: string; usedBy?: string }) =>
		store.createNumber(numberOf(tenant, lastTwo), {
			...complete(profile, 'phone_numbers', fields),
			accountId: writer.accountId,
			created: now - 600 * DAY,
			...more,
		});
	give('00', { cnam: { display_name: tenant.account.name.slice(0, 15) }, e911 }, { usedBy: 'callflow' });
	for (const { direct } of tenant.people) if (direct) give(direct, {}, { usedBy: 'callflow' });
	if (tenant.fax) give('10', {}, { usedBy: 'callflow' });
	for (let n = 0; n < tenant.spare; n++) give(String(11 + n), {}, {});
	give('19', {}, { state: 'reserved' });
}

/** Working hours, lunch and holidays, as time of day rules. */
function seedTimes(writer: Writer): void {
	const rule = (name: string, fields: Fields) =>
		writer.put('temporal_rule', 'temporal_rules', `rule ${name}`, { name, ...fields });
	const holiday = (name: string, month: number, days: number[]) =>
		rule(name, { cycle: 'yearly', month, days });
	rule('Office Hours', {
		cycle: 'weekly',
		wdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
		time_window_start: 8 * 3600,
		time_window_stop: 18 * 3600,
	});
	rule('Lunch', {
		cycle: 'weekly',
		wdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
		time_window_start: 12 * 3600,
		time_window_stop: 13 * 3600,
		enabled: false,
	});
	holiday("New Year's Day", 1, [1]);
	holiday('Christmas', 12, [25, 26]);
	rule('Thanksgiving', { cycle: 'yearly', month: 11, ordinal: 'fourth', wdays: ['thursday'] });
	const holidays = ["New Year's Day", 'Thanksgiving', 'Christmas'].map((name) => writer.id(`rule ${name}`));
	writer.put('temporal_rule_set', 'temporal_rules_sets', 'rules Holidays', {
		name: 'Holidays',
		temporal_rules: holidays,
	});
}

function seedMedia(writer: Writer, tenant: Tenant): void {
	const { voices, chime, random } = writer.seeding;
	const media = (name: string, title: string, description: string) => {
		const { wav } = name === 'music' ? chime : random.pick(voices);
		writer.put(
			'media',
			'media',
			`media ${name}`,
			{
				name: title,
				description,
				media_source: 'upload',
				language: 'en-us',
				streamable: true,
				content_type: 'audio/x-wav',
				content_length: wav.length,
			},
			{ attachment: { name: `${name}.wav`, contentType: 'audio/x-wav', data: wav } },
		);
	};
	media('greeting', 'Main Greeting', `Welcome to ${tenant.account.name}`);
	media('closed', 'After Hours', 'We are closed, please leave a message');
	media('music', 'Hold Music', 'Played while a caller waits');
}

/** Directory, groups, conference, fax box, limits: one of each. */
function seedRest(writer: Writer, tenant: Tenant): void {
	const { store, profile, now } = writer.seeding;
	writer.put('directory', 'directories', 'directory', { name: 'Company Directory', sort_by: 'last_name' });
	for (const team of tenant.teams) {
		const members = team.members.map((extension, index) => [
			writer.id(`user ${extension}`),
			{ type: 'user', weight: index + 1 },
		]);
		writer.put('group', 'groups', `group ${team.extension}`, {
			name: team.name,
			endpoints: Object.fromEntries(members) as Fields,
			music_on_hold: { media_id: writer.id('media music') },
		});
	}
	writer.put('conference', 'conferences', 'conference', {
		name: 'Weekly Meeting',
		conference_numbers: ['7000'],
		member: { numbers: ['7001'], pins: ['1234'], join_muted: false },
		moderator: { numbers: ['7002'], pins: ['4321'] },
		play_entry_tone: true,
	});
	writer.put('blacklist', 'blacklists', 'blacklist', {
		name: 'Nuisance Callers',
		numbers: { '+15005550199': {} },
	});
	if (tenant.fax) {
		const admin = tenant.people[0] as Person;
		writer.put('faxbox', 'faxbox', 'faxbox', {
			name: `${tenant.account.name} Fax`,
			caller_name: tenant.account.name,
			caller_id: numberOf(tenant, '10'),
			fax_identity: numberOf(tenant, '10'),
			fax_header: tenant.account.name,
			fax_timezone: tenant.timezone,
			owner_id: writer.id(`user ${admin.extension}`),
			notifications: { inbound: { email: { send_to: `${handleOf(admin)}@${tenant.domain}` } } },
			smtp_permission_list: [`.+@${tenant.domain.replace('.', '\\.')}`],
			pvt_smtp_email_address: `${plain(tenant.account.name)}.fax.sandbox.example`,
		});
	}
	store.create(
		writer.accountId,
		'limits',
		complete(profile, 'limits', {
			twoway_trunks: tenant.people.length,
			inbound_trunks: 2,
			allow_prepay: true,
		}),
		{ id: 'limits', created: now - 600 * DAY },
	);
}
