/** The events that this KAZOO can deliver, for the list in the editor. */
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { EventDetails, EventValue } from '../../crossbar/events';
import { events, eventValues } from '../../crossbar/events';
import { Transport } from '../../crossbar/http/transport';
import { isRecord, plainText, recordsIn } from '../../crossbar/values/records';

interface Listed extends IDataObject {
	/** Of each: `{items: [...]}`, or an object by value. */
	modifiers?: IDataObject;
}

/** What the server lists, in our words; grouped, in the order of the list of events. */
export async function getEvents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const hooks = await listedHooks(this);
	return eventValues
		.filter((value) => isOffered(events[value], hooks))
		.map((value) => option(value, events[value]));
}

/** The types of objects that the server lists. */
export async function getObjectTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const object = (await listedHooks(this)).find(({ id }) => id === 'object');
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

async function listedHooks(context: ILoadOptionsFunctions): Promise<Listed[]> {
	const transport = await Transport.open(context);
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

function option(value: EventValue, { name, description }: EventDetails): INodePropertyOptions {
	return { name, value, description };
}
