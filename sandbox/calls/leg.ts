import { randomUUID } from 'node:crypto';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import { defined, NODE } from './stamp';

/** Name and number that a phone shows. */
export interface CallerId {
	name?: string;
	number: string;
}

/** A phone of an account, ready to ring or to call. */
export interface Phone {
	device: Doc;
	owner?: Doc;
	/** What a caller of the same account sees of it. */
	id: Required<CallerId>;
	/** What the outside world sees of it. */
	external: CallerId;
	/** `1003@realm`. */
	presence: string;
	username: string;
}

/** What a call's legs have in common. */
export interface Setting {
	account: Doc;
	/** Gregorian second of the start and 8 hexadecimal digits: ties the legs together. */
	interaction: string;
	/** `+1...@carrier` of the number that was dialled from outside. */
	inception?: string;
}

/** Whose leg it is: of a line to a carrier, of a phone, or the switch's own. */
export type LegKind = 'line' | 'phone' | 'loopback';

/** An address while the phone is asked, and as soon as it rings. */
export interface Addresses {
	from?: string;
	to?: string;
}

/** What a leg is made of; `legs.ts` has a function for each kind. */
export interface Parts {
	id: string;
	kind: LegKind;
	direction: 'inbound' | 'outbound';
	channel: string;
	caller: CallerId;
	callee?: CallerId;
	destination: string;
	/** How it is addressed at its creation. */
	asked: Addresses;
	/** And from the moment when it rings. */
	rings: Addresses;
	agent: string;
	presence?: string;
	vars: Fields;
	/** Whether it began the call that ties its legs together. */
	isRoot: boolean;
	other?: Leg;
	phone?: Phone;
	loopback?: Loopback;
	/** What people call it: `caller`, `Lena's desk phone`. */
	label: string;
}

/** One of the two ends of a line inside of the switch. */
export interface Loopback {
	end: 'A' | 'B';
	/** The other end of the same line. */
	otherId: string;
	/** Made by a command: the id that it was made under. */
	orderedAs?: string;
}

/** One end of a call: a telephone and the line to it. */
export class Leg {
	readonly id: string;
	readonly kind: LegKind;
	readonly direction: 'inbound' | 'outbound';
	readonly label: string;
	readonly phone: Phone | undefined;
	readonly fromTag = hex(8);
	readonly toTag = hex(8);
	/** Gregorian seconds. */
	readonly created: number;
	/** When it rang; of a caller's leg when he first heard a phone ring. */
	rang: number | undefined;
	answered: number | undefined;
	ended: number | undefined;
	held = false;
	/** Whether a phone or line that rang for it was ever connected with it; who fetches a call connects by himself. */
	bridged = false;
	/** The message with which it ended. */
	lastEvent: Fields = {};
	/** What was dialled last on it; transfers change it. */
	destination: string;
	caller: CallerId;
	callee: CallerId | undefined;
	other: Leg | undefined;
	/** Custom-Application-Vars: what the callflow set. */
	variables: Fields = {};
	/** Whether it began the call that ties its legs together. */
	isRoot: boolean;
	/** Ids of recordings of it. */
	readonly recordings: string[] = [];
	/** What a callflow that has the call notes on it. */
	private application: Fields = {};
	/** The end of a line that it took the place of. */
	private replaced: Loopback | undefined;

	constructor(
		readonly parts: Parts,
		public setting: Setting,
		time: number,
	) {
		this.id = parts.id;
		this.kind = parts.kind;
		this.direction = parts.direction;
		this.destination = parts.destination;
		this.label = parts.label;
		this.phone = parts.phone;
		this.isRoot = parts.isRoot;
		this.created = time;
		this.caller = parts.caller;
		this.callee = parts.callee;
		this.other = parts.other;
	}

	/** Custom-Channel-Vars, as on the bus. */
	get vars(): Fields {
		const { setting, parts, direction } = this;
		const { account, interaction } = setting;
		return defined({
			'Account-ID': account._id,
			'Reseller-ID': parts.loopback ? undefined : account.pvt_reseller_id,
			Realm: account.realm,
			...parts.vars,
			...(direction === 'outbound' ? { 'Ecallmgr-Node': NODE, ...this.granted } : undefined),
			...this.application,
			'Call-Interaction-ID': interaction,
			'Call-Interaction-Is-Root': this.isRoot || this.replaced?.orderedAs !== undefined,
			'Privacy-Hide-Number': false,
			'Privacy-Hide-Name': false,
		});
	}

	/** What the switch notes of a leg that it let through. */
	private get granted(): Fields {
		if (this.kind === 'loopback' || (this.answered ?? this.rang ?? this.ended) === undefined) return {};
		return {
			'Channel-Authorized': 'true',
			'Global-Resource': this.parts.vars['Global-Resource'] ?? 'false',
		};
	}

	/** A callflow has the call from now on. */
	enter(callflow?: string): void {
		const { 'CallFlow-ID': before } = this.application;
		this.note({
			'Bridge-ID': this.id,
			'Application-Name': 'callflow',
			'Application-Node': 'callflow@apps1.sandbox.example',
			'CallFlow-ID': callflow ?? before ?? hex(),
			'Ecallmgr-Node': NODE,
			'Fetch-ID': randomUUID(),
		});
	}

	/** Notes something on the leg, by the names of the bus. */
	note(vars: Fields): void {
		this.application = { ...this.application, ...vars };
	}

	get presence(): string | undefined {
		return this.parts.presence;
	}

	/** One of the switch's own ends. */
	get isLoopback(): boolean {
		return this.kind === 'loopback';
	}

	/** The end of a line that it is, or that it took the place of. */
	get loopback(): Loopback | undefined {
		return this.parts.loopback ?? this.replaced;
	}

	/** The line behind which it rang bows out: the leg is what that end was, and marked so. */
	takePlaceOf(line: Leg): void {
		this.replaced = line.parts.loopback;
		this.destination = line.destination;
		this.note(line.parts.vars);
	}

	private get addresses(): Addresses {
		return this.rang === undefined ? this.parts.asked : this.parts.rings;
	}

	get from(): string {
		return this.addresses.from ?? '';
	}

	get to(): string {
		return this.addresses.to ?? '';
	}

	/** Of the SIP dialogue, as far as there is one. */
	get tags(): Fields {
		if (this.isLoopback) return {};
		if (this.direction === 'outbound')
			return this.rang === undefined ? {} : { 'From-Tag': this.fromTag, 'To-Tag': this.toTag };
		const isTaken = this.ended !== undefined || (this.kind === 'line' && this.answered !== undefined);
		return defined({ 'From-Tag': this.fromTag, 'To-Tag': isTaken || this.held ? this.toTag : undefined });
	}

	get interaction(): string {
		return this.setting.interaction;
	}
}
