import type { Fields } from '../../store/database';
import type { Profile } from '../../values/profile';
import { validate } from '../../schemas';
import { type Flow, stepsOf } from '../flow';

/** An answer in JSON that is no callflow: what is wrong with it, by path. */
export class FlowErrors extends Error {
	constructor(readonly errors: Fields) {
		super(Object.keys(errors).join(', '));
	}
}

/** Where a call may be sent is looked at when a callflow is stored, not when it is played. */
const ANYWHERE = { allowLoopbackUris: true };

/** Reads a callflow step from an answer, defaults filled in. Throws FlowErrors, or a SyntaxError for what is no JSON. */
export function readFlow(profile: Profile, body: string): Flow {
	const flow = JSON.parse(body) as Flow;
	if (typeof flow !== 'object' || flow === null || Array.isArray(flow)) {
		throw new FlowErrors({ '': { type: { message: 'Value did not match type: object' } } });
	}
	const errors: Fields = { ...validate(profile, 'callflows.action', flow, ANYWHERE).errors };
	for (const { node, path } of stepsOf(flow)) {
		const checked = validate(profile, `callflows.${String(node.module)}`, node.data ?? {}, ANYWHERE);
		for (const [field, error] of Object.entries(checked.errors ?? {}))
			errors[`${path}.data.${field}`] = error;
		node.data = checked.doc;
	}
	if (Object.keys(errors).length > 0) throw new FlowErrors(errors);
	return flow;
}
