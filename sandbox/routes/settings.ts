import type { Answer, Call, Handler, Method, Prepared, Route } from '../request/call';
import { dataObject } from '../request/call';
import { Database, type Doc, type Fields } from '../store/database';
import { byId, checkSchema, metadataOf } from '../documents/resource';
import { list } from '../documents/listing';
import { mergeDeep, present, publicData, publicFields } from '../store/merge';
import {
	badIdentifier,
	type FieldErrors,
	forbidden,
	initFailed,
	Refusal,
	validationError,
} from '../request/refusal';
import type { Store } from '../store/store';
import { now } from '../values/time';
import { probeStorage } from './storage-probe';
import { CONFIGURED, freshSettings } from '../store/system-settings';

const A = '/accounts/{accountId}';

/** A document of which a place has one at most. */
interface Setting {
	path: string;
	/** Its id; what clients see as `id`. */
	id: (call: Call) => string;
	schema?: string;
	database?: (call: Call) => string;
	methods: Method[];
	/** What reading shows when it was never written; 404 without it. */
	absent?: (call: Call) => unknown;
	/** What it shows. */
	show?: (doc: Doc, call: Call) => unknown;
	check?: (call: Call, fields: Fields) => void;
	/** Tries out what is about to be written. */
	probe?: (call: Call, fields: Fields) => Promise<void>;
	/** The server keeps what it read, and notices a change a moment later: until then it shows the old. */
	cached?: boolean;
	/** POST makes it when it is not there. */
	access?: Route['access'];
	/** It is gone for good when deleted. */
	hard?: boolean;
	profile?: 4 | 5;
}

const own = (call: Call): string => (call.account as Doc)._id;

function find(setting: Setting, call: Call): Doc | undefined {
	return call.kernel.store.database((setting.database ?? own)(call)).get(setting.id(call));
}

function shown(setting: Setting, call: Call, doc: Doc): Answer {
	return {
		data: setting.show ? setting.show(doc, call) : present(doc),
		revision: doc._rev,
		id: doc._id,
		metadata: metadataOf(doc),
	};
}

/** Settings that somebody looked for and that were not there, by where they would be: the second in which he did. */
const missed = new WeakMap<Store, Map<string, number>>();

const placeOf = (setting: Setting, call: Call): string =>
	`${(setting.database ?? own)(call)}/${setting.id(call)}`;

/** Whether the server still believes that a setting is not there, within the second in which it found out. */
function isMissed(setting: Setting, call: Call): boolean {
	if (!setting.cached || call.kernel.profile !== 4) return false;
	return missed.get(call.kernel.store)?.get(placeOf(setting, call)) === now();
}

function readSetting(setting: Setting): Handler {
	return (call) => {
		const doc = find(setting, call);
		if (doc && !isMissed(setting, call)) return shown(setting, call, doc);
		if (!setting.absent) throw badIdentifier(setting.id(call));
		if (setting.cached && !doc) {
			const places = missed.get(call.kernel.store) ?? new Map<string, number>();
			missed.set(call.kernel.store, places.set(placeOf(setting, call), now()));
		}
		return { data: setting.absent(call) };
	};
}

function writeSetting(setting: Setting, merge: boolean): Handler {
	return (call): Prepared => {
		const existing = find(setting, call);
		const changes = publicData(dataObject(call));
		let fields = merge && existing ? mergeDeep(publicFields(existing), changes) : changes;
		const errors: FieldErrors = {};
		if (setting.schema) fields = checkSchema(call, setting.schema, fields, errors);
		if (Object.keys(errors).length > 0) throw validationError(errors);
		setting.check?.(call, fields);
		const { probe } = setting;
		return {
			revision: existing?._rev,
			probe: probe && (() => probe(call, fields)),
			run: () => {
				const { store } = call.kernel;
				const database = (setting.database ?? own)(call);
				const id = setting.id(call);
				const type = setting.path
					.split('/')
					.filter((part) => !part.includes('{'))
					.at(-1) as string;
				const doc = existing
					? store.save(database, {
							...fields,
							_id: id,
							pvt_type: existing.pvt_type,
							pvt_created: existing.pvt_created,
							pvt_account_id: existing.pvt_account_id,
						})
					: store.create(database, type, fields, { id });
				if (setting.absent && isMissed(setting, call)) return { data: setting.absent(call), id: doc._id };
				return shown(setting, call, doc);
			},
		};
	};
}

function removeSetting(setting: Setting): Handler {
	return (call): Prepared => {
		const doc = find(setting, call);
		if (!doc) throw badIdentifier(setting.id(call));
		return {
			revision: doc._rev,
			run: () => {
				const database = (setting.database ?? own)(call);
				const gone = call.kernel.store.remove(database, doc, true);
				const answer = shown(setting, call, gone);
				if (call.kernel.profile === 4) {
					answer.data = { ...(answer.data as Fields), _read_only: { deleted: true } };
				}
				return answer;
			},
		};
	};
}

function routeOf(setting: Setting): Route {
	const verbs: Partial<Record<Method, Handler>> = {
		GET: readSetting(setting),
		POST: writeSetting(setting, false),
		PUT: writeSetting(setting, false),
		PATCH: writeSetting(setting, true),
		DELETE: removeSetting(setting),
	};
	return {
		path: setting.path,
		handlers: Object.fromEntries(setting.methods.map((method) => [method, verbs[method]])),
		access: setting.access,
		profile: setting.profile,
	};
}

const AUTH_MODULES = {
	cb_user_auth: {
		enabled: true,
		token_auth_expiry_s: 3600,
		log_failed_attempts: true,
		log_successful_attempts: true,
	},
	cb_api_auth: {
		enabled: true,
		token_auth_expiry_s: 3600,
		log_failed_attempts: true,
		log_successful_attempts: false,
	},
	cb_auth: {
		enabled: true,
		token_auth_expiry_s: 3600,
		log_failed_attempts: true,
		log_successful_attempts: false,
	},
	cb_ip_auth: {
		enabled: true,
		token_auth_expiry_s: 3600,
		log_failed_attempts: true,
		log_successful_attempts: false,
	},
};

const security = (account: unknown): Fields => ({
	account,
	inherited_config: { auth_modules: AUTH_MODULES },
});

/** What can be migrated, by name. */
const MIGRATIONS = { notify_to_teletype: 'Sends the notifications of an account with Teletype' };

const settings: Setting[] = [
	{
		path: `${A}/rate_limits`,
		id: () => 'rate_limits',
		schema: 'account_rate_limits',
		methods: ['GET', 'POST', 'DELETE'],
		absent: () => ({}),
	},
	{
		path: `${A}/devices/{deviceId}/rate_limits`,
		id: (call) => `rate_limits-${String(call.params.deviceId)}`,
		methods: ['GET', 'POST', 'DELETE'],
		absent: () => ({}),
	},
	{
		path: `${A}/access_lists`,
		id: () => 'access_lists',
		schema: 'access_lists',
		methods: ['GET', 'POST', 'DELETE'],
		absent: () => ({}),
		profile: 4,
	},
	{
		path: `${A}/devices/{deviceId}/access_lists`,
		id: (call) => `access_lists-${String(call.params.deviceId)}`,
		schema: 'access_lists',
		methods: ['GET', 'POST', 'DELETE'],
		absent: () => ({}),
	},
	{
		path: `${A}/allotments`,
		id: () => 'allotments',
		schema: 'allotments',
		methods: ['GET', 'POST'],
		absent: () => {
			throw new Refusal(400, 'allotments are not configured for this account yet', {});
		},
		show: publicFields,
	},
	{
		path: `${A}/storage`,
		id: (call) => own(call),
		schema: 'storage',
		database: () => 'storage',
		methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
		probe: probeStorage,
		check: (call) => {
			if (call.query.validate_settings === 'false') {
				throw validationError({
					validate_settings: {
						forbidden: { message: 'The system does not allow bypassing settings validation' },
					},
				});
			}
		},
	},
	{
		path: `${A}/whitelabel`,
		id: () => 'whitelabel',
		schema: 'whitelabel',
		methods: ['GET', 'POST', 'PUT', 'DELETE'],
	},
	{
		path: `${A}/migrations`,
		id: () => 'migrations',
		methods: ['GET'],
		// What was migrated is noted in a document, which asking for it makes.
		absent: (call) => {
			call.kernel.store.create(own(call), 'migrations', {}, { id: 'migrations' });
			return MIGRATIONS;
		},
		show: () => MIGRATIONS,
	},
	{
		path: `${A}/token_restrictions`,
		id: () => 'token_restrictions',
		schema: 'token_restrictions',
		methods: ['GET', 'POST', 'DELETE'],
	},
	{
		path: `${A}/security`,
		id: () => 'security',
		methods: ['GET', 'POST', 'PATCH', 'DELETE'],
		absent: () => security({}),
		show: (doc) => security(publicFields(doc)),
	},
	{
		path: `${A}/configs/{configId}`,
		id: (call) => `configs_${String(call.params.configId)}`,
		methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
		absent: (call) => ({ id: `configs_${String(call.params.configId)}` }),
		cached: true,
	},
	{
		path: '/system_configs/{configId}',
		id: (call) => String(call.params.configId),
		database: () => 'system_config',
		methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
		absent: (call) => freshSettings(String(call.params.configId)),
		access: 'system',
	},
	{
		path: '/system_configs/{configId}/{node}',
		id: (call) => `${String(call.params.configId)}/${String(call.params.node)}`,
		database: () => 'system_config',
		methods: ['GET', 'POST', 'PATCH', 'DELETE'],
		absent: (call) => ({ id: call.params.configId }),
		access: 'system',
	},
	{
		path: `${A}/getstream`,
		id: () => 'getstream',
		methods: ['GET', 'PUT', 'PATCH', 'DELETE'],
		absent: () => ({}),
		profile: 5,
	},
	{
		path: `${A}/users/{userId}/getstream`,
		id: (call) => `getstream-${String(call.params.userId)}`,
		methods: ['GET', 'PUT', 'PATCH', 'DELETE'],
		absent: () => ({}),
		profile: 5,
	},
	{
		path: `${A}/security/login_lock`,
		id: () => 'login_lock',
		methods: ['GET', 'DELETE'],
		absent: () => ({}),
		profile: 5,
	},
];

const NAMES = byId('name');

const listSystemConfigs: Handler = (call) => {
	const database = new Database('names');
	const changed = [...call.kernel.store.database('system_config').all()].map((doc) => doc._id);
	for (const _id of new Set([...CONFIGURED, ...changed])) {
		database.put({ _id, pvt_type: 'name', pvt_created: 0, pvt_modified: 0 });
	}
	return list(call, { database, view: NAMES, show: (doc) => JSON.stringify(doc._id), unrevisioned: true });
};

/** Comments are kept with the account's document, the oldest first; those without a time before all others. */
const commentsOf = (account: Doc): Fields[] => (account.comments as Fields[] | undefined) ?? [];

const byTime = (list: Fields[]): Fields[] =>
	[...list].sort((a, b) => Number(a.timestamp ?? 0) - Number(b.timestamp ?? 0));

/** Stores other comments; what is shown of the account then. */
function storeComments(call: Call, list: Fields[], shown: (list: Fields[]) => unknown): Answer {
	const saved = call.kernel.store.save('accounts', { ...(call.account as Doc), comments: list });
	return { data: shown(list), revision: saved._rev, id: saved._id };
}

const all = (list: Fields[]) => ({ comments: list });

const comments: Route['handlers'] = {
	GET: (call) => ({
		data: all(commentsOf(call.account as Doc)),
		revision: (call.account as Doc)._rev,
	}),
	PUT: (call) => {
		const given = dataObject(call).comments;
		const added = Array.isArray(given) ? (given as Fields[]) : [];
		const list = byTime([...commentsOf(call.account as Doc), ...added]);
		return { run: () => storeComments(call, list, all) };
	},
	DELETE: (call) => ({ run: () => storeComments(call, [], all) }),
};

/** A comment is named by its place in the list. */
const oneComment: Handler = (call) => {
	const list = commentsOf(call.account as Doc);
	const place = Number(call.params.commentId);
	if (!Number.isInteger(place) || place < 0) throw initFailed();
	const comment = list[place];
	if (comment === undefined) throw new Refusal(404, 'bad_identifier', { message: 'bad identifier' });
	const { _rev: revision } = call.account as Doc;
	if (call.verb === 'GET') return { data: comment, revision };
	const others = list.filter((_, index) => index !== place);
	return {
		revision,
		run: () =>
			call.verb === 'DELETE'
				? storeComments(call, others, all)
				: storeComments(call, byTime([...others, dataObject(call)]), (now) => now[place]),
	};
};

/** Settings: documents of which there is one. */
export const settingRoutes: Route[] = [
	...settings.map(routeOf),
	{ path: `${A}/comments`, handlers: comments },
	{
		path: `${A}/comments/{commentId}`,
		handlers: { GET: oneComment, POST: oneComment, DELETE: oneComment },
	},
	{
		path: '/security',
		handlers: {
			GET: () => ({
				data: { available_auth_methods: ['cb_api_auth', 'cb_auth', 'cb_ip_auth', 'cb_user_auth'] },
			}),
			POST: refuse,
			PATCH: refuse,
			DELETE: refuse,
		},
		access: { GET: 'token', POST: 'system', PATCH: 'system', DELETE: 'system' },
	},
	{
		path: '/system_configs',
		handlers: { GET: listSystemConfigs },
		access: 'system',
	},
];

/** Allowed by name, but not without an account. */
function refuse(): never {
	throw forbidden();
}
