import type { Call, Handler, Method, Route } from '../request/call';
import type { Doc, View } from '../store/database';
import type { Profile } from '../values/profile';
import { byId, create, change, listAll, read, remove, type Resource } from '../documents/resource';
import { HIGHEST, noRecords } from '../documents/listing';
import { present } from '../store/merge';
import { badIdentifier, forbidden, Refusal } from '../request/refusal';

/**
 * Routes that have no part of their own yet: each is answered as the recorded server answers it when there is nothing
 * to tell, or keeps whatever documents it is given. Who adds behaviour takes the row out here.
 */

const A = '/accounts/{accountId}';

/** A page without rows. */
const emptyPage: Handler = () => ({ data: [], envelope: { page_size: 0 } });
/** A list that is not paged, without rows. */
const emptyList: Handler = () => ({ data: [] });
const emptyObject: Handler = () => ({ data: {} });
/** The thing that the path names is not there. */
const missing: Handler = (call) => {
	throw badIdentifier(Object.values(call.params).at(-1) as string);
};
/** An action that takes what it is given and says no more than yes. */
const done: Handler = () => ({ run: () => ({ data: {} }) });
const refused: Handler = () => {
	throw forbidden();
};

const ANSWERS = { emptyPage, noRecords, emptyList, emptyObject, missing, done, refused };

type Row = [
	methods: string,
	path: string,
	answer: keyof typeof ANSWERS,
	more?: { profile?: Profile; access?: Route['access'] },
];

const five = { profile: 5 } as const;
const system = { access: 'system' } as const;
const token = { access: 'token' } as const;
const open = { access: 'open' } as const;

const ROWS: Row[] = [
	['GET', `${A}/acls`, 'emptyObject', system],
	['GET', `${A}/allotments/consumed`, 'emptyObject'],
	['GET', `${A}/apps_store`, 'emptyList'],
	['GET POST', `${A}/apps_store/blacklist`, 'emptyObject', system],
	['GET PUT POST DELETE', `${A}/apps_store/{id}`, 'missing'],
	['GET', `${A}/apps_store/{id}/icon`, 'missing'],
	['GET', `${A}/apps_store/{id}/screenshot/{index}`, 'missing'],
	['GET', `${A}/att_handlers_errors`, 'emptyPage'],
	['GET', `${A}/att_handlers_errors/handler/{id}`, 'emptyPage'],
	['GET', `${A}/att_handlers_errors/{id}`, 'missing'],
	['GET POST DELETE', '/auth/apps/{id}', 'missing', token],
	['GET PUT', '/auth/keys/{id}', 'missing', token],
	['GET', '/auth/links', 'emptyList', token],
	['GET PUT DELETE', '/auth/links/{id}', 'missing', token],
	['GET POST DELETE', '/auth/providers/{id}', 'missing', token],
	['GET PUT', `${A}/braintree/addresses`, 'emptyList'],
	['GET POST DELETE', `${A}/braintree/addresses/{id}`, 'missing'],
	['GET PUT', `${A}/braintree/cards`, 'emptyList'],
	['GET POST DELETE', `${A}/braintree/cards/{id}`, 'missing'],
	['GET', `${A}/braintree/client_token`, 'emptyObject'],
	['GET', `${A}/braintree/credits`, 'emptyObject'],
	['GET POST', `${A}/braintree/customer`, 'emptyObject'],
	['GET', `${A}/braintree/transactions`, 'emptyList'],
	['GET', `${A}/braintree/transactions/{id}`, 'missing'],
	['GET', `${A}/call_inspector`, 'emptyList'],
	['GET', `${A}/call_inspector/{id}`, 'missing'],
	['GET', `${A}/contact_list`, 'emptyList'],
	['GET', `${A}/dialplans`, 'emptyObject'],
	['GET', `${A}/functions/samples`, 'emptyList'],
	['GET PUT', '/functions', 'emptyList', system],
	['GET', '/functions/samples', 'emptyList', open],
	['GET POST DELETE', `${A}/ips`, 'emptyList'],
	['PUT', `${A}/ips`, 'refused'],
	['GET PUT POST DELETE', '/ips', 'emptyList', system],
	['GET', `${A}/ips/assigned`, 'emptyList'],
	['GET', `${A}/ips/hosts`, 'emptyList'],
	['GET', `${A}/ips/zones`, 'emptyList'],
	['GET POST DELETE', `${A}/ips/{id}`, 'missing'],
	['POST', `${A}/lists/{listId}/entries/{id}/photo`, 'done', { profile: 4 }],
	['GET POST', `${A}/migrations/{id}`, 'missing'],
	['GET', `${A}/multi_factor/attempts`, 'emptyPage'],
	['GET', `${A}/multi_factor/attempts/{id}`, 'missing'],
	['GET', `${A}/presence/report-{id}`, 'missing'],
	['GET', `${A}/registrations`, 'emptyList'],
	['DELETE', `${A}/registrations`, 'done'],
	['DELETE', `${A}/registrations/{id}`, 'done'],
	['GET', `${A}/resource_selectors`, 'emptyPage'],
	['GET', `${A}/resource_selectors/name`, 'emptyPage'],
	['GET', `${A}/resource_selectors/name/{name}`, 'emptyPage'],
	['GET', `${A}/resource_selectors/name/{name}/resource/{id}`, 'emptyPage'],
	['GET', `${A}/resource_selectors/resource`, 'emptyPage'],
	['GET', `${A}/resource_selectors/resource/{id}`, 'emptyPage'],
	['GET', `${A}/resource_selectors/resource/{id}/name/{name}`, 'emptyPage'],
	['GET POST', `${A}/resource_selectors/rules`, 'emptyObject'],
	['GET POST', '/resource_selectors/rules', 'emptyObject', token],
	['GET POST DELETE', `${A}/resource_selectors/{id}`, 'missing'],
	['PUT POST', `${A}/resources/collection`, 'done'],
	['GET', `${A}/resources/jobs/{id}`, 'missing'],
	['GET', '/resources/jobs/{id}', 'missing', system],
	['POST', '/resources/collection', 'done', system],
	['GET', '/system_status', 'emptyObject', system],
	['GET', `${A}/transactions`, 'noRecords'],
	['GET', `${A}/transactions/{id}`, 'missing'],
	['GET', `${A}/applications`, 'emptyList', five],
	['PUT', `${A}/applications/application/{id}`, 'done', five],
	['GET POST PATCH DELETE', `${A}/applications/application/{id}`, 'missing', five],
	['GET POST DELETE', `${A}/applications/application/{id}/icon`, 'missing', five],
	['POST', `${A}/applications/application/{id}/screenshots`, 'done', five],
	['GET POST DELETE', `${A}/applications/application/{id}/screenshots/{shotId}`, 'missing', five],
	['GET', `${A}/applications/{type}`, 'emptyList', five],
	['GET', `${A}/applications/{type}/blocklists`, 'emptyObject', five],
	['GET', `${A}/applications/{type}/entitlements`, 'emptyObject', five],
	['GET', `${A}/applications/{type}/{id}`, 'missing', five],
	['GET PUT POST DELETE', `${A}/applications/{type}/{id}/block`, 'emptyObject', five],
	['GET PUT POST DELETE', `${A}/applications/{type}/{id}/entitlement`, 'emptyObject', five],
	['GET', `${A}/applications/{type}/{id}/icon`, 'missing', five],
	['GET', `${A}/applications/{type}/{id}/screenshots/{shotId}`, 'missing', five],
	['GET PATCH', `${A}/apps_store/marketplace`, 'emptyObject', five],
	['PATCH', '/apps_store/marketplace', 'emptyObject', { ...five, ...system }],
	['GET PUT POST DELETE', `${A}/apps_store/{id}/override`, 'missing', five],
	['GET POST DELETE', `${A}/apps_store/{id}/override/icon`, 'missing', five],
	['POST', `${A}/apps_store/{id}/override/screenshot`, 'missing', five],
	['GET DELETE', `${A}/apps_store/{id}/override/screenshot/{index}`, 'missing', five],
	['GET', `${A}/auth/links/{id}`, 'missing', five],
	['PUT', `${A}/call_reports`, 'done', five],
	['GET', `${A}/call_reports/allowed_types`, 'emptyList', five],
	['POST', `${A}/capabilities`, 'done', five],
	['POST', '/accounts/capabilities', 'done', { ...five, ...token }],
	['GET POST', `${A}/cdr_push_onebill`, 'emptyObject', five],
	['GET', `${A}/commland/compatibility`, 'emptyObject', five],
	['GET', '/commland/compatibility', 'emptyObject', { ...five, ...open }],
	['PUT', `${A}/conference_auth`, 'done', five],
	['PUT', `${A}/conference_auth/{id}`, 'done', five],
	['PUT', '/conference_auth', 'refused', { ...five, ...open }],
	['PUT', `${A}/conferences/{id}/email_invite`, 'done', five],
	['GET', `${A}/configs`, 'emptyList', five],
	['GET', '/configs', 'emptyList', { ...five, ...token }],
	['GET', `${A}/entitlements`, 'emptyList', five],
	['POST', `${A}/entitlements/enrollment`, 'done', five],
	['GET', `${A}/entitlements/{id}`, 'missing', five],
	['PUT POST', `${A}/external_numbers/{id}/verify`, 'missing', five],
	['PUT', `${A}/getstream/connect`, 'done', five],
	['PUT', `${A}/users/{userId}/getstream/connect`, 'done', five],
	['GET', `${A}/users/getstream`, 'emptyObject', five],
	['GET', `${A}/i18n/{language}`, 'emptyObject', five],
	['POST', `${A}/inbound_messaging/{carrier}`, 'done', five],
	['GET', `${A}/lists/tag-{tag}`, 'emptyList', five],
	['PUT', `${A}/multi_factor/qrcode`, 'done', five],
	['PUT', '/multi_factor/qrcode', 'done', { ...five, ...token }],
	['PUT', '/multi_factor/reset_qrcode', 'done', { ...five, ...token }],
	['GET', `${A}/quickroutes`, 'emptyObject', five],
	['GET', `${A}/users/{userId}/applications/{type}`, 'emptyList', five],
	['GET', `${A}/users/{userId}/applications/{type}/{id}`, 'missing', five],
	['GET', `${A}/users/{userId}/applications/{type}/{id}/icon`, 'missing', five],
	['GET', `${A}/users/{userId}/applications/{type}/{id}/screenshots/{shotId}`, 'missing', five],
	['GET', `${A}/users/{userId}/entitlements`, 'emptyList', five],
	['GET', `${A}/users/{userId}/hotdesks`, 'emptyPage', five],
	['GET PUT', `${A}/users/{userId}/lists`, 'emptyList', five],
	['GET', `${A}/users/{userId}/lists/tag-{tag}`, 'emptyList', five],
	['GET POST PATCH DELETE', `${A}/users/{userId}/lists/{id}`, 'missing', five],
	['GET', `${A}/users/{userId}/screenpops`, 'emptyList', five],
	['GET', `${A}/users/{userId}/websites`, 'emptyList', five],
	['POST', `${A}/whitelabel/emails/{id}/verify`, 'missing', five],
	['GET', '/wordle', 'emptyList', { ...five, ...token }],
	['GET POST', '/wordle/{id}', 'missing', { ...five, ...token }],
	['GET', `${A}/wordle`, 'emptyList', five],
	['GET POST', `${A}/wordle/{id}`, 'missing', five],
	['PUT', `${A}/{endpointType}/{endpointId}/pushes`, 'done', five],
	// Hosted modules that only KAZOO's own interface documents: the call centre, the CRM, the dashboards.
	['GET PUT', `${A}/crm_integration`, 'emptyObject', five],
	['GET', `${A}/crm_integration/call_logs`, 'emptyList', five],
	['POST', `${A}/dashboards/activity_log`, 'done', five],
	['GET', `${A}/dashboards/ensure_started`, 'emptyObject', five],
	['POST', `${A}/dashboards/queue_details/{id}`, 'done', five],
	['POST', `${A}/dashboards/queue_overview`, 'done', five],
	['GET', `${A}/dashboards/recipient_overview`, 'emptyList', five],
	['GET', `${A}/dashboards/recipient_performance`, 'emptyList', five],
	['GET', `${A}/desktop/linux`, 'emptyObject', five],
	['GET', `${A}/desktop/mac`, 'emptyObject', five],
	['GET', `${A}/desktop/windows`, 'emptyObject', five],
	['GET', `${A}/qubicle_queues/ensure_started`, 'emptyObject', five],
	['GET', `${A}/qubicle_queues/recipients`, 'emptyObject', five],
	['GET', `${A}/qubicle_queues/status`, 'emptyObject', five],
	['GET POST DELETE', `${A}/qubicle_queues/{id}/recipients`, 'emptyList', five],
	['POST', `${A}/qubicle_queues/{id}/roles`, 'done', five],
	['POST', `${A}/qubicle_queues/{id}/sessions/{sessionId}`, 'missing', five],
	['GET', `${A}/qubicle_queues/{id}/status`, 'emptyObject', five],
	['GET', `${A}/qubicle_recipients`, 'emptyList', five],
	['POST', `${A}/qubicle_recipients/queue_membership`, 'done', five],
	['POST', `${A}/qubicle_recipients/status`, 'done', five],
	['GET POST', `${A}/qubicle_recipients/{id}`, 'missing', five],
	['POST', `${A}/qubicle_recipients/{id}/disable`, 'done', five],
	['POST', `${A}/qubicle_recipients/{id}/enable`, 'done', five],
	['POST', `${A}/qubicle_recipients/{id}/roles`, 'done', five],
	['GET POST', `${A}/qubicle_recipients/{id}/status`, 'emptyObject', five],
	['POST', `${A}/qubicle_reports`, 'done', five],
	['GET', `${A}/qubicle_roles`, 'emptyList', five],
	['GET', `${A}/slack_integration`, 'emptyObject', five],
	['GET', `${A}/slack_integration/user_listing`, 'emptyList', five],
	['GET', `${A}/trunkingio_settings`, 'emptyObject', five],
	['GET', `${A}/trunkingio_settings/check`, 'emptyObject', five],
	['GET', `${A}/services/audit_summary/{sourceService}`, 'missing'],
	['GET', `${A}/services/audit_summary`, 'emptyObject', five],
	['GET', '/auth/apps', 'emptyList', token],
];

/** Documents that are kept as they come. */
type Kept = [path: string, type: string, collection: string, document: string, more?: Partial<Resource>];

const monthly = (type: string): View => ({ types: [type], key: (doc) => [doc.pvt_created, doc._id] });

const BY_TIME_OF_JOB: Partial<Resource> = {
	view: { types: ['resource_job'], key: (doc) => doc.pvt_created },
	listed: { ranged: true, bareKey: true },
};

/** KAZOO 4 lists text messages as the rows of its database. */
const rowOfMessage = (doc: Doc, call: Call): unknown => {
	const message = present(doc);
	return call.kernel.profile === 5
		? message
		: { id: doc._id, key: [doc.pvt_created, doc._id], value: message };
};

const KEPT: Kept[] = [
	[`${A}/multi_factor`, 'provider', 'PUT', 'GET POST PATCH DELETE', { schema: 'multi_factor_provider' }],
	[
		'/multi_factor',
		'provider',
		'PUT',
		'GET POST PATCH DELETE',
		{ database: () => 'system_auth', access: 'system' },
	],
	[`${A}/resources/jobs`, 'resource_job', 'GET PUT', '', { schema: 'resource_jobs', ...BY_TIME_OF_JOB }],
	[
		'/resources/jobs',
		'resource_job',
		'GET PUT',
		'',
		{ schema: 'resource_jobs', ...BY_TIME_OF_JOB, database: () => 'offnet', access: 'system' },
	],
	[
		`${A}/sms`,
		'sms',
		'GET',
		'GET DELETE',
		{ view: monthly('sms'), summary: rowOfMessage, listed: { ranged: true } },
	],
	[`${A}/mms`, 'mms', 'GET', 'GET DELETE', { view: monthly('mms'), listed: { ranged: true } }],
	[
		`${A}/storage/plans`,
		'storage_plan',
		'GET PUT',
		'GET POST PATCH DELETE',
		{
			schema: 'storage.plan',
			view: { types: ['storage_plan'], key: (doc) => [doc.pvt_account_id ?? null, doc._id] },
			prefix: (call) => [call.params.accountId as string],
			listed: { highest: HIGHEST },
		},
	],
	[
		`${A}/match_lists`,
		'match_list',
		'GET PUT',
		'GET POST PATCH DELETE',
		{ schema: 'match_lists', profile: 5 },
	],
	[`${A}/external_numbers`, 'external_number', 'GET PUT', 'GET DELETE', { profile: 5 }],
	[
		`${A}/scope_restrictions`,
		'scope_restriction',
		'GET PUT',
		'GET POST DELETE',
		{ schema: 'scope_restrictions', profile: 5 },
	],
	[
		'/scopes',
		'scope',
		'GET PUT',
		'GET POST DELETE',
		{ schema: 'scopes', database: () => 'scopes', access: 'system', profile: 5 },
	],
	[`${A}/screenpops`, 'screenpop', 'GET PUT', 'GET POST PATCH DELETE', { schema: 'screenpops', profile: 5 }],
	[`${A}/websites`, 'website', 'GET PUT', 'GET POST PATCH DELETE', { schema: 'websites', profile: 5 }],
	[`${A}/crm_integration/mappings`, 'crm_mapping', 'GET PUT', 'GET POST PATCH DELETE', { profile: 5 }],
	[`${A}/crm_integration/triggers`, 'crm_trigger', 'GET PUT', 'GET POST PATCH DELETE', { profile: 5 }],
	[`${A}/qubicle_queues`, 'qubicle_queue', 'GET PUT', 'GET POST PATCH DELETE', { profile: 5 }],
	[`${A}/qubicle_skills`, 'qubicle_skill', 'GET PUT', 'POST PATCH DELETE', { profile: 5 }],
	[`${A}/telexsmsboxes`, 'telexsmsbox', 'GET PUT', 'POST DELETE', { profile: 5 }],
	[`${A}/whitelabel/emails`, 'whitelabel_email', 'GET PUT', 'GET POST DELETE', { profile: 5 }],
];

function routesOfRow([methods, path, answer, more]: Row): Route {
	return {
		path,
		handlers: Object.fromEntries(methods.split(' ').map((method) => [method, ANSWERS[answer]])),
		...more,
	};
}

function routesOfKept([path, type, collection, document, more]: Kept): Route[] {
	const resource: Resource = { path, type, view: byId(type), summary: present, ...more };
	const split = (methods: string) => methods.split(' ').filter(Boolean) as Method[];
	const handlerOf: Partial<Record<Method, (resource: Resource) => Handler>> = {
		GET: read,
		POST: (kept) => change(kept, 'POST'),
		PATCH: (kept) => change(kept, 'PATCH'),
		DELETE: remove,
	};
	const common = { access: resource.access, profile: resource.profile };
	return [
		{
			path,
			handlers: Object.fromEntries(
				split(collection).map((method) => [method, method === 'PUT' ? create(resource) : listAll(resource)]),
			),
			...common,
		},
		{
			path: `${path}/{id}`,
			handlers: Object.fromEntries(split(document).map((method) => [method, handlerOf[method]?.(resource)])),
			...common,
		},
	].filter((route) => Object.keys(route.handlers).length > 0);
}

const noMessages: Handler = () => {
	throw new Refusal(500, 'account', { message: 'sms services not enabled for account' });
};

/** All routes without a part of their own. */
export const genericRoutes: Route[] = [
	...ROWS.map(routesOfRow),
	...KEPT.flatMap(routesOfKept),
	{ path: `${A}/sms`, handlers: { PUT: noMessages } },
	{ path: `${A}/mms`, handlers: { PUT: noMessages } },
];
