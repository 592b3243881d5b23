/** Files on their way to the server: each attempt sends the whole file, whoever else sends it. */
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { binaryData, runNode } from './harness/engine';
import type { NodeResult } from './harness/engine';

const node = new Kazoo();
const SIZE = 200_000;
let server: FakeCrossbar | undefined;

afterEach(async () => {
	jest.restoreAllMocks();
	await server?.close();
	server = undefined;
});

/** Uploads a file of n8n's store once for each of so many items. */
async function upload(
	handler: Parameters<typeof fakeCrossbar>[0],
	parameters: INodeParameters = {},
	items = 1,
): Promise<NodeResult & { sizes: number[] }> {
	server = await fakeCrossbar(handler);
	const location = { type: 'custom' as const, pathSegments: ['test'], sourceType: 'test', sourceId: 'test' };
	const about = { data: '', fileName: 'logo.png', mimeType: 'image/png' };
	const data = await binaryData.store(location, Buffer.alloc(SIZE, 65), about);
	const result = await runNode(
		node,
		{
			resource: 'whiteLabel',
			operation: 'uploadLogo',
			accountScope: 'mine',
			options: { timeout: 5, retries: 1 },
			...parameters,
		},
		{
			credentials: new CredentialStore({
				type: new CrossbarApi(),
				data: { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) },
			}),
			items: Array.from({ length: items }, () => ({ json: {}, binary: { data } })),
		},
	);
	const { requests, bodies } = server;
	const sizes = bodies.filter((_, index) => requests[index]?.startsWith('POST')).map(({ length }) => length);
	return { ...result, sizes };
}

const refusal = (status: number): string =>
	JSON.stringify({ status: 'error', error: String(status), message: 'x', data: {} });

test('a stored file goes to each of many sub-accounts', async () => {
	const accounts = Array.from({ length: 25 }, (_, index) => ({
		id: index.toString(16).padStart(32, '0'),
		name: `Account ${index}`,
	}));
	const { error, items, sizes } = await upload(
		(request, response) =>
			answer(response, 200, envelope(request.url?.includes('descendants') ? accounts : {})),
		{ accountScope: 'descendants' },
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(25);
	expect(sizes).toEqual(Array(25).fill(SIZE));
});

test('a token that expires in the middle is renewed, and the file is sent again', async () => {
	let asked = 0;
	const { error, items, sizes } = await upload(
		(_, response) =>
			++asked === 2 ? answer(response, 401, refusal(401)) : answer(response, 200, envelope({})),
		{},
		4,
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(4);
	expect(sizes).toEqual(Array(5).fill(SIZE));
});

test.each([
	[429, 2],
	[503, 1],
])('refused with %i it is sent %i times: again only when nothing was done', async (status, times) => {
	let refused = false;
	const { sizes } = await upload((_, response) => {
		if (refused) return answer(response, 200, envelope({}));
		refused = true;
		answer(response, status, refusal(status));
	});
	expect(sizes).toEqual(Array(times).fill(SIZE));
});

test('no stream is left open, and none is opened by a dry run', async () => {
	const streams: Array<{ destroyed: boolean }> = [];
	const open = binaryData.getAsStream.bind(binaryData);
	jest.spyOn(binaryData, 'getAsStream').mockImplementation(async (...which) => {
		const stream = await open(...which);
		streams.push(stream);
		return stream;
	});
	await upload((_, response) => answer(response, 401, refusal(401)));
	expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
	await server?.close();
	await upload((_, response) => answer(response, 200, envelope({})), { options: { dryRun: true } });
	expect(streams).toHaveLength(2);
});
