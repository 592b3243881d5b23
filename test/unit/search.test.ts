/**
 * What people type to find what they want (`test/words.json`, each with the resource that is meant), in the three places
 * where n8n lets them: its search of nodes, the list of a node's actions, in which a browser looks for text, and the
 * list of resources. `test/e2e/firstHour.mjs` does the same in n8n's editor.
 */
import { sublimeSearch } from '@n8n/utils/dist/search/sublime-search';

import { byUse } from '../../crossbar/catalogue';
import { searchableAction, searchableName } from '../../crossbar/catalogue/notation';
import codex from '../../nodes/Kazoo/Kazoo.node.json';
import words from '../words.json';

/** As the node creator does it. */
const KEYS = [
	{ key: 'properties.displayName', weight: 1.3 },
	{ key: 'properties.codex.alias', weight: 1 },
];

const node = { properties: { displayName: 'KAZOO', codex: { alias: codex.alias } } };

/** Text in which one looks, and whose it is. */
interface Entry {
	resource: string;
	text: string;
}

const actions: Entry[] = byUse.flatMap(({ value, rows }) =>
	rows.map((row) => ({ resource: value, text: searchableAction(row) })),
);
const names: Entry[] = byUse.map((resource) => ({
	resource: resource.value,
	text: searchableName(resource),
}));

const found = (typed: string, entries: Entry[]): string[] =>
	entries
		.filter(({ text }) => text.toLowerCase().includes(typed.toLowerCase()))
		.map(({ resource }) => resource);

/** A few letters stand in many words. */
const places = (typed: string): number => (typed.length > 4 ? 3 : actions.length);

describe.each(words as Array<[string, string]>)('“%s”', (typed, resource) => {
	it('finds the node', () => {
		expect(codex.alias.some((alias) => alias.toLowerCase().includes(typed.toLowerCase()))).toBe(true);
		expect(sublimeSearch(typed.toLowerCase(), [node], KEYS)).toHaveLength(1);
	});

	it('stands in an action', () => {
		expect(found(typed, actions).slice(0, places(typed))).toContain(resource);
	});

	it('leads to no other resource', () => {
		const resources = found(typed, names);
		if (resources.length > 0) expect(resources.slice(0, 3)).toContain(resource);
	});
});

it('finds most things by the names of resources', () => {
	const without = (words as Array<[string, string]>).filter(([typed]) => found(typed, names).length === 0);
	// What is done with a thing stands in the list of its operations
	expect(without.length).toBeLessThan(words.length * 0.4);
});

it('a name with what else people call it fits in a line', () => {
	expect(names.filter(({ text }) => text.length > 46).map(({ text }) => text)).toEqual([]);
});
