import type { Fields } from '../store/database';
import type { Bus } from '../bus/bus';
import type { Store } from '../store/store';
import type { Profile } from '../values/profile';
import { snaked } from '../bus/messages';
import { monthOf } from '../values/time';

/**
 * KAZOO's part that keeps call detail records: it listens to the bus, and of every leg that ends it keeps the last
 * message as a document. Recorded: the message's keys in snake case, without `Call-Interaction-ID` among the channel's
 * variables, and the two halves of the interaction's id. Of a third of all legs the switch's own report is kept in its
 * place, which bears the time of the leg's beginning.
 */

const LAST_MESSAGES: Record<string, string> = {
	'kapi_call:publish_event': 'CHANNEL_DESTROY',
	'kapi_call:publish_report': 'report',
};

/** A line that a command made is kept by one of its two ends. */
export function leavesCdr(event: Fields): boolean {
	return event['Origination-Call-ID'] === undefined || event['Origination-Call-ID'] !== event['Call-ID'];
}

/** The id of the CDR that a leg's `CHANNEL_DESTROY` leaves behind. */
export function cdrIdOf(event: Fields): string {
	return `${monthOf(Number(event.Timestamp))}-${String(event['Call-ID'])}`;
}

/** Variables of a channel that a CDR has beside the others of the leg. */
const LIFTED = ['E164-Destination', 'E164-Origination', 'DID-Classifier', 'Is-Conference'];

/** Begins to keep CDRs of what the bus tells. A leg of no account the store knows leaves none. */
export function keepCdrs({ store, bus, profile }: { store: Store; bus: Bus; profile: Profile }): void {
	bus.subscribe(({ api, payload }) => {
		if (LAST_MESSAGES[api] !== payload['Event-Name'] || !leavesCdr(payload)) return;
		const isReport = payload['Event-Name'] === 'report';
		const told = (payload['Custom-Channel-Vars'] ?? {}) as Fields;
		const { 'Call-Interaction-ID': tied, ...rest } = told;
		const vars = isReport ? told : rest;
		const lifted = Object.fromEntries(Object.entries(vars).filter(([name]) => LIFTED.includes(name)));
		const own = Object.fromEntries(Object.entries(vars).filter(([name]) => !LIFTED.includes(name)));
		const account = store.account(String(vars['Account-ID']));
		// The real one keeps the first of two messages of one leg.
		if (!account || store.database(account._id).raw(cdrIdOf(payload))) return;
		const interaction = payload['Interaction-ID'] ?? tied;
		const [time, key] = String(interaction ?? '').split('-');
		store.createMonthly(
			account._id,
			'cdr',
			Number(payload.Timestamp),
			{
				...(snaked({ ...payload, ...lifted, 'Custom-Channel-Vars': own }) as Fields),
				...(interaction === undefined
					? undefined
					: { interaction_id: interaction, interaction_key: key, interaction_time: Number(time) }),
			},
			{ id: String(payload['Call-ID']) },
		);
		// KAZOO 5 tells hooks that there is one.
		if (profile === 5) {
			bus.publish('kapi_cdr:publish_report', {
				...payload,
				'Event-Category': 'cdr',
				'Event-Name': 'report',
				'Account-ID': account._id,
			});
		}
	});
}
