/** What people type into n8n's node creator, with n8n's own search: first among all nodes, then among our actions. */
import { sublimeSearch } from '@n8n/utils/dist/search/sublime-search';

import { catalogue } from '../../crossbar/catalogue';
import { searchableAction } from '../../crossbar/catalogue/notation';
import codex from '../../nodes/Kazoo/Kazoo.node.json';

/** As the node creator does it: an action is found by its own words only. */
const KEYS = [
	{ key: 'properties.displayName', weight: 1.3 },
	{ key: 'properties.codex.alias', weight: 1 },
];

const node = { properties: { displayName: 'KAZOO', codex: { alias: codex.alias } } };
const actions = catalogue.flatMap((resource) =>
	resource.rows.map((row) => ({
		resource: resource.value,
		properties: { displayName: searchableAction(row) },
	})),
);

/** The words of telephone people, and the resource that they mean. */
const WORDS: Array<[string, string]> = [
	['active calls', 'channel'],
	['auto attendant', 'menu'],
	['barge in', 'queue'],
	['BLF', 'presence'],
	['block caller', 'blockList'],
	['business hours', 'timeOfDayRule'],
	['buy number', 'phoneNumber'],
	['call forwarding', 'user'],
	['call history', 'cdr'],
	['call park', 'parkedCall'],
	['call queue', 'queue'],
	['call recording', 'recording'],
	['caller ID', 'user'],
	['click to call', 'clickToCall'],
	['CNAM', 'phoneNumber'],
	['conference', 'conference'],
	['CSV', 'bulkTask'],
	['DND', 'user'],
	['do not disturb', 'user'],
	['e911', 'phoneNumber'],
	['email template', 'notificationTemplate'],
	['emergency address', 'phoneNumber'],
	['export call', 'cdr'],
	['fax', 'fax'],
	['greeting', 'media'],
	['hang up', 'channel'],
	['holiday', 'timeOfDayRule'],
	['hunt', 'group'],
	['hunt group', 'group'],
	['IVR', 'menu'],
	['log in agent', 'agent'],
	['make call', 'quickcall'],
	['music on hold', 'media'],
	['office hours', 'timeOfDayRule'],
	['originate', 'quickcall'],
	['page group', 'group'],
	['port number', 'portRequest'],
	['reboot', 'device'],
	['restart phone', 'device'],
	['ring group', 'group'],
	['SIP trunk', 'carrier'],
	['SMS', 'message'],
	['text message', 'message'],
	['top up', 'service'],
	['transfer call', 'channel'],
	['voicemail', 'voicemailBox'],
	['wallboard', 'queue'],
	['block number', 'blockList'],
	['call report', 'cdr'],
	['company directory', 'directory'],
	['find me', 'user'],
	['fraud', 'limit'],
	['missed call', 'cdr'],
	['new customer', 'account'],
	['offline', 'device'],
	['phone status', 'device'],
	['suspend', 'account'],
	['voicemail to email', 'voicemailBox'],
	['bank holiday', 'openingHours'],
	['move number', 'phoneNumber'],
	['night mode', 'openingHours'],
	['opening hours', 'openingHours'],
	['port', 'portRequest'],
];

/** Of a few letters n8n finds many things that hold them one by one. */
const places = (words: string): number => (words.length > 4 ? 3 : actions.length);

describe.each(WORDS)('“%s”', (words, resource) => {
	it('finds the node', () => {
		expect(codex.alias.some((alias) => alias.toLowerCase().includes(words.toLowerCase()))).toBe(true);
		expect(sublimeSearch(words.toLowerCase(), [node], KEYS)).toHaveLength(1);
	});

	it('finds the right action', () => {
		const found = sublimeSearch(words.toLowerCase(), actions, KEYS).slice(0, places(words));
		expect(found.map(({ item }) => item.resource)).toContain(resource);
		const meant = actions.filter((action) => action.resource === resource);
		const literally = new RegExp(words.split(' ').join('.*'), 'i');
		expect(meant.some(({ properties }) => literally.test(properties.displayName))).toBe(true);
	});
});
