import { Random } from '../values/random';
import type { Doc, Fields } from '../store/store';
import { DAY, type Seeding, Writer } from './seeder';
import { OUTSIDERS, type Tenant } from './tenants';

/** Calls of a working day. */
const CALLS_A_DAY = 12;

/**
 * A queue with the first team as its agents, and a week of calls: most answered, some after another agent missed them,
 * some given up. Chance of its own, so that all else of the tenant stays the same.
 */
export function seedCallCentre(seeding: Seeding, tenant: Tenant): void {
	const random = new Random(20_261_129);
	const writer = new Writer({ ...seeding, random }, tenant.account.id);
	const { store, now } = seeding;
	const team = tenant.teams[0];
	if (!team) return;
	const queue = writer.put('queue', 'queues', 'queue', {
		name: `${team.name} Queue`,
		strategy: 'round_robin',
		agent_ring_timeout: 15,
		connection_timeout: 300,
	});
	const database = store.database(tenant.account.id);
	const agents = team.members.flatMap((extension) => {
		const user = database.get(writer.id(`user ${extension}`), 'user');
		return user ? [user] : [];
	});
	// Not through the store: who works where was so from the beginning
	for (const user of agents) database.put({ ...user, queues: [queue._id] });
	for (let back = 6; back >= 0; back--)
		for (let index = 0; index < CALLS_A_DAY; index++) {
			const entered = Math.floor(now - back * DAY - random.int(0, 8 * 3600) - 60);
			store.create(tenant.account.id, 'acdc_call_stat', callStat(random, queue, agents, entered), {
				id: writer.id(`queue call ${back} ${index}`),
				created: entered,
			});
		}
}

function callStat(random: Random, queue: Doc, agents: readonly Doc[], entered: number): Fields {
	const [name, number] = random.pick(OUTSIDERS);
	const about = {
		queue_id: queue._id,
		call_id: `${random.int(10_000_000, 99_999_999)}@203.0.113.8`,
		caller_id_name: name,
		caller_id_number: number,
		entered_timestamp: entered,
	};
	const waiting = random.int(4, 90);
	if (random.chance(0.15))
		return {
			...about,
			status: 'abandoned',
			abandoned_timestamp: entered + waiting,
			abandoned_reason: 'member_hangup',
			wait_time: waiting,
			misses: [],
		};
	const first = random.int(0, agents.length - 1);
	const missed = random.chance(0.2);
	const agent = agents[(first + (missed ? 1 : 0)) % agents.length] as Doc;
	const talking = random.int(20, 600);
	return {
		...about,
		status: 'processed',
		agent_id: agent._id,
		handled_timestamp: entered + waiting,
		processed_timestamp: entered + waiting + talking,
		hung_up_by: random.chance(0.6) ? 'member' : 'agent',
		wait_time: waiting,
		talk_time: talking,
		misses: missed
			? [
					{
						agent_id: (agents[first] as Doc)._id,
						miss_reason: 'timeout',
						miss_timestamp: entered + 15,
					},
				]
			: [],
	};
}
