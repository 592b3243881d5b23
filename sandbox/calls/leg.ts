import { randomUUID } from 'node:crypto';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Ending } from './endings';
import { defined, NODE, stamp } from './stamp';

/** Where calls from and to the outside world go through. */
const CARRIER = {
	host: 'sip.carrier.example',
	address: '10.26.0.41',
	inbound: '7d9f1b1c0000000000000000000000aa',
	outbound: '7d9f1b1c0000000000000000000000bb',
};

const SWITCH = {
	'Media-Server': 'media1.sandbox.example',
	'Switch-Hostname': 'media1.sandbox.example',
	'Switch-Nodename': 'freeswitch@media1.sandbox.example',
	'Switch-URI': 'sip:10.26.0.11:11000',
	'Switch-URL': 'sip:mod_sofia@10.26.0.11:11000',
};

/** Name and number that a phone shows. */
export interface CallerId {
	name?: string;
	number: string;
}

/** A phone of an account, ready to ring or to call. */
export interface Phone {
	device: Doc;
	owner?: Doc;
	/** What a caller sees of it. */
	id: Required<CallerId>;
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

/** The keys that name the other end of a bridged leg. */
function otherLeg(other: Leg): Fields {
	return {
		'Other-Leg-Call-ID': other.id,
		'Other-Leg-Caller-ID-Name': other.caller.name,
		'Other-Leg-Caller-ID-Number': other.caller.number,
		'Other-Leg-Destination-Number': other.destination,
		'Other-Leg-Direction': other.direction,
	};
}

/** What a leg is made of; `Leg` has a function for each kind. */
interface Parts {
	id: string;
	direction: 'inbound' | 'outbound';
	channel: string;
	caller: CallerId;
	callee?: CallerId;
	destination: string;
	from: string;
	to: string;
	agent: string;
	fromTag: string;
	toTag?: string;
	presence?: string;
	vars: Fields;
	other?: Leg;
	phone?: Phone;
	loopback?: 'A' | 'B';
	/** What people call it: `caller`, `Lena's desk phone`. */
	label: string;
}

/** The bus knows times in whole seconds. */
const whole = (seconds: number): number => Math.max(0, Math.round(seconds));

/** One end of a call: a telephone and the line to it. */
export class Leg {
	readonly id: string;
	readonly direction: 'inbound' | 'outbound';
	readonly destination: string;
	readonly label: string;
	readonly phone: Phone | undefined;
	/** Gregorian seconds. */
	readonly created: number;
	answered: number | undefined;
	ended: number | undefined;
	held = false;
	/** The message with which it ended. */
	lastEvent: Fields = {};
	caller: CallerId;
	callee: CallerId | undefined;
	other: Leg | undefined;
	/** Custom-Application-Vars: what the callflow set. */
	variables: Fields = {};

	constructor(
		private readonly parts: Parts,
		private readonly setting: Setting,
		time: number,
	) {
		this.id = parts.id;
		this.direction = parts.direction;
		this.destination = parts.destination;
		this.label = parts.label;
		this.phone = parts.phone;
		this.created = time;
		this.caller = parts.caller;
		this.callee = parts.callee;
		this.other = parts.other;
	}

	/** Custom-Channel-Vars, as on the bus. */
	get vars(): Fields {
		return defined({ ...accountVars(this.setting), ...this.parts.vars });
	}

	get presence(): string | undefined {
		return this.parts.presence;
	}

	get isLoopback(): boolean {
		return this.parts.loopback !== undefined;
	}

	get from(): string {
		return this.parts.from;
	}

	get to(): string {
		return this.parts.to;
	}

	get tags(): Fields {
		return { 'From-Tag': this.parts.fromTag, 'To-Tag': this.parts.toTag };
	}

	get interaction(): string {
		return this.setting.interaction;
	}

	/** A `CHANNEL_...` message of this leg. Times are Gregorian seconds. */
	event(name: string, time: number, more: Fields = {}): Fields {
		const { parts } = this;
		const isOver = name === 'CHANNEL_DESTROY';
		const isUp = this.answered !== undefined;
		return defined({
			...stamp('ecallmgr', NODE, 'call_event', name),
			'Call-ID': this.id,
			'Call-Direction': this.direction,
			'Channel-Name': parts.channel,
			'Channel-State': isOver ? 'REPORTING' : 'EXECUTE',
			'Channel-Call-State': isOver ? 'HANGUP' : isUp ? 'ACTIVE' : 'RINGING',
			'Channel-Answer-State': isOver ? 'hangup' : isUp ? 'answered' : 'ringing',
			'Channel-Created-Time': Math.floor(this.created) * 1_000_000,
			'Channel-Is-Loopback': this.isLoopback ? true : undefined,
			'Channel-Loopback-Leg': parts.loopback,
			'Caller-ID-Name': this.caller.name,
			'Caller-ID-Number': this.caller.number,
			'Callee-ID-Name': this.callee?.name,
			'Callee-ID-Number': this.callee?.number,
			'Caller-Destination-Number': this.destination,
			'Custom-Channel-Vars': this.vars,
			'Custom-Application-Vars': Object.keys(this.variables).length > 0 ? this.variables : undefined,
			'Custom-SIP-Headers': {},
			From: parts.from,
			To: parts.to,
			Request: parts.to,
			'From-Uri': parts.from,
			'To-Uri': parts.to,
			...this.tags,
			'Presence-ID': parts.presence,
			'Interaction-ID': this.setting.interaction,
			...SWITCH,
			'User-Agent': parts.agent,
			Timestamp: Math.floor(time),
			...(this.other ? otherLeg(this.other) : undefined),
			...more,
		});
	}

	/** What is added to the event with which the leg ends. */
	endingOf({ cause, code, disposition }: Ending, time: number): Fields {
		const ringing = whole((this.answered ?? time) - this.created);
		const billing = this.answered === undefined ? 0 : whole(time - this.answered);
		return {
			'Hangup-Cause': cause,
			'Hangup-Code': code,
			Disposition: disposition,
			'Duration-Seconds': ringing + billing,
			'Billing-Seconds': billing,
			'Ringing-Seconds': ringing,
		};
	}

	/** Somebody outside calls a number of the account. */
	static fromOutside(setting: Setting, time: number, caller: CallerId, dialled: string): Leg {
		const from = `${caller.number}@${CARRIER.host}`;
		return new Leg(
			{
				id: `${hex(20)}@${CARRIER.address}`,
				direction: 'inbound',
				channel: `sofia/sipinterface_1/${from}`,
				caller,
				destination: dialled,
				from,
				to: `${dialled}@10.26.0.182`,
				agent: 'Sonus',
				fromTag: `gK0c${hex(6)}`,
				vars: {
					'Authorizing-Type': 'resource',
					'Authorizing-ID': CARRIER.inbound,
					'Resource-ID': CARRIER.inbound,
					'Resource-Type': 'offnet-origination',
					'Global-Resource': 'false',
					Inception: setting.inception,
					'Call-Type': 'offnet',
				},
				label: 'caller',
			},
			setting,
			time,
		);
	}

	/** A phone of the account dials. */
	static fromPhone(setting: Setting, time: number, phone: Phone, dialled: string): Leg {
		const realm = String(setting.account.realm);
		const from = `${phone.username}@${realm}`;
		return new Leg(
			{
				id: `${hex(16)}@192.168.1.22`,
				direction: 'inbound',
				channel: `sofia/sipinterface_1/${from}`,
				caller: phone.id,
				destination: dialled,
				from,
				to: `${dialled}@${realm}`,
				agent: agentOf(phone.device),
				fromTag: hex(12),
				presence: phone.presence,
				vars: {
					...phoneVars(phone, realm),
					'Presence-ID': phone.presence,
					'Channel-Authorized': 'true',
				},
				phone,
				label: String(phone.device.name),
			},
			setting,
			time,
		);
	}

	/** A phone of the account rings. `more`: further Custom-Channel-Vars. */
	static toPhone(setting: Setting, time: number, phone: Phone, caller: Leg | CallerId, more: Fields): Leg {
		const from = caller instanceof Leg ? caller.caller : caller;
		const realm = String(setting.account.realm);
		const to = `${phone.username}@${realm}`;
		return new Leg(
			{
				id: randomUUID(),
				direction: 'outbound',
				channel: `sofia/sipinterface_1/${to}`,
				caller: from,
				callee: phone.id,
				destination: phone.username,
				from: `${from.number}@${realm}`,
				to,
				agent: agentOf(phone.device),
				fromTag: hex(12),
				toTag: hex(8),
				presence: phone.presence,
				vars: {
					...phoneVars(phone, realm),
					...(setting.inception === undefined ? { 'Call-Type': 'onnet' } : { Inception: setting.inception }),
					...more,
				},
				other: caller instanceof Leg ? caller : undefined,
				phone,
				label: String(phone.device.name),
			},
			setting,
			time,
		);
	}

	/** A number in the outside world rings, for a caller or a fax. `number` in E.164, `dialled` as it was typed. */
	static toOutside(
		setting: Setting,
		time: number,
		{ number, dialled, as }: { number: string; dialled: string; as: CallerId },
		caller?: Leg,
	): Leg {
		const realm = String(setting.account.realm);
		return new Leg(
			{
				id: randomUUID(),
				direction: 'outbound',
				channel: `sofia/sipinterface_1/${number}@${CARRIER.host}`,
				caller: as,
				callee: { number },
				destination: number,
				from: `${as.number}@${realm}`,
				to: `${number}@${CARRIER.host}`,
				agent: 'Sonus',
				fromTag: hex(12),
				vars: {
					...(caller?.phone ? phoneVars(caller.phone, realm) : undefined),
					'Resource-ID': CARRIER.outbound,
					'Resource-Type': 'offnet-termination',
					'Global-Resource': 'true',
					'E164-Destination': number,
					'Original-Number': dialled,
				},
				other: caller,
				label: number,
			},
			setting,
			time,
		);
	}

	/** The two ends of the line on which a forwarded call goes round. */
	static loopback(setting: Setting, time: number, phone: Phone, number: string, caller: Leg): [Leg, Leg] {
		const make = (loopback: 'A' | 'B', direction: 'inbound' | 'outbound') => {
			const leg = Leg.toPhone(setting, time, phone, caller, {});
			const channel = `loopback/${number}-${loopback.toLowerCase()}`;
			return new Leg(
				{ ...leg.parts, channel, direction, loopback, label: `${number} (forwarded)` },
				setting,
				time,
			);
		};
		return [make('A', 'outbound'), make('B', 'inbound')];
	}
}

function accountVars({ account, interaction }: Setting): Fields {
	return defined({
		'Account-ID': account._id,
		'Account-Realm': account.realm,
		'Account-Name': account.name,
		'Reseller-ID': account.pvt_reseller_id,
		'Ecallmgr-Node': NODE,
		'Call-Interaction-ID': interaction,
	});
}

function phoneVars(phone: Phone, realm: string): Fields {
	return defined({
		'Authorizing-ID': phone.device._id,
		'Authorizing-Type': 'device',
		'Owner-ID': phone.owner?._id,
		Username: phone.username,
		Realm: realm,
	});
}

function agentOf(device: Doc): string {
	const { endpoint_brand: brand, endpoint_model: model } = (device.provision ?? {}) as Fields;
	return brand === undefined ? 'Linphone/5.2.3' : `${String(brand)} ${String(model)}`;
}
