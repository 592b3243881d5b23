/** Both accounts at once. */
import type { IDataObject } from 'n8n-workflow';
import { changesOf, equal, refused } from './customer';
import type { Site } from './site';

const SEATS = '{"users": "users", "devices": "devices"}';
/** What is wrong with both: nobody has restricted anything, and help would not know where to go. */
const EACH = ['callsAbroadAllowed', 'emergencyNoAddress', 'emergencyNoCallerId', 'mediaUnused', 'ruleUnused'];
const FINDINGS = [
	...EACH.flatMap((rule) => [`copy: ${rule}`, `own: ${rule}`]),
	// The one that was moved there
	'copy: numberRingsNowhere',
].sort();

export async function changeFleet(site: Site): Promise<void> {
	const plan = await site.own.run('fleet', 'planChange', {
		kind: 'device',
		patchFrom: 'json',
		patch: '{"media": {"audio": {"codecs": ["OPUS"]}}}',
		accounts: site.both,
	});
	equal(changesOf(plan), ['Change', 'Change', 'Change', 'Change', 'Change', 'Change'], 'what is planned');
	const journal = await site.own.job(
		'fleet',
		'apply',
		{ changesFrom: 'items' },
		{ allowLarge: true, firstWave: 1, waveSize: 2 },
		plan,
	);
	await site.undone(journal, async () => {
		for (const customer of [site.own, site.copy])
			for (const { media } of await customer.all('devices'))
				equal((media as { audio: IDataObject }).audio.codecs, ['OPUS'], 'codecs of a phone');
	});
}

export async function refuseStale(site: Site): Promise<void> {
	const [phone = {}] = await site.copy.all('devices');
	const rename = async (name: string) =>
		await site.copy.ask('PATCH', `/devices/${String(phone.id)}`, { name });
	const planned = async () =>
		await site.own.run(
			'fleet',
			'planChange',
			{ kind: 'device', patchFrom: 'json', patch: '{"enabled": false}', accounts: site.copy.id },
			{ ids: phone.id },
		);
	const apply = async (plan: readonly IDataObject[]) =>
		await site.own.job('changePlan', 'apply', { changesFrom: 'items' }, { allowLarge: true }, plan);
	const plan = await planned();
	equal(changesOf(plan), ['Change'], 'what is planned');
	await rename('Changed before it was applied');
	await refused(apply(plan), /was changed since/);
	await rename(String(phone.name));
	const journal = await apply(await planned());
	await rename('Changed after it was applied');
	await refused(site.own.revert(journal), /was changed since/);
	await rename(String(phone.name));
	await site.own.revert(journal);
	equal((await site.copy.ask('GET', `/devices/${String(phone.id)}`)).enabled, true, 'whether it is enabled');
}

export async function reconcileNumbers(site: Site): Promise<void> {
	const [first, second] = site.numbers;
	const rows = [first, second, '+14155569999'].map((number) => ({ number, who: site.own.id }));
	const found = await site.own.run(
		'fleet',
		'reconcileNumbers',
		{ listFrom: 'items', numberColumn: 'number', customerColumn: 'who', accounts: site.both },
		{ includeMatching: true },
		rows,
	);
	equal(
		found.map(({ status }) => status),
		['in order', 'in another account', 'only in the list'],
		'what is said of the numbers',
	);
}

export async function reconcileSeats(site: Site): Promise<void> {
	const rows = [site.own, site.copy].map(({ id }) => ({ who: id, users: 2, devices: 3 }));
	const found = await site.own.run(
		'fleet',
		'reconcileSeats',
		{ listFrom: 'items', mapping: SEATS, customerColumn: 'who', accounts: site.both },
		{},
		rows,
	);
	equal(
		found.map(({ counted, billed, here, listed, difference }) => ({
			counted,
			billed,
			here,
			listed,
			difference,
		})),
		[],
		'seats',
	);
}

export async function audit(site: Site): Promise<void> {
	const found = await site.own.run('fleet', 'audit', { accounts: site.both });
	equal(
		found
			.map(({ account_id: id, rule_id: rule }) => `${id === site.own.id ? 'own' : 'copy'}: ${String(rule)}`)
			.sort(),
		FINDINGS,
		'findings',
	);
}

export async function guard(site: Site): Promise<void> {
	const alarms = await site.own.run('fleet', 'guard', { accounts: site.both });
	equal(
		alarms.map(({ measure }) => measure),
		[],
		'alarms where nobody ever called',
	);
}
