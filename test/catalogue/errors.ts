/** The error messages of the package as a page for people, read from the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/** The sections of the page, by the beginning of a file's path; the longest that fits counts. */
const SECTIONS: ReadonlyArray<readonly [path: string, title: string]> = [
	['crossbar/errors/network', 'No answer came'],
	['crossbar/errors/foreign', 'Something else than Crossbar answered'],
	['crossbar/errors/login', 'The log-in fails'],
	['crossbar/errors/access', 'Not allowed, or not paid for'],
	['crossbar/errors/missing', 'Not found'],
	['crossbar/errors/requests', 'KAZOO refuses the request'],
	['crossbar/errors/validation', 'KAZOO refuses a field'],
	['crossbar/errors/server', 'KAZOO fails'],
	['crossbar/errors', 'Anything else'],
	['credentials', 'The credential'],
	['crossbar/http', 'Requests, files and the log-in'],
	['crossbar/operations', 'Fields, names, accounts and charges'],
	['crossbar/dispatch', 'Fields, names, accounts and charges'],
	['crossbar/catalogue', 'Fields, names, accounts and charges'],
	['nodes/Kazoo/', 'Fields, names, accounts and charges'],
	['crossbar/values', 'Numbers, dates, texts and JSON'],
	['crossbar/special', 'Single operations'],
	['crossbar/callflow', 'Callflows'],
	['crossbar/changes', 'Plans, Apply and Revert'],
	['crossbar/jobs/changePlan', 'Plans, Apply and Revert'],
	['crossbar/jobs', 'Whole jobs'],
	['crossbar/jobs/blueprint', 'Customer Blueprint'],
	['crossbar/jobs/people', 'On-Board and Off-Board'],
	['crossbar/jobs/openingHours', 'Opening Hours'],
	['crossbar/jobs/fleet', 'Fleet'],
	['crossbar/calls', 'Calls'],
	['crossbar/events', 'KAZOO Trigger'],
	['crossbar/webhooks', 'KAZOO Trigger'],
	['nodes/KazooTrigger', 'KAZOO Trigger'],
	['nodes/shared', 'KAZOO Trigger'],
	['crossbar/live', 'KAZOO Live Trigger'],
	['nodes/KazooLiveTrigger', 'KAZOO Live Trigger'],
	['crossbar/poll', 'KAZOO Poll Trigger'],
	['nodes/KazooPollTrigger', 'KAZOO Poll Trigger'],
	['crossbar/pivot', 'KAZOO Pivot Trigger and Pivot: Answer Call'],
	['nodes/KazooPivotTrigger', 'KAZOO Pivot Trigger and Pivot: Answer Call'],
];

/** What hints leave open that is always the same (`advice` in crossbar/errors/explain.ts). */
const KNOWN: Readonly<Record<string, string>> = {
	again: 'Try again in a while',
	unstored: 'Nothing was stored',
};

export interface ErrorMessage {
	/** Path of the source. */
	readonly file: string;
	/** What a person reads; … stands for what differs. */
	readonly message: string;
	/** What to do; empty where the message says it. */
	readonly todo: string;
	/** HTTP status, where it belongs to one. */
	readonly status: string;
}

/** All messages, in the order of the sources. */
export function errorMessages(): ErrorMessage[] {
	const files = ['crossbar', 'credentials', 'nodes'].flatMap((room) =>
		readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => `${room}/${file.replaceAll('\\', '/')}`)
			.sort(),
	);
	const sources = files.map((file) =>
		ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true),
	);
	// What other files export is written in capitals; any other name means something else in each of them
	const shared = sources.flatMap(textsOf).filter(([name]) => name === name.toUpperCase());
	return sources.flatMap((source) => messagesIn(source, new Map([...shared, ...textsOf(source)])));
}

/** The section of a file. @throws Error for a file that has messages and no section */
export function sectionOf(file: string): string {
	const fitting = SECTIONS.filter(([path]) => file.startsWith(path));
	const [longest] = fitting.sort(([one], [other]) => other.length - one.length);
	if (!longest) throw new Error(`${relative(ROOT, file)} is in no section of test/catalogue/errors.ts`);
	return longest[1];
}

/** docs/errors.md */
export function errorsPage(): string {
	const bySection = new Map<string, Set<string>>();
	for (const [, title] of SECTIONS) bySection.set(title, new Set());
	for (const { file, message, todo, status } of errorMessages())
		bySection.get(sectionOf(file))?.add(`| ${[status, cell(message), cell(todo)].join(' | ')} |`);
	const sections = [...bySection].filter(([, rows]) => rows.size > 0);
	const count = sections.reduce((sum, [, rows]) => sum + rows.size, 0);
	return [
		'# Error messages',
		'',
		`What the nodes say when something goes wrong, and the way out: ${count} messages. This page is read from the sources with \`npm run catalogue -- --docs\`; change it there.`,
		'',
		'An error has a first line (what happened, in which field) and a description below it: the server’s own words, what to do, the operation, and the request ID that finds it in the logs of the server. … stands for what differs: a name, a number, a field. Search this page for the words before it or behind it.',
		'',
		'A table’s third column is empty where the message itself says what to do.',
		'',
		...sections.flatMap(([title, rows]) => [
			`## ${title}`,
			'',
			'| HTTP | Message | What to do |',
			'| --- | --- | --- |',
			...rows,
			'',
		]),
	].join('\n');
}

/** Constants of a file that are texts, by name. */
function textsOf(source: ts.SourceFile): Array<[string, ts.Expression]> {
	return source.statements
		.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) => [...declarationList.declarations])
		.flatMap(
			({ name, initializer }): Array<[string, ts.Expression]> =>
				ts.isIdentifier(name) && initializer && isText(initializer) ? [[name.text, initializer]] : [],
		);
}

function isText(node: ts.Expression): boolean {
	return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node);
}

function messagesIn(source: ts.SourceFile, constants: ReadonlyMap<string, ts.Expression>): ErrorMessage[] {
	const found: ErrorMessage[] = [];
	const texts = (node: ts.Node | undefined): string[] => wordings(node, constants);
	const say = (text: string, todo = '', status = ''): void => {
		const message = tidy(text);
		if (isSaid(message)) found.push({ file: source.fileName, message, todo, status });
	};
	const add = (message: ts.Node | undefined, todo: ts.Node | undefined, status = ''): void => {
		const todos = texts(todo).map(tidy).filter(isSaid);
		for (const text of texts(message)) say(text, [...new Set(todos)].join(' / '), status);
	};
	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node)) {
			const [one, two, three] = node.arguments ?? [];
			const kind = node.expression.getText();
			if (kind === 'NodeOperationError') add(two, three && memberOf(three, 'description'));
			else if (/^(InvalidInput|InvalidDate|InvalidCredential|Stale|LiveFailure|Error)$/.test(kind))
				add(one, two);
		}
		if (ts.isCallExpression(node) && /\bwrong$/.test(node.expression.getText())) {
			const [one, two] = node.arguments;
			// Of a form they say the field and what is wrong with it, elsewhere what is wrong and what to do
			if (!source.fileName.startsWith('crossbar/jobs/people')) add(one, two);
			else if (two) for (const problem of texts(two)) say(`${texts(one)[0] ?? '…'}: ${problem}`);
		}
		if (ts.isObjectLiteralExpression(node)) {
			const happened = memberOf(node, 'happened') ?? memberOf(node, 'problem');
			const todo = memberOf(node, 'todo') ?? memberOf(node, 'whatToDo');
			if (happened) add(happened, todo, statusOf(memberOf(node, 'status')));
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function memberOf(node: ts.Node, name: string): ts.Expression | undefined {
	if (!ts.isObjectLiteralExpression(node)) return undefined;
	return node.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)
		?.initializer;
}

function statusOf(node: ts.Expression | undefined): string {
	if (!node) return '';
	return ts.isArrayLiteralExpression(node)
		? node.elements.map((element) => element.getText()).join(', ')
		: node.getText();
}

/** What an expression may say; … for what is not written down in it. */
function wordings(node: ts.Node | undefined, constants: ReadonlyMap<string, ts.Expression>): string[] {
	if (!node) return [];
	const again = (inner: ts.Node): string[] => wordings(inner, constants);
	if (ts.isStringLiteralLike(node)) return [filled(node.text)];
	if (ts.isConditionalExpression(node)) return [...again(node.whenTrue), ...again(node.whenFalse)];
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
		return [`${again(node.left)[0] ?? ''}${again(node.right)[0] ?? ''}`];
	if (ts.isTemplateExpression(node))
		return [
			filled(
				node.head.text +
					node.templateSpans
						.map(({ expression, literal }) => {
							const constant = ts.isIdentifier(expression) ? constants.get(expression.text) : undefined;
							return (constant ? (again(constant)[0] ?? '…') : '…') + literal.text;
						})
						.join(''),
			),
		];
	if (ts.isIdentifier(node) && constants.has(node.text)) return again(constants.get(node.text) as ts.Node);
	return ['…'];
}

/** Places of a hint: `{name}` is something that differs, and what stands in brackets may be missing. */
function filled(text: string): string {
	return text.replace(/\{(\w+)\}/g, (_, name: string) => KNOWN[name] ?? '…').replace(/\[([^[\]]*)\]/g, '$1');
}

function tidy(text: string): string {
	return text
		.replace(/\n/g, ' ')
		.replace(/…(\s*…)+/g, '…')
		.trim();
}

/** Whether it is more than what differs. */
function isSaid(text: string): boolean {
	return /\p{L}{3}/u.test(text.replace(/…/g, ''));
}

function cell(text: string): string {
	return text.replace(/([|<>*_`[\]])/g, '\\$1');
}
