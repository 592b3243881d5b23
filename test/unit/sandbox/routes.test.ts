import type { Profile } from '../../../sandbox/schemas';
import { methodsOf, Router } from '../../../sandbox/http/router';
import { routesFor } from '../../../sandbox/routes';
import { withRecordings } from '../../recordings';
import { Client } from './client';

const ID = '0'.repeat(32);

function allowed(profile: Profile, path: string): string[] {
	const router = new Router(routesFor(profile));
	const match = router.match(
		path
			.split('/')
			.filter(Boolean)
			.map((part) => part.replace(/\{\w+\}/, ID)),
	);
	return match ? methodsOf(match.route) : [];
}

describe('methods of paths', () => {
	test.each([
		['/accounts', ['GET', 'PUT']],
		['/accounts/{id}', ['PATCH', 'POST', 'PUT', 'GET', 'DELETE']],
		['/accounts/{id}/users', ['PUT', 'GET']],
		['/accounts/{id}/users/{id}', ['PATCH', 'POST', 'GET', 'DELETE']],
		['/accounts/{id}/media/{id}', ['POST', 'GET', 'DELETE']],
		['/accounts/{id}/cdrs', ['GET']],
		['/accounts/{id}/tasks/{id}', ['PATCH', 'GET', 'DELETE']],
		['/user_auth', ['PUT']],
	])('%s', (path, methods) => {
		expect([...allowed(4, path)].sort()).toEqual([...methods].sort());
	});

	test('OPTIONS lists them, others are refused and told nothing in Allow', async () => {
		const client = await Client.start();
		const preflight = await client.own('OPTIONS', '/cdrs', { headers: { origin: 'https://ui.example' } });
		expect(preflight.headers.get('access-control-allow-methods')).toBe('OPTIONS, GET');
		const reply = await client.own('DELETE', '/cdrs');
		expect([reply.status, reply.headers.get('allow')]).toEqual([405, null]);
		expect((await client.ask('GET', '/accounts')).status).toBe(405);
		await client.sandbox.close();
	});
});

interface Reference {
	routes: { path: string; methods: string[] }[];
}

/** Some paths are there twice, with other names for their parameters: what either shows is allowed. */
function merged(routes: Reference['routes']): Map<string, string[]> {
	const paths = new Map<string, string[]>();
	for (const { path, methods } of routes) {
		const key = path.replace(/\{\w+\}/g, '{id}');
		if (methods.length > (paths.get(key)?.length ?? 0)) paths.set(key, methods);
	}
	return paths;
}

withRecordings('paths against the lists of the real server', ['routes.json'], ({ json }) => {
	test('every path allows what the real server allows', () => {
		const paths = merged(json<Reference>('routes.json').routes);
		expect(paths.size).toBeGreaterThan(300);
		for (const [path, methods] of paths) {
			expect({ path, methods: allowed(4, path) }).toEqual({ path, methods });
		}
	});
});
