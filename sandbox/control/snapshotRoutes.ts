import type { FastifyInstance } from 'fastify';
import type { SteeredKernel } from './kernel';

/** Ends what goes on by itself and would write into what is put back. */
async function quieten({ calls, faults, log }: SteeredKernel): Promise<void> {
	await calls.stop();
	faults.set([]);
	log.clear();
}

/** Routes that keep and put back all that the sandbox holds. */
export function snapshotControl(app: FastifyInstance, kernel: SteeredKernel): void {
	const { snapshots } = kernel;
	const none = (name: string) => ({ error: `There is no snapshot ${name}.` });
	app.post('/sandbox/reset', async () => {
		await quieten(kernel);
		snapshots.reset();
		return {};
	});
	app.get('/sandbox/snapshots', () => snapshots.list());
	app.put<{ Params: { name: string } }>('/sandbox/snapshots/:name', (request, reply) => {
		try {
			snapshots.take(request.params.name);
			return {};
		} catch (error) {
			return reply.code(400).send({ error: (error as Error).message });
		}
	});
	app.post<{ Params: { name: string } }>('/sandbox/snapshots/:name', async (request, reply) => {
		const { name } = request.params;
		await quieten(kernel);
		return snapshots.putBack(name) ? {} : reply.code(404).send(none(name));
	});
	app.delete<{ Params: { name: string } }>('/sandbox/snapshots/:name', (request, reply) => {
		const { name } = request.params;
		return snapshots.forget(name) ? {} : reply.code(404).send(none(name));
	});
}
