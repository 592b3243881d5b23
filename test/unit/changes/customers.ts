/** Random customers as blueprints: whatever points at something points at what the same customer has. */
import fc from 'fast-check';

type Document = Record<string, unknown>;

const some = (most: number) => fc.nat({ max: most });
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const words = fc.constantFrom('Ana', 'Ben', 'Cleo', 'Zoë', '“Q”', 'a <b>', '$&', 'O’Neil');

/** How many there are of each kind, and a source of choices for all that they say. */
const shape = fc.record({
	users: some(4),
	devices: some(3),
	boxes: some(3),
	menus: some(2),
	rules: some(2),
	groups: some(2),
	directories: some(2),
	blocks: some(2),
	numbers: some(2),
	callflows: some(4),
	pick: fc.infiniteStream(fc.nat({ max: 1000 })),
	word: fc.infiniteStream(words),
});

/** All kinds that these customers have something of, so that nothing that goes is still pointed at. */
export const customers: fc.Arbitrary<Document> = shape.map(({ pick, word, ...count }) => {
	const next = (below: number): number => Number(pick.next().value) % below;
	const text = (): string => String(word.next().value);
	const maybe = (): boolean => next(2) === 0;
	const user = (index: number): string => `user${index}`;
	const anybody = (): string | null => (count.users > 0 && maybe() ? user(next(count.users)) : null);
	const step = (flow: number): Document => {
		const targets: Document[] = [
			...(count.users > 0 ? [{ module: 'user', data: { id: user(next(count.users)) } }] : []),
			...(count.boxes > 0 ? [{ module: 'voicemail', data: { id: `${200 + next(count.boxes)}` } }] : []),
			...(count.menus > 0 ? [{ module: 'menu', data: { id: `Menu ${next(count.menus)}` } }] : []),
			...(flow > 0 ? [{ module: 'callflow', data: { id: `${100 + next(flow)}` } }] : []),
			{ module: 'hangup', data: {} },
		];
		return { ...targets[next(targets.length)], children: maybe() ? { _: step(0) } : {} };
	};
	return {
		account: {
			timezone: ['UTC', 'Europe/Berlin'][next(2)],
			blacklists: range(count.blocks).map((index) => `Block ${index}`),
			...(maybe() ? { language: 'en-us' } : {}),
		},
		users: range(count.users).map((index) => ({
			username: user(index),
			first_name: text(),
			last_name: `${text()} ${index}`,
			enabled: maybe(),
			call_forward: maybe() ? { enabled: maybe(), number: '100' } : null,
			directories:
				count.directories > 0 && count.callflows > 0
					? { [`Directory ${next(count.directories)}`]: `${100 + next(count.callflows)}` }
					: {},
		})),
		devices: range(count.devices).map((index) => ({
			name: `Phone ${index}`,
			mac_address: `02:00:00:00:00:0${index}`,
			owner_id: anybody(),
			...(maybe() ? { sip: { expire_seconds: next(300), method: 'ip', ip: '192.0.2.1' } } : {}),
		})),
		voicemail_boxes: range(count.boxes).map((index) => ({
			name: text(),
			mailbox: `${200 + index}`,
			owner_id: anybody(),
		})),
		menus: range(count.menus).map((index) => ({ name: `Menu ${index}`, retries: next(5) })),
		time_of_day_rules: range(count.rules).map((index) => ({
			name: `Rule ${index}`,
			wdays: maybe() ? ['monday'] : ['friday', 'monday'],
		})),
		time_of_day_rule_sets: range(count.rules).map((index) => ({
			name: `Set ${index}`,
			temporal_rules: range(index + 1).map((rule) => `Rule ${rule}`),
		})),
		groups: range(count.groups).map((index) => ({
			name: `Group ${index}`,
			endpoints: Object.fromEntries(
				range(count.users)
					.filter(maybe)
					.map((member) => [user(member), { type: 'user', weight: next(9) }]),
			),
		})),
		directories: range(count.directories).map((index) => ({ name: `Directory ${index}`, min_dtmf: next(5) })),
		block_lists: range(count.blocks).map((index) => ({
			name: `Block ${index}`,
			numbers: { [`+4930${next(100)}`]: {} },
		})),
		phone_numbers: range(count.numbers).map((index) => ({
			id: `+1415555017${index}`,
			cnam: { text: text() },
		})),
		callflows: range(count.callflows).map((index) => ({
			name: text(),
			numbers: [`${100 + index}`, ...(index < count.numbers ? [`+1415555017${index}`] : [])],
			flow: step(index),
		})),
	};
});

/** A job of thirty changes, some of which have to wait for others. */
export const THIRTY: Document = {
	account: { timezone: 'Europe/Berlin', blacklists: ['Bad'] },
	users: ['ana', 'ben', 'cleo', 'dan', 'eve', 'fay'].map((username, index) => ({
		username,
		first_name: username,
		last_name: 'Ames',
		...(index < 2 ? { directories: { Company: `${101 + index}` } } : {}),
	})),
	devices: ['ana', 'ben', 'cleo', 'dan'].map((owner) => ({ name: `${owner} desk`, owner_id: owner })),
	voicemail_boxes: ['ana', 'ben', 'cleo', 'dan'].map((owner, index) => ({
		name: owner,
		mailbox: `${101 + index}`,
		owner_id: owner,
	})),
	menus: [{ name: 'Main' }],
	time_of_day_rules: [{ name: 'Open', cycle: 'weekly', wdays: ['monday'] }],
	time_of_day_rule_sets: [{ name: 'Hours', temporal_rules: ['Open'] }],
	groups: [{ name: 'Sales', endpoints: { ana: { type: 'user' }, ben: { type: 'user' } } }],
	directories: [{ name: 'Company' }],
	conferences: [{ name: 'Room' }, { name: 'Hall' }],
	block_lists: [{ name: 'Bad', numbers: { '+49301': {} } }],
	callflows: [
		...['ana', 'ben', 'cleo', 'dan'].map((owner, index) => ({
			name: owner,
			numbers: [`${101 + index}`],
			flow: { module: 'user', data: { id: owner }, children: {} },
		})),
		{
			name: 'Main',
			numbers: ['199'],
			flow: {
				module: 'menu',
				data: { id: 'Main' },
				children: { '1': { module: 'callflow', data: { id: '101' } } },
			},
		},
	],
};
