/** What the whole jobs are about: a small customer and its copy, from their first job to their last. */
import { randomInt } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Setting } from '../rows';
import { Customer, equal } from './customer';

/** What is there before anybody joins: one of each kind that people have no part in. */
const FOUND: ReadonlyArray<readonly [path: string, document: object]> = [
	['/groups', { name: 'Crew', endpoints: {} }],
	['/directories', { name: 'Staff' }],
	['/menus', { name: 'Main Menu', record_pin: '4711', timeout: 5000 }],
	['/conferences', { name: 'Weekly', member: { pins: ['1234'] } }],
	['/faxboxes', { name: 'Fax', caller_name: 'Check', fax_identity: '+14155550100' }],
	['/blacklists', { name: 'Unwanted', numbers: { '+14155550199': {} } }],
	['/lists', { name: 'Partners' }],
	['/temporal_rules', { name: 'New Year', cycle: 'yearly', month: 1, days: [1] }],
	['/media', { name: 'Greeting', media_source: 'upload' }],
];

/** The customer, its copy, and what is to be there between two jobs. */
export class Site {
	copy: Customer;
	/** The customer as it was exported. */
	before: IDataObject = {};

	private constructor(
		readonly setting: Setting,
		readonly own: Customer,
		readonly numbers: readonly string[],
	) {
		this.copy = own;
	}

	/** Makes the account with what people find there on their first day. */
	static async open(setting: Setting): Promise<Site> {
		const { name } = setting.account;
		const above = new Customer(setting, setting.account.id);
		const { id } = await above.ask('PUT', '', {
			name: `${name}-jobs`,
			realm: `jobs.${name}.example.com`,
			timezone: 'America/New_York',
		});
		const own = new Customer(setting, String(id));
		await own.ask('POST', '/limits', { twoway_trunks: 0, allow_prepay: true });
		const queues = setting.account.version.startsWith('4') ? '/queues' : '/qubicle_queues';
		for (const [path, document] of [...FOUND, [queues, { name: 'Help' }] as const])
			await own.ask('PUT', path, document);
		const first = randomInt(1000, 9998);
		const numbers = [first, first + 1].map((digits) => `+1415556${digits}`);
		for (const number of numbers) await own.ask('PUT', `/phone_numbers/${encodeURIComponent(number)}`, {});
		return new Site(setting, own, numbers);
	}

	/** A new account from the export, without the numbers, which only one account can have. */
	async copied(name: string): Promise<{ customer: Customer; journal: IDataObject[] }> {
		const above = new Customer(this.setting, this.setting.account.id);
		const journal = await above.job(
			'customerBlueprint',
			'apply',
			{ blueprint: JSON.stringify(withoutNumbers(this.before)) },
			{
				newAccount: `${this.setting.account.name}-${name}`,
				realm: `${name}.${this.setting.account.name}.example.com`,
			},
		);
		return { customer: new Customer(this.setting, String(journal[0]?.id)), journal };
	}

	/** Both, as fields for accounts take them. */
	get both(): string {
		return `${this.own.id}, ${this.copy.id}`;
	}

	/** Looks at what a job did, takes it back whatever was seen, and then nothing may be left of it. */
	async undone(journal: readonly IDataObject[], look: () => Promise<void>): Promise<void> {
		try {
			await look();
		} finally {
			await this.own.revert(journal);
		}
		equal(await this.own.exported(), this.before, 'the customer afterwards');
	}

	/** First names of the people in the group. */
	async members(): Promise<unknown[]> {
		const { endpoints } = await this.own.one('groups', 'name', 'Crew');
		const users = await this.own.all('users');
		return Object.keys((endpoints ?? {}) as object)
			.map((id) => users.find((user) => user.id === id)?.first_name)
			.sort();
	}
}

/** What two accounts can have in common. */
export function withoutNumbers({ phone_numbers: _, ...document }: IDataObject): IDataObject {
	const callflows = (document.callflows as IDataObject[]).map((callflow) => ({
		...callflow,
		numbers: (callflow.numbers as string[]).filter((number) => !number.startsWith('+')),
	}));
	return { ...document, callflows };
}
