import { pdfOf } from '../values/pdf';
import type { Fields } from '../store/store';
import { DEMO } from './identities';
import { complete, DAY, idOf, type Seeding } from './seeder';
import { handleOf, numberOf, type Person, TENANTS, type Tenant } from './tenants';

/** The master account with its administrator, and the plans it and the reseller offer. */
export function seedMaster(seeding: Seeding): void {
	const { store, profile, now } = seeding;
	const { id, name, realm, username } = DEMO.master;
	const { password } = seeding.logIns;
	const created = now - 1000 * DAY;
	store.createAccount(
		complete(profile, 'accounts', { name, realm, timezone: 'America/Los_Angeles', language: 'en-us' }),
		{ id, created, numberAdditions: true, apiKey: seeding.logIns.apiKey(id) },
	);
	store.createUser(
		id,
		complete(profile, 'users', {
			username,
			first_name: 'Ada',
			last_name: 'Keeper',
			email: 'ada.keeper@sandbox.example',
			priv_level: 'admin',
		}),
		{ id: idOf(id, 'user master'), created, password },
	);
}

const SEAT_PLAN = {
	devices: {
		_all: { name: 'Any phone', as: 'sip_device', rate: 0 },
		softphone: { name: 'Softphone', rate: 1.5 },
		sip_device: { name: 'Desk Phone', rate: 4, activation_charge: 10 },
	},
	users: { user: { name: 'Seat', rate: 12.5 }, admin: { name: 'Administrator', rate: 0 } },
	number_carriers: { _all: { name: 'Phone number', as: 'knm_local', rate: 1, activation_charge: 2 } },
	number_services: { cnam: { rate: 0.5 }, e911: { rate: 1.5 } },
};

const TRUNK_PLAN = { limits: { twoway_trunks: { name: 'Two-way Trunk', rate: 18 } } };

/** What the reseller sells; one customer has a plan, so that the others can be worked with without consenting to charges. */
export function seedPlans(seeding: Seeding): void {
	const { store, now } = seeding;
	const offer = (vendor: string, name: string, description: string, plan: Fields) =>
		store.create(
			'service_plans',
			'service_plan',
			{ name, description, category: 'voice', plan, pvt_account_id: vendor },
			{ id: idOf(vendor, `plan ${name}`), created: now - 500 * DAY },
		);
	offer(DEMO.master.id, 'Wholesale Trunks', 'What a reseller pays for a call at a time', TRUNK_PLAN);
	const seats = offer(DEMO.reseller.id, 'Harbor Seats', 'A price for each person and phone', SEAT_PLAN);
	offer(DEMO.reseller.id, 'Harbor Trunks', 'A price for each call at a time', TRUNK_PLAN);
	const [, payer] = DEMO.customers;
	const account = store.account(payer.id);
	if (!account) throw new Error(`no account ${payer.name}`);
	store.save('accounts', {
		...account,
		pvt_service_plans: { [seats._id]: { vendor_id: DEMO.reseller.id, overrides: {} } },
	});
}

/** Numbers nobody has yet, to be found and bought. */
export function seedInventory({ store, now }: Seeding): void {
	for (const areaCode of ['628', '213', '646']) {
		for (let n = 0; n < 20; n++) {
			store.createNumber(`+1${areaCode}55501${String(20 + n)}`, {
				state: 'available',
				created: now - 90 * DAY,
			});
		}
	}
}

/** How far a port has come, and what there is to say about it. */
const PORTS: ReadonlyArray<{
	tenant: number;
	state: string;
	name: string;
	digits: readonly string[];
	carrier: string;
	/** Days since it was made. */
	age: number;
	comment?: string;
}> = [
	{
		tenant: 0,
		state: 'submitted',
		name: 'Old main line',
		digits: ['68'],
		carrier: 'Bay Area Bell',
		age: 4,
		comment: 'Keep the old line until the port is done.',
	},
	{ tenant: 0, state: 'completed', name: 'Sales hotline', digits: ['69'], carrier: 'Bay Area Bell', age: 45 },
	{
		tenant: 1,
		state: 'unconfirmed',
		name: 'Second location',
		digits: ['70', '71'],
		carrier: 'Evergreen Telephone',
		age: 2,
	},
	{
		tenant: 1,
		state: 'submitted',
		name: 'Old fax line',
		digits: ['72'],
		carrier: 'Evergreen Telephone',
		age: 6,
		comment: 'Please port before the end of the month.',
	},
	{
		tenant: 2,
		state: 'pending',
		name: 'Partners’ direct lines',
		digits: ['73', '74'],
		carrier: 'Prairie Bell',
		age: 12,
		comment: 'The losing carrier asked for the latest bill.',
	},
	{
		tenant: 2,
		state: 'scheduled',
		name: 'Conference room',
		digits: ['75'],
		carrier: 'Prairie Bell',
		age: 20,
	},
	{
		tenant: 3,
		state: 'rejected',
		name: 'Warehouse lines',
		digits: ['76', '77'],
		carrier: 'Great Lakes Wireless',
		age: 25,
		comment: 'The account number does not match the losing carrier’s records.',
	},
	{
		tenant: 3,
		state: 'completed',
		name: 'Dispatch hotline',
		digits: ['78'],
		carrier: 'Great Lakes Wireless',
		age: 80,
	},
	{
		tenant: 3,
		state: 'canceled',
		name: 'Drivers’ line',
		digits: ['79'],
		carrier: 'Great Lakes Wireless',
		age: 60,
	},
];

/** Port requests in every state. */
export function seedPorts(seeding: Seeding): void {
	for (const port of PORTS) {
		const tenant = TENANTS[port.tenant] as Tenant;
		const admin = tenant.people[0] as Person;
		const created = seeding.now - port.age * DAY;
		const author = `${admin.first} ${admin.last}`;
		const fields = complete(seeding.profile, 'port_requests', {
			name: port.name,
			numbers: Object.fromEntries(port.digits.map((digits) => [numberOf(tenant, digits), {}])),
			carrier: port.carrier,
			winning_carrier: DEMO.reseller.name,
			bill: {
				name: tenant.account.name,
				carrier: port.carrier,
				account_number: '100-4711',
				street_address: tenant.address.street,
				locality: tenant.address.city,
				region: tenant.address.region,
				postal_code: tenant.address.postalCode,
			},
			signee_name: author,
			signing_date: created,
			transfer_date: created + 21 * DAY,
			notifications: { email: { send_to: [`${handleOf(admin)}@${tenant.domain}`] } },
			comments: port.comment ? [{ author, content: port.comment, timestamp: created + 3600 }] : [],
			...(port.state === 'scheduled' ? { scheduled_date: seeding.now + 5 * DAY } : undefined),
		});
		const letter = pdfOf([
			'Letter of Authorization',
			`${tenant.account.name} moves its numbers from ${port.carrier}`,
		]);
		const doc = seeding.store.create(
			'port_requests',
			'port_request',
			{
				...fields,
				pvt_account_id: tenant.account.id,
				pvt_account_name: tenant.account.name,
				pvt_port_state: port.state,
				pvt_port_authority: DEMO.master.id,
				pvt_sent: false,
			},
			{
				id: idOf(tenant.account.id, `port ${port.name}`),
				created,
				// Nothing is signed before a port is confirmed.
				attachment:
					port.state === 'unconfirmed'
						? undefined
						: { name: 'loa.pdf', contentType: 'application/pdf', data: letter },
			},
		);
		if (port.state !== 'completed') continue;
		for (const number of Object.keys(doc.numbers as Fields)) {
			seeding.store.createNumber(number, { accountId: tenant.account.id, created: created + 21 * DAY });
		}
	}
}
