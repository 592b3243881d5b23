/** What people read: links lead somewhere, examples parse, names are those of the editor, pictures are there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { catalogue, findRow } from '../../crossbar/catalogue';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { KazooLiveTrigger } from '../../nodes/KazooLiveTrigger/KazooLiveTrigger.node';
import { KazooPivotTrigger } from '../../nodes/KazooPivotTrigger/KazooPivotTrigger.node';
import { KazooPollTrigger } from '../../nodes/KazooPollTrigger/KazooPollTrigger.node';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { errorMessages, errorsPage } from '../catalogue/errors';
import { llmsFile } from '../catalogue/llms';
import { anchorOf } from '../catalogue/report';

const ROOT = join(__dirname, '../..');
const DOCS = join(ROOT, 'docs');
const PICTURES = join(DOCS, 'public/pictures');

/** Read once: it is all sources. */
const messages = errorMessages();

const read = (file: string): string => readFileSync(file, 'utf8');
/** Without what is code: there links and headings are none. */
const prose = (file: string): string =>
	read(file)
		.replace(/^```[\s\S]*?^```$/gm, '')
		.replace(/`[^`\n]*`/g, '');

const pages = [
	...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
	...readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md') && !file.startsWith('.vitepress'))
		.map((file) => join('docs', file)),
];
const jobs = readdirSync(join(DOCS, 'jobs')).filter((file) => file !== 'index.md');
const examples = readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));

/** What a heading is called in a link; the second of the same name has a number. */
function anchorsOf(file: string): Set<string> {
	const text = read(file).replace(/^```[\s\S]*?^```$/gm, '');
	const found = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id as string));
	for (const [, heading = ''] of text.matchAll(/^#{1,6} (.*)$/gm)) {
		const anchor = anchorOf(heading.replace(/<[^>]*>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
		let name = anchor;
		for (let count = 1; found.has(name); count++) name = `${anchor}-${count}`;
		found.add(name);
	}
	return found;
}

describe.each(pages)('%s', (page) => {
	const file = join(ROOT, page);

	it('has no dead link', () => {
		const dead: string[] = [];
		for (const [, link = ''] of prose(file).matchAll(/\]\(([^)\s]+)\)/g)) {
			if (/^[a-z]+:/.test(link)) continue;
			const [path = '', anchor] = link.split('#');
			const target = path === '' ? file : join(dirname(file), path);
			if (!existsSync(target)) dead.push(link);
			else if (anchor !== undefined && !anchorsOf(target).has(anchor)) dead.push(link);
		}
		expect(dead).toEqual([]);
	});

	it('has JSON that can be read', () => {
		for (const [, json = ''] of read(file).matchAll(/^```json\n([\s\S]*?)^```$/gm))
			expect(() => JSON.parse(json) as unknown).not.toThrow();
	});
});

/** Labels of fields, as the editor shows them, each with the names of its choices, none where it is filled in freely. */
function fieldsIn(properties: readonly INodeProperties[]): Array<readonly [string, readonly string[]]> {
	return properties.flatMap(({ displayName, options = [] }) => [
		[displayName, options.flatMap((option) => ('value' in option ? [option.name] : []))] as const,
		...options.flatMap((option) =>
			'values' in option ? fieldsIn(option.values) : 'displayName' in option ? fieldsIn([option]) : [],
		),
	]);
}

const fields = new Map<string, Set<string>>();
for (const [label, choices] of fieldsIn([
	...new CrossbarApi().properties,
	...[Kazoo, KazooTrigger, KazooLiveTrigger, KazooPollTrigger, KazooPivotTrigger].flatMap(
		(Node) => new Node().description.properties,
	),
]))
	fields.set(label, new Set([...(fields.get(label) ?? []), ...choices]));

/** n8n's own fields. */
const N8N = new Set(['On Error', 'Resume']);

/** Whether the editor shows it so: an operation, a field with one of its choices, or an error. */
function isShown(text: string): boolean {
	const [name = '', rest = ''] = text.split(': ');
	const resource = catalogue.find((one) => one.name === name);
	const choices = fields.get(name);
	return (
		N8N.has(name) ||
		fields.has(text) ||
		(resource?.rows.some((row) => row.name === rest) ?? false) ||
		(choices?.has(rest) ?? false) ||
		// Choices that come from the server
		(resource === undefined && choices?.size === 0) ||
		isMessage(text) ||
		// A form says the field before what is wrong with it
		isMessage(rest)
	);
}

describe('pages of jobs', () => {
	it('are listed, and at least 15', () => {
		const listed = [...read(join(DOCS, 'jobs/index.md')).matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, to]) => to);
		expect(listed.sort()).toEqual([...jobs].sort());
		expect(jobs.length).toBeGreaterThanOrEqual(15);
	});

	it.each(jobs)(
		'%s has a picture, a workflow, and says what is needed, what can go wrong and the way back',
		(job) => {
			const text = read(join(DOCS, 'jobs', job));
			expect(text).toMatch(/^# .+\n\n[A-Z].+\n\n!\[[^\]]+\]\(\.\.\/public\/pictures\/[\w-]+\.png\)$/m);
			expect(text).toMatch(/^\*\*Workflows? to import:\*\* .*\(\.\.\/\.\.\/examples\/[\w-]+\.json\)/m);
			expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
				'Rights',
				'How it goes',
				'What can go wrong',
				'How to take it back',
			]);
		},
	);

	it('lead to every example', () => {
		const text = jobs.map((job) => read(join(DOCS, 'jobs', job))).join('\n');
		expect(examples.filter((example) => !text.includes(`(../../examples/${example})`))).toEqual([]);
	});
});

/** Pages of which each word is written by hand for who uses the nodes. */
const guides = [...jobs.map((job) => `jobs/${job}`), 'install.md', 'rights.md', 'troubleshooting.md'];

it.each(guides)('%s names operations and fields as the editor does', (page) => {
	const italics = [...prose(join(DOCS, page)).matchAll(/(?<!\w)_([^_\n]+)_(?!\w)/g)].map(
		([, text = '']) => text,
	);
	const unknown = italics.filter((text) => text.includes(': ') && !isShown(text));
	expect(unknown).toEqual([]);
});

/** Whether a text stands among the messages, what differs left out of both. */
function isMessage(text: string): boolean {
	const words = (message: string): string => message.replace(/…|“|”/g, ' ').replace(/\s+/g, ' ').trim();
	return messages.some(({ message }) => words(text).startsWith(words(message).slice(0, 20)));
}

describe('pictures', () => {
	const shown = pages.flatMap((page) =>
		[...read(join(ROOT, page)).matchAll(/!\[[^\]]*\]\(([^)]+\.png)\)/g)].map(([, path = '']) =>
			relative(PICTURES, join(ROOT, dirname(page), path)),
		),
	);

	it('are there, and each is shown somewhere', () => {
		expect([...new Set(shown)].sort()).toEqual(readdirSync(PICTURES).sort());
	});

	it('are small', () => {
		const sizes = readdirSync(PICTURES).map((file) => ({ file, bytes: statSync(join(PICTURES, file)).size }));
		expect(sizes.filter(({ bytes }) => bytes > 120_000)).toEqual([]);
		expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(3_000_000);
	});
});

interface Workflow {
	readonly name: string;
	readonly nodes: ReadonlyArray<{ name: string; type: string; parameters: INodeParameters }>;
}

const isLocator = (value: unknown): value is { mode: string } =>
	typeof value === 'object' && value !== null && '__rl' in value;

describe('examples', () => {
	const { description } = new Kazoo();
	const workflows = examples.map((file): [string, Workflow] => [
		file,
		JSON.parse(read(join(ROOT, 'examples', file))) as Workflow,
	]);

	it('are at least 18, each with a name of its own', () => {
		expect(workflows.length).toBeGreaterThanOrEqual(18);
		expect(new Set(workflows.map(([, { name }]) => name)).size).toBe(workflows.length);
	});

	it.each(workflows)(
		'%s has a note with its words, operations that exist, and no code that asks KAZOO',
		(_, workflow) => {
			const notes = workflow.nodes.filter(({ type }) => type.endsWith('stickyNote'));
			expect(notes).toHaveLength(1);
			expect(String(notes[0]?.parameters.content)).toMatch(/^## .+\n/);
			for (const { type, parameters } of workflow.nodes) {
				const { resource, operation, jsCode } = parameters;
				if (/\.kazoo(Tool)?$/.test(type)) {
					expect(findRow(String(resource), String(operation))).toBeDefined();
					const node: INode = { id: '', name: '', type, typeVersion: 1, position: [0, 0], parameters };
					expect(NodeHelpers.getNodeParametersIssues(description.properties, node, description)).toBeNull();
				}
				if (type.endsWith('.code')) expect(jsCode).not.toMatch(/httpRequest|fetch\(|\/v2\//);
			}
		},
	);

	it('give what is not chosen from a list in a way that the form has', () => {
		const modes = new Map(
			description.properties.flatMap(({ name, type, modes: all = [] }) =>
				type === 'resourceLocator' ? [[name, all.map((mode) => mode.name)] as const] : [],
			),
		);
		const given = workflows.flatMap(([file, { nodes }]) =>
			nodes
				.filter(({ type }) => /\.kazoo(Tool)?$/.test(type))
				.flatMap(({ parameters }) =>
					Object.entries(parameters).flatMap(([name, value]) =>
						isLocator(value) ? [{ file, name, mode: value.mode, known: modes.get(name) }] : [],
					),
				),
		);
		expect(given.length).toBeGreaterThan(20);
		expect(given.filter(({ mode, known }) => !known?.includes(mode))).toEqual([]);
	});

	it('are listed in README.md', () => {
		const readme = read(join(ROOT, 'README.md'));
		expect(examples.filter((example) => !readme.includes(`(examples/${example})`))).toEqual([]);
	});
});

describe('what is made from the sources', () => {
	it('errors.md has every message', () => {
		expect(messages.length).toBeGreaterThan(400);
		expect(read(join(DOCS, 'errors.md')) === errorsPage()).toBe(true);
	});

	it('llms.txt has every page and operation', () => {
		expect(read(join(DOCS, 'public/llms.txt')) === llmsFile()).toBe(true);
	});
});
