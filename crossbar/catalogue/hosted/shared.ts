/** What rows of modules share of which nothing is public but their paths: they take and give what they like. */
import type { Field } from '../notation';

/** The hint of a module that only 2600Hz's own platform runs. */
export const HOSTED = 'Part of the hosted platform: other servers answer that they do not have it';

/** The whole of what is sent, where no schema tells what that is. */
export const freeForm: Field = {
	type: 'json',
	label: 'Data',
	description: 'An object with the fields that the server takes here',
	placeholder: 'e.g. {"name": "Sales"}',
	required: true,
	wire: '',
};

/** The same where nothing needs to be said. */
export const optionalFreeForm: Field = { ...freeForm, required: false };
