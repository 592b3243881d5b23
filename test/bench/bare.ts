/** The yardsticks: what a script with a plain HTTP client does, without n8n. */
import axios from 'axios';
import { request } from 'undici';
import type { Job } from './job';

/** GETs a URL and gives back the parsed answer. */
type Client = (url: string, headers: Record<string, string>) => Promise<Page>;

/** What is used of an answer. */
export interface Page {
	data: unknown;
	next_start_key?: string;
}

export const clients: Record<'axios' | 'undici', Client> = {
	axios: async (url, headers) => (await axios.get<Page>(url, { headers })).data,
	undici: async (url, headers) => (await (await request(url, { headers })).body.json()) as Page,
};

/** Logs in and gives back what is to be measured. */
export async function prepareBare(client: Client, job: Job): Promise<() => Promise<number>> {
	const answer = await fetch(`${job.url}/api_auth`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ data: { api_key: job.apiKey } }),
	});
	const { auth_token: token } = (await answer.json()) as { auth_token: string };
	const headers = { 'x-auth-token': token, accept: 'application/json' };
	const account = `${job.url}/accounts/${job.accountId}`;
	await client(`${account}/devices/${job.deviceIds[0]}`, headers);

	return async () => (await readAll(async (path) => await client(account + path, headers), job)).length;
}

/** The task in the plainest way: GETs side by side, or pages one after another. `get` has paths below the account. */
export async function readAll(get: (path: string) => Promise<Page>, job: Job): Promise<unknown[]> {
	const records: unknown[] = [];
	if (job.task === 'gets') {
		let next = 0;
		const worker = async () => {
			while (next < job.gets) {
				const index = next++;
				const id = job.deviceIds[index % job.deviceIds.length];
				records[index] = (await get(`/devices/${id}`)).data;
			}
		};
		// As many side by side as the KAZOO node has without being told otherwise
		await Promise.all(Array.from({ length: 10 }, worker));
		return records;
	}
	let startKey: string | undefined;
	do {
		const key = startKey === undefined ? '' : `&start_key=${encodeURIComponent(startKey)}`;
		const page = await get(`/cdrs?page_size=${job.pageSize}${key}`);
		for (const record of page.data as unknown[]) records.push(record);
		startKey = page.next_start_key;
	} while (startKey);
	return records;
}
