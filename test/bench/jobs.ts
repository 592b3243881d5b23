/** Plans a customer against an equal document and prints requests, how many at once, time and memory, as JSON. */
import '../node/harness/environment';
import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { join } from 'node:path';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import type { Customer } from './customer';

const dist = join(__dirname, '../../build/bench/dist');

/** Counts what n8n's HTTP client sends from now on. */
function counted(): { requests: number; most: number } {
	const http = Container.get(OutboundHttp);
	const client = http.requests();
	const counts = { requests: 0, most: 0 };
	let under = 0;
	http.requests = () => ({
		...client,
		request: (async (options: Parameters<typeof client.request>[0]) => {
			counts.requests++;
			counts.most = Math.max(counts.most, ++under);
			try {
				return await client.request(options);
			} finally {
				under--;
			}
		}) as typeof client.request,
	});
	return counts;
}

async function main(): Promise<void> {
	const customer = JSON.parse(process.argv[2] ?? '') as Customer;
	// The engine's modules load after its environment is set
	const { runNode } = await import('../node/harness/engine');
	const { watchMemory } = await import('./memory');
	const { CredentialStore } = await import('../node/harness/credentials');
	const { Kazoo } = (await import(join(dist, 'nodes/Kazoo/Kazoo.node.js'))) as { Kazoo: new () => INodeType };
	const { CrossbarApi } = (await import(join(dist, 'credentials/CrossbarApi.credentials.js'))) as {
		CrossbarApi: new () => ICredentialType;
	};
	const { url, apiKey, accountId } = customer;
	const credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: url, login: 'apiKey', apiKey, access: 'full' },
	});
	const node = new Kazoo();
	const run = async (operation: string, more: IDataObject = {}): Promise<IDataObject[]> => {
		const result = await runNode(
			node,
			{
				resource: 'customerBlueprint',
				operation,
				accountScope: 'one',
				accountId: { __rl: true, mode: 'id', value: accountId },
				...more,
			},
			{ credentials },
		);
		if (result.error) throw result.error;
		return result.items.map(({ json }) => json);
	};

	const [document] = await run('exportDocument');
	const blueprint = JSON.stringify(document);
	const counts = counted();
	let plan: IDataObject[] = [];
	const { milliseconds, addedMemory: held } = await watchMemory(async () => {
		plan = await run('plan', { blueprint });
	}, true);
	const { requests, most } = counts;
	if (plan.length !== 1 || plan[0]?.change !== 'Nothing')
		throw new Error(`The equal document has ${plan.length} changes`);
	console.log(JSON.stringify({ requests, most, milliseconds, held, bytes: blueprint.length }));
	process.exit(0);
}

void main();
