/** People come and go, and change places. */
import { by, changesOf, equal } from './customer';
import type { Site } from './site';

const NORA = { firstName: 'Nora', lastName: 'Whitfield', extension: '131', email: 'nora@n8n-check.example' };
const OMAR = { firstName: 'Omar', lastName: 'Young', extension: '132', email: 'omar@n8n-check.example' };
const PHONES = {
	step: [
		{ kind: 'deskPhone', mac: '00:15:65:AA:01:31', brand: 'Yealink', model: 'T54W' },
		{ kind: 'softphone' },
	],
};
const LEAVES = {
	userId: by('131'),
	successor: by('132'),
	numbersTo: 'successor',
	stepsTo: 'successor',
	voicemailTo: 'successor',
};

export async function onBoard(site: Site): Promise<void> {
	const form = {
		...NORA,
		number: 'given',
		givenNumber: site.numbers[0],
		phones: PHONES,
		voicemail: 'email',
	};
	const more = { groups: 'Crew', directory: 'Staff', pin: '274951', hotDesk: true };
	await site.own.job('user', 'onBoard', form, more);
	const user = await site.own.one('users', 'username', NORA.email);
	const flow = await site.own.one('callflows', 'owner_id', user.id);
	equal(flow.numbers, ['131', site.numbers[0]], 'numbers of the callflow');
	const devices = (await site.own.all('devices')).filter(({ owner_id: owner }) => owner === user.id);
	equal(devices.map(({ device_type: type }) => type).sort(), ['sip_device', 'softphone'], 'phones');
	const box = await site.own.one('vmboxes', 'mailbox', '131');
	equal([box.owner_id, box.pin], [user.id, '274951'], 'owner and PIN of the voicemail box');
	const group = await site.own.one('groups', 'name', 'Crew');
	equal(Object.keys(group.endpoints as object), [user.id], 'members of the group');
	const directory = await site.own.one('directories', 'name', 'Staff');
	equal(user.directories, { [String(directory.id)]: flow.id }, 'directories');
	const again = await site.own.run('user', 'onBoard', form, more);
	equal(changesOf(again), ['Nothing'], 'the same once more');
}

export async function onBoardByPlan(site: Site): Promise<void> {
	const form = { ...OMAR, phones: { step: [{ kind: 'softphone' }] }, voicemail: 'box' };
	const plan = await site.own.run('user', 'planOnBoarding', form, { groups: 'Crew' });
	equal((await site.own.all('users')).length, 1, 'users before the plan is applied');
	await site.own.job('changePlan', 'apply', { changesFrom: 'items' }, {}, plan);
	const user = await site.own.one('users', 'username', OMAR.email);
	const flow = await site.own.one('callflows', 'owner_id', user.id);
	equal(flow.numbers, ['132'], 'numbers of the callflow');
	equal(await site.members(), ['Nora', 'Omar'], 'members of the group');
}

export async function changeGroup(site: Site): Promise<void> {
	const change = async (operation: string) =>
		await site.own.run('group', operation, { groupId: by('Crew'), members: 'Omar Young' });
	await change('removeMember');
	equal(await site.members(), ['Nora'], 'members without Omar');
	await change('addMember');
	equal(await site.members(), ['Nora', 'Omar'], 'members with Omar');
}

export async function changeDirectory(site: Site): Promise<void> {
	const change = async (operation: string) =>
		await site.own.run('directory', operation, { directoryId: by('Staff'), person: by('132') });
	await change('addPerson');
	const user = await site.own.one('users', 'username', OMAR.email);
	const flow = await site.own.one('callflows', 'owner_id', user.id);
	equal(Object.values((user.directories ?? {}) as object), [flow.id], 'what the directory rings');
	await change('removePerson');
	const left = await site.own.one('users', 'username', OMAR.email);
	equal(Object.keys((left.directories ?? {}) as object), [], 'directories afterwards');
	// An empty object stays in the user
	site.before = await site.own.exported();
}

export async function removeFromEverywhere(site: Site): Promise<void> {
	const journal = await site.own.job('user', 'removeFromEverywhere', {
		userId: by('131'),
		successor: by('132'),
	});
	await site.undone(journal, async () => {
		equal(await site.members(), ['Omar'], 'members of the group');
	});
}

export async function offBoard(site: Site): Promise<void> {
	const form = { ...LEAVES, phonesTo: 'keep', userTo: 'disable' };
	const journal = await site.own.job('user', 'offBoard', form, { leaveTokens: true });
	await site.undone(journal, async () => {
		const user = await site.own.one('users', 'username', NORA.email);
		equal(user.enabled, false, 'whether the user is enabled');
		const successor = await site.own.one('users', 'username', OMAR.email);
		const flow = await site.own.one('callflows', 'name', 'Omar Young');
		equal(
			(flow.numbers as string[]).includes(String(site.numbers[0])),
			true,
			'the number rings the successor',
		);
		const box = await site.own.one('vmboxes', 'mailbox', '131');
		equal(box.owner_id, successor.id, 'owner of the voicemail box');
		equal(await site.members(), ['Omar'], 'members of the group');
	});
}

export async function offBoardForGood(site: Site): Promise<void> {
	const form = { ...LEAVES, voicemailTo: 'delete', phonesTo: 'delete', userTo: 'delete' };
	const journal = await site.own.job('user', 'offBoard', form, { leaveTokens: true });
	await site.undone(journal, async () => {
		equal(
			(await site.own.all('users')).map(({ first_name: name }) => name),
			['Omar'],
			'who is left',
		);
		equal((await site.own.all('devices')).length, 1, 'phones that are left');
		equal(
			(await site.own.all('vmboxes')).map(({ mailbox }) => mailbox),
			['132'],
			'boxes that are left',
		);
	});
}
