/** A customer is exported, copied with its sounds, compared and taken back. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SOUND } from '../values';
import { by, changesOf, equal, refused, type Customer } from './customer';
import { withoutNumbers, type Site } from './site';

export async function exportTwice(site: Site): Promise<void> {
	site.before = await site.own.exported();
	equal(await site.own.exported(), site.before, 'the second export');
	equal(/[0-9a-f]{32}/.exec(JSON.stringify(site.before)), null, 'an ID in the export');
	equal((site.before.users as IDataObject[]).length, 2, 'users in the export');
}

export async function copyAndTakeBack(site: Site): Promise<void> {
	const { customer, journal } = await site.copied('taken-back');
	equal((await customer.all('users')).length, 2, 'users of the copy');
	await customer.revert(journal);
	const accounts = (await site.setting.account.ask(
		'GET',
		`/accounts/${site.setting.account.id}/descendants?paginate=false`,
	)) as { data: IDataObject[] };
	equal(
		accounts.data.some(({ id }) => id === customer.id),
		false,
		'whether the account is still there',
	);
}

export async function copyAndCompare(site: Site): Promise<void> {
	site.copy = (await site.copied('copy')).customer;
	const document = withoutNumbers(site.before);
	equal(comparable(await site.copy.exported()), comparable(document), 'the export of the copy');
	const plan = await site.copy.run('customerBlueprint', 'plan', { blueprint: JSON.stringify(document) });
	equal(changesOf(plan), ['Nothing'], 'the plan for the copy');
}

export async function copySound(site: Site): Promise<void> {
	const { data, mimeType, fileName } = SOUND;
	const greeting = await site.own.one('media', 'name', 'Greeting');
	const file = { data: { data: data.toString('base64'), mimeType, fileName } };
	await site.own.runItems('media', 'upload', { mediaId: by(greeting.id) }, {}, [{ json: {}, binary: file }]);
	const sounding = async (customer: Customer) =>
		await customer.runItems(
			'customerBlueprint',
			'exportDocument',
			{},
			{ kinds: ['media'], includeSounds: true },
		);
	const soundsOf = (items: readonly INodeExecutionData[]) =>
		items.slice(1).map(({ json, binary }) => [json.media, binary?.data?.mimeType, binary?.data?.fileSize]);
	const items = await sounding(site.own);
	equal(
		soundsOf(items).map(([name, type]) => [name, type]),
		[['Greeting', mimeType]],
		'sounds that are exported',
	);
	const fields = { blueprint: '={{ JSON.stringify($json) }}', sounds: 'items' };
	const journal = await site.copy.runItems('customerBlueprint', 'apply', fields, {}, items);
	equal(
		journal.map(({ json }) => [json.kind, json.result]),
		[['Sound', 'done']],
		'what is done',
	);
	equal(soundsOf(await sounding(site.copy)), soundsOf(items), 'sounds of the copy');
	const plan = await site.copy.runItems('customerBlueprint', 'plan', fields, {}, items);
	equal(
		plan.map(({ json }) => json.change),
		['Nothing'],
		'the plan afterwards',
	);
	site.before = await site.own.exported();
}

/** The second phone is refused, and the first goes with it. */
export async function rollBack(site: Site): Promise<void> {
	const blueprint = { blueprint: 1, devices: [{ name: 'Fine' }, { name: 'Wrong', sip: { method: 'ip' } }] };
	const apply = site.own.job(
		'customerBlueprint',
		'apply',
		{ blueprint: JSON.stringify(blueprint) },
		{ onFailure: 'rollBack' },
	);
	await refused(apply, /1 failed, 1 rolled back/);
	equal(await site.own.exported(), site.before, 'the customer afterwards');
}

export async function applyWebhook(site: Site): Promise<void> {
	const hook = {
		name: 'Calls',
		hook: 'channel_create',
		uri: 'https://n8n.example.com/hook',
		http_verb: 'post',
	};
	const blueprint = JSON.stringify({ blueprint: 1, webhooks: [hook] });
	const journal = await site.own.job('customerBlueprint', 'apply', { blueprint });
	await site.undone(journal, async () => {
		equal((await site.own.one('webhooks', 'name', 'Calls')).uri, hook.uri, 'address of the webhook');
		const plan = await site.own.run('customerBlueprint', 'plan', { blueprint });
		equal(changesOf(plan), ['Nothing'], 'the plan afterwards');
	});
}

export async function removeOthers(site: Site): Promise<void> {
	const blueprint = JSON.stringify({ blueprint: 1, menus: [], conferences: [] });
	const allowed = { removeOthers: true, allowDeletes: true, allowLarge: true };
	const journal = await site.own.job('customerBlueprint', 'apply', { blueprint }, allowed);
	await site.undone(journal, async () => {
		equal([await site.own.all('menus'), await site.own.all('conferences')], [[], []], 'what is left');
	});
}

/** A copy has a name of its own. */
function comparable({ name: _, account: __, ...document }: IDataObject): IDataObject {
	return document;
}
