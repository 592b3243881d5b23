/** The events of the trigger, and which of them a KAZOO can deliver. */
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { EventDetails, EventValue } from '../../crossbar/events';
import { events, eventValues } from '../../crossbar/events';
import { Transport } from '../../crossbar/http/transport';
import { isRecord, plainText, recordsIn } from '../../crossbar/values/records';

interface Listed extends IDataObject {
	/** Of each: `{items: [...]}`, or an object by value. */
	modifiers?: IDataObject;
}

/** Events in the order of the list; n8n shows each of them among the actions of the node. */
export const eventOptions: INodePropertyOptions[] = eventValues
	.filter((value) => events[value].webhook)
	.map((value) => {
		const { name, description } = events[value];
		return { name, value, description, action: `On ${name.toLowerCase()}` };
	});

/** The chosen events that this server does not offer, by their names. @throws NodeApiError */
export async function notOffered(chosen: readonly EventValue[], transport: Transport): Promise<string[]> {
	const hooks = await listedHooks(transport);
	return chosen.filter((value) => !isOffered(events[value], hooks)).map((value) => events[value].name);
}

/** The types of objects that the server lists. */
export async function getObjectTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const object = (await listedHooks(await Transport.open(this))).find(({ id }) => id === 'object');
	return modifier(object, 'type')
		.filter((type) => type !== 'all')
		.map((type) => ({ name: OBJECT_NAMES[type] ?? type, value: type }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

const OBJECT_NAMES: Readonly<Record<string, string>> = {
	account: 'Account',
	call_recording: 'Call Recording',
	callflow: 'Callflow',
	device: 'Device',
	fax: 'Fax',
	faxbox: 'Fax Box',
	mailbox_message: 'Voicemail Message',
	media: 'Media',
	user: 'User',
	vmbox: 'Voicemail Box',
};

async function listedHooks(transport: Transport): Promise<Listed[]> {
	const { envelope } = await transport.send({ method: 'GET', path: '/webhooks', what: 'List the events' });
	return recordsIn(envelope.data);
}

function isOffered({ webhook }: EventDetails, hooks: readonly Listed[]): boolean {
	if (!webhook) return false;
	if (webhook.hook === 'all') return true;
	const hook = hooks.find(({ id }) => id === webhook.hook);
	if (!hook) return false;
	return (
		webhook.type === undefined || webhook.unlisted === true || modifier(hook, 'type').includes(webhook.type)
	);
}

function modifier(hook: Listed | undefined, name: string): string[] {
	const { modifiers } = hook ?? {};
	const described = isRecord(modifiers) ? modifiers[name] : undefined;
	const items = isRecord(described) ? described.items : undefined;
	if (Array.isArray(items)) return (items as unknown[]).map(plainText).filter(Boolean);
	return isRecord(items) ? Object.keys(items) : [];
}
