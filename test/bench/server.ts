/** The sandbox in a process of its own: `server.ts CDRS` prints the `Target` as JSON when it is ready. */
import { createSandbox } from '../../sandbox';
import type { Target } from './job';

async function main(): Promise<void> {
	const cdrs = Number(process.argv[2]);
	const sandbox = await createSandbox({ profile: 4, port: 0, cdrs, quiet: true });
	const url = `${sandbox.url}/v2`;
	const { apiKey } = sandbox.demo.reseller;

	const ask = async (path: string, init: RequestInit = {}) => {
		const response = await fetch(`${url}${path}`, init);
		const envelope = (await response.json()) as { data: never; auth_token: string };
		if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(envelope)}`);
		return envelope;
	};

	const login = await ask('/api_auth', {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ data: { api_key: apiKey } }),
	});
	const accountId = (login.data as { account_id: string }).account_id;
	const devices = await ask(`/accounts/${accountId}/devices?paginate=false`, {
		headers: { 'x-auth-token': login.auth_token },
	});

	const target: Target = {
		url,
		apiKey,
		accountId,
		deviceIds: (devices.data as Array<{ id: string }>).map(({ id }) => id),
		cdrs,
	};
	console.log(JSON.stringify(target));

	// Ends with the benchmark, also when that is killed
	process.stdin.resume();
	process.stdin.on('end', () => void sandbox.close().then(() => process.exit(0)));
}

void main();
