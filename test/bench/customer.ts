/** A large customer in a sandbox of its own process: `customer.ts USERS` prints where it is as JSON when it is ready. */
import { createSandbox } from '../../sandbox';

/** The customer; `jobs.ts` is given it. */
export interface Customer {
	/** With /v2. */
	url: string;
	apiKey: string;
	accountId: string;
	/** Requests that reading all of it takes: its documents, and its lists page by page. */
	needed: number;
	documents: number;
}

/** Records on a page of a list unless another number is asked for. */
const PAGE = 50;
/** Lists that a blueprint reads, and the account and its limits. */
const LISTS = 16;

async function main(): Promise<void> {
	const users = Number(process.argv[2]);
	const sandbox = await createSandbox({ quiet: true, cdrs: 0 });
	const { store, demo } = sandbox;
	const { _id: account } = store.createAccount(
		{ name: 'A Thousand', realm: 'thousand.sandbox.example', timezone: 'UTC' },
		{ parentId: demo.reseller.id },
	);
	const counts = { user: 0, device: 0, vmbox: 0, callflow: 0 };
	const make = (type: keyof typeof counts, fields: object): string => {
		counts[type]++;
		return store.create(account, type, { ...fields })._id;
	};
	for (let index = 0; index < users; index++) {
		const number = String(10_000 + index);
		const owner = make('user', {
			first_name: 'Person',
			last_name: number,
			username: `person${number}`,
			email: `person${number}@example.com`,
			enabled: true,
			caller_id: { internal: { name: `Person ${number}`, number } },
		});
		make('device', {
			name: `Phone ${number}`,
			owner_id: owner,
			device_type: 'sip_device',
			enabled: true,
			sip: { username: `phone${number}`, password: `secret${number}`, method: 'password' },
		});
		const box =
			index % 2 === 0 ? make('vmbox', { name: `Box ${number}`, mailbox: number, owner_id: owner }) : '';
		make('callflow', {
			name: `Person ${number}`,
			numbers: [number],
			flow: {
				module: 'user',
				data: { id: owner, timeout: 20 },
				children: box === '' ? {} : { _: { module: 'voicemail', data: { id: box }, children: {} } },
			},
		});
	}
	const pages = Object.values(counts).reduce((sum, count) => sum + Math.ceil(count / PAGE), 0);
	const documents = Object.values(counts).reduce((sum, count) => sum + count, 2);
	const customer: Customer = {
		url: `${sandbox.url}/v2`,
		apiKey: demo.reseller.apiKey,
		accountId: account,
		needed: documents + pages + (LISTS - Object.keys(counts).length),
		documents,
	};
	console.log(JSON.stringify(customer));

	// Ends with the benchmark, also when that is killed
	process.stdin.resume();
	process.stdin.on('end', () => void sandbox.close().then(() => process.exit(0)));
}

void main();
