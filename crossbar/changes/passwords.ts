/** Passwords that nobody chose: told once, when they are made. */
import { randomInt } from 'crypto';

import { nest } from '../values/input';
import type { Document, KindName } from './kinds';
import { isRecord } from '../values/records';

/** Signs that are not taken for one another when somebody reads them out. */
const SIGNS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;
const LENGTH = 16;

/** Sixteen signs, with a capital, a small letter and a digit among them, which KAZOO 5 asks for. */
export function newPassword(): string {
	const one = (signs: string): string => signs[randomInt(signs.length)] as string;
	const all = SIGNS.join('');
	const signs = [...SIGNS.map(one), ...Array.from({ length: LENGTH - SIGNS.length }, () => one(all))];
	for (let place = signs.length - 1; place > 0; place--) {
		const other = randomInt(place + 1);
		[signs[place], signs[other]] = [signs[other] as string, signs[place] as string];
	}
	return signs.join('');
}

/** Four to six digits are what KAZOO takes: six, never all alike or in a row. */
function newPin(): string {
	for (;;) {
		const pin = String(randomInt(10 ** PIN_LENGTH)).padStart(PIN_LENGTH, '0');
		if (!isWeakPin(pin)) return pin;
	}
}

const PIN_LENGTH = 6;

/** Digits that are all the same or in a row: the first that anybody tries. */
export function isWeakPin(pin: string): boolean {
	const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
	const [step = 0] = steps;
	return steps.size === 1 && Math.abs(step) <= 1;
}

/** Dotted paths of the secrets that a new document of this kind needs and does not have. */
export function secretsToMake(kind: KindName, document: Document): string[] {
	if (kind === 'user')
		return typeof document.username === 'string' && document.password === undefined ? ['password'] : [];
	if (kind !== 'device') return [];
	const sip = isRecord(document.sip) ? document.sip : {};
	const byPassword = sip.method === undefined || sip.method === 'password';
	const rings = ['sip_device', 'softphone', 'smartphone', 'fax', 'ata', undefined].includes(
		document.device_type as string | undefined,
	);
	if (!byPassword || !rings) return [];
	return [
		...(sip.username === undefined ? ['sip.username'] : []),
		...(sip.password === undefined ? ['sip.password'] : []),
	];
}

/** New secrets at these paths. */
export function generatedSecrets(paths: readonly string[]): Document {
	const secrets: Record<string, unknown> = {};
	for (const path of paths) {
		const password = newPassword();
		nest(
			secrets,
			path,
			path.endsWith('pin')
				? newPin()
				: path.endsWith('username')
					? `user_${password.toLowerCase().slice(0, 10)}`
					: password,
		);
	}
	return secrets;
}
