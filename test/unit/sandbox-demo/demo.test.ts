import { DEMO, seedDemo } from '../../../sandbox/demo';
import { validate, type Profile } from '../../../sandbox/schemas';
import { credentialHashes, Store, type Doc, type Fields } from '../../../sandbox/store/store';

/** 2026-11-23 18:00 UTC, in Gregorian seconds. */
const NOW = 63_962_676_000;
const CDRS = 401;

function seeded(profile: Profile, cdrs = CDRS): Store {
	const store = new Store(profile);
	seedDemo(store, { profile, cdrs, now: NOW });
	return store;
}

const shared = new Map<string, Store>();

/** The same, for tests that only look. */
function seen(profile: Profile, cdrs = CDRS): Store {
	const key = `${profile} ${cdrs}`;
	const store = shared.get(key) ?? seeded(profile, cdrs);
	shared.set(key, store);
	return store;
}

/** All documents by database and id, without revisions, which CouchDB makes anew every time. */
function contents(store: Store): Record<string, Fields> {
	const docs: Record<string, Fields> = {};
	for (const database of store.all()) {
		for (const doc of database.all()) {
			const { _rev: _, pvt_modified: __, ...rest } = doc;
			docs[`${database.name}/${doc._id}`] = rest;
		}
	}
	return docs;
}

/** Schema of each type of document. */
const SCHEMAS: Record<string, string | undefined> = {
	account: 'accounts',
	blacklist: 'blacklists',
	call_recording: 'call_recordings',
	callflow: 'callflows',
	cdr: 'cdrs',
	conference: 'conferences',
	device: 'devices',
	directory: 'directories',
	fax: 'faxes',
	faxbox: 'faxbox',
	group: 'groups',
	limits: 'limits',
	mailbox_message: 'vm_message_metadata',
	media: 'media',
	menu: 'menus',
	number: 'phone_numbers',
	port_request: 'port_requests',
	temporal_rule: 'temporal_rules',
	temporal_rule_set: 'temporal_rules_sets',
	user: 'users',
	vmbox: 'vmboxes',
	// Plans have no schema in KAZOO.
	queue: 'queues',
	acdc_call_stat: undefined,
	service_plan: undefined,
};

const publicOf = (doc: Doc): Fields =>
	Object.fromEntries(Object.entries(doc).filter(([key]) => !key.startsWith('_') && !key.startsWith('pvt_')));

const accounts = [DEMO.reseller, ...DEMO.customers];

describe('the demo tenant', () => {
	it('is the same every time, whatever the clock says', () => {
		const first = contents(seeded(4));
		const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000_000_000);
		const second = contents(seeded(4));
		clock.mockRestore();
		expect(Object.keys(first).length).toBeGreaterThan(CDRS + 200);
		expect(second).toEqual(first);
	});

	it.each([4, 5] as const)('has nothing that KAZOO %i would refuse, and no default missing', (profile) => {
		const store = seen(profile);
		for (const database of store.all()) {
			for (const doc of database.all()) {
				expect(SCHEMAS).toHaveProperty([doc.pvt_type]);
				const schema = SCHEMAS[doc.pvt_type];
				if (schema === undefined) continue;
				const fields = doc.pvt_type === 'mailbox_message' ? (doc.metadata as Fields) : publicOf(doc);
				const { doc: completed, errors } = validate(profile, schema, fields);
				expect({ doc: doc._id, schema, errors }).toEqual({ doc: doc._id, schema, errors: undefined });
				expect(completed).toEqual(fields);
			}
		}
	});

	it('lets everybody of DEMO in', () => {
		const store = seen(4, 0);
		for (const { id, name, realm, username, password } of [DEMO.master, ...accounts]) {
			expect(store.account(id)).toMatchObject({ name, realm });
			const user = store
				.database(id)
				.list('user')
				.find((one) => one.username === username);
			expect(user).toMatchObject({ priv_level: 'admin', ...credentialHashes(username, password) });
		}
		expect(store.account(DEMO.reseller.id)).toMatchObject({ pvt_api_key: DEMO.apiKey, pvt_reseller: true });
		expect(DEMO.apiKey).toMatch(/^[0-9a-f]{64}$/);
		expect(store.descendants(DEMO.reseller.id).map(({ _id }) => _id)).toEqual(
			DEMO.customers.map(({ id }) => id),
		);
	});

	it('names only what exists', () => {
		const store = seen(4);
		for (const { id: accountId } of accounts) {
			const database = store.database(accountId);
			const known = (id: unknown) =>
				expect({ id, found: database.get(String(id)) !== undefined }).toEqual({ id, found: true });
			for (const doc of database.all()) {
				const { custom_channel_vars: vars, call_recording: _, ...rest } = doc;
				const { owner_id, authorizing_id } = (vars ?? {}) as Fields;
				const ids = [owner_id, doc.pvt_type === 'cdr' && owner_id ? authorizing_id : undefined];
				const text = JSON.stringify(rest, (key, value) =>
					key === 'pvt_account_id' ? undefined : (value as unknown),
				);
				const inside = [
					...text.matchAll(/"(?:id|owner_id|media_id|greeting|source_id|faxbox_id|cdr_id)":"([^"]{32,})"/g),
				];
				for (const id of [...ids, ...inside.map(([, found]) => found)]) if (id !== undefined) known(id);
				for (const id of Object.keys(doc.directories ?? {})) known(id);
				for (const id of Object.values((doc.directories ?? {}) as Fields)) known(id);
				for (const id of doc.pvt_type === 'group' ? Object.keys(doc.endpoints as Fields) : []) known(id);
				for (const id of (doc.temporal_rules ?? []) as string[]) known(id);
			}
		}
	});

	it('routes all numbers that are in use, and has some that are not', () => {
		const store = seen(4, 0);
		for (const { id } of accounts) {
			const routed = store
				.database(id)
				.list('callflow')
				.flatMap((flow) => flow.numbers as string[]);
			const used = store.numbersOf(id).filter((number) => number.pvt_used_by === 'callflow');
			expect(new Set(used.map(({ _id }) => _id))).toEqual(
				new Set(routed.filter((number) => number.startsWith('+'))),
			);
			expect(new Set(routed).size).toBe(routed.length);
			const free = store
				.numbersOf(id)
				.filter((n) => n.pvt_state === 'in_service' && n.pvt_used_by === undefined);
			expect(free.length).toBeGreaterThan(1);
		}
	});

	it('uses only numbers kept for fiction', () => {
		const text = JSON.stringify(Object.values(contents(seen(4))));
		const numbers = new Set(text.match(/\+\d{8,15}/g));
		expect(numbers.size).toBeGreaterThan(100);
		const fiction = /^\+(1\d{3}55501\d\d|447700900\d{3}|442079460\d{3}|61491570\d{3})$/;
		expect([...numbers].filter((number) => !fiction.test(number))).toEqual([]);
	});

	it('makes as many CDRs as asked for, of the last 30 days, two a call', () => {
		const store = seen(4);
		const cdrs = store.database(DEMO.reseller.id).list('cdr');
		expect(cdrs).toHaveLength(CDRS);
		expect(new Set(cdrs.map((cdr) => cdr.interaction_id)).size).toBe(Math.ceil(CDRS / 2));
		for (const cdr of cdrs) {
			const age = NOW - Number(cdr.timestamp);
			expect(age).toBeGreaterThan(0);
			expect(age).toBeLessThan(31 * 86_400 + 3600);
			expect(cdr.billing_seconds !== 0).toBe(cdr.disposition === 'ANSWER');
		}
		expect(store.database(DEMO.customers[0].id).list('cdr')).toHaveLength(150);
		expect(seen(4, 7).database(DEMO.customers[0].id).list('cdr')).toHaveLength(7);
		expect(seen(4, 0).database(DEMO.reseller.id).list('cdr')).toHaveLength(0);
	});

	it('has sound in messages, recordings and prompts, as long as it says', () => {
		const store = seen(4);
		const database = store.database(DEMO.reseller.id);
		const withSound = ['mailbox_message', 'call_recording', 'media'].flatMap((type) => database.list(type));
		expect(withSound.length).toBeGreaterThan(15);
		for (const doc of withSound) {
			const [file] = [...database.attachments(doc._id).values()];
			const data = file?.data as Buffer;
			expect(data.toString('latin1', 0, 4) + data.toString('latin1', 8, 15)).toBe('RIFFWAVEfmt');
			expect(data.readUInt32LE(40)).toBe(data.length - 44);
			const seconds = (data.length - 44) / 16_000;
			if (doc.pvt_type === 'mailbox_message') expect((doc.metadata as Fields).length).toBe(seconds * 1000);
			if (doc.pvt_type === 'call_recording') expect(doc.duration).toBe(seconds);
			let loudest = 0;
			for (let at = 44; at < data.length; at += 2)
				loudest = Math.max(loudest, Math.abs(data.readInt16LE(at)));
			expect(loudest).toBeGreaterThan(5000);
			expect(loudest).toBeLessThan(32_767);
		}
	});

	it('has port requests in every state', () => {
		const states = seen(4, 0)
			.database('port_requests')
			.list('port_request')
			.map((port) => port.pvt_port_state);
		expect(new Set(states)).toEqual(
			new Set(['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected', 'completed', 'canceled']),
		);
	});
});
