import type { Fields } from '../store/database';
import type { Leg } from './leg';
import { defined, NODE, stamp } from './stamp';

/** What a lamp beside a person's name on other phones shows: it rings, somebody talks, it is over. */
export type LampState = 'early' | 'confirmed' | 'terminated';

/** The message that switches the lamps of a leg's phone. */
export function dialogOf(leg: Leg, state: LampState): Fields {
	const address = `sip:${leg.presence}`;
	return defined({
		...stamp('ecallmgr', NODE, 'presence', 'dialog_update'),
		'Presence-ID': leg.presence,
		From: address,
		To: address,
		'From-Tag': leg.fromTag,
		'To-Tag': leg.toTag,
		'Call-ID': leg.id,
		'Call-Direction': 'recipient',
		State: state,
		'Switch-URI': 'sip:10.26.0.11:11000',
		'Event-Package': 'dialog',
	});
}
