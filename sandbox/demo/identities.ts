import { createHash } from 'node:crypto';

/** Everybody's password in the demo tenant. */
const PASSWORD: string = 'Passw0rd!';

/** Fixed, so that a credential made for one sandbox works with the next. No real system knows it. */
const API_KEY: string = '5a4db0c5'.repeat(8);

const id = (last: string): string => last.padStart(32, '0').replaceAll('0', 'd');

/** Accounts and log-ins of the demo tenant: the same in every sandbox, whatever its profile, unless it has a secret. */
export const DEMO = {
	/** Of every user named here. */
	password: PASSWORD,
	/** API key of the reseller. */
	apiKey: API_KEY,
	/** Log-in of the reseller's administrator. */
	admin: { username: 'admin@harbor.example', password: PASSWORD },
	/** The account above all. */
	master: {
		id: id('1'),
		name: 'Sandbox Master',
		realm: 'master.sandbox.example',
		username: 'master',
		password: PASSWORD,
	},
	/** The account to work with: a reseller of telephony with staff of its own. */
	reseller: {
		id: id('2'),
		name: 'Harbor Telecom',
		realm: 'harbor.sandbox.example',
		username: 'admin@harbor.example',
		password: PASSWORD,
		apiKey: API_KEY,
	},
	/** The reseller's customers. Cedar Law pays by its service plan, so that what costs money there needs consent. */
	customers: [
		{
			id: id('3'),
			name: 'Blue Door Dental',
			realm: 'blue.sandbox.example',
			username: 'admin@blue.sandbox.example',
			password: PASSWORD,
		},
		{
			id: id('4'),
			name: 'Cedar Law',
			realm: 'cedar.sandbox.example',
			username: 'admin@cedar.sandbox.example',
			password: PASSWORD,
		},
		{
			id: id('5'),
			name: 'Maple Logistics',
			realm: 'maple.sandbox.example',
			username: 'admin@maple.sandbox.example',
			password: PASSWORD,
		},
	],
} as const;

/** What one logs in with. */
export interface LogIns {
	/** Everybody's. */
	password: string;
	/** By account. */
	apiKey(accountId: string): string;
}

/** @param secret what the log-ins are made of, so that no web page knows them; without one they are the same for all */
export function logInsOf(secret: string | undefined): LogIns {
	const made = (name: string): string =>
		createHash('sha256')
			.update(`${secret ?? 'demo'} ${name}`)
			.digest('hex');
	return {
		password: secret === undefined ? PASSWORD : `P${made('password').slice(0, 15)}!`,
		apiKey: (accountId) =>
			secret === undefined && accountId === DEMO.reseller.id ? API_KEY : made(`API key ${accountId}`),
	};
}

/** The demo tenant with these log-ins. */
export function demoOf({ password, apiKey }: LogIns): typeof DEMO {
	const { admin, master, reseller, customers } = DEMO;
	const [first, second, third] = customers;
	return {
		password,
		apiKey: apiKey(reseller.id),
		admin: { ...admin, password },
		master: { ...master, password },
		reseller: { ...reseller, password, apiKey: apiKey(reseller.id) },
		customers: [
			{ ...first, password },
			{ ...second, password },
			{ ...third, password },
		],
	};
}
