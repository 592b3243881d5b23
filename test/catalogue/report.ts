/** The catalogue as rows for programs and as a page for people. */
import { catalogue } from '../../crossbar/catalogue';
import { exceptions } from '../../crossbar/catalogue/exceptions';
import type { Fields, Row } from '../../crossbar/catalogue/notation';
import type { Area } from './areas';
import { areas } from './areas';
import { offered, older } from './coverage';

export interface ReportedRow {
	readonly resource: string;
	readonly operation: string;
	readonly scope?: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly method: string;
	readonly path: string;
	readonly versions: readonly number[];
	readonly needs?: string;
	readonly document?: string;
	readonly special?: string;
	readonly also?: readonly string[];
	readonly fields: ReadonlyArray<{ name: string; in: string; type: string; required: boolean }>;
}

/** All operations, one entry for each path. */
export function reportRows(): ReportedRow[] {
	return offered().map(({ resource, row, scope, method, path }) => ({
		resource: resource.value,
		operation: row.value,
		...(scope === undefined ? {} : { scope }),
		name: row.name,
		action: row.action,
		description: row.description,
		method,
		path,
		versions: row.version === undefined ? [4, 5] : [row.version],
		...(row.needs === undefined ? {} : { needs: row.needs }),
		...(row.document === undefined ? {} : { document: row.document }),
		...(row.via === undefined ? {} : { special: row.via }),
		...(row.also === undefined ? {} : { also: row.also }),
		fields: [
			...fieldsOf('query', row.query),
			...fieldsOf('body', row.body),
			...fieldsOf('argument', row.arguments),
		],
	}));
}

function fieldsOf(place: string, fields: Fields = {}): ReportedRow['fields'][number][] {
	return Object.entries(fields).map(([name, field]) => ({
		name,
		in: place,
		type: field.type,
		required: field.required === true,
	}));
}

const MADE = 'This page is made from the catalogue with `npm run catalogue -- --docs`; change it there.';

/** docs/operations/index.md: the areas and all resources, and what holds for all. */
function operationsIndex(): string {
	const operations = catalogue.reduce((sum, { rows }) => sum + rows.length, 0);
	return [
		'# Operations',
		'',
		`${operations} operations in ${catalogue.length} resources. ${MADE}`,
		'',
		'What comes back, where the table says nothing else:',
		'',
		'- _Get_, _Create_, _Create or Update_, _Update_, _Replace_: one item, the record as KAZOO has it now.',
		'- _Get Many_ and other lists: an item for each record; _Limit_ or _Return All_ says how many.',
		'- _Delete_: `deleted: true`, and the ID where KAZOO names it.',
		'- _Download_, _Export_: one item with the file as binary data.',
		'- Orders to phones and calls (channels, conferences, presence, agents): what KAZOO confirms, under `result`. It',
		'  confirms that it passed the order on, not that it was obeyed.',
		'',
		'The column _Access_ is what the credential has to allow ([rights](../rights.md)): `read`, `change` or `delete`.',
		'The last column says which generation of KAZOO has the operation. Where two requests stand in a row, the field',
		'_Scope_ chooses between them.',
		'',
		...areas.flatMap(({ page, title, about, resources }) => [
			`## ${title}`,
			'',
			`${about}: [${title}](${page}.md).`,
			'',
			...resources.map(({ name, rows }) => `- [${name}](${page}.md#${anchorOf(name)}) (${rows.length})`),
			'',
		]),
		'## Older ways',
		'',
		'Requests that do the same as an operation above and are never sent.',
		'',
		'| Request | Operation |',
		'| --- | --- |',
		...older().map(
			({ resource, row, route }) => `| ${code(route)} | ${cell(`${resource.name}: ${row.name}`)} |`,
		),
		'',
		'## Left out on purpose',
		'',
		'| Operation | Why |',
		'| --- | --- |',
		...exceptions.map(({ operation, reason }) => `| ${code(operation)} | ${cell(reason)} |`),
		'',
	].join('\n');
}

/** docs/operations/AREA.md: every operation of an area in a table for each resource. */
function areaPage({ title, about, resources }: Area): string {
	const sections = resources.map(({ name, description, keywords = [], rows }) => {
		const common = inAll(rows.map(warnings));
		return [
			`## ${name}`,
			'',
			`${description}.`,
			...(common ? ['', `*${common}.*`] : []),
			...(keywords.length > 0 ? ['', `Also found as: ${keywords.join(', ')}.`] : []),
			'',
			'| Operation | What it does | Request | Access | KAZOO |',
			'| --- | --- | --- | --- | --- |',
			...rows.map((row) => tableRow(row, common)),
			'',
		].join('\n');
	});
	return [
		`# ${title}`,
		'',
		`${about}. ${MADE} What holds for all operations stands in the [list of all](index.md).`,
		'',
		...resources.map(({ name, rows }) => `- [${name}](#${anchorOf(name)}) (${rows.length})`),
		'',
		...sections,
	].join('\n');
}

/** docs/operations/: every operation, a page an area, by the name of the file. */
export function operationsPages(): ReadonlyMap<string, string> {
	return new Map([
		['index.md', operationsIndex()],
		...areas.map((area): [string, string] => [`${area.page}.md`, areaPage(area)]),
	]);
}

/** The name that a heading has in a link, as GitHub makes it. */
export function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replace(/\s/g, '-');
}

/** What one must know before running an operation. */
function warnings({ hint, needs }: Row): string {
	return [hint, needs && `Needs: ${needs}`].filter(Boolean).join('. ');
}

/** The text when it is the same in all of several places. */
function inAll(texts: readonly string[]): string | undefined {
	return texts.length > 1 && texts.every((text) => text === texts[0]) ? texts[0] : undefined;
}

function tableRow(row: Row, common?: string): string {
	const [method, path] = row.route.split(' ');
	const requests = [path, ...Object.values(row.scopes ?? {})].map((entry) => code(`${method} ${entry}`));
	const request = row.via === 'customCall' ? 'yours' : row.local ? 'none' : requests.join('<br>');
	const hint = warnings(row);
	const words = hint && hint !== common ? `${row.description}. *${hint}.*` : `${row.description}.`;
	return `| ${cell(row.name)} | ${cell(words)} | ${request} | ${accessOf(row)} | ${row.version ?? '4, 5'} |`;
}

/** What the credential's Access has to allow. */
function accessOf({ route, writes, local, via }: Row): string {
	if (local) return 'none';
	if (via === 'customCall') return 'yours';
	if (route.startsWith('GET ') && !writes) return 'read';
	return route.startsWith('DELETE ') ? 'delete' : 'change';
}

function code(text: string): string {
	return `\`${text.replace(/\|/g, '\\|')}\``;
}

function cell(text: string): string {
	return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
