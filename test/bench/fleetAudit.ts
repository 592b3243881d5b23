/** An audit of customers of `fleetTree.ts` through n8n's engine and the node as it ships: time, memory held, requests. */
import '../node/harness/environment';
import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { watchMemory } from './memory';

const built = join(__dirname, '../../build/bench/dist');

async function load<Type>(file: string, name: string): Promise<Type> {
	const module = (await import(join(built, file))) as Record<string, new () => Type>;
	const Class = module[name];
	if (!Class) throw new Error(`${file} has no class ${name}`);
	return new Class();
}

async function main(): Promise<void> {
	const { url, apiKey, realm } = JSON.parse(process.argv[2] ?? '') as Record<
		'apiKey' | 'realm' | 'url',
		string
	>;
	const { runNode } = await import('../node/harness/engine');
	const { CredentialStore } = await import('../node/harness/credentials');
	const type = await load<ICredentialType>('credentials/CrossbarApi.credentials.js', 'CrossbarApi');
	const node = await load<INodeType>('nodes/Kazoo/Kazoo.node.js', 'Kazoo');
	const data = { serverUrl: url, login: 'apiKey', apiKey, access: 'full' };
	const credentials = new CredentialStore({ type, data });
	const requests = countRequests();
	let findings = 0;
	const measured = await watchMemory(async () => {
		const additionalFields = { accountRealm: realm, days: 0 };
		const result = await runNode(
			node,
			{ resource: 'fleet', operation: 'audit', additionalFields },
			{ credentials, staticData: {} },
		);
		if (result.error) throw result.error;
		const left = result.items.filter(({ json }) => json.severity === 'not looked at');
		if (left.length > 0) throw new Error(JSON.stringify(left[0]));
		findings = result.items.length;
	}, true);
	console.log(JSON.stringify({ ...measured, requests: requests(), findings }));
}

/** How many requests go out from now on. */
function countRequests(): () => number {
	const http = Container.get(OutboundHttp);
	const client = http.requests();
	let count = 0;
	http.requests = () => ({
		...client,
		request: (async (options: Parameters<typeof client.request>[0]) => {
			count++;
			return await client.request(options);
		}) as typeof client.request,
	});
	return () => count;
}

void main().then(() => process.exit(0)); // open connections must not keep it alive
