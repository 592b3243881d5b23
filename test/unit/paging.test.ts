import type { CrossbarRequest, Envelope, Query } from '../../crossbar/http/messages';
import { collectPages } from '../../crossbar/operations/paging';

type Foresee = CrossbarRequest['foresee'];

interface Item {
	id: number;
}

interface ListOptions {
	/** The envelope names the next key before its data, as KAZOO 4 does. */
	keyFirst?: boolean;
}

/** A list of records 0 to `count - 1`, and what was done with it in which order. */
function list(count: number, { keyFirst = false }: ListOptions = {}) {
	const log: string[] = [];
	return {
		log,
		fetch: async (query: Query, foresee?: Foresee): Promise<Envelope> => {
			const start = Number(query.start_key ?? 0);
			log.push(`ask ${start}`);
			await new Promise((resolve) => setTimeout(resolve, 5));
			const end = Math.min(start + Number(query.page_size), count);
			const next = end < count ? { next_start_key: String(end) } : {};
			if (keyFirst && foresee?.(next)) await new Promise((resolve) => setTimeout(resolve, 1));
			const data = Array.from({ length: end - start }, (_, index) => ({ id: start + index }));
			log.push(`read ${start}`);
			return { data, ...next };
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
		expect(log).toEqual([
			...['ask 0', 'read 0', 'ask 2', 'show 0', 'show 1'],
			...['read 2', 'ask 4', 'show 2', 'show 3', 'read 4', 'show 4'],
		]);
	});

	it('asks for no page beyond the limit, and works out nothing beyond it', async () => {
		const { log, fetch, options } = list(50);
		const show = ({ id }: Item) => log.push(`show ${id}`);
		await collectPages(fetch, { ...options, pageSize: 2, limit: 3, show });
		expect(log).toEqual(['ask 0', 'read 0', 'ask 2', 'show 0', 'show 1', 'read 2', 'show 2']);
	});

	it('asks for the next page before it reads one that names its key first', async () => {
		const { log, fetch, options } = list(6, { keyFirst: true });
		const { items } = await collectPages(fetch, { ...options, pageSize: 2 });
		expect(items).toEqual([0, 1, 2, 3, 4, 5].map((id) => ({ id })));
		expect(log).toEqual(['ask 0', 'ask 2', 'read 0', 'ask 4', 'read 2', 'read 4']);
	});

	it('asks early for no page that the limit may make superfluous', async () => {
		const { log, fetch, options } = list(50, { keyFirst: true });
		const { items } = await collectPages(fetch, { ...options, pageSize: 2, limit: 5 });
		expect(items).toHaveLength(5);
		expect(log).toEqual(['ask 0', 'ask 2', 'read 0', 'ask 4', 'read 2', 'read 4']);
	});

	it('asks for two pages more than it has looked at and not further', async () => {
		const { log, fetch, options } = list(100, { keyFirst: true });
		let unread = 0;
		let most = 0;
		const counting = async (query: Query, foresee?: Foresee) => {
			most = Math.max(most, ++unread);
			// The first page is slow to be read, those after it are there at once
			const envelope = await fetch(query, foresee);
			if (query.start_key === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
			return envelope;
		};
		const itemsOf = (envelope: Envelope) => {
			unread--;
			return options.itemsOf(envelope);
		};
		const { items } = await collectPages(counting, { ...options, itemsOf, pageSize: 2 });
		expect(items).toHaveLength(100);
		expect(log.filter((line) => line.startsWith('ask'))).toHaveLength(50);
		expect(most).toBe(3);
	});

	it('believes the key after the data when another one stood before it', async () => {
		const { log, fetch, options } = list(6);
		const misleading = async (query: Query, foresee?: Foresee) => {
			foresee?.({ next_start_key: '40' });
			return await fetch(query);
		};
		const { items } = await collectPages(misleading, { ...options, pageSize: 2 });
		expect(items).toEqual([0, 1, 2, 3, 4, 5].map((id) => ({ id })));
		expect(log).toContain('ask 40');
	});

	it('says nothing of a page that failed and was asked for in vain', async () => {
		const { fetch, options } = list(2);
		const failing = async (query: Query, foresee?: Foresee) => {
			if (query.start_key !== undefined) throw new Error('the second page');
			foresee?.({ next_start_key: '2' });
			return await fetch(query);
		};
		const { items } = await collectPages(failing, { ...options, pageSize: 2 });
		expect(items).toHaveLength(2);
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
