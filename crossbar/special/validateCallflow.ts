import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../callflow/check';
import { problemsOf, routeProblemsOf } from '../callflow/check';
import { stepsOf } from '../callflow/flow';
import { sharedNumbers } from '../callflow/numbers';
import { referencesOf } from '../callflow/references';
import { parameter } from '../catalogue/parameters';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { collectPages } from '../operations/paging';
import { mapConcurrently } from '../values/concurrency';
import type { CallflowDocument, Targets } from './callflowSource';
import { get, lookUp, readCallflow, SIDE_BY_SIDE } from './callflowSource';
import type { Schema } from '../values/jsonSchema';
import { schemaFrom } from '../values/jsonSchema';
import { plainText, recordsIn } from '../values/records';
import { fillPath } from '../operations/request';

/**
 * Callflow: Validate. One record: whether the callflow is valid, and every problem with its place and the way out.
 * The data of each module is checked against the server's own schema, ids are looked up, numbers compared with those
 * of all other callflows. Nothing is changed.
 */
export async function validateCallflow(operation: Operation, transport: Transport): Promise<Outcome> {
	const document = await readCallflow(operation, transport);
	const schemas = await schemasOf(document.flow, operation, transport);
	const targets = await lookUp(document.flow, operation, transport);
	const others = await otherCallflows(document, operation, transport);
	const problems = [
		...documentProblems(document),
		...routeProblemsOf(document),
		...numberProblems(document, others),
		...(document.flow === undefined ? [] : problemsOf(document.flow, (name) => schemas.get(name))),
		...missingTargets(document.flow, targets),
	];
	const errors = problems.filter(({ severity }) => severity === 'error').length;
	const record = {
		valid: errors === 0,
		...(document.id === undefined ? {} : { callflow_id: document.id }),
		...(typeof document.name === 'string' ? { callflow_name: document.name } : {}),
		errors,
		warnings: problems.length - errors,
		...(targets.left > 0 ? { ids_not_checked: targets.left } : {}),
		problems: problems as unknown as IDataObject[],
	};
	return { records: [record], envelope: {} };
}

/** The server's schema of each module in the flow; `null` for modules that it does not have. */
async function schemasOf(
	flow: unknown,
	operation: Operation,
	transport: Transport,
): Promise<Map<string, Schema | null>> {
	const names = [...new Set(stepsOf(flow).map(({ node }) => node.module))].filter(
		(name): name is string => typeof name === 'string' && /^\w+$/.test(name),
	);
	const found = await mapConcurrently(names, SIDE_BY_SIDE, async (name) => {
		const { status, envelope } = await get(operation, transport, `/schemas/callflows.${name}`, {}, [404]);
		return [name, status === 404 ? null : schemaFrom(envelope.data)] as const;
	});
	return new Map(found);
}

async function otherCallflows(
	{ id }: CallflowDocument,
	operation: Operation,
	transport: Transport,
): Promise<CallflowDocument[]> {
	const { row, input } = operation;
	const { items } = await collectPages(
		async (query) =>
			(
				await transport.send({
					method: 'GET',
					path: fillPath('/accounts/{accountId}/callflows', input.path),
					query,
					what: row.action,
				})
			).envelope,
		{
			itemsOf: ({ data }) => recordsIn(data) as CallflowDocument[],
			identity: (callflow) => plainText(callflow.id),
		},
	);
	return items.filter((callflow) => callflow.id !== id);
}

function documentProblems(document: CallflowDocument): Problem[] {
	const count = [document.numbers, document.patterns].flat().filter(Boolean).length;
	const stored = document.id !== undefined || document.numbers !== undefined || document.name !== undefined;
	return [
		...(count === 0 && stored
			? [
					problem(
						'numbers',
						'The callflow has no number and no pattern',
						'error',
						'Add a number or an extension',
					),
				]
			: []),
		...(document.flow === undefined
			? [problem('flow', 'The callflow has no steps', 'error', 'Add "flow" with a first step')]
			: []),
	];
}

function numberProblems(document: CallflowDocument, others: readonly CallflowDocument[]): Problem[] {
	return others.flatMap((other) =>
		sharedNumbers(document, other).map((number) =>
			problem(
				'numbers',
				`${number} is in callflow “${plainText(other.name ?? other.id)}” as well`,
				'error',
				`Take it out of one of them (the other is ${plainText(other.id)})`,
			),
		),
	);
}

function missingTargets(flow: unknown, { names }: Targets): Problem[] {
	return referencesOf(flow)
		.filter(({ id }) => names.get(id) === null)
		.map(({ path, module, parameter: name, id }) => ({
			path,
			module,
			problem: `${parameter(name).label} ${id} does not exist`,
			severity: 'error',
			what_to_do: 'Choose another one, or remove the step',
		}));
}

function problem(path: string, text: string, severity: Problem['severity'], what_to_do: string): Problem {
	return { path, module: '', problem: text, severity, what_to_do };
}
