import type { Fields } from '../../store/database';
import { normaliseNumber } from '../../values/phone-numbers';
import type { SimulatedCall } from '../call';
import type { Flow } from '../flow';
import { ring, type Ring } from '../ring';
import { type Module, ON, type Outcome, seconds } from './outcome';

/** Phones ring; comes back when nobody answered, to go on with what follows, or to end so. */
async function ringThen(call: SimulatedCall, rings: Ring[], flow: Flow): Promise<Outcome> {
	const failure = await ring(call, rings);
	return flow.children?.[ON] ? ON : { end: failure };
}

function ringsOf(call: SimulatedCall, type: string, id: unknown, more: Omit<Ring, 'endpoint'>): Ring[] {
	const { directory } = call;
	if (type === 'device') {
		const device = directory.get('device', id);
		return device ? [{ endpoint: directory.endpoint(device), ...more }] : [];
	}
	if (type === 'group') {
		const members = (directory.get('group', id)?.endpoints ?? {}) as Record<string, { type?: string }>;
		return Object.entries(members).flatMap(([member, entry]) =>
			ringsOf(call, entry.type ?? 'user', member, more),
		);
	}
	const user = directory.get('user', id);
	return user ? directory.endpointsOf(user).map((endpoint) => ({ endpoint, ...more })) : [];
}

/** A caller does not ring himself, unless the callflow says so. */
function others(call: SimulatedCall, rings: Ring[], data: Fields): Ring[] {
	const own = call.caller.phone;
	if (!own || data.can_call_self === true) return rings;
	return rings.filter(
		({ endpoint }) => !('phone' in endpoint) || endpoint.phone.device._id !== own.device._id,
	);
}

/** `user` and `device`: the phones of a person ring, or one phone. */
export const ringOne =
	(type: 'user' | 'device'): Module =>
	(call, data, flow) => {
		const timing = { delay: seconds(data.delay, 0), timeout: seconds(data.timeout, 20) };
		return ringThen(call, others(call, ringsOf(call, type, data.id, timing), data), flow);
	};

/** `ring_group` and `group`: phones ring at once, or one after the other. */
export const ringGroup: Module = (call, data, flow) => {
	const group = call.directory.get('group', data.id);
	const stored = Object.entries((group?.endpoints ?? {}) as Record<string, Fields>).map(([id, entry]) => ({
		id,
		endpoint_type: entry.type,
	}));
	const endpoints = (data.endpoints as Fields[] | undefined) ?? [];
	const members: Fields[] = endpoints.length > 0 ? endpoints : stored;
	const name = String(data.name ?? group?.name ?? flow.module);
	call.note(call.caller, `calls the group ${name}`);
	const isSingle = data.strategy === 'single';
	const overall = seconds(data.timeout, 20);
	let turn = 0;
	const rings = members.flatMap((member) => {
		const timeout = seconds(member.timeout, overall);
		const delay = isSingle ? turn : seconds(member.delay, 0);
		turn += timeout;
		return ringsOf(call, String(member.endpoint_type ?? member.type ?? 'user'), member.id, {
			delay,
			timeout,
		});
	});
	return ringThen(call, others(call, rings, data), flow);
};

/** A queue: the caller hears music while agents ring, one after the other. */
export const queue: Module = async (call, data) => {
	const doc = call.directory.get('queue', data.id);
	const agents = call.directory
		.list('user')
		.filter((user) => ((user.queues as string[] | undefined) ?? []).includes(String(data.id)));
	call.pickUp();
	call.note(call.caller, `waits in the queue ${String(doc?.name ?? data.id)} and hears music`);
	const timeout = seconds(doc?.agent_ring_timeout, 15);
	const rings = agents.flatMap((agent, index) => {
		// Not seen on a real server: by KAZOO's source, an agent's leg bears these
		const vars = { 'Queue-ID': data.id, 'Agent-ID': agent._id, 'Member-Call-ID': call.caller.id };
		return ringsOf(call, 'user', agent._id, { delay: index * timeout, timeout, vars });
	});
	await ring(call, rings);
	return ON;
};

/** `offnet` and `resources`: a number outside rings. */
export const outside: Module = (call, data, flow) => {
	const dialled = String(data.to_did ?? call.caller.destination);
	const number = normaliseNumber(dialled);
	const as = call.directory.external(call.caller.phone?.owner);
	const timeout = seconds(data.timeout, 60);
	return ringThen(call, [{ endpoint: { outside: number, dialled, as }, delay: 0, timeout }], flow);
};
