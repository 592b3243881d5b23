import { collectPages } from '../../crossbar/paging';
import type { Envelope, Query } from '../../crossbar/transport';

interface Item {
	id: number;
}

/** A list of records 0 to `count - 1`, and what was done with it in which order. */
function list(count: number) {
	const log: string[] = [];
	return {
		log,
		fetch: async (query: Query): Promise<Envelope> => {
			const start = Number(query.start_key ?? 0);
			log.push(`ask ${start}`);
			await new Promise((resolve) => setTimeout(resolve, 5));
			const end = Math.min(start + Number(query.page_size), count);
			const data = Array.from({ length: end - start }, (_, index) => ({ id: start + index }));
			return { data, ...(end < count ? { next_start_key: String(end) } : {}) };
		},
		options: {
			itemsOf: ({ data }: Envelope) => data as Item[],
			identity: ({ id }: Item) => String(id),
		},
	};
}

describe('collectPages', () => {
	it('works out what is kept of a page while the server prepares the next one', async () => {
		const { log, fetch, options } = list(5);
		const show = ({ id }: Item) => {
			log.push(`show ${id}`);
			return id * 10;
		};
		const { items } = await collectPages(fetch, { ...options, pageSize: 2, show });
		expect(items).toEqual([0, 10, 20, 30, 40]);
		expect(log).toEqual(['ask 0', 'ask 2', 'show 0', 'show 1', 'ask 4', 'show 2', 'show 3', 'show 4']);
	});

	it('asks for no page beyond the limit, and works out nothing beyond it', async () => {
		const { log, fetch, options } = list(50);
		const show = ({ id }: Item) => log.push(`show ${id}`);
		await collectPages(fetch, { ...options, pageSize: 2, limit: 3, show });
		expect(log).toEqual(['ask 0', 'ask 2', 'show 0', 'show 1', 'show 2']);
	});

	it('fails with the first mistake, also while the next page is on its way and fails too', async () => {
		const { fetch, options } = list(50);
		const failing = async (query: Query) => {
			if (query.start_key !== undefined) throw new Error('the second page');
			return await fetch(query);
		};
		const show = () => {
			throw new Error('the first record');
		};
		await expect(collectPages(failing, { ...options, pageSize: 2, show })).rejects.toThrow(
			'the first record',
		);
		await expect(collectPages(failing, { ...options, pageSize: 2 })).rejects.toThrow('the second page');
	});
});
