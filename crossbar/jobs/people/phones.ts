/** The phones of somebody who joins. Pure. */
import type { Live, Stored } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import { called, idOf, ofKind } from './found';
import type { Joining, Phone } from './joining';

const SOFTPHONE = 'Softphone';

/** Names of phones, which say whose they are: two people may be called the same. */
export function phoneName({ name, extension, phones }: Joining, phone: Phone): string {
	if (phone.kind === 'deskPhone') return `${name} (${extension}) ${phone.mac ?? ''}`;
	const place = phones.filter(({ kind }) => kind === 'softphone').indexOf(phone);
	return `${name} (${extension}) ${SOFTPHONE}${place > 0 ? ` ${place + 1}` : ''}`;
}

/** Whether a MAC address, in any spelling, is that of the phone. */
export const isSameMac = ({ mac }: Phone, other: unknown): boolean =>
	mac !== undefined && typeof other === 'string' && other.toLowerCase().replace(/[^0-9a-f]/g, '') === mac;

/** The devices that are wanted for the phones of the form; what stands in the way goes into `problems`. */
export function phonesOf(
	joining: Joining,
	live: Live,
	person: Stored | undefined,
	userRef: string,
	problems: Problem[],
): Wanted[] {
	const macs = joining.phones.flatMap(({ mac }) => mac ?? []);
	for (const mac of new Set(macs.filter((one, index) => macs.indexOf(one) !== index)))
		problems.push({ place: 'Phones', problem: `${mac} stands there twice` });
	return joining.phones.map((phone, index) => {
		const place = `Phone ${index + 1}`;
		const name = phoneName(joining, phone);
		const { mac, brand, model } = phone;
		const stored = ofKind(live, 'device').find(({ document }) =>
			mac === undefined ? document.name === name : isSameMac(phone, document.mac_address),
		);
		const owner = stored?.document.owner_id;
		const isFree = owner === undefined || owner === '';
		if (stored && !isFree && owner !== person?.id) {
			const whose = ofKind(live, 'user').find(({ id }) => id === owner);
			problems.push({
				place,
				problem: `${mac ?? name} is Device “${called(stored)}” of ${whose ? called(whose) : 'somebody else'}`,
			});
		}
		const document = {
			name,
			owner_id: userRef,
			enabled: true,
			device_type: mac === undefined ? 'softphone' : 'sip_device',
			...(mac === undefined ? {} : { mac_address: mac }),
			...(brand === undefined && model === undefined
				? {}
				: {
						provision: {
							...(brand === undefined ? {} : { endpoint_brand: brand }),
							...(model === undefined ? {} : { endpoint_model: model }),
						},
					}),
		};
		// Whoever had it before knows its password
		const renew = stored && isFree ? { renew: ['sip.password'] } : {};
		return { kind: 'device', document, place, ...idOf(stored), ...renew };
	});
}
