import { randomUUID } from 'node:crypto';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import { type CallerId, Leg, type Loopback, type Phone, type Setting } from './leg';
import { defined, NODE } from './stamp';

/** Where calls from and to the outside world go through. */
const CARRIER = {
	host: 'sip.carrier.example',
	address: '10.26.0.41',
	inbound: '7d9f1b1c0000000000000000000000aa',
	outbound: '7d9f1b1c0000000000000000000000bb',
};

const PROFILE = 'sofia/sipinterface_1';

/** How KAZOO classifies numbers of the North American numbering plan, and others. */
const classifierOf = (number: string): string => (number.startsWith('+1') ? 'did_us' : 'unknown');

/** Somebody outside calls a number of the account. */
export function fromOutside(setting: Setting, time: number, caller: CallerId, dialled: string): Leg {
	const from = `${caller.number}@${CARRIER.host}`;
	const to = `${dialled}@10.26.0.182`;
	return new Leg(
		{
			id: `${hex(20)}@${CARRIER.address}`,
			kind: 'line',
			direction: 'inbound',
			channel: `${PROFILE}/${from}`,
			caller,
			destination: dialled,
			asked: { from, to },
			rings: { from, to },
			agent: 'Sonus',
			isRoot: true,
			vars: {
				'DID-Classifier': classifierOf(dialled),
				'E164-Origination': caller.number,
				'E164-Destination': dialled,
				'Resource-Fax-Option': 'false',
				'Resource-ID': CARRIER.inbound,
				'Global-Resource': 'false',
				'Authorizing-Type': 'resource',
				'Resource-Type': 'offnet-origination',
				Inception: setting.inception,
				'Account-Realm': setting.account.realm,
			},
			label: 'caller',
		},
		setting,
		time,
	);
}

/** A phone of the account dials. */
export function fromPhone(setting: Setting, time: number, phone: Phone, dialled: string): Leg {
	const realm = String(setting.account.realm);
	const from = `${phone.username}@${realm}`;
	const to = `${dialled}@${realm}`;
	return new Leg(
		{
			id: `${hex(20)}@192.168.1.22`,
			kind: 'phone',
			direction: 'inbound',
			channel: `${PROFILE}/${from}`,
			caller: phone.id,
			destination: dialled,
			asked: { from, to },
			rings: { from, to },
			agent: agentOf(phone.device),
			presence: phone.presence,
			isRoot: true,
			vars: phoneVars(phone),
			phone,
			label: String(phone.device.name),
		},
		setting,
		time,
	);
}

/**
 * A phone of the account rings: for a leg on which somebody calls, or by itself. It is asked as the one whom it belongs
 * to, and as soon as it rings the caller's number stands in its place. `more`: further Custom-Channel-Vars.
 */
export function toPhone(
	setting: Setting,
	time: number,
	phone: Phone,
	caller: Leg | CallerId,
	more: Fields = {},
): Leg {
	const isLeg = caller instanceof Leg;
	const shown = isLeg ? caller.caller : caller;
	const realm = String(setting.account.realm);
	const to = `${phone.username}@${realm}`;
	const isOutside = setting.inception !== undefined;
	return new Leg(
		{
			id: randomUUID(),
			kind: 'phone',
			direction: 'outbound',
			channel: `${PROFILE}/${phone.device._id}@${setting.account._id}`,
			caller: shown,
			// Who calls from outside is told who was called as the outside world knows him
			callee: isOutside
				? { name: phone.external.name ?? phone.id.name, number: phone.external.number }
				: phone.id,
			destination: phone.device._id,
			asked: { from: phone.presence, to: `sip:${to}` },
			rings: { from: `${shown.number}@${realm}`, to },
			agent: agentOf(phone.device),
			presence: phone.presence,
			isRoot: !isLeg,
			vars: {
				...phoneVars(phone),
				...(isLeg ? { 'Bridge-ID': caller.id } : { 'Fetch-ID': randomUUID() }),
				...more,
			},
			other: isLeg ? caller : undefined,
			phone,
			label: String(phone.device.name),
		},
		setting,
		time,
	);
}

/** A number in the outside world rings, for a caller or a fax. `number` in E.164, `dialled` as it was typed. */
export function toOutside(
	setting: Setting,
	time: number,
	{ number, dialled, as }: { number: string; dialled: string; as: CallerId },
	caller?: Leg,
	more: Fields = {},
): Leg {
	const national = number.replace(/^\+1/, '');
	const to = `${number}@${CARRIER.host}`;
	return new Leg(
		{
			id: randomUUID(),
			kind: 'line',
			direction: 'outbound',
			channel: `${PROFILE}/${to}`,
			caller: as,
			callee: { name: national, number: national },
			destination: number,
			asked: { to },
			rings: { from: `${as.number}@10.26.0.11`, to },
			agent: 'Sonus',
			isRoot: caller === undefined,
			vars: {
				...(caller ? { 'Bridge-ID': caller.id } : undefined),
				'Resource-ID': CARRIER.outbound,
				'Resource-Type': 'offnet-termination',
				'Global-Resource': 'true',
				'E164-Destination': number,
				'E164-Origination': as.number,
				'DID-Classifier': classifierOf(number),
				'Original-Number': dialled,
				'Matched-Number': national,
				...more,
			},
			other: caller,
			label: number,
		},
		setting,
		time,
	);
}

/** Why there is a line inside of the switch, and whose. */
interface Line {
	phone: Phone;
	number: string;
	/** Whom it rings for; a command makes one for nobody. */
	caller?: Leg;
	/** Further Custom-Channel-Vars of both ends. */
	vars?: Fields;
}

/** The two ends of a line inside of the switch: to the first somebody is connected, on the second it dials. */
export function loopback(setting: Setting, time: number, { phone, number, caller, vars }: Line): [Leg, Leg] {
	const ids = { A: caller ? randomUUID() : `konami-transfer-${hex(8)}`, B: randomUUID() };
	const from = caller ? undefined : phone.presence;
	const make = (end: 'A' | 'B'): Leg => {
		const line: Loopback = {
			end,
			otherId: end === 'A' ? ids.B : ids.A,
			...(caller ? undefined : { orderedAs: ids.A }),
		};
		return new Leg(
			{
				id: ids[end],
				kind: 'loopback',
				direction: end === 'A' ? 'outbound' : 'inbound',
				channel: `loopback/${number}-${end.toLowerCase()}`,
				caller: caller?.caller ?? phone.id,
				callee: { name: 'Outbound Call', number: 'context_2' },
				destination: number,
				asked: { from },
				rings: { from },
				agent: '',
				isRoot: end === 'A' && !caller,
				vars: {
					'Authorizing-ID': phone.device._id,
					'Authorizing-Type': 'device',
					'Ecallmgr-Node': NODE,
					'Channel-Authorized': 'true',
					...(caller ? { 'Bridge-ID': caller.id } : { 'Metaflow-App': 'konami', 'Fetch-ID': hex() }),
					...vars,
				},
				other: caller && end === 'A' ? caller : undefined,
				loopback: line,
				label: caller ? `${number} (forwarded)` : `the line to ${number}`,
			},
			setting,
			time,
		);
	};
	const [first, second] = [make('A'), make('B')];
	second.other = caller ? first : undefined;
	return [first, second];
}

function phoneVars(phone: Phone): Fields {
	return defined({
		'Authorizing-ID': phone.device._id,
		'Authorizing-Type': 'device',
		'Owner-ID': phone.owner?._id,
		'Presence-ID': phone.presence,
		Username: phone.username,
	});
}

function agentOf(device: Doc): string {
	const { endpoint_brand: brand, endpoint_model: model } = (device.provision ?? {}) as Fields;
	return brand === undefined ? 'Linphone/5.2.3' : `${String(brand)} ${String(model)}`;
}
