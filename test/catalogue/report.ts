/** The catalogue as rows for programs and as a page for people. */
import { catalogue } from '../../crossbar/catalogue';
import { exceptions } from '../../crossbar/catalogue/exceptions';
import type { Fields, Row } from '../../crossbar/catalogue/notation';
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

/** docs/operations.md: every operation in a table for each resource. */
export function operationsPage(): string {
	const operations = catalogue.reduce((sum, { rows }) => sum + rows.length, 0);
	const contents = catalogue.map(({ name, rows }) => `- [${name}](#${anchorOf(name)}) (${rows.length})`);
	const sections = catalogue.map(({ name, description, keywords = [], rows }) =>
		[
			`## ${name}`,
			'',
			`${description}.`,
			...(keywords.length > 0 ? ['', `Also found as: ${keywords.join(', ')}.`] : []),
			'',
			'| Operation | What it does | Request | KAZOO |',
			'| --- | --- | --- | --- |',
			...rows.map(tableRow),
			'',
		].join('\n'),
	);
	return [
		'# Operations',
		'',
		`${operations} operations in ${catalogue.length} resources. This page is made from the catalogue with`,
		'`npm run catalogue -- --docs`; change it there.',
		'',
		...contents,
		'',
		...sections,
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

/** The name that a heading has in a link, as GitHub makes it. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replace(/\s/g, '-');
}

function tableRow(row: Row): string {
	const [method, path] = row.route.split(' ');
	const requests = [path, ...Object.values(row.scopes ?? {})].map((entry) => code(`${method} ${entry}`));
	const request = row.via === 'customCall' ? 'yours' : row.local ? 'none' : requests.join('<br>');
	const hint = [row.hint, row.needs && `Needs: ${row.needs}`].filter(Boolean).join('. ');
	const words = hint ? `${row.description}. *${hint}.*` : `${row.description}.`;
	return `| ${cell(row.name)} | ${cell(words)} | ${request} | ${row.version ?? '4, 5'} |`;
}

function code(text: string): string {
	return `\`${text.replace(/\|/g, '\\|')}\``;
}

function cell(text: string): string {
	return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
