import type { Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { available } from '../blackhole/bindings';
import type { Session } from '../blackhole/session';
import { badIdentifier } from '../request/refusal';

/** What websockets can be bound to, and the live ones of an account, as the recorded server lists them. */

const A = '/accounts/{accountId}';

const present = (session: Session): Fields => ({
	bindings: session.subscribed,
	websocket_session_id: session.id,
	timestamp: session.timestamp,
	...(session.name === undefined ? undefined : { name: session.name }),
	...(session.metadata === undefined ? undefined : { metadata: session.metadata }),
	destination: session.destination,
	source: session.source,
});

const all: Handler = (call) => ({
	data: call.kernel.blackhole.sessions((call.account as Doc)._id).map(present),
});

const one: Handler = (call) => {
	const id = call.params.id as string;
	const session = call.kernel.blackhole.sessions((call.account as Doc)._id).find((live) => live.id === id);
	if (!session) throw badIdentifier(id);
	return { data: present(session) };
};

const bindings: Handler = (call) => ({ data: available(call.kernel.profile) });

/** Routes about websockets. */
export const websocketRoutes: Route[] = [
	{ path: '/websockets', handlers: { GET: bindings }, access: 'token' },
	{ path: `${A}/websockets`, handlers: { GET: all } },
	{ path: `${A}/websockets/{id}`, handlers: { GET: one } },
];
