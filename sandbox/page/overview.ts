import { reportOf } from '../calls/report';
import { Directory, nameOf } from '../calls/directory';
import type { Doc, Fields } from '../store/database';
import { isReconcilable } from '../values/phone-numbers';
import type { Faults } from '../control/faults';
import type { SteeredKernel } from '../control/kernel';
import { treeOf } from '../store/store';
import { maskedAddress, maskedBody, maskedPath } from './secrets';

/** A webhook delivery as far as the page shows it. */
interface Delivery {
	hookId: string;
	event: string;
	uri: string;
	status?: number;
	error?: string;
	success: boolean;
	at: string;
}

/** What the page shows, fresh whenever it is asked for; secrets are left out or masked. */
export interface Overview {
	profile: number;
	version: string;
	accounts: {
		id: string;
		name: string;
		realm: string;
		/** 0 for the master. */
		depth: number;
		users: number;
		phones: number;
		numbers: number;
	}[];
	phones: {
		id: string;
		account: string;
		name: string;
		owner: string;
		extension: string;
		/** Neither for a cell phone, which does not register. */
		registered?: boolean;
		/** What its call is doing, while it has one. */
		busy?: 'ringing' | 'talking' | 'on hold';
	}[];
	/** What one may dial, and where it leads. */
	numbers: { number: string; account: string; leads: string; fax: boolean }[];
	boxes: { id: string; name: string; account: string; fresh: number }[];
	calls: Fields[];
	requests: { at: string; method: string; path: string; status: number; body?: string }[];
	webhooks: { id: string; name: string; hook: string; uri: string; enabled: boolean; reason?: string }[];
	/** Undefined where nothing delivers. */
	deliveries?: Delivery[];
	/** Those that may still strike. */
	faults: ReturnType<Faults['current']>;
}

const SHOWN_CALLS = 12;
const SHOWN_REQUESTS = 40;
const SHOWN_DELIVERIES = 25;

/** Accounts in the order of a tree: each below the one it belongs to. */
function treeOrder(accounts: Doc[], parent?: string): Doc[] {
	return accounts
		.filter((account) => treeOf(account).at(-1) === parent)
		.flatMap((account) => [account, ...treeOrder(accounts, account._id)]);
}

type Busy = NonNullable<Overview['phones'][number]['busy']>;

function busyPhones({ calls }: SteeredKernel): Map<string, Busy> {
	const busy = new Map<string, Busy>();
	for (const call of calls.list().filter(({ isOver }) => !isOver)) {
		for (const leg of call.legs) {
			if (!leg.phone || leg.ended !== undefined) continue;
			const state = leg.held ? 'on hold' : leg.answered === undefined ? 'ringing' : 'talking';
			busy.set(leg.phone.device._id, state);
		}
	}
	return busy;
}

function phonesOf(directory: Directory, busy: Map<string, Busy>): Overview['phones'] {
	return directory.list('device').map((device) => {
		const { owner, id } = directory.phone(device);
		const registers = device.device_type !== 'cellphone' && device.device_type !== 'landline';
		return {
			id: device._id,
			account: directory.account._id,
			name: String(device.name ?? device._id),
			owner: owner ? nameOf(owner) : '',
			extension: (owner && directory.extensionOf(owner)) ?? id.number,
			...(registers ? { registered: device.pvt_registered === true } : undefined),
			...(busy.has(device._id) ? { busy: busy.get(device._id) } : undefined),
		};
	});
}

function numbersOf(directory: Directory): Overview['numbers'] {
	return directory.list('callflow').flatMap((flow) =>
		((flow.numbers as string[] | undefined) ?? [])
			.filter((number) => number !== 'no_match')
			.map((number) => ({
				number,
				account: directory.account._id,
				leads: String(flow.name ?? (flow.flow as Fields | undefined)?.module ?? ''),
				fax: isReconcilable(number) && /"(faxbox|receive_fax)"/.test(JSON.stringify(flow.flow ?? {})),
			})),
	);
}

function boxesOf(directory: Directory): Overview['boxes'] {
	const fresh = new Map<unknown, number>();
	for (const { source_id: box, metadata } of directory.list('mailbox_message')) {
		if ((metadata as Fields).folder === 'new') fresh.set(box, (fresh.get(box) ?? 0) + 1);
	}
	return directory.list('vmbox').map((box) => ({
		id: box._id,
		name: String(box.name ?? box.mailbox),
		account: directory.account._id,
		fresh: fresh.get(box._id) ?? 0,
	}));
}

/** What the sandbox holds and what happened last. */
export function overview(kernel: SteeredKernel): Overview {
	const { store, calls, log, faults } = kernel;
	const accounts = treeOrder(store.database('accounts').list('account'));
	const directories = accounts.map((account) => new Directory(store, account));
	const busy = busyPhones(kernel);
	return {
		profile: kernel.profile,
		version: kernel.version,
		accounts: directories.map((directory) => ({
			id: directory.account._id,
			name: String(directory.account.name),
			realm: String(directory.account.realm),
			depth: treeOf(directory.account).length,
			users: directory.list('user').length,
			phones: directory.list('device').length,
			numbers: store.numbersOf(directory.account._id).length,
		})),
		phones: directories.flatMap((directory) => phonesOf(directory, busy)),
		numbers: directories.flatMap(numbersOf),
		boxes: directories.flatMap(boxesOf),
		calls: calls
			.list()
			.slice(0, SHOWN_CALLS)
			.map((call) => ({ ...reportOf(call) })),
		requests: log
			.list()
			.slice(-SHOWN_REQUESTS)
			.reverse()
			.map(({ at, method, path, status, body }) => ({
				at,
				method,
				path: maskedPath(path),
				status,
				...(body === undefined ? undefined : { body: maskedBody(body) }),
			})),
		webhooks: store
			.database('webhooks')
			.list('webhook')
			.map((hook) => ({
				id: hook._id,
				name: String(hook.name),
				hook: String(hook.hook),
				uri: maskedAddress(String(hook.uri)),
				enabled: hook.enabled !== false,
				...(hook.pvt_disabled_message === undefined
					? undefined
					: { reason: String(hook.pvt_disabled_message) }),
			})),
		...deliveriesOf(kernel),
		faults: faults.current(),
	};
}

/** The last deliveries, the newest first; nothing where webhooks are not delivered. */
function deliveriesOf(
	kernel: SteeredKernel & { deliveries?: { list(): Delivery[] } },
): Pick<Overview, 'deliveries'> {
	if (!kernel.deliveries) return {};
	const last = kernel.deliveries.list().slice(-SHOWN_DELIVERIES).reverse();
	return {
		deliveries: last.map(({ hookId, event, uri, status, error, success, at }) => ({
			hookId,
			event,
			uri: maskedAddress(uri),
			status,
			error,
			success,
			at,
		})),
	};
}
