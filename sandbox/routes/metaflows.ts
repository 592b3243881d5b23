import type { Answer, Call, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema } from '../documents/resource';
import { publicData } from '../store/merge';
import { badIdentifier, type FieldErrors, validationError } from '../request/refusal';

const A = '/accounts/{accountId}';

/** Whose metaflows they are: a document of which they are a part. */
interface Owner {
	database: (call: Call) => string;
	find: (call: Call) => Doc;
}

const account: Owner = { database: () => 'accounts', find: (call) => call.account as Doc };

function within(type: string, parameter: string): Owner {
	return {
		database: (call) => (call.account as Doc)._id,
		find: (call) => {
			const id = call.params[parameter] as string;
			const doc = call.kernel.store.database((call.account as Doc)._id).get(id, type);
			if (!doc) throw badIdentifier(id);
			return doc;
		},
	};
}

function handlersOf({ database, find }: Owner): Route['handlers'] {
	const write = (call: Call, metaflows: unknown): Answer => {
		const saved = call.kernel.store.save(database(call), { ...find(call), metaflows });
		return { data: metaflows ?? {}, revision: saved._rev };
	};
	return {
		GET: (call) => ({ data: find(call).metaflows ?? {} }),
		POST: (call) => {
			find(call);
			const errors: FieldErrors = {};
			const fields = checkSchema(call, 'metaflows', publicData(dataObject(call)), errors);
			checkActions(call, fields, errors);
			if (Object.keys(errors).length > 0) throw validationError(errors);
			return { run: () => write(call, fields) };
		},
		DELETE: (call) => {
			find(call);
			return { run: () => write(call, undefined) };
		},
	};
}

/** Each action's data is checked against the schema of its module, which fills in what is missing. */
function checkActions(call: Call, fields: Fields, errors: FieldErrors): void {
	for (const group of ['numbers', 'patterns'] as const) {
		for (const [key, action] of Object.entries((fields[group] as Record<string, Fields> | undefined) ?? {})) {
			if (typeof action?.module !== 'string') continue;
			const found: FieldErrors = {};
			const data = checkSchema(call, `metaflows.${action.module}`, action.data ?? {}, found);
			const at = `${group}.${key}`;
			if (found.schema) {
				errors.schema = found.schema;
				errors[`${at}.module`] = {
					error: {
						message: `unable to find metaflow schema for module ${action.module}`,
						value: action.module,
					},
				};
				continue;
			}
			for (const [path, rules] of Object.entries(found)) errors[`${at}.data.${path}`] = rules;
			action.data = data;
		}
	}
}

/** What keys do during a call: of an account, a user or a phone. */
export const metaflowRoutes: Route[] = [
	{ path: `${A}/metaflows`, handlers: handlersOf(account) },
	{ path: `${A}/users/{userId}/metaflows`, handlers: handlersOf(within('user', 'userId')) },
	{ path: `${A}/devices/{deviceId}/metaflows`, handlers: handlersOf(within('device', 'deviceId')) },
];
