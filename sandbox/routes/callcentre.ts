import type { Call, Handler, Route } from '../request/call';
import { requestValue } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { EMPTY_OBJECT, encodeKey } from '../values/erlang';
import { byId, load, type Resource, routesOf } from '../documents/resource';
import { hex } from '../values/ids';
import { present } from '../store/merge';
import { badIdentifier, fieldError } from '../request/refusal';
import { now } from '../values/time';

const A = '/accounts/{accountId}';

/** A user takes calls of the queues that his document names. */
const queuesOf = (user: Doc): string[] => (user.queues as string[] | undefined) ?? [];

const usersOf = (call: Call): Doc[] => call.kernel.store.database((call.account as Doc)._id).list('user');

const agentsOf = (call: Call, queueId: string): string[] =>
	usersOf(call)
		.filter((user) => queuesOf(user).includes(queueId))
		.map((user) => user._id);

const queues: Resource = {
	path: `${A}/queues`,
	type: 'queue',
	schema: 'queues',
	view: byId('queue'),
	summary: (doc) => ({ id: doc._id, name: doc.name, strategy: doc.strategy }),
	show: (doc, call, method) => ({
		...present(doc),
		...(method === 'GET' ? { agents: agentsOf(call, doc._id) } : undefined),
	}),
	unrevisioned: true,
	unmatched: ['POST', 'PATCH', 'DELETE'],
	profile: 4,
};

function setQueues(call: Call, user: Doc, ids: string[]): Doc {
	return call.kernel.store.save((call.account as Doc)._id, { ...user, queues: ids });
}

const roster: Record<'GET' | 'POST' | 'DELETE', Handler> = {
	GET: (call) => {
		const queue = load(queues, call, call.params.queueId);
		const agents = agentsOf(call, queue._id);
		const first = encodeKey([queue._id, EMPTY_OBJECT]);
		return { data: agents, envelope: { page_size: agents.length, start_key: first } };
	},
	POST: (call) => {
		const queue = load(queues, call, call.params.queueId);
		const wanted = Array.isArray(call.body.data) ? call.body.data.map(String) : [];
		return {
			run: () => {
				for (const user of usersOf(call)) {
					const others = queuesOf(user).filter((id) => id !== queue._id);
					const member = wanted.includes(user._id);
					if (member !== queuesOf(user).includes(queue._id)) {
						setQueues(call, user, member ? [...others, queue._id] : others);
					}
				}
				const agents = agentsOf(call, queue._id);
				return { data: { ...present(queue), agents }, envelope: { page_size: agents.length } };
			},
		};
	},
	DELETE: (call) => {
		const queue = load(queues, call, call.params.queueId);
		return {
			run: () => {
				for (const user of usersOf(call)) {
					if (queuesOf(user).includes(queue._id)) {
						setQueues(
							call,
							user,
							queuesOf(user).filter((id) => id !== queue._id),
						);
					}
				}
				return { data: { ...present(queue), agents: [] } };
			},
		};
	},
};

const showAgent = (user: Doc): Fields => ({
	first_name: user.first_name,
	last_name: user.last_name,
	queues: queuesOf(user),
	id: user._id,
});

const listAgents: Handler = (call) => {
	const agents = usersOf(call).filter((user) => queuesOf(user).length > 0);
	return {
		data: agents.map(showAgent),
		envelope: { page_size: agents.length },
		...(agents.length > 0 ? { revision: hex() } : undefined),
	};
};

function agent(call: Call): Doc {
	const id = call.params.userId as string;
	const user = call.kernel.store.database((call.account as Doc)._id).get(id, 'user');
	if (!user) throw badIdentifier(id);
	return user;
}

/** What a request for a status makes of an agent. */
const STATES: Record<string, string> = {
	login: 'ready',
	logout: 'logged_out',
	pause: 'paused',
	resume: 'ready',
	end_wrapup: 'ready',
};

const statusOf = (user: Doc): Fields =>
	(user.pvt_agent_status as Fields | undefined) ?? {
		agent_id: user._id,
		status: 'logged_out',
		timestamp: user.pvt_created,
	};

const allStatus: Handler = (call) => ({
	data: Object.fromEntries(
		usersOf(call)
			.filter((user) => user.pvt_agent_status !== undefined)
			.map((user) => [user._id, { [String(statusOf(user).timestamp)]: statusOf(user) }]),
	),
});

const readStatus: Handler = (call) => ({ data: statusOf(agent(call)) });

const setStatus: Handler = (call) => {
	const user = agent(call);
	const wanted = requestValue(call, 'status');
	const state = STATES[String(wanted)];
	if (state === undefined) {
		throw fieldError('status', 'enum', 'value is not a valid status', { cause: wanted });
	}
	const timeout = requestValue(call, 'timeout');
	if (wanted === 'pause' && timeout !== undefined) {
		if (!Number.isInteger(Number(timeout))) {
			throw fieldError('timeout', 'type', 'value must be an integer greater than or equal to 0');
		}
		if (Number(timeout) < 0) {
			throw fieldError('timeout', 'minimum', 'value must be at least greater than or equal to 0');
		}
	}
	return {
		run: () => {
			// Not through the store: an agent's status is no document of KAZOO, so nobody is told of a change.
			call.kernel.store.database((call.account as Doc)._id).put({
				...user,
				pvt_agent_status: {
					agent_id: user._id,
					status: state,
					timestamp: now(),
					...(wanted === 'pause' && timeout !== undefined ? { pause_time: Number(timeout) } : undefined),
				},
			});
			return { data: 'status update sent', revision: user._rev };
		},
	};
};

const readQueueStatus: Handler = (call) => ({ data: queuesOf(agent(call)) });

const setQueueStatus: Handler = (call) => {
	const user = agent(call);
	const action = requestValue(call, 'action');
	const queueId = String(requestValue(call, 'queue_id') ?? '');
	if (action !== 'login' && action !== 'logout') {
		throw fieldError('action', 'enum', 'Value not found in enumerated list of values', {
			target: ['login', 'logout'],
			value: action,
		});
	}
	load(queues, call, queueId);
	return {
		run: () => {
			const others = queuesOf(user).filter((id) => id !== queueId);
			const saved = setQueues(call, user, action === 'login' ? [...others, queueId] : others);
			return { data: queuesOf(saved) };
		},
	};
};

/** Calls of the queues in the range that was asked for, or in the last day. */
function callStats(call: Call): Doc[] {
	const at = (name: string, otherwise: number): number => {
		const given = Number(requestValue(call, name));
		return Number.isFinite(given) && given > 0 ? given : otherwise;
	};
	const to = at('end_range', now());
	const from = at('start_range', to - 86_400);
	const wanted = requestValue(call, 'agent_id');
	return call.kernel.store
		.database((call.account as Doc)._id)
		.list('acdc_call_stat')
		.filter(({ entered_timestamp: entered }) => Number(entered) >= from && Number(entered) <= to)
		.filter(({ agent_id: agent }) => wanted === undefined || agent === wanted);
}

const queueStats: Handler = (call) => ({
	data: {
		current_timestamp: now(),
		stats: callStats(call).map((doc) => ({ ...present(doc), id: undefined, ...idOfStat(doc) })),
	},
});

const idOfStat = (doc: Doc): Fields => ({ id: `${String(doc.call_id)}::${String(doc.queue_id)}` });

/** Counters by agent, and for each by queue. Source: cb_agents, format_stats. */
const agentStats: Handler = (call) => {
	type Counts = Record<string, number>;
	const agents: Record<string, Fields & { queues: Record<string, Counts> }> = {};
	const count = (agentId: unknown, queueId: unknown, ...keys: readonly string[]): void => {
		const entry = (agents[String(agentId)] ??= { queues: {} });
		const queue = (entry.queues[String(queueId)] ??= {});
		for (const key of keys) {
			entry[key] = Number(entry[key] ?? 0) + 1;
			queue[key] = (queue[key] ?? 0) + 1;
		}
	};
	for (const stat of callStats(call)) {
		const answered = stat.status === 'handled' || stat.status === 'processed';
		if (stat.agent_id !== undefined)
			count(stat.agent_id, stat.queue_id, 'total_calls', ...(answered ? ['answered_calls'] : []));
		for (const miss of (stat.misses as Fields[] | undefined) ?? [])
			count(miss.agent_id, stat.queue_id, 'missed_calls', 'total_calls');
	}
	return { data: agents };
};

/** Listening in needs a call to listen in to. */
const eavesdrop: Handler = (call) => {
	const id = requestValue(call, 'id');
	if (typeof id !== 'string')
		throw fieldError('id', 'required', 'Field is required but missing', { value: 'id' });
	if (call.params.queueId === undefined && requestValue(call, 'call_id') === undefined) {
		throw fieldError('call_id', 'required', 'Field is required but missing', { value: 'call_id' });
	}
	const device = call.kernel.store.database((call.account as Doc)._id).get(id, 'device');
	if (!device) throw badIdentifier(id);
	return { run: () => ({ data: { call_id: requestValue(call, 'call_id') ?? hex(24), device_id: id } }) };
};

const only4 = (route: Route): Route => ({ ...route, profile: 4 });

/** Queues and who answers them: KAZOO 4 with the call centre application. */
export const callCentreRoutes: Route[] = [
	...routesOf(queues),
	...[
		{ path: `${A}/queues/stats`, handlers: { GET: queueStats } },
		{ path: `${A}/queues/eavesdrop`, handlers: { PUT: eavesdrop } },
		{ path: `${A}/queues/{queueId}/eavesdrop`, handlers: { PUT: eavesdrop } },
		{ path: `${A}/queues/{queueId}/roster`, handlers: roster },
		{ path: `${A}/agents`, handlers: { GET: listAgents } },
		{ path: `${A}/agents/stats`, handlers: { GET: agentStats } },
		{ path: `${A}/agents/status`, handlers: { GET: allStatus } },
		{ path: `${A}/agents/status/{userId}`, handlers: { GET: readStatus, POST: setStatus } },
		{ path: `${A}/agents/{userId}`, handlers: { GET: (call: Call) => ({ data: showAgent(agent(call)) }) } },
		{ path: `${A}/agents/{userId}/status`, handlers: { GET: readStatus, POST: setStatus } },
		{
			path: `${A}/agents/{userId}/queue_status`,
			handlers: { GET: readQueueStatus, POST: setQueueStatus },
		},
		{ path: `${A}/acdc_call_stats`, handlers: { GET: () => ({ data: [] }) } },
	].map((route) => only4(route)),
];
