import { stepsOf } from '../calls/flow';
import type { Call, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { byId, checkSchema, type Draft, type Resource, routesOf } from '../documents/resource';
import { present } from '../store/merge';
import { toE164 } from '../values/phone-numbers';
import { type FieldErrors, initFailed, Refusal, validationError } from '../request/refusal';
import { markUse } from '../numbers/use';

/** The modules of a flow, each once. */
export function modulesOf(doc: Doc): string[] {
	return [
		...new Set(
			[...stepsOf(doc.flow)].map(({ node }) => node.module).filter((name) => typeof name === 'string'),
		),
	];
}

function normaliseNumbers({ fields }: Draft): void {
	const { numbers } = fields;
	if (numbers === undefined) return;
	if (!Array.isArray(numbers)) {
		throw validationError({
			numbers: {
				type: { message: 'Value did not match type: array', target: 'array', value: numbers },
			},
		});
	}
	// The real server falls over a number that is not a text.
	if (!numbers.every((number) => typeof number === 'string')) throw initFailed();
	fields.numbers = numbers.map(toE164);
}

function requireNumbers({ fields, errors }: Draft): void {
	const count = (list: unknown) => (Array.isArray(list) ? list.length : 0);
	if (count(fields.numbers) + count(fields.patterns) === 0 && !errors.numbers && !errors.patterns) {
		errors.numbers = {
			required: { message: 'Callflows must be assigned at least one number or pattern' },
		};
	}
}

/** Numbers of other accounts cannot be used; those that nobody has can. */
function mustOwn({ kernel, account }: Call, number: string): void {
	const owner = kernel.store.database('numbers').get(number, 'number')?.pvt_assigned_to;
	if (owner !== undefined && owner !== account?._id) {
		throw new Refusal(403, 'forbidden', { message: `unauthorized to use ${number}` });
	}
}

function checkPatterns({ call, existing, fields, errors }: Draft): void {
	if (!Array.isArray(fields.patterns) || errors.patterns) return;
	const others = callflowsBut(call, existing);
	for (const pattern of fields.patterns as string[]) {
		const taken = others.find((other) => (other.patterns as string[] | undefined)?.includes(pattern));
		if (!taken) continue;
		const name = String(taken.name ?? taken._id);
		errors.patterns = {
			unique: { message: `Pattern ${pattern} exists in callflow ${taken._id} ${name}`, cause: pattern },
		};
	}
}

function callflowsBut(call: Call, existing: Doc | undefined): Doc[] {
	return call.kernel.store
		.database((call.account as Doc)._id)
		.list('callflow')
		.filter((callflow) => callflow._id !== existing?._id);
}

function checkNumbers({ call, existing, fields, errors }: Draft): void {
	if (!Array.isArray(fields.numbers) || errors.numbers) return;
	const others = callflowsBut(call, existing);
	for (const number of fields.numbers as string[]) {
		mustOwn(call, number);
		const taken = others.find((other) => (other.numbers as string[] | undefined)?.includes(number));
		if (!taken) continue;
		const name = String(taken.name ?? taken._id);
		errors.numbers = {
			unique: { message: `Number ${number} exists in callflow ${taken._id} ${name}`, cause: number },
		};
	}
}

/** Checks the data of each step against the schema of its module, and fills in that schema's defaults. */
function checkSteps({ call, fields, errors }: Draft): void {
	for (const { node, path } of stepsOf(fields.flow)) {
		if (typeof node.module !== 'string' || errors[`${path}.module`]) continue;
		const found: FieldErrors = {};
		const data = checkSchema(call, `callflows.${node.module}`, node.data ?? {}, found);
		if (found.schema) {
			errors.schema = found.schema;
			errors[`${path}.module`] = {
				error: {
					message: `unable to find callflow schema for module ${node.module}`,
					value: node.module,
				},
			};
			continue;
		}
		for (const [field, rules] of Object.entries(found))
			errors[field === '' ? `${path}.data` : `${path}.data.${field}`] = rules;
		node.data = data;
	}
}

/** What the documents are called that a flow points to, even those that were deleted. */
function flowMetadata(doc: Doc, find: (id: string) => Doc | undefined): Fields {
	const metadata: Fields = {};
	for (const { node } of stepsOf(doc.flow)) {
		const ids = [
			(node.data as Fields | undefined)?.id,
			...Object.keys((node.children as Fields | undefined) ?? {}),
		];
		for (const id of ids) {
			const target = typeof id === 'string' ? find(id) : undefined;
			if (!target) continue;
			metadata[target._id] = describe(target);
		}
	}
	return metadata;
}

function describe(target: Doc): Fields {
	const name =
		target.pvt_type === 'user'
			? `${String(target.first_name ?? '')} ${String(target.last_name ?? '')}`
			: target.name;
	return {
		...(name === undefined ? undefined : { name }),
		...(target.pvt_type === 'callflow' ? { numbers: target.numbers } : undefined),
		pvt_type: target.pvt_type,
	};
}

export const callflows: Resource = {
	path: '/accounts/{accountId}/callflows',
	type: 'callflow',
	schema: 'callflows',
	view: byId('callflow'),
	summary: (doc) => ({
		id: doc._id,
		name: doc.name,
		type: doc.type,
		numbers: doc.numbers ?? [],
		patterns: doc.patterns ?? [],
		featurecode: doc.featurecode ?? false,
		owner_id: doc.owner_id,
		modules: modulesOf(doc),
		flags: doc.flags ?? [],
	}),
	prepare: normaliseNumbers,
	check: (draft) => {
		requireNumbers(draft);
		checkSteps(draft);
		// Whether a number is taken is looked up last, and only for a callflow that is right otherwise.
		if (Object.keys(draft.errors).length > 0) return;
		checkNumbers(draft);
		checkPatterns(draft);
	},
	show: (doc, call, method) => {
		const database = call.kernel.store.database((call.account as Doc)._id);
		const data = present(doc);
		return method === 'GET' ? { ...data, metadata: flowMetadata(doc, (id) => database.raw(id)) } : data;
	},
	after: (call, doc, change, before) => {
		const now = change === 'deleted' ? [] : ((doc.numbers as string[] | undefined) ?? []);
		markUse(call, (before?.numbers as string[] | undefined) ?? [], now, 'callflow');
	},
};

/** What a call does. */
export const callflowRoutes: Route[] = routesOf(callflows);
