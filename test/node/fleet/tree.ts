/** Customers written by hand: one in which everything is as it should be, and for each rule what makes it wrong there. */
import type { RuleName } from '../../../crossbar/catalogue/platform/fleetRules';
import type { Sandbox } from '../../../sandbox';
import { now } from '../../../sandbox/values/time';

const DAY = 86_400;
type Fields = Record<string, unknown>;

/** A customer in the sandbox, whose documents are found by names of our own. */
export class Customer {
	readonly id: string;
	/** Its one number: `+4315550…`, other digits for each customer. */
	readonly number: string;
	private readonly store: Sandbox['store'];

	constructor(
		sandbox: Sandbox,
		readonly name: string,
		digits: number,
	) {
		this.store = sandbox.store;
		this.number = `+4315550${String(digits).padStart(4, '0')}`;
		this.id = this.store.createAccount(
			{
				name,
				realm: `customer${digits}.fleet.example`,
				timezone: 'Europe/Vienna',
				caller_id: { external: { number: this.number }, emergency: { number: this.number } },
				call_restriction: Object.fromEntries(
					['international', 'caribbean', 'toll_us'].map((name_) => [name_, { action: 'deny' }]),
				),
			},
			{ parentId: sandbox.demo.reseller.id, created: now() - 400 * DAY },
		)._id;
		this.addNumber(this.number, true);
		this.add('user', 'admin', {
			first_name: 'Ada',
			last_name: 'Admin',
			username: 'ada',
			email: 'ada@fleet.example',
			priv_level: 'admin',
		});
		this.add('device', 'phone', {
			name: "Ada's phone",
			owner_id: this.key('admin'),
			sip: { username: 'ada_1', password: 'kT7vQ2mZ9xLw4RbN', method: 'password' },
			pvt_registered: true,
		});
		this.add('vmbox', 'box', { name: 'Ada', mailbox: '101', pin: '839204', owner_id: this.key('admin') });
		this.add('media', 'greeting', { name: 'Greeting', media_source: 'upload' });
		this.add('menu', 'menu', { name: 'Main', timeout: 10_000, media: { greeting: this.key('greeting') } });
		this.add('temporal_rule', 'hours', { name: 'Hours', cycle: 'weekly', wdays: ['monday'] });
		this.flow('main', [this.number, '101'], {
			module: 'temporal_route',
			data: { rules: [this.key('hours')] },
			children: {
				[this.key('hours')]: {
					module: 'user',
					data: { id: this.key('admin') },
					children: { _: { module: 'voicemail', data: { id: this.key('box') }, children: {} } },
				},
				_: { module: 'menu', data: { id: this.key('menu') }, children: {} },
			},
		});
		this.store.create(this.id, 'limits', { twoway_trunks: 5, allow_prepay: false }, { id: 'limits' });
		this.store.create(this.id, 'ledger', { amount: 20, source: { service: 'payments' } });
		this.store.create(
			this.id,
			'setting',
			{ auth_modules: { cb_user_auth: { multi_factor: { enabled: true } } } },
			{ id: 'security' },
		);
		this.store.createMonthly(this.id, 'login_attempt', now() - DAY, {
			status: 'success',
			timestamp: now() - DAY,
		});
		this.store.create(
			'webhooks',
			'webhook',
			{
				name: 'Calls',
				hook: 'channel_destroy',
				uri: 'https://example.com/hook',
				enabled: true,
				pvt_account_id: this.id,
			},
			{ id: this.key('hook') },
		);
	}

	/** The id of a document by our name. */
	key(name: string): string {
		return Buffer.from(`${this.number}${name}`).toString('hex').padStart(32, '0').slice(-32);
	}

	add(type: string, name: string, fields: Fields): void {
		this.store.create(this.id, type, fields, { id: this.key(name) });
	}

	flow(name: string, numbers: string[], flow: object): void {
		this.add('callflow', name, { name, numbers, flow });
	}

	addNumber(number: string, address: boolean): void {
		const e911 = address
			? { e911: { street_address: '1 Ring', locality: 'Wien', region: 'W', postal_code: '1010' } }
			: {};
		this.store.createNumber(number, { ...e911, accountId: this.id, usedBy: 'callflow' });
	}

	/** Lays fields over a document. */
	set(name: string, fields: Fields, database = this.id): void {
		const doc = this.store
			.database(database)
			.raw(name === 'account' ? this.id : name === 'limits' || name === 'security' ? name : this.key(name));
		if (!doc) throw new Error(`no ${name}`);
		this.store.save(database, { ...doc, ...fields });
	}

	setAccount(fields: Fields): void {
		this.set('account', fields, 'accounts');
	}

	message(): void {
		this.store.createMonthly(this.id, 'mailbox_message', now() - DAY, {
			source_id: this.key('box'),
			metadata: { folder: 'new', timestamp: now() - DAY },
		});
	}

	record(type: string, at: number, fields: Fields): void {
		this.store.createMonthly(this.id, type, at, fields);
	}

	port(daysAgo: number): void {
		const doc = this.store.create(
			'port_requests',
			'port_request',
			{
				name: 'Port',
				numbers: {},
				pvt_account_id: this.id,
				pvt_port_state: 'submitted',
			},
			{ created: now() - daysAgo * DAY },
		);
		this.store.database('port_requests').put({ ...doc, pvt_modified: now() - daysAgo * DAY });
	}

	forget(type: string): void {
		for (const doc of this.store.database(this.id).list(type)) this.store.database(this.id).erase(doc._id);
	}
}

/** What makes one rule find something, and no other rule. */
export const faults: Readonly<Record<RuleName, (customer: Customer) => void>> = {
	accountOffWithNumbers: (customer) => customer.setAccount({ enabled: false, pvt_enabled: false }),
	adminAway: (customer) => customer.forget('login_attempt'),
	adminNoSecondFactor: (customer) => customer.set('security', { auth_modules: {} }),
	balanceLow: (customer) => customer.forget('ledger'),
	blueprintDeviation: (customer) => customer.set('menu', { timeout: 3000 }),
	callflowBroken: (customer) =>
		customer.flow('broken', ['102'], { module: 'device', data: { id: 'f'.repeat(32) }, children: {} }),
	callsAbroadAllowed: (customer) =>
		customer.setAccount({
			call_restriction: { caribbean: { action: 'deny' }, toll_us: { action: 'deny' } },
		}),
	emergencyNoAddress: (customer) => {
		customer.addNumber('+4316660001', false);
		customer.flow('second', ['+4316660001'], {
			module: 'user',
			data: { id: customer.key('admin') },
			children: {},
		});
	},
	emergencyNoCallerId: (customer) =>
		customer.setAccount({ caller_id: { external: { number: customer.number } } }),
	forwardAbroad: (customer) =>
		customer.set('admin', { call_forward: { enabled: true, number: '+8613800138000' } }),
	holidayPast: (customer) => {
		customer.add('temporal_rule', 'past', { name: 'Party', cycle: 'date', start_date: now() - 90 * DAY });
		customer.flow('party', ['103'], {
			module: 'temporal_route',
			data: { rules: [customer.key('past')] },
			children: { [customer.key('past')]: { module: 'hangup', data: {}, children: {} } },
		});
	},
	limitsZero: (customer) => customer.set('limits', { twoway_trunks: 0 }),
	mailboxFull: (customer) => {
		for (let count = 0; count < 3; count++) customer.message();
	},
	mailboxMailsNobody: (customer) => customer.set('box', { owner_id: undefined }),
	mediaUnused: (customer) => customer.add('media', 'unused', { name: 'Old', media_source: 'upload' }),
	numberForeign: (customer) =>
		customer.flow('foreign', ['+4317770001', '104'], { module: 'hangup', data: {}, children: {} }),
	numberRingsNowhere: (customer) => customer.addNumber('+4318880001', true),
	numberTwice: (customer) => customer.flow('twin', ['101'], { module: 'hangup', data: {}, children: {} }),
	passwordWeak: (customer) =>
		customer.set('phone', { sip: { username: 'ada_1', password: 'password123', method: 'password' } }),
	phoneOffline: (customer) => customer.set('phone', { pvt_registered: false }),
	phoneWithoutOwner: (customer) =>
		customer.add('device', 'lobby', {
			name: 'Lobby',
			device_type: 'landline',
			sip: { password: 'kT7vQ2mZ9xLw4RbN' },
		}),
	pinWeak: (customer) => customer.set('box', { pin: '1234' }),
	portStuck: (customer) => customer.port(60),
	ruleUnused: (customer) => customer.add('temporal_rule', 'unused', { name: 'Never', cycle: 'daily' }),
	timeZoneWrong: (customer) => customer.setAccount({ timezone: 'America/New_York' }),
	userWithoutPhone: (customer) =>
		customer.add('user', 'ben', {
			first_name: 'Ben',
			last_name: 'Bost',
			email: 'ben@fleet.example',
			priv_level: 'user',
		}),
	webhookFailing: (customer) =>
		customer.record('webhook_attempt', now() - 60, {
			hook_id: customer.key('hook'),
			result: 'failure',
			timestamp: now() - 60,
		}),
	webhookOff: (customer) => customer.set('hook', { enabled: false }, 'webhooks'),
};

/** Options with which every rule has what it needs. */
export const OPTIONS = {
	balanceBelow: 1,
	mailboxSize: 3,
	blueprint: JSON.stringify({ menus: [{ name: 'Main', timeout: 10_000 }] }),
	accountRealm: 'fleet.example',
};
