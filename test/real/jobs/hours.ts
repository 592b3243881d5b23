/** Hours of a callflow. */
import type { IDataObject } from 'n8n-workflow';
import { by, equal } from './customer';
import type { Site } from './site';

export async function setHours(site: Site): Promise<void> {
	const journal = await site.own.job('openingHours', 'setHours', {
		callflowId: by('131'),
		saturday: '10:00-12:00',
		whileClosed: 'voicemail',
		vmbox: by('131'),
	});
	await site.undone(journal, async () => {
		const { flow } = await site.own.one('callflows', 'name', 'Nora Whitfield');
		const { module, data, children } = flow as { module: string; data: IDataObject; children: IDataObject };
		equal(module, 'temporal_route', 'first step of the callflow');
		equal(
			(children._ as IDataObject | undefined)?.module,
			'voicemail',
			'what callers get while it is closed',
		);
		const { temporal_rules: rules } = await site.own.ask(
			'GET',
			`/temporal_rules_sets/${String(data.rule_set)}`,
		);
		const days = await Promise.all(
			(rules as string[]).map(async (id) => (await site.own.ask('GET', `/temporal_rules/${id}`)).wdays),
		);
		equal(days.map((names) => (names as string[]).length).sort(), [1, 5], 'weekdays of the rules');
	});
}

export async function closeOnDates(site: Site): Promise<void> {
	const callflowId = by('132');
	await site.own.job(
		'openingHours',
		'closeOnDates',
		{ callflowId, dates: '2030-12-24 to 2030-12-26', whileClosed: 'hangUp' },
		{ occasion: 'Christmas' },
	);
	const { flow } = await site.own.one('callflows', 'name', 'Omar Young');
	equal((flow as IDataObject).module, 'temporal_route', 'first step of the callflow');
	await site.own.job('openingHours', 'reinstateHours', { callflowId });
	const again = await site.own.one('callflows', 'name', 'Omar Young');
	equal((again.flow as IDataObject).module, 'user', 'first step of the callflow afterwards');
	equal(await site.own.exported(), site.before, 'the customer afterwards');
}

export async function overrideDay(site: Site): Promise<void> {
	const journal = await site.own.job('openingHours', 'overrideForDay', {
		callflowId: by('132'),
		date: '2030-12-24',
		override: 'hours',
		hours: '09:00-12:00',
		whileClosed: 'hangUp',
	});
	await site.undone(journal, async () => {
		const { flow } = await site.own.one('callflows', 'name', 'Omar Young');
		equal((flow as IDataObject).module, 'temporal_route', 'first step of the callflow');
	});
}
