import type { FastifyInstance } from 'fastify';
import type { Fault } from './faults';
import { callControl } from './calls';
import type { Kernel } from '../request/kernel';
import type { SteeredKernel } from './kernel';
import { snapshotControl } from './snapshotRoutes';

/** What the sandbox holds: how many documents of each type, by account. */
export function contents(kernel: Kernel): object {
	const { store } = kernel;
	return {
		profile: kernel.profile,
		accounts: store
			.database('accounts')
			.list('account')
			.map((account) => ({
				id: account._id,
				name: account.name,
				realm: account.realm,
				reseller: account.pvt_reseller === true,
				numbers: store.numbersOf(account._id).length,
				documents: store.database(account._id).counts(),
			})),
	};
}

/** Routes under `/sandbox` that steer the sandbox itself; they need no token. */
export function control(app: FastifyInstance, kernel: SteeredKernel): void {
	callControl(app, kernel);
	snapshotControl(app, kernel);
	app.get('/sandbox', () => contents(kernel));
	app.get('/sandbox/log-ins', (_request, reply) =>
		reply
			.header('cross-origin-resource-policy', 'same-origin')
			.header('cache-control', 'no-store')
			.send(kernel.logIns),
	);
	app.get('/sandbox/requests', () => kernel.log.list());
	app.delete('/sandbox/requests', () => {
		kernel.log.clear();
		return {};
	});
	app.put('/sandbox/faults', async (request, reply) => {
		try {
			const body = JSON.parse(String(request.body)) as Fault[] | { faults: Fault[] };
			kernel.faults.set(Array.isArray(body) ? body : body.faults);
		} catch (error) {
			return reply.code(400).send({ error: (error as Error).message });
		}
		return {};
	});
}
