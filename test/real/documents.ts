/** What is sent to make something of each resource: the least that KAZOO takes. */

/** What a document may point to, and what makes it unlike all others. */
export interface World {
	/** Counts up. */
	readonly count: number;
	/** Of the account that all is tried in. */
	readonly accountName: string;
	/** Gives the ID of something, which is made if it is not there. */
	id(parameter: string): Promise<string>;
}

type Document = Readonly<Record<string, unknown>>;
type Maker = (world: World) => Document | Promise<Document>;

const named: Maker = ({ count }) => ({ name: `check ${count}` });
const RATE = { per_minute: { total_packets: 1000 }, per_second: { total_packets: 100 } };
const carrier: Maker = ({ count }) => ({
	name: `check ${count}`,
	enabled: false,
	gateways: [{ server: '203.0.113.5', enabled: false }],
});

/** By resource; those that are not here need a name and nothing else. */
const DOCUMENTS: Readonly<Record<string, Maker>> = {
	accessList: () => ({ order: 'allow,deny', cidrs: ['203.0.113.0/24'] }),
	account: ({ count }) => ({
		name: `n8n-check below ${count}`,
		realm: `below${count}.n8n-check.example.com`,
	}),
	blockList: ({ count }) => ({ name: `check ${count}`, numbers: { '+14155550199': {} } }),
	callbackUser: async (world) => ({
		pin: `77${world.count}`,
		active: true,
		user_id: await world.id('userId'),
	}),
	callflow: ({ count }) => ({
		name: `check ${count}`,
		numbers: [String(2000 + count)],
		flow: { module: 'hangup', data: {}, children: {} },
	}),
	carrier,
	carrierTemplate: carrier,
	clickToCall: ({ count }) => ({ name: `check ${count}`, extension: '1001' }),
	connectivity: ({ count }) => ({ name: `check ${count}`, servers: [], account: {} }),
	device: ({ count }) => ({ name: `check ${count}`, device_type: 'softphone' }),
	function: ({ count }) => ({ name: `check ${count}`, function_js: 'function main() { return {}; }' }),
	group: async (world) => ({
		name: `check ${world.count}`,
		endpoints: { [await world.id('userId')]: { type: 'user' } },
	}),
	limit: () => ({ twoway_trunks: 0, inbound_trunks: 0 }),
	media: ({ count }) => ({ name: `check ${count}`, media_source: 'upload', streamable: true }),
	metaflow: () => ({ binding_digit: '*', numbers: { '1': { module: 'hangup', data: {} } } }),
	multiFactor: ({ count }) => ({
		name: `check ${count}`,
		provider_name: 'duo',
		enabled: false,
		settings: {},
	}),
	notificationTemplate: () => ({
		subject: 'Check',
		from: 'check@example.com',
		to: { type: 'specified', email_addresses: ['check@example.com'] },
		enabled: false,
	}),
	phoneNumber: () => ({ n8n_check: true }),
	portRequest: ({ count }) => ({
		name: `check ${count}`,
		numbers: { [`+1415555${1000 + count}`]: {} },
		winning_carrier: 'check',
	}),
	rateLimit: () => RATE,
	skel: ({ count }) => ({ name: `check ${count}` }),
	storage: () => ({ attachments: {}, plan: {} }),
	timeOfDayRule: ({ count }) => ({ name: `check ${count}`, cycle: 'weekly', wdays: ['monday'] }),
	timeOfDayRuleSet: async (world) => ({
		name: `check ${world.count}`,
		temporal_rules: [await world.id('temporalRuleId')],
	}),
	user: ({ count }) => ({
		first_name: 'Check',
		last_name: String(count),
		username: `check${count}`,
		password: `Check-${count}-Passw0rd`,
		send_email_on_creation: false,
	}),
	voicemailBox: ({ count }) => ({ name: `check ${count}`, mailbox: String(3000 + count) }),
	webhook: ({ count }) => ({
		name: `check ${count}`,
		uri: 'https://n8n.example.com/check',
		http_verb: 'post',
		hook: 'channel_destroy',
		enabled: true,
	}),
	whiteLabel: ({ accountName }) => ({ domain: `phones.${accountName}.example.com`, company_name: 'Check' }),
};

/** Where a row of a resource wants another document than the others. */
const OF_ROWS: Readonly<Record<string, Maker>> = {
	'account.replace': ({ accountName }) => ({ name: accountName, realm: `${accountName}.example.com` }),
	'account.update': () => ({ timezone: 'Europe/Lisbon' }),
	'carrierSelector.replace': async (world) => ({
		name: 'check',
		selector: '1415',
		resource: await world.id('carrierId'),
	}),
	'contactList.addEntry': ({ count }) => ({ displayname: `check ${count}`, number: '+14155550188' }),
	'contactList.replaceEntry': ({ count }) => ({ displayname: `check ${count}`, number: '+14155550188' }),
	'contactList.updateEntry': ({ count }) => ({ displayname: `check ${count}` }),
	'rateLimit.replace': () => ({
		account: RATE,
		device: RATE,
	}),
};

/** The document for a row. */
export async function documentFor(resource: string, row: string, world: World): Promise<Document> {
	return await (OF_ROWS[`${resource}.${row}`] ?? DOCUMENTS[resource] ?? named)(world);
}
