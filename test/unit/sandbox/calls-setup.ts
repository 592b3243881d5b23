import { createSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';

/** What calls are tried on: an account with three people who have a phone each. */
export interface Office {
	sandbox: Sandbox;
	account: string;
	/** The one number of the account. */
	number: string;
	/** Ids by name: `alice`, `alice's phone`, `alice's box` ... */
	ids: Record<string, string>;
	/** Makes a callflow. */
	route(numbers: string[], flow: object): string;
	/** What was published on the bus since the last call of this. */
	published(): { api: string; payload: Record<string, unknown> }[];
}

export const PEOPLE = [
	{ key: 'alice', name: 'Alice Reception', extension: '2001' },
	{ key: 'bob', name: 'Bob Sales', extension: '2002' },
	{ key: 'carol', name: 'Carol Support', extension: '2003' },
] as const;

/** Starts a sandbox with nothing but an office, in which calls take no time. */
export async function openOffice(options: SandboxOptions = {}): Promise<Office> {
	const sandbox = await createSandbox({
		quiet: true,
		seed: false,
		callSpeed: 1e6,
		allowLoopbackUris: true,
		...options,
	});
	const { store } = sandbox;
	const master = store.createAccount({ name: 'Master', realm: 'master.example' });
	const { _id: account } = store.createAccount(
		{
			name: 'Office',
			realm: 'office.example',
			timezone: 'UTC',
			caller_id: { external: { name: 'Office Inc', number: '+14155550300' } },
		},
		{ parentId: master._id },
	);
	const number = '+14155550300';
	store.createNumber(number, { accountId: account, usedBy: 'callflow' });
	const ids: Record<string, string> = {};
	for (const { key, name, extension } of PEOPLE) {
		const [first_name, last_name] = name.split(' ');
		const user = store.createUser(account, {
			username: key,
			first_name,
			last_name,
			email: `${key}@office.example`,
			presence_id: extension,
			caller_id: { internal: { name, number: extension } },
		});
		const device = store.create(account, 'device', {
			name: `${first_name}'s phone`,
			owner_id: user._id,
			sip: { username: `user_${key}`, password: 'x' },
			pvt_registered: true,
		});
		const box = store.create(account, 'vmbox', { name: key, mailbox: extension, owner_id: user._id });
		ids[key] = user._id;
		ids[`${key}'s phone`] = device._id;
		ids[`${key}'s box`] = box._id;
	}
	const messages: { api: string; payload: Record<string, unknown> }[] = [];
	sandbox.bus.subscribe((message) => messages.push(message));
	return {
		sandbox,
		account,
		number,
		ids,
		route: (numbers, flow) => {
			const old = store
				.database(account)
				.list('callflow')
				.filter((doc) => (doc.numbers as string[]).some((one) => numbers.includes(one)));
			for (const doc of old) store.remove(account, doc, true);
			return store.create(account, 'callflow', { numbers, flow })._id;
		},
		published: () => messages.splice(0),
	};
}

/** A callflow step. */
export const step = (module: string, data: object = {}, next?: object): object => ({
	module,
	data,
	children: next ? { _: next } : {},
});

/** The system and the account of the office are set up for commands on calls, as KAZOO 4 needs it. */
export function obeyCommands({ sandbox: { store }, account }: Office): void {
	store.database('system_config').put({
		_id: 'kazoo_endpoint',
		default: { build_metaflows: true },
		pvt_type: 'config',
		pvt_created: 0,
		pvt_modified: 0,
	});
	const metaflows = { binding_digit: '*', numbers: { 9: { module: 'hangup', data: {} } } };
	store.save('accounts', { ...store.account(account), _id: account, metaflows } as never);
}
