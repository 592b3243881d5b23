import type { Leg } from './leg';
import { defined } from './stamp';

/** A leg as the channels API shows it. */
export function channelOf(leg: Leg) {
	const { vars } = leg;
	return {
		...defined({
			answered: leg.answered !== undefined,
			authorizing_id: vars['Authorizing-ID'],
			authorizing_type: vars['Authorizing-Type'],
			call_direction: leg.direction,
			call_id: leg.id,
			callee_id_name: leg.callee?.name,
			callee_id_number: leg.callee?.number,
			caller_id_name: leg.caller.name,
			caller_id_number: leg.caller.number,
			channel_authorized: vars['Channel-Authorized'],
			custom_application_vars: leg.variables,
			custom_channel_vars: {},
			destination: leg.destination,
			from: leg.from,
			from_tag: leg.tags['From-Tag'],
			interaction_id: leg.interaction,
			is_loopback: leg.isLoopback,
			is_on_hold: leg.held,
			other_leg_call_id: leg.other?.id,
			owner_id: vars['Owner-ID'],
			presence_id: leg.presence,
			reseller_id: vars['Reseller-ID'],
			resource_id: vars['Resource-ID'],
			timestamp: Math.floor(leg.created),
			to: leg.to,
			to_tag: leg.tags['To-Tag'],
			username: vars.Username,
		}),
		_id: leg.id,
		pvt_type: 'channel',
		pvt_created: Math.floor(leg.created),
		pvt_modified: Math.floor(leg.created),
	};
}
