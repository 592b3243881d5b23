import type { Writer } from './seeder';
import { numberOf, type Tenant } from './tenants';

/** A step of a callflow: what to do, with what, and what comes after by the answer. */
interface Step {
	module: string;
	data: Record<string, unknown>;
	children?: Record<string, Step>;
}

/** Makes the account's callflows: its people and teams, what a caller hears, and feature codes. */
export function seedCallflows(writer: Writer, tenant: Tenant): void {
	const put = (name: string, title: string, numbers: string[], flow: Step, more: object = {}) =>
		writer.put('callflow', 'callflows', name, { name: title, numbers, flow: withChildren(flow), ...more });

	for (const person of tenant.people) {
		const owner_id = writer.id(`user ${person.extension}`);
		const numbers = [person.extension, ...(person.direct ? [numberOf(tenant, person.direct)] : [])];
		put(
			`callflow ${person.extension}`,
			`${person.first} ${person.last}`,
			numbers,
			ringPerson(writer, person.extension),
			{
				owner_id,
			},
		);
	}
	for (const team of tenant.teams) {
		put(`callflow ${team.extension}`, `${team.name} Team`, [team.extension], ringTeam(writer, team));
	}
	put('callflow main', 'Main Line', [numberOf(tenant, '00')], mainLine(writer, tenant));
	if (tenant.fax) {
		put('callflow fax', 'Fax', [numberOf(tenant, '10')], {
			module: 'faxbox',
			data: { id: writer.id('faxbox') },
		});
	}
	put('callflow directory', 'Company Directory', ['411'], {
		module: 'directory',
		data: { id: writer.id('directory') },
	});
	put('callflow meeting', 'Weekly Meeting', ['7000'], {
		module: 'conference',
		data: { id: writer.id('conference') },
	});
	seedFeatureCodes(writer);
}

/** KAZOO writes an empty object where nothing follows. */
function withChildren(step: Step): Step {
	const children = Object.entries(step.children ?? {}).map(([key, child]) => [key, withChildren(child)]);
	return { ...step, children: Object.fromEntries(children) as Record<string, Step> };
}

const voicemail = (writer: Writer, extension: string): Step => ({
	module: 'voicemail',
	data: { id: writer.id(`vmbox ${extension}`), action: 'compose' },
});

const ringPerson = (writer: Writer, extension: string): Step => ({
	module: 'user',
	data: { id: writer.id(`user ${extension}`), timeout: 20, can_call_self: false },
	children: { _: voicemail(writer, extension) },
});

function ringTeam(writer: Writer, { name, members, strategy }: Tenant['teams'][number]): Step {
	return {
		module: 'ring_group',
		data: {
			name,
			strategy,
			timeout: 30,
			endpoints: members.map((extension, index) => ({
				id: writer.id(`user ${extension}`),
				endpoint_type: 'user',
				timeout: 20,
				delay: strategy === 'single' ? index * 20 : 0,
			})),
		},
		children: { _: voicemail(writer, members[0] as string) },
	};
}

/** By the time of day: closed on holidays, a menu in office hours, else an announcement and voicemail. */
function mainLine(writer: Writer, tenant: Tenant): Step {
	const reception = tenant.teams[0] as Tenant['teams'][number];
	const closed: Step = {
		module: 'play',
		data: { id: writer.id('media closed') },
		children: { _: voicemail(writer, reception.members[0] as string) },
	};
	writer.put('menu', 'menus', 'menu main', {
		name: 'Main Menu',
		media: {
			greeting: writer.id('media greeting'),
			exit_media: true,
			invalid_media: true,
			transfer_media: true,
		},
		hunt: true,
		retries: 3,
		timeout: 10_000,
		max_extension_length: 4,
	});
	const keys = tenant.teams.map((team) => [team.key, ringTeam(writer, team)]);
	const menu: Step = {
		module: 'menu',
		data: { id: writer.id('menu main') },
		children: {
			...(Object.fromEntries(keys) as Record<string, Step>),
			9: { module: 'directory', data: { id: writer.id('directory') } },
			timeout: ringTeam(writer, reception),
			_: voicemail(writer, reception.members[0] as string),
		},
	};
	const holidays = ["New Year's Day", 'Thanksgiving', 'Christmas'].map((name) => writer.id(`rule ${name}`));
	return {
		module: 'temporal_route',
		data: { timezone: tenant.timezone, rules: [...holidays, writer.id('rule Office Hours')] },
		children: {
			...(Object.fromEntries(holidays.map((id) => [id, closed])) as Record<string, Step>),
			[writer.id('rule Office Hours')]: menu,
			_: closed,
		},
	};
}

function seedFeatureCodes(writer: Writer): void {
	const code = (name: string, number: string, flow: Step) =>
		writer.put('callflow', 'callflows', `feature ${name}`, {
			name,
			numbers: [`*${number}`],
			featurecode: { name, number },
			flow: withChildren(flow),
		});
	code('voicemail[action=check]', '97', { module: 'voicemail', data: { action: 'check' } });
	code('call_forward[action=activate]', '72', { module: 'call_forward', data: { action: 'activate' } });
	code('call_forward[action=deactivate]', '73', { module: 'call_forward', data: { action: 'deactivate' } });
	code('do_not_disturb[action=toggle]', '78', { module: 'do_not_disturb', data: { action: 'toggle' } });
	writer.put('callflow', 'callflows', 'feature park', {
		name: 'park_and_retrieve',
		patterns: ['^\\*3([0-9]*)$'],
		featurecode: { name: 'park_and_retrieve', number: '3' },
		flow: withChildren({ module: 'park', data: { action: 'auto' } }),
	});
}
