/** What a step needs to lead anywhere, though no schema demands it: a call would go on as if the step were not there. */
import { quoted } from '../values/input';
import { isTimeZone } from '../values/time';
import type { Fault } from './schema';

type Data = Readonly<Record<string, unknown>>;

/** The step does something when one of these fields of its data says where to. */
interface Need {
	readonly fields: readonly string[];
	/** The first step of the ways out. */
	readonly what: string;
	/** Without a target the step has a use of its own. */
	readonly unless?: (data: Data) => boolean;
	readonly address?: true;
}

const NEEDS: Readonly<Record<string, Need>> = {
	acdc_member: { fields: ['id'], what: 'a queue' },
	acdc_queue: { fields: ['id'], what: 'a queue' },
	callflow: { fields: ['id', 'doc_id', 'flow'], what: 'a callflow' },
	cidlistmatch: { fields: ['id'], what: 'a match list' },
	device: { fields: ['id'], what: 'a device' },
	directory: { fields: ['id'], what: 'a directory' },
	eavesdrop: { fields: ['device_id', 'user_id'], what: 'a device or a user' },
	faxbox: { fields: ['id', 'faxbox_id'], what: 'a fax box' },
	function: { fields: ['id'], what: 'a function' },
	group: { fields: ['id', 'group_id', 'endpoints'], what: 'a group' },
	group_pickup: { fields: ['group_id', 'user_id', 'device_id'], what: 'a group, a user or a device' },
	intercept: { fields: ['group_id', 'user_id', 'device_id'], what: 'a group, a user or a device' },
	menu: { fields: ['id'], what: 'a menu' },
	pivot: {
		fields: ['voice_url'],
		what: 'an address',
		address: true,
		unless: ({ serverless }) => isGiven(serverless),
	},
	play: { fields: ['id'], what: 'a sound' },
	transfer: { fields: ['target'], what: 'a number' },
	user: { fields: ['id'], what: 'a user' },
	voicemail: {
		fields: ['id'],
		what: 'a voicemail box',
		unless: ({ action = 'compose' }) => action !== 'compose',
	},
	webhook: { fields: ['uri'], what: 'an address', address: true },
};

/** What is missing, or is an address that cannot be called. */
export function targetFaults(module: string, data: Data): Fault[] {
	const need = Object.hasOwn(NEEDS, module) ? NEEDS[module] : undefined;
	if (!need || data.skip_module === true || need.unless?.(data) === true) return [];
	const given = need.fields.find((field) => isGiven(data[field]));
	const [path = ''] = need.fields;
	if (given === undefined) {
		const url = module === 'play' && isGiven(data.url) ? '; a sound by its address belongs into id, too' : '';
		return [{ path, problem: 'is missing', whatToDo: `Name ${need.what}${url}` }];
	}
	if (need.address && !isAddress(data[given]))
		return [
			{
				path: given,
				problem: `is no address that KAZOO can call: ${quoted(data[given])}`,
				whatToDo: 'Write the whole of it, like https://example.com/call',
			},
		];
	return [];
}

/** Zones of the data that do not exist: KAZOO would take its own. */
export function zoneFaults({ timezone }: Data): Fault[] {
	if (typeof timezone !== 'string' || timezone === '' || isTimeZone(timezone)) return [];
	const problem = `is no time zone: “${timezone.slice(0, 200)}”`;
	return [{ path: 'timezone', problem, whatToDo: 'Write it like Europe/Vienna' }];
}

function isGiven(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	if (Array.isArray(value)) return value.length > 0;
	return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : false;
}

function isAddress(value: unknown): boolean {
	try {
		return /^https?:$/.test(new URL(String(value)).protocol);
	} catch {
		return false;
	}
}
