import type { Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { byId, create, type Draft, listAll, read, remove, type Resource } from '../documents/resource';
import { present } from '../store/merge';
import { forbidden } from '../request/refusal';
import { stateOf } from './port';

const A = '/accounts/{accountId}';

/** What an alert must have; the first that is missing is told. */
function checkAlert({ fields, errors }: Draft): void {
	const missing = ['title', 'message', 'metadata', 'from', 'to'].find((key) => fields[key] === undefined);
	if (missing !== undefined) errors[missing] = { required: { message: 'missing property' } };
}

const alerts: Resource = {
	path: `${A}/alerts`,
	type: 'alert',
	view: byId('alert'),
	summary: present,
	check: checkAlert,
};

const systemAlerts: Resource = {
	...alerts,
	path: '/alerts',
	database: () => 'alerts',
	access: 'system',
};

/** A port request that its owner has not handed in is an alert by itself, until he does. */
function alertOf(port: Doc): Fields {
	return {
		id: port._id,
		title: 'Port request requires action',
		message: 'The port request has not been submitted, until it is submitted it will not be processed.',
		metadata: {
			name: port.name,
			state: stateOf(port),
			transition: (port.pvt_transitions as Fields[] | undefined)?.at(-1),
		},
		category: 'port_suspended',
		from: [{ type: 'account', value: port.pvt_account_id }],
		clearable: false,
	};
}

const listAlerts: Handler = (call) => {
	const page = listAll(alerts)(call);
	if (!('json' in page)) return page;
	const account = (call.account as Doc)._id;
	const waiting = call.kernel.store
		.database('port_requests')
		.list('port_request')
		.filter((port) => port.pvt_account_id === account && stateOf(port) === 'unconfirmed')
		.map(alertOf);
	if (waiting.length === 0) return page;
	const rows = JSON.parse(String(page.json)) as Fields[];
	const size = Number(page.envelope?.page_size ?? rows.length) + waiting.length;
	return { data: [...rows, ...waiting], envelope: { ...page.envelope, page_size: size } };
};

/** Only the system's admin puts alerts up, whoever they are for. */
const putUp =
	(resource: Resource): Handler =>
	(call) => {
		if (!call.auth?.superduper) throw forbidden();
		return create(resource)(call);
	};

function routesFor(resource: Resource, list: Handler): Route[] {
	const { path, access } = resource;
	return [
		{ path, handlers: { GET: list, PUT: putUp(resource) }, access },
		{ path: `${path}/{id}`, handlers: { GET: read(resource), DELETE: remove(resource) }, access },
	];
}

/** What somebody has to be told: of an account, and of the system. */
export const alertRoutes: Route[] = [
	...routesFor(alerts, listAlerts),
	...routesFor(systemAlerts, listAll(systemAlerts)),
];
