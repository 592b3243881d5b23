/** What is filled into the fields of a row. */
import type { Field, Row } from '../../crossbar/catalogue/notation';
import type { Case } from './cases';
import type { World } from './documents';

type Maker = (
	world: World & { readonly accountId: string; readonly token: string },
) => Promise<Values> | Values;
export type Values = Readonly<Record<string, unknown>>;

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const messages: Maker = async ({ id }) => ({ messages: await id('messageId') });
/** Two of the same source in the same second would be one. */
const entry: Maker = ({ count }) => ({
	amount: 1,
	sourceService: 'check',
	sourceId: `check ${count}`,
	usageType: 'check',
	usageQuantity: 1,
	usageUnit: 'check',
});
const numbers: Maker = async ({ id }) => ({ numbers: await id('phoneNumber') });
const task: Values = { category: 'number_management', action: 'list' };
const carriers = async ({ id, count }: World): Promise<Values> => ({
	carriers: JSON.stringify([
		{ name: `check ${count}`, id: await id('carrierId'), gateways: [{ server: '203.0.113.5' }] },
	]),
});

/** By resource and operation, where a general value is none that KAZOO takes. */
const VALUES: Readonly<Record<string, Maker>> = {
	'account.move': async ({ id }) => ({ to: await id('otherChild') }),
	'accountConfig.replace': () => ({ settings: '{"check": 1}' }),
	'accountConfig.update': () => ({ settings: '{"check": 2}' }),
	'alert.create': ({ accountId }) => ({
		title: 'check',
		message: 'check',
		from: JSON.stringify([{ type: 'account', value: accountId }]),
		to: JSON.stringify([{ type: 'account', value: accountId }]),
		category: 'check',
		expirationDate: inAnHour(),
		metadata: '{}',
	}),
	'allotment.replace': () => ({
		allotments: JSON.stringify({ inbound: { amount: 60, cycle: 'monthly', increment: 60, minimum: 60 } }),
	}),
	'appExchange.replaceHidden': () => ({ blacklist: 'accounts' }),
	'authentication.getTokenInfo': ({ token }) => ({ token }),
	'bulkTask.create': () => task,
	'bulkTask.createFromFile': () => ({ category: 'number_management', action: 'import' }),
	'bulkTask.runAndWait': () => ({ ...task, rowsFrom: 'nothing', longestWait: 60 }),
	'callflow.build': ({ count }) => ({
		name: `check built ${count}`,
		numbers: String(4000 + count),
		steps: { step: [{ kind: 'say', text: 'check' }] },
		result: 'create',
	}),
	'callflow.createPivotStep': () => ({ url: 'https://n8n.example.com/check', place: 'first' }),
	'carrier.createMany': ({ count }) => ({
		carriers: JSON.stringify([{ name: `check many ${count}`, gateways: [{ server: '203.0.113.5' }] }]),
	}),
	'carrier.importNumbers': async ({ id }) => ({ carrier: await id('carrierId'), numbers: '+14155550177' }),
	'carrier.updateMany': carriers,
	'carrierSelector.replaceRules': () => ({ rules: '{}' }),
	'clickToCall.connect': () => ({ contact: '1001' }),
	'conference.dial': async ({ id }) => ({ endpoints: await id('deviceId') }),
	'customApiCall.request': ({ accountId }) => ({ method: 'GET', path: `/accounts/${accountId}/devices` }),
	'device.notify': () => ({ event: 'check-sync' }),
	'fax.send': () => ({ toNumber: '+14155550166', fromNumber: '+14155550165' }),
	'ipAddress.assignAddresses': () => ({ ips: '203.0.113.7' }),
	'ipAddress.releaseAddresses': () => ({ ips: '203.0.113.7' }),
	'ledger.credit': entry,
	'ledger.debit': entry,
	'notificationTemplate.create': () => ({ template: 'voicemail_to_email' }),
	'notificationTemplate.sendCustomerUpdate': () => ({ from: 'check@example.com', subject: 'check' }),
	'notificationTemplate.preview': () => ({
		receivers: 'check@example.com',
		from: 'check@example.com',
		subject: 'check',
	}),
	'phoneNumber.activateMany': numbers,
	'phoneNumber.createMany': ({ count }) => ({ numbers: `+1415555${5000 + count}` }),
	'phoneNumber.releaseMany': async ({ id }) => ({ numbers: await id('phoneNumber'), hard: true }),
	'phoneNumber.release': () => ({ hard: true }),
	'phoneNumber.replaceMany': numbers,
	'phoneNumber.updateMany': numbers,
	'phoneNumber.search': () => ({ prefix: '415', quantity: 1 }),
	'phoneNumber.assignToCallflow': () => ({ takeOver: true }),
	'phoneNumber.assignToDevice': () => ({ takeOver: true }),
	'phoneNumber.assignToUser': () => ({ takeOver: true }),
	'pivot.answer': () => ({ format: 'json', json: '{"module": "hangup", "data": {}}', result: 'return' }),
	'portRequest.addAttachment': () => ({ fileName: 'check.pdf' }),
	'portRequest.schedule': () => ({ scheduledDate: inAnHour() }),
	'queue.replaceRoster': async ({ id }) => ({ users: await id('userId') }),
	'schema.validate': () => ({ document: '{"name": "check"}' }),
	'security.replace': () => ({ userLogin: true }),
	'security.update': () => ({ logFailed: true }),
	'service.getQuote': async ({ id }) => ({ plans: await id('servicePlanId') }),
	'service.replaceManual': () => ({ manual: '{}' }),
	'service.replaceOverrides': () => ({ overrides: '{}' }),
	'service.updateManual': () => ({ manual: '{}' }),
	'service.updateOverrides': () => ({ overrides: '{}' }),
	'loginToken.replaceRestrictions': () => ({ restrictions: '{}' }),
	'search.search': () => ({ type: 'user', field: 'name', text: 'check' }),
	'search.search (system)': ({ accountName }) => ({ type: 'account', field: 'name', text: accountName }),
	'search.searchMany (system)': ({ accountName }) => ({ type: 'account', name: accountName }),
	'search.searchMany': () => ({ type: 'user', name: 'check' }),
	'service.topUp': () => ({ amount: 5 }),
	'voicemailMessage.copyManyToBoxes': async ({ id }) => ({
		messages: await id('messageId'),
		targetBoxes: await id('otherVmbox'),
	}),
	'voicemailMessage.copyToBoxes': async ({ id }) => ({ targetBoxes: await id('otherVmbox') }),
	'voicemailMessage.create': () => ({
		callerIdName: 'Check',
		callerIdNumber: '+14155550155',
		from: '+14155550155@check.example.com',
		to: '3000@check.example.com',
		folder: 'new',
	}),
	'voicemailMessage.deleteMany': messages,
	'voicemailMessage.downloadMany': messages,
	'voicemailMessage.moveManyToBox': async ({ id }) => ({
		messages: await id('messageId'),
		targetBox: await id('otherVmbox'),
	}),
	'voicemailMessage.moveManyToFolder': async ({ id }) => ({
		messages: await id('messageId'),
		folder: 'saved',
	}),
	'voicemailMessage.moveToBox': async ({ id }) => ({ targetBox: await id('otherVmbox') }),
	'whiteLabel.checkDnsRecords': () => ({ domain: 'n8n-check.example.com', records: '{}' }),
	'whiteLabel.getDnsRecords': () => ({ domain: 'n8n-check.example.com' }),
};

/** A value of the field's type. */
async function general(field: Field, { id }: World): Promise<unknown> {
	switch (field.type) {
		case 'text':
			return field.default ?? 'check';
		case 'number':
			return field.default ?? field.min ?? 1;
		case 'boolean':
			return field.default ?? false;
		case 'choice':
			return field.default ?? valueOf(field.options[0]);
		case 'choices':
			return field.default ?? [valueOf(field.options[0])];
		case 'date':
			return inAnHour();
		case 'texts':
			return field.phoneNumbers ? '+14155550144' : 'check';
		case 'json':
			return field.default ?? '{}';
		case 'locator':
			return await id(field.parameter);
		case 'steps':
			return { step: [{ kind: field.default }] };
	}
}

const valueOf = (choice: string | { value: string } | undefined): string | undefined =>
	typeof choice === 'object' ? choice.value : choice;

/** The fields of a row that are filled in: those that must be, and those that are named here. */
export async function fieldsOf(
	{ resource, row, name: ownName }: Case,
	world: Parameters<Maker>[0],
): Promise<{ required: Values; additional: Values }> {
	const fields = { ...row.query, ...row.body, ...row.arguments };
	const make = VALUES[ownName] ?? VALUES[`${resource.value}.${row.value}`];
	const given = (await make?.(world)) ?? {};
	const required: Record<string, unknown> = {};
	const additional: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		if (!field.required && !(name in given)) continue;
		const value = given[name] ?? (await general(field, world));
		(field.required ? required : additional)[name] =
			field.type === 'locator' ? { __rl: true, mode: 'id', value } : value;
	}
	return { required, additional };
}

/** Whether a row takes a file, and which. */
export function fileFor({
	resource,
	row,
}: Case): { data: Buffer; mimeType: string; fileName: string } | undefined {
	if (!(row satisfies Row).upload) return undefined;
	return FILES[`${resource.value}.${row.value}`] ?? FILES[resource.value] ?? SOUND;
}

/** A tenth of a second of silence. */
export const SOUND = { data: silence(), mimeType: 'audio/wav', fileName: 'check.wav' };
const PNG = {
	data: Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64',
	),
	mimeType: 'image/png',
	fileName: 'check.png',
};
const JPEG = {
	data: Buffer.from(
		'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z',
		'base64',
	),
	mimeType: 'image/jpeg',
	fileName: 'check.jpg',
};
const HTML = { data: Buffer.from('<p>check</p>'), mimeType: 'text/html', fileName: 'check.html' };
const PDF = {
	data: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
	mimeType: 'application/pdf',
	fileName: 'check.pdf',
};
const FILES: Readonly<Record<string, typeof SOUND>> = {
	bulkTask: { data: Buffer.from('e164\n+14155550133\n'), mimeType: 'text/csv', fileName: 'check.csv' },
	contactList: JPEG,
	fax: PDF,
	message: PNG,
	notificationTemplate: HTML,
	portRequest: PDF,
	user: JPEG,
	whiteLabel: PNG,
	'whiteLabel.uploadWelcome': HTML,
};

function silence(): Buffer {
	const samples = Buffer.alloc(1600);
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(36 + samples.length, 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(8000, 24);
	head.writeUInt32LE(16_000, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36);
	head.writeUInt32LE(samples.length, 40);
	return Buffer.concat([head, samples]);
}
