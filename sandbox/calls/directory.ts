import type { Doc, Fields } from '../store/database';
import { isReconcilable, normaliseNumber } from '../values/phone-numbers';
import type { Store } from '../store/store';
import type { CallerId, Phone } from './leg';

/** Who calls: a phone of an account, or somebody outside. */
export type Caller = { phone: Phone } | { id: CallerId };

/** Somebody's phone, or the number that it passes its calls on to. */
export interface Endpoint {
	phone: Phone;
	/** Calls go to this number instead. */
	forward?: string;
	/** KAZOO 5: calls go to these numbers when nobody answers, or the phone is engaged. */
	instead?: { noAnswer?: string; busy?: string };
	/** Why it does not ring at all. */
	silent?: string;
	/** Whether KAZOO does not even try. */
	isBarred?: boolean;
}

const fieldsOf = (value: unknown): Fields =>
	(typeof value === 'object' && value !== null ? value : {}) as Fields;

/** The name of a person, or of what else has one. */
export function nameOf(doc: Doc): string {
	const name = [doc.first_name, doc.last_name].filter(Boolean).join(' ');
	return name === '' ? String(doc.name ?? doc._id) : name;
}

/** The phone book of an account: who has which number, extension and phone. */
export class Directory {
	constructor(
		private readonly store: Store,
		readonly account: Doc,
	) {}

	get<T extends string>(type: T, id: unknown): Doc | undefined {
		return typeof id === 'string' ? this.store.database(this.account._id).get(id, type) : undefined;
	}

	list(type: string): Doc[] {
		return this.store.database(this.account._id).list(type);
	}

	/** The extension of a user: that of his callflow, else that of his presence. */
	extensionOf(user: Doc): string | undefined {
		const own = this.list('callflow').find((flow) => flow.owner_id === user._id);
		const numbers = (own?.numbers as string[] | undefined) ?? [];
		const presence = user.presence_id;
		return numbers.find((number) => !isReconcilable(number)) ?? (presence as string | undefined);
	}

	/** The phone as it appears in calls. */
	phone(device: Doc): Phone {
		const owner = this.get('user', device.owner_id);
		const holder = owner ?? device;
		const internal = fieldsOf(fieldsOf(holder.caller_id).internal);
		const username = String(fieldsOf(device.sip).username ?? device._id);
		const extension = String(
			(owner && this.extensionOf(owner)) ?? device.presence_id ?? internal.number ?? username,
		);
		return {
			device,
			owner,
			id: { name: String(internal.name ?? nameOf(holder)), number: String(internal.number ?? extension) },
			external: this.external(owner),
			presence: `${String(holder.presence_id ?? extension)}@${String(this.account.realm)}`,
			username,
		};
	}

	/** A phone and what happens when it is called. */
	endpoint(device: Doc): Endpoint {
		const phone = this.phone(device);
		if (device.enabled === false) return { phone, silent: 'is switched off', isBarred: true };
		for (const holder of [device, phone.owner]) {
			const forward = this.forwardOf(holder);
			if (forward !== undefined) return { phone, forward };
			if (fieldsOf(holder?.do_not_disturb).enabled === true)
				return { phone, silent: 'is set to do not disturb', isBarred: true };
		}
		if (device.pvt_registered !== true) {
			const forward = this.failoverOf(phone);
			return forward === undefined ? { phone, silent: 'is not registered' } : { phone, forward };
		}
		const noAnswer = this.insteadOf(phone, 'no_answer');
		const busy = this.insteadOf(phone, 'busy');
		return { phone, ...((noAnswer ?? busy) ? { instead: { noAnswer, busy } } : undefined) };
	}

	/** The number that all calls of somebody are passed on to. In KAZOO 5 that is one of several kinds. */
	private forwardOf(holder: Doc | undefined): string | undefined {
		const forward = fieldsOf(holder?.call_forward);
		if (forward.enabled !== true) return undefined;
		if (typeof forward.number === 'string') return forward.number;
		return this.numberOf(forward, 'unconditional');
	}

	/** The number that calls are passed on to when the phone itself did not take them. */
	private insteadOf({ device, owner }: Phone, kind: 'no_answer' | 'busy'): string | undefined {
		for (const holder of [device, owner]) {
			const forward = fieldsOf(holder?.call_forward);
			const number = forward.enabled === true ? this.numberOf(forward, kind) : undefined;
			if (number !== undefined) return number;
		}
		return undefined;
	}

	/** KAZOO 5: the number that calls go to while a phone is off-line. */
	private failoverOf({ device, owner }: Phone): string | undefined {
		const numbers = [device, owner].map((holder) => this.numberOf(fieldsOf(holder), 'call_failover'));
		return numbers.find((number) => number !== undefined);
	}

	private numberOf(forward: Fields, kind: string): string | undefined {
		const { enabled, number } = fieldsOf(forward[kind]);
		const isOn = this.store.profile === 5 && enabled === true && typeof number === 'string';
		return isOn ? number : undefined;
	}

	/** What rings for a user: his phones, one line only when all his calls are passed on. */
	endpointsOf(user: Doc): Endpoint[] {
		const devices = this.list('device').filter((device) => device.owner_id === user._id);
		const endpoints = devices.map((device) => this.endpoint(device));
		const forward = this.forwardOf(user);
		const first = endpoints.find((endpoint) => forward !== undefined && endpoint.forward === forward);
		return first ? [first] : endpoints;
	}

	/** Whether a text names this phone or its owner: extension, name, user name or id. */
	isCalled(phone: Phone, text: string): boolean {
		const wanted = text.toLowerCase();
		const { device, owner } = phone;
		const names = [device._id, device.name, phone.username, phone.id.number, phone.id.name, phone.presence];
		if (owner)
			names.push(owner._id, owner.username, nameOf(owner), owner.first_name, this.extensionOf(owner));
		return names.some((name) => String(name ?? '').toLowerCase() === wanted);
	}

	/** A phone of the account by extension, name or id; one that is registered rather than one that is not. */
	findPhone(text: string): Phone | undefined {
		const found = this.list('device')
			.filter((device) => device.device_type !== 'cellphone')
			.map((device) => this.phone(device))
			.filter((phone) => this.isCalled(phone, text));
		return found.find((phone) => phone.device.pvt_registered === true) ?? found[0];
	}

	/** The callflow of a number or extension, and what its pattern captured; `no_match` is not looked for. */
	callflow(dialled: string): { flow: Doc; captured?: string } | undefined {
		const number = normaliseNumber(dialled);
		const flows = this.list('callflow');
		const exact = flows.find((flow) => (flow.numbers as string[] | undefined)?.includes(number));
		if (exact) return { flow: exact };
		for (const flow of flows) {
			for (const pattern of (flow.patterns as string[] | undefined) ?? []) {
				const match = matchOf(pattern, number);
				if (match) return { flow, captured: match[1] };
			}
		}
		return undefined;
	}

	/** The callflow for what nothing else matches: outbound calls, usually. */
	noMatch(): Doc | undefined {
		return this.list('callflow').find((flow) => (flow.numbers as string[] | undefined)?.includes('no_match'));
	}

	/** What the outside world sees of a caller. */
	external(owner: Doc | undefined): CallerId {
		const own = fieldsOf(fieldsOf(owner?.caller_id).external);
		const general = fieldsOf(fieldsOf(this.account.caller_id).external);
		return {
			name: String(own.name ?? general.name ?? this.account.name),
			number: String(own.number ?? general.number ?? 'anonymous'),
		};
	}
}

function matchOf(pattern: string, number: string): RegExpExecArray | null {
	try {
		return new RegExp(pattern).exec(number);
	} catch {
		// KAZOO takes any text for a pattern; what is none matches nothing.
		return null;
	}
}

/** Who wants to call whom. */
interface Request {
	from: string;
	to: string;
	/** Id of an account. */
	account?: string;
	/** Name of a caller from outside. */
	name?: string;
}

/** A call that has a place to begin: the account, who calls, and what was dialled as the account knows it. */
export interface Route {
	directory: Directory;
	caller: Caller;
	dialled: string;
	/** The call comes from outside. */
	inbound: boolean;
}

/**
 * Finds out whose call it is: that of the account of the phone that calls, else that of the number that is called.
 * `account` (an id) decides between accounts that have the same extension. Throws a sentence when nobody fits.
 */
export function route(store: Store, request: Request): Route {
	const { from, to, account: accountId, name = 'WIRELESS CALLER' } = request;
	const accounts = store.database('accounts').list('account');
	const wanted = accounts.filter((account) => accountId === undefined || account._id === accountId);
	if (wanted.length === 0) throw new TypeError(`There is no account ${String(accountId)}.`);
	// An extension is a caller only where the other end is known too, or where the account was named.
	if (!isReconcilable(from)) {
		const calling = wanted.flatMap((account) => {
			const directory = new Directory(store, account);
			const phone = directory.findPhone(from);
			const knows = isReconcilable(to) || directory.callflow(to) !== undefined;
			return phone && (knows || accountId !== undefined) ? [{ account, directory, phone }] : [];
		});
		const [first] = calling;
		if (first) {
			refuseSuspended(first.account);
			return { directory: first.directory, caller: { phone: first.phone }, dialled: to, inbound: false };
		}
	}
	const number = normaliseNumber(to);
	const owner = store.database('numbers').get(number, 'number')?.pvt_assigned_to;
	const reached = wanted.find((account) => account._id === owner);
	const account =
		reached ??
		(accountId === undefined
			? wanted.find((candidate) => new Directory(store, candidate).callflow(number) !== undefined)
			: wanted[0]);
	if (!account) {
		throw new TypeError(
			`Nobody here has ${to}, and no phone here is called ${from}: a call needs a number, extension or phone of an account.`,
		);
	}
	refuseSuspended(account);
	return {
		directory: new Directory(store, account),
		caller: { id: { name, number: isReconcilable(from) ? normaliseNumber(from) : from } },
		dialled: number,
		inbound: true,
	};
}

/**
 * KAZOO neither lets phones of a suspended account in (reg_authn_req: is_account_enabled) nor finds out whose its
 * numbers are (knm_number: check_account), so that no call begins.
 */
function refuseSuspended(account: Doc): void {
	if (account.pvt_enabled === false)
		throw new TypeError(`${String(account.name)} is suspended: its phones and numbers make no calls.`);
}
