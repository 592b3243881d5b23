import type { Call, Handler, Route } from '../request/call';
import { requestValue } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { type Resource, routesOf } from '../documents/resource';
import { hex } from '../values/ids';
import { list } from '../documents/listing';
import { mergeShallow, present } from '../store/merge';
import { fieldError, unknownThing, validationError } from '../request/refusal';
import { treeOf } from '../store/store';
import { catalogueOf, NOTIFICATION_TYPES, SAMPLES } from '../webhooks/catalogue';

const A = '/accounts/{accountId}';

const BY_ACCOUNT: View = {
	types: ['webhook'],
	key: (doc) => [String(doc.pvt_account_id), doc._id],
};

export const webhooks: Resource = {
	path: `${A}/webhooks`,
	type: 'webhook',
	schema: 'webhooks',
	view: BY_ACCOUNT,
	database: () => 'webhooks',
	mine: (doc, call) => doc.pvt_account_id === call.account?._id,
	prefix: (call) => [(call.account as Doc)._id],
	loadsFirst: true,
	merge: mergeShallow,
	summary: (doc) => ({
		id: doc._id,
		hook: doc.hook,
		name: doc.name,
		uri: doc.uri,
		enabled: doc.enabled,
		...(doc.pvt_disabled_message === undefined ? undefined : { disable_reason: doc.pvt_disabled_message }),
	}),
	facts: ({ pvt_disabled_message: reason }) => (reason === undefined ? {} : { disable_reason: reason }),
	prepare: ({ call, existing, fields }) => {
		// A PATCH is merged into what KAZOO shows in lists, and so the reason gets into the document.
		if (call.kernel.profile === 4 && call.verb === 'PATCH' && existing?.pvt_disabled_message !== undefined) {
			fields.disable_reason = existing.pvt_disabled_message;
		}
	},
	before: ({ fields, hidden }) => {
		if (fields.enabled !== false) delete hidden.pvt_disabled_message;
	},
	check: ({ call, fields, errors }) => {
		const catalogued = catalogueOf(call.kernel.profile);
		const hooks = ['all', ...catalogued.map((hook) => String(hook.id))].sort();
		// The server looks at the names of its hooks after everything else that the schema says of the field.
		if (fields.hook !== undefined && !hooks.includes(String(fields.hook))) {
			errors.hook = {
				enum: {
					message: 'Value not found in enumerated list of values',
					target: hooks,
					value: fields.hook,
				},
			};
		}
		if (Object.keys(errors).length === 0) refuseWithoutModifiers(catalogued, fields, errors);
	},
};

/** Some hooks fire for nothing unless they are told for what, and only know so much. */
function refuseWithoutModifiers(
	hooks: Fields[],
	fields: Fields,
	errors: Record<string, Record<string, Fields & { message: string }>>,
): void {
	const custom = (fields.custom_data ?? {}) as Fields;
	const hook = hooks.find(({ id }) => id === fields.hook);
	const modifiers = (hook?.modifiers ?? {}) as Record<string, { items: string[] | object }>;
	for (const [key, { items }] of Object.entries(modifiers)) {
		const known = Array.isArray(items) ? (items as string[]) : Object.keys(items);
		const value = custom[key];
		if (value === undefined) {
			errors[`custom_data.${key}`] = { required: { message: 'missing required modifier' } };
		} else if (!known.includes(String(value)) && !isUnlisted(hook, value)) {
			errors[`custom_data.${key}`] = {
				enum: { message: 'value not found in enumerated list of values', cause: value, target: known },
			};
		}
	}
}

/** Some notifications can be asked for although the list does not offer them. */
const isUnlisted = (hook: Fields | undefined, value: unknown): boolean =>
	hook?.id === 'notifications' && NOTIFICATION_TYPES.has(String(value));

const enabled = (call: Call, accountIds: string[]): void => {
	const { store } = call.kernel;
	for (const hook of store.database('webhooks').list('webhook')) {
		const { pvt_disabled_message: reason, ...rest } = hook;
		if (!accountIds.includes(String(hook.pvt_account_id)) || reason === undefined) continue;
		store.save('webhooks', {
			...rest,
			_id: hook._id,
			pvt_type: hook.pvt_type,
			pvt_created: hook.pvt_created,
			enabled: true,
		});
	}
};

function reEnable(accounts: (call: Call) => string[]): Handler {
	return (call) => {
		const value = requestValue(call, 're-enable');
		if (value === false || value === 'false') {
			throw validationError({
				're-enable': {
					enum: { message: 'value not found in enumerated list of values', target: [true] },
				},
			});
		}
		if (value !== true && value !== 'true') {
			throw fieldError('re-enable', 'required', 're-enable is required to patch collections');
		}
		return {
			run: () => {
				enabled(call, accounts(call));
				return { data: 'hooks updated' };
			},
		};
	};
}

const own = (call: Call): string[] => [(call.account as Doc)._id];

const below = (call: Call): string[] =>
	call.kernel.store
		.database('accounts')
		.list('account')
		.filter((account) => treeOf(account).includes((call.account as Doc)._id))
		.map((account) => account._id);

const ATTEMPTS_BY_TIME: View = { types: ['webhook_attempt'], key: (doc) => [Number(doc.timestamp)] };

const ATTEMPTS_BY_HOOK: View = {
	types: ['webhook_attempt'],
	key: (doc) => [String(doc.hook_id), Number(doc.timestamp)],
};

/** The log of deliveries of an account's hooks, of one of them if the path names one. */
const attempts: Handler = (call) => {
	const { id } = call.params;
	return list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: id === undefined ? ATTEMPTS_BY_TIME : ATTEMPTS_BY_HOOK,
		prefix: id === undefined ? undefined : [id],
		ranged: true,
		bareStart: true,
		show: (doc) => {
			const { id: _id, ...fields } = present(doc);
			return fields;
		},
	});
};

const sample: Handler = (call) => {
	const name = call.params.sample as string;
	const found = SAMPLES[name];
	if (!found) throw unknownThing(name);
	return { data: found, revision: hex(), envelope: { page_size: found.length } };
};

const catalogue: Handler = (call) => {
	const hooks = catalogueOf(call.kernel.profile);
	return { data: hooks, envelope: { page_size: hooks.length }, revision: hex() };
};

const sampleNames: Handler = () => ({ data: Object.keys(SAMPLES).sort() });

/** Webhooks, what there is to hook on to, and what was delivered. */
export const webhookRoutes: Route[] = [
	...routesOf(webhooks),
	{ path: `${A}/webhooks`, handlers: { PATCH: reEnable(own) } },
	{ path: `${A}/descendants/webhooks`, handlers: { PATCH: reEnable(below), PUT: refuse, GET: refuse } },
	{ path: `${A}/webhooks/attempts`, handlers: { GET: attempts } },
	{ path: `${A}/webhooks/{id}/attempts`, handlers: { GET: attempts } },
	{ path: `${A}/webhooks/samples`, handlers: { GET: sampleNames } },
	{ path: `${A}/webhooks/samples/{sample}`, handlers: { GET: sample } },
	{
		path: '/webhooks',
		handlers: {
			GET: catalogue,
			PUT: refuse,
			PATCH: refuse,
		},
		access: { GET: 'open', PUT: 'system', PATCH: 'system' },
	},
	{ path: '/webhooks/samples', handlers: { GET: sampleNames }, access: 'open' },
	{ path: '/webhooks/samples/{sample}', handlers: { GET: sample }, access: 'open' },
];

/** Allowed by name, but there is nothing it could do. */
function refuse(call: Call): never {
	throw unknownThing(call.segments.join('/'));
}
