/** docs/public/llms.txt: what there is to read, and every operation by resource, for programs that read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { areas } from './areas';

const DOCS = join(__dirname, '../../docs');

/** For people who build the package, or tables that say nothing to who uses it. */
const LEFT_OUT = ['decisions.md', 'n8n-abilities.md', 'real.md', 'real-kazoo-4.md', 'sandbox-coverage.md'];

/** The pages of a folder of docs/, by name. */
function pagesOf(folder: string): string[] {
	return readdirSync(join(DOCS, folder))
		.filter((file) => file.endsWith('.md') && !LEFT_OUT.includes(file))
		.sort()
		.map((file) => join(folder, file));
}

/** A page in a line: its title and its first sentence. */
function line(page: string): string {
	const text = readFileSync(join(DOCS, page), 'utf8');
	const title = /^# (.*)$/m.exec(text)?.[1] ?? page;
	const paragraph = text
		.split('\n')
		.slice(1)
		.find((words) => /^[A-Z_*“`0-9]/.test(words));
	const first = /^.*?[.:](?= |$)/.exec(plain(paragraph ?? ''))?.[0] ?? '';
	return `- [${title}](${page})${first ? `: ${first.replace(/:$/, '.')}` : ''}`;
}

const plain = (text: string): string => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[_*]/g, '');

export function llmsFile(): string {
	return [
		'# n8n-nodes-kazoo',
		'',
		'> n8n nodes for KAZOO, the open-source, multi-tenant telephone system: one action node with every operation of its REST API Crossbar, and four triggers. Each operation works as a tool of an AI agent.',
		'',
		'Made with `npm run catalogue -- --docs`. Operations are named as the editor shows them, `Resource: Operation`.',
		'',
		'## Pages',
		'',
		...pagesOf('.').map(line),
		'',
		'## Jobs',
		'',
		...pagesOf('jobs').map(line),
		'',
		'## Operations',
		'',
		...areas.flatMap(({ page, title, resources }) => [
			`### [${title}](operations/${page}.md)`,
			'',
			...resources.map(
				({ name, description, rows }) =>
					`- ${name} (${description}): ${rows.map((row) => row.name).join(', ')}`,
			),
			'',
		]),
	].join('\n');
}
