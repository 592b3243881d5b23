import type { Handler, Route } from '../request/call';
import { authResponse } from '../auth/response';
import type { Doc, Fields, View } from '../store/database';
import { EMPTY_OBJECT, encodeKey } from '../values/erlang';
import { list } from '../documents/listing';
import { present } from '../store/merge';
import { badIdentifier } from '../request/refusal';
import { now } from '../values/time';

const A = '/accounts/{accountId}';

/** What an app that KAZOO's interface opens may know: who asks, and the account it is about. */
const linkApps: Handler = (call) => {
	const { auth } = call;
	const asking = authResponse(call, auth?.accountId ?? '', auth?.ownerId);
	const about = authResponse(call, (call.account as Doc)._id);
	const named = ({ account_id, account_name, language, is_reseller, reseller_id, ...more }: Fields) => ({
		account_id,
		account_name,
		language,
		is_reseller,
		reseller_id,
		is_master: more.is_master_account,
	});
	return {
		data: {
			auth_token: { ...named(asking), owner_id: asking.owner_id, method: auth?.method, apps: asking.apps },
			account: named(about),
		},
	};
};

/** Which providers of second factors there are, and which are set up. */
const factors: Handler = (call) => {
	const configured = call.kernel.store
		.database(call.account?._id ?? 'system_auth')
		.list('provider')
		.map(rowOfProvider);
	return {
		data: { configured, multi_factor_providers: SYSTEM_PROVIDERS },
		envelope: { page_size: configured.length, start_key: encodeKey(['multi_factor', EMPTY_OBJECT]) },
	};
};

const rowOfProvider = (doc: Doc): Fields => ({
	id: doc._id,
	enabled: doc.enabled,
	name: doc.name,
	provider_name: doc.provider_name,
	provider_type: 'multi_factor',
});

const SYSTEM_PROVIDERS: Fields[] = [
	{
		id: 'duo',
		enabled: false,
		name: 'System Default Provider',
		provider_name: 'duo',
		provider_type: 'multi_factor',
	},
];

const ATTEMPTS: View = { types: ['login_attempt'], key: (doc) => doc.pvt_created };

/** Log-ins and what became of them. */
const attempts: Handler = (call) => {
	const page = list(call, {
		database: call.kernel.store.database((call.account as Doc)._id),
		view: ATTEMPTS,
		show: present,
	});
	return { ...page, envelope: { start_key: encodeKey(now()), ...page.envelope } };
};

const attempt: Handler = (call) => {
	const id = call.params.id as string;
	const doc = call.kernel.store.database((call.account as Doc)._id).get(id, 'login_attempt');
	if (!doc) throw badIdentifier(id);
	return { data: present(doc), revision: doc._rev };
};

/** What was tried to log in, and what second factors there are. */
export const logInRoutes: Route[] = [
	{ path: `${A}/apps_link/authorize`, handlers: { GET: linkApps } },
	{ path: `${A}/multi_factor`, handlers: { GET: factors } },
	{ path: '/multi_factor', handlers: { GET: factors }, access: 'token' },
	{ path: `${A}/security/attempts`, handlers: { GET: attempts } },
	{ path: `${A}/security/attempts/{id}`, handlers: { GET: attempt } },
];
