import { isOn } from '../calls/times';
import type { Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { byId, type Draft, type Resource, routesOf } from '../documents/resource';
import { hex } from '../values/ids';
import { mergeShallow, present } from '../store/merge';
import { normaliseNumber } from '../values/phone-numbers';
import { pdfOf } from '../values/pdf';
import { notFound } from '../request/refusal';
import { markUse } from '../numbers/use';

const A = '/accounts/{accountId}';

const named = (doc: Doc): Fields => ({ id: doc._id, name: doc.name });
const flagged = (doc: Doc): Fields => ({ ...named(doc), flags: doc.flags ?? [] });

const size = (value: unknown): number =>
	typeof value === 'object' && value !== null ? Object.keys(value).length : 0;

const menus: Resource = {
	path: `${A}/menus`,
	type: 'menu',
	schema: 'menus',
	view: byId('menu'),
	summary: flagged,
};

export const groups: Resource = {
	path: `${A}/groups`,
	type: 'group',
	schema: 'groups',
	view: byId('group'),
	summary: (doc) => ({
		...named(doc),
		features: groupFeatures(doc),
		endpoints: size(doc.endpoints),
		flags: doc.flags ?? [],
	}),
};

function groupFeatures(doc: Doc): string[] {
	return (doc.music_on_hold as Fields | undefined)?.media_id === undefined ? [] : ['music_on_hold'];
}

const temporalRules: Resource = {
	path: `${A}/temporal_rules`,
	type: 'temporal_rule',
	schema: 'temporal_rules',
	view: byId('temporal_rule'),
	summary: flagged,
	facts: (doc, { query, account }) => {
		const time = Number(query.timestamp);
		if (!Number.isInteger(time)) return {};
		return { rule_matches: isOn(doc, time, String(account?.timezone ?? 'UTC')) };
	},
};

const temporalRuleSets: Resource = {
	path: `${A}/temporal_rules_sets`,
	type: 'temporal_rule_set',
	schema: 'temporal_rules_sets',
	view: byId('temporal_rule_set'),
	summary: (doc) => ({ ...named(doc), rules: doc.temporal_rules ?? [], flags: doc.flags ?? [] }),
};

/** A directory's members are kept with the users, who say which callflow reaches them. */
const directories: Resource = {
	path: `${A}/directories`,
	type: 'directory',
	schema: 'directories',
	view: byId('directory'),
	summary: flagged,
	show: (doc, call, method) =>
		method === 'GET'
			? {
					...present(doc),
					users: membersOf(doc._id, call.kernel.store.database((call.account as Doc)._id).list('user')),
				}
			: present(doc),
};

function membersOf(directoryId: string, users: Doc[]): Fields[] {
	return users
		.filter((user) => (user.directories as Fields | undefined)?.[directoryId] !== undefined)
		.map((user) => ({ user_id: user._id, callflow_id: (user.directories as Fields)[directoryId] }));
}

/** The directory as a page to print. */
const directoryPdf =
	(read: Handler): Handler =>
	(call) => {
		const answer = read(call);
		if (!('data' in answer) || call.accepted !== 'application/pdf') return answer;
		const { name, users } = answer.data as { name: string; users: Fields[] };
		const database = call.kernel.store.database((call.account as Doc)._id);
		const lines = users.map(({ user_id: id }) => {
			const user = database.get(String(id), 'user');
			return `${String(user?.last_name)}, ${String(user?.first_name)}`;
		});
		return {
			...answer,
			raw: {
				body: pdfOf([name, ...lines.sort()]),
				contentType: 'application/pdf',
				headers: { 'content-disposition': 'attachment; filename="file.pdf"' },
			},
		};
	};

/** Where a system takes mails to be faxed unless it was told otherwise. */
const FAX_DOMAIN = 'fax.kazoo.io';

export const faxboxes: Resource = {
	path: `${A}/faxboxes`,
	type: 'faxbox',
	schema: 'faxbox',
	view: byId('faxbox'),
	merge: mergeShallow,
	patchAlone: true,
	ownIds: true,
	copied: true,
	summary: shownBox,
	before: ({ existing, hidden }) => {
		if (!existing) hidden.pvt_smtp_email_address = `${hex(8)}.${FAX_DOMAIN}`;
	},
	// What the server computes is not the client's to set.
	prepare: ({ fields }) => {
		delete fields.smtp_email_address;
	},
	check: checkAddress,
	// Read or deleted alone a box does not tell its address; lists and changes do.
	show: (doc, _call, method) => (method === 'GET' || method === 'DELETE' ? present(doc) : shownBox(doc)),
};

/** An address for mails leads to one box of the whole system. */
function checkAddress({ call, existing, fields, errors }: Draft): void {
	const { custom_smtp_email_address: address } = fields;
	if (typeof address !== 'string') return;
	const { store } = call.kernel;
	const taken = store
		.database('accounts')
		.list('account')
		.flatMap(({ _id: account }) => store.database(account).list('faxbox'))
		.some((box) => box._id !== existing?._id && box.custom_smtp_email_address === address.toLowerCase());
	if (!taken) return;
	const cause = call.verb === 'PATCH' ? undefined : { cause: address };
	errors.custom_smtp_email_address = { unique: { message: 'email address must be unique', ...cause } };
}

/** A box with the private fields that everybody may see; lists show boxes whole. */
function shownBox(doc: Doc): Fields {
	const { pvt_smtp_email_address: address } = doc;
	return { ...present(doc), ...(address === undefined ? undefined : { smtp_email_address: address }) };
}

const blacklists: Resource = {
	path: `${A}/blacklists`,
	type: 'blacklist',
	schema: 'blacklists',
	view: byId('blacklist'),
	summary: flagged,
	before: ({ fields }) => {
		const numbers = (fields.numbers ?? {}) as Fields;
		fields.numbers = Object.fromEntries(
			Object.entries(numbers).map(([number, what]) => [normaliseNumber(number), what]),
		);
	},
};

const clickToCall: Resource = {
	path: `${A}/clicktocall`,
	type: 'click2call',
	schema: 'clicktocall',
	view: byId('click2call'),
	summary: (doc) => ({ ...named(doc), extension: doc.extension }),
};

const resources: Resource = {
	path: `${A}/resources`,
	type: 'resource',
	schema: 'resources',
	view: byId('resource'),
	merge: mergeShallow,
	loadsFirst: true,
	summary: (doc) => ({ ...named(doc), enabled: doc.enabled, weight_cost: doc.weight_cost }),
};

const systemResources: Resource = {
	...resources,
	path: '/resources',
	database: () => 'offnet',
	access: 'system',
	document: ['GET', 'POST', 'PATCH', 'DELETE'],
};

const resourceTemplates: Resource = {
	path: `${A}/resource_templates`,
	type: 'resource_template',
	view: byId('resource_template'),
	summary: (doc) => ({ ...named(doc), template_name: doc.template_name }),
	check: ({ fields, errors }) => {
		if (fields.template_name === undefined) {
			errors.template_name = { required: { message: 'Template name is required' } };
		}
	},
};

/** Trunks: the account's realm is not the client's to choose, and the list holds nothing but ids. */
const connectivity: Resource = {
	path: `${A}/connectivity`,
	type: 'sys_info',
	schema: 'connectivity',
	view: byId('sys_info'),
	// The list is of ids: a text is taken for JSON that is already written.
	summary: (doc) => JSON.stringify(doc._id),
	listed: { unrevisioned: true },
	check: ({ call, fields }) => {
		if (Array.isArray(fields.servers) || fields.servers === undefined) fields.servers ??= [];
		fields.account = {
			...(fields.account as Fields | undefined),
			auth_realm: (call.account as Doc).realm,
		};
	},
	after: (call, doc, change) => {
		const dids = ((doc.servers as Fields[] | undefined) ?? []).flatMap((server) =>
			Object.keys((server.DIDs as Fields) ?? {}),
		);
		markUse(call, change === 'deleted' ? dids : [], change === 'deleted' ? [] : dids, 'trunkstore');
	},
};

const functions: Resource = {
	path: `${A}/functions`,
	type: 'function',
	schema: 'functions',
	view: byId('function'),
	summary: (doc) => ({
		name: doc.name,
		function_js: doc.function_js,
		enabled: doc.enabled ?? true,
		id: doc._id,
	}),
	forgets: { 4: ['POST'] },
};

const skels: Resource = {
	path: `${A}/skels`,
	type: 'skel',
	schema: 'skels',
	view: byId('skel'),
	summary: named,
	profile: 4,
};

const cccps: Resource = {
	path: `${A}/cccps`,
	type: 'cccp',
	schema: 'cccps',
	view: byId('cccp'),
	summary: (doc) => ({ ...named(doc), user_id: doc.user_id, cid: doc.cid, pin: doc.pin, active: doc.active }),
	document: ['GET', 'POST', 'DELETE'],
	profile: 4,
};

/** The server lists this method and has nothing behind it. */
const nothingBehind: Handler = () => {
	throw notFound();
};

const directoryRoutes = routesOf(directories).map(
	(route): Route =>
		route.path.endsWith('{id}')
			? {
					...route,
					handlers: { ...route.handlers, GET: directoryPdf(route.handlers.GET as Handler) },
					provides: { GET: ['application/json', 'application/x-json', 'application/pdf'] },
				}
			: route,
);

/** Documents that callflows are made of, and what is like them. */
export const telephonyRoutes: Route[] = [
	...[
		menus,
		groups,
		temporalRules,
		temporalRuleSets,
		faxboxes,
		blacklists,
		clickToCall,
		resources,
		systemResources,
		resourceTemplates,
		connectivity,
		functions,
		skels,
		cccps,
	].flatMap(routesOf),
	...directoryRoutes,
	{ path: `${A}/cccps/{id}`, handlers: { PUT: nothingBehind }, profile: 4 },
	{
		path: `${A}/users/{userId}/groups`,
		handlers: { GET: groupsOfUser, PUT: routesOf(groups)[0]?.handlers.PUT },
	},
];

function groupsOfUser(call: Parameters<Handler>[0]) {
	const found = call.kernel.store
		.database((call.account as Doc)._id)
		.list('group')
		.filter((group) => (group.endpoints as Fields | undefined)?.[call.params.userId as string] !== undefined);
	return {
		data: found.map((group) => groups.summary(group, call)),
		envelope: { page_size: found.length },
		...(found.length > 0 ? { revision: hex() } : undefined),
	};
}
