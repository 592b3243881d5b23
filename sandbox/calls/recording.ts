import type { Fields } from '../store/database';

/** When and why a leg was recorded. */
interface Occasion {
	/** Id of the leg's CDR. */
	cdrId: string;
	/** Gregorian seconds. */
	start: number;
	/** How long the sound is. */
	seconds: number;
	/** Why, in KAZOO's words. */
	origin: string;
}

/** Fields of the document of a recording. `leg`: the leg that was recorded, under the names of a CDR. */
export function recordingOf(
	leg: Fields,
	{ cdrId, start, seconds, origin }: Occasion,
): Fields & { name: string } {
	const name = `call_recording_${String(leg.call_id)}.wav`;
	return {
		name,
		description: `recording ${name}`,
		content_type: 'audio/x-wav',
		media_type: 'wav',
		media_source: 'recorded',
		source_type: 'ecallmgr_call_event',
		call_id: leg.call_id,
		cdr_id: cdrId,
		interaction_id: leg.interaction_id,
		owner_id: (leg.custom_channel_vars as Fields).owner_id,
		caller_id_name: leg.caller_id_name,
		caller_id_number: leg.caller_id_number,
		callee_id_name: leg.callee_id_name,
		callee_id_number: leg.callee_id_number,
		direction: leg.call_direction,
		from: leg.from,
		to: leg.to,
		request: leg.request,
		start,
		duration: seconds,
		duration_ms: seconds * 1000,
		origin,
	};
}
