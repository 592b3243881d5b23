import { openGuard, mayPass } from '../real/guard';
import { judge, settled, type Outcome } from '../real/outcome';
import { createSandbox, DEMO } from '../../sandbox';

describe('the guard before the server', () => {
	const own = new Set(['mine']);

	it.each([
		['GET', '/accounts/other/devices'],
		['PUT', '/api_auth'],
		['PUT', '/accounts/mine/devices'],
		['DELETE', '/accounts/mine'],
		['POST', '/auth/tokeninfo'],
	])('lets %s %s pass', (method, path) => {
		expect(mayPass(method, path, own)).toBe(true);
	});

	it.each([
		['PUT', '/accounts/other'],
		['PATCH', '/accounts/other/devices/1'],
		['PUT', '/accounts'],
		['PUT', '/accounts/capabilities'],
		['POST', '/rates/1'],
		['PUT', '/auth'],
		['DELETE', '/accounts/mine2'],
	])('refuses %s %s', (method, path) => {
		expect(mayPass(method, path, own)).toBe(false);
	});

	it('refuses a path that leads out of the account, and takes in what was created below', async () => {
		const sandbox = await createSandbox({ quiet: true, cdrs: 0 });
		const guard = await openGuard(sandbox.url);
		try {
			const ask = async (method: string, path: string, token: string, data: unknown) => {
				const response = await fetch(`${guard.url}/v2${path}`, {
					method,
					headers: { 'content-type': 'application/json', 'x-auth-token': token },
					body: JSON.stringify({ data }),
				});
				return (await response.json()) as { auth_token: string; data: { id: string }; message?: string };
			};
			const { auth_token: token } = await ask('PUT', '/api_auth', '', { api_key: DEMO.apiKey });
			const above = `/accounts/${DEMO.reseller.id}`;
			const refused = await ask('PUT', above, token, { name: 'below' });
			expect(refused.message).toBe('refused by the check itself');
			guard.own.add(DEMO.reseller.id);
			const made = await ask('PUT', above, token, { name: 'below', realm: 'below.example.com' });
			guard.own.delete(DEMO.reseller.id);
			expect(guard.own).toEqual(new Set([made.data.id]));
			guard.take();
			const out = `/accounts/${made.data.id}/%2e%2e/${DEMO.reseller.id}/devices`;
			await ask('PUT', out, token, { name: 'outside' });
			expect(guard.take()).toMatchObject([{ method: 'PUT', stopped: true }]);
		} finally {
			await guard.close();
			await sandbox.close();
		}
	});
});

describe('what came of a row', () => {
	const exchange = (path: string, status: number, refusal = '') => ({
		method: 'GET',
		path,
		status,
		refusal,
		stopped: false,
	});
	const failed = (name: string): Outcome => ({ name, request: '', result: 'failed', reason: '' });
	const unknown = 'not_found {"message":"not found"}';

	it('a path that KAZOO does not know is a missing module where nothing of it is known', () => {
		const tried = [
			{ outcome: failed('a'), exchanges: [exchange('/accounts/1/agents', 404, unknown)] },
			{ outcome: failed('b'), exchanges: [exchange('/accounts/1/devices/x/y', 404, unknown)] },
			{ outcome: failed('c'), exchanges: [exchange('/accounts/1/devices', 200)] },
		];
		expect(settled(tried, { sandbox: false }).map(({ result }) => result)).toEqual([
			'untried',
			'failed',
			'failed',
		]);
	});

	it('a refusal counts as right only with the status that is expected', () => {
		const expected = { status: 403, reason: 'nobody may' };
		const attempt = (status: number) =>
			judge({ error: 'no', exchanges: [exchange('/x', status, 'no')], expected, madeUp: [] }).result;
		expect([attempt(403), attempt(404), attempt(500)]).toEqual(['refused', 'failed', 'failed']);
	});

	it('what the guard stopped is a fault of the row', () => {
		const exchanges = [{ ...exchange('/rates/1', 0), method: 'POST', stopped: true }];
		expect(judge({ error: 'no', exchanges, madeUp: ['Rate'] }).result).toBe('failed');
	});
});
