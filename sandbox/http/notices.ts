import type { Call } from '../request/call';
import type { Fields } from '../store/database';
import { notify } from '../bus/notification';
import type { Reply } from './pipeline';
import { now } from '../values/time';

/**
 * Notifications that Crossbar itself sends when a request succeeded, by its path. Follows webhooks.md 2.4 and the
 * recorded deliveries: these carry no password, and a port request tells its new state and why.
 */

interface Notice {
	name: string;
	fields: Fields;
}

type Announcer = (call: Call, reply: Reply) => Notice | undefined;

/** Names of the notifications about a port request, by the state it came to. */
const PORT_STATES: Record<string, string> = {
	unconfirmed: 'port_unconfirmed',
	submitted: 'port_request',
	pending: 'port_pending',
	scheduled: 'port_scheduled',
	rejected: 'port_rejected',
	completed: 'ported',
	canceled: 'port_cancel',
};

const newUser: Announcer = (_call, { headers }) => ({
	name: 'new_user',
	fields: { 'User-ID': headers.location?.split('/').pop() },
});

const portState: Announcer = (call) => {
	const [id, state = ''] = call.segments.slice(-2);
	const name = PORT_STATES[state];
	if (name === undefined) return undefined;
	const { reason } = call.query;
	const why = {
		content: reason,
		timestamp: now(),
		account_id: call.auth?.accountId,
		user_id: call.auth?.ownerId,
	};
	return {
		name,
		fields: {
			'Port-Request-ID': id,
			'Authorized-By': call.auth?.accountId,
			...(reason === undefined ? undefined : { Reason: why }),
			Version: 'v2',
		},
	};
};

const ANNOUNCERS: Array<{ verb: string; path: RegExp; announce: Announcer }> = [
	{ verb: 'PUT', path: /^\/v2\/accounts\/[^/]+\/users\/?$/, announce: newUser },
	{ verb: 'PATCH', path: /^\/v2\/accounts\/[^/]+\/port_requests\/[^/]+\/[^/]+\/?$/, announce: portState },
];

/** Tells the bus of what a request did, if anybody has to know. */
export function announce(call: Call, reply: Reply): void {
	if (reply.status >= 300 || !call.account) return;
	const found = ANNOUNCERS.find(({ verb, path }) => verb === call.verb && path.test(call.path));
	const notice = found?.announce(call, reply);
	if (notice) notify(call.kernel, 'crossbar', notice.name, call.account._id, notice.fields);
}
