/** From the events that a person chose to what the websocket is asked for. */
import type { EventValue, Generation } from '../events';
import { events } from '../events';
import { InvalidInput } from '../values/input';

/** The bindings of one account. */
export interface Subscription {
	readonly accountId: string;
	readonly bindings: readonly string[];
}

/** What a person fills in for events that are about one conference or one user. */
export interface BindingValues {
	readonly conferenceId?: string;
	/** The user part of a SIP address: `user_ann`. */
	readonly user?: string;
}

const LABELS: Readonly<Record<keyof BindingValues, string>> = {
	conferenceId: 'Conference ID',
	user: 'SIP User Name',
};

/** Documents kept by month: their bindings hold for the month in which they were made (blackhole.md 4). */
const MONTHLY = /^object\.[^.]+\.(\*|fax|mailbox_message|call_recording)$|^fax\.object\./;

/** Whether any of them stops to match when the month changes. */
export function isMonthly(bindings: readonly string[]): boolean {
	return bindings.some((binding) => MONTHLY.test(binding));
}

/**
 * @returns each binding once
 * @throws InvalidInput when this KAZOO does not have an event, or a value is missing
 */
export function bindingsOf(
	chosen: readonly EventValue[],
	generation: Generation,
	values: BindingValues,
): string[] {
	if (chosen.length === 0) throw new InvalidInput('No event is chosen', 'Choose at least one in Events.');
	return [...new Set(chosen.flatMap((value) => bindingsOfEvent(value, generation, values)))];
}

/** What tells which legs are one call, beside the events themselves. */
export const FOLLOWING: readonly string[] = ['CREATE', 'BRIDGE', 'DESTROY'].map(
	(name) => `call.CHANNEL_${name}.*`,
);

/** The same for one event. */
export function bindingsOfEvent(value: EventValue, generation: Generation, values: BindingValues): string[] {
	const { name, live } = events[value];
	const bindings = live?.bindings[generation];
	if (!bindings)
		throw new InvalidInput(
			live
				? `“${name}” needs KAZOO ${generation === 4 ? 5 : 4}, this server is KAZOO ${generation}`
				: `“${name}” is not told over the websocket`,
			'Take the event out, or use the KAZOO Trigger, which gets it by a webhook.',
		);
	return bindings.map((binding) => filled(binding, name, values));
}

function filled(binding: string, event: string, values: BindingValues): string {
	return binding.replace(/\{(\w+)\}/g, (_, key: keyof BindingValues) => {
		const value = (values[key] ?? '').trim();
		if (value === '') throw new InvalidInput(`${LABELS[key]} is empty`, `“${event}” needs it.`);
		// A dot would begin another part of the binding
		if (/[.#*\s]/.test(value))
			throw new InvalidInput(`${LABELS[key]} cannot be “${value}”`, 'It has no dots, blanks or wildcards.');
		return value;
	});
}
