/**
 * The schemas by which n8n's editor shows what an operation gives before it has run, so that fields can be dragged at
 * once: `npx tsx test/catalogue/outputSchemas.ts FOLDER` writes `v1.0.0/<resource>/<operation>.json` there, the build
 * into `dist/nodes/Kazoo/__schema__`.
 *
 * Each row is run through the node against sandboxes of both generations of KAZOO: in a new account with what the rows
 * make themselves, and, where it only reads, in a customer of the demo. What came is the schema; a document has the
 * fields besides that KAZOO's own schema of it names.
 */
import '../node/harness/environment';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../../crossbar/catalogue/notation';
import { allRows, documentProperties } from './outputDocuments';
import { joined, schemaOf, type OutputSchema } from './outputSchema';

/** The folder of a version of the node, as n8n asks for it: filled up to three places. */
const VERSION = 'v1.0.0';
/** Records of a call leg or two are enough of a list to see its fields. */
const CDRS = 30;
/** Milliseconds until somebody has answered a call. */
const TO_ANSWER = 3_000;

/** The items of each row, by `<resource>.<operation>`. */
export type Heard = Map<string, IDataObject[]>;

/**
 * What came of each row of a generation in its sandbox, in a new account and in a customer of the demo: KAZOO 5's are
 * those that only it has.
 */
export async function heardOf(profile: 4 | 5): Promise<Heard> {
	// The engine's modules load after its environment is set
	const [{ makeAccount }, { openGuard }, { tryRows }, { CredentialStore }, { CrossbarApi }, { sandboxOf }] =
		await Promise.all([
			import('../real/account'),
			import('../real/guard'),
			import('../real/rows'),
			import('../node/harness/credentials'),
			import('../../credentials/CrossbarApi.credentials'),
			import('../real/check'),
		]);
	const sandbox = await sandboxOf(String(profile), CDRS);
	const guard = await openGuard(sandbox.server);
	const heard: Heard = new Map();
	try {
		const account = await makeAccount(guard, sandbox.key);
		const setting = {
			guard,
			credentials: new CredentialStore({
				type: new CrossbarApi(),
				data: { serverUrl: guard.url, login: 'apiKey', apiKey: sandbox.key },
			}),
			alone: true,
			sandbox: true,
			only: '',
			signal: new AbortController().signal,
			report: () => undefined,
			hear: (
				{ resource, row }: { resource: { value: string }; row: { value: string } },
				items: readonly IDataObject[],
			): void => {
				const name = `${resource.value}.${row.value}`;
				if (items.some((item) => Object.keys(item).length > 0))
					heard.set(name, [...(heard.get(name) ?? []), ...items]);
			},
		};
		// What both generations have, one of them shows
		const isOfThis = ({ row }: { row: Row }): boolean => (row.version === 5) === (profile === 5);
		await tryRows({ ...setting, account, chosen: isOfThis });
		await startCall(sandbox.server);
		for (const [index, customer] of sandbox.customers.entries()) {
			guard.own.add(customer.id);
			await tryRows({
				...setting,
				account: { ...account, ...customer },
				// What one customer has to show, the others need not show again
				chosen: (one) =>
					one.method === 'GET' &&
					isOfThis(one) &&
					(index === 0 || !heard.has(`${one.resource.value}.${one.row.value}`)),
			});
		}
	} finally {
		await guard.close();
		await sandbox.close();
	}
	return heard;
}

/** Somebody calls a customer of the demo and talks: what lists calls that go on has one. */
async function startCall(server: string): Promise<void> {
	await fetch(`${server}/sandbox/calls`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			from: '+15005550142',
			to: '+14155550104',
			steps: ['answer', { do: 'hangUp', after: 3600 }],
		}),
	});
	await sleep(TO_ANSWER);
}

/** The schema of each row that has one: from what came of it, and of documents from KAZOO's schema besides. */
export function outputSchemas(heard: readonly Heard[]): Map<string, OutputSchema> {
	const schemas = new Map<string, OutputSchema>();
	for (const { name, row, document } of allRows()) {
		const items = heard.flatMap((one) => one.get(name) ?? []);
		const told = schemaOf(items);
		const known = document === undefined ? undefined : documentProperties(document);
		// A row that gives another thing than its document, such as a list of what was done, has none of its fields
		const isDocument =
			row.returns === 'record' && (told === undefined || Object.hasOwn(told.properties ?? {}, 'id'));
		const schema =
			told && known && isDocument ? joined(told, known) : (told ?? (isDocument ? known : undefined));
		// n8n takes one without fields for none
		if (schema?.type === 'object' && Object.keys(schema.properties ?? {}).length > 0)
			schemas.set(name, schema);
	}
	return schemas;
}

async function main(folder: string): Promise<void> {
	const started = Date.now();
	const schemas = outputSchemas([await heardOf(4), await heardOf(5)]);
	let bytes = 0;
	for (const [name, schema] of schemas) {
		const file = join(folder, VERSION, `${name.replace('.', '/')}.json`);
		const text = JSON.stringify(schema);
		bytes += Buffer.byteLength(text);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	const seconds = ((Date.now() - started) / 1000).toFixed(0);
	console.log(
		`${schemas.size} of ${allRows().length} operations have an output schema, ${bytes} bytes, in ${seconds} s`,
	);
}

if (require.main === module)
	main(process.argv[2] ?? '').then(
		() => process.exit(0), // open connections must not keep it alive
		(error: Error) => {
			console.error(error);
			process.exit(1);
		},
	);
