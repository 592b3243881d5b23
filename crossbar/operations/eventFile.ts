/** The recording or document that belongs to an event: which operation of the catalogue brings it. */
import type { IDataObject } from 'n8n-workflow';

import type { ParameterName } from '../catalogue/parameters';
import type { EventFile } from '../events';
import type { Transport } from '../http/transport';
import type { Outcome } from './operation';
import { namedOperation, performRow } from './engine';

interface Place {
	readonly resource: string;
	readonly download: string;
	/** Where the payload has the values of the path. */
	readonly path: Readonly<Partial<Record<ParameterName, string>>>;
}

const PLACES: Readonly<Record<EventFile, Place>> = {
	voicemail: {
		resource: 'voicemailMessage',
		download: 'download',
		path: { vmboxId: 'voicemail_box', messageId: 'voicemail_id' },
	},
	receivedFax: { resource: 'fax', download: 'downloadReceived', path: { receivedFaxId: 'fax_id' } },
	sentFax: { resource: 'fax', download: 'downloadSent', path: { sentFaxId: 'fax_id' } },
	recording: { resource: 'recording', download: 'download', path: { recordingId: 'id' } },
};

/** The file, as a stream. @throws InvalidInput when the payload does not say which one, NodeApiError */
export async function eventFile(
	file: EventFile,
	payload: IDataObject,
	transport: Transport,
): Promise<Outcome['file']> {
	const { download } = PLACES[file];
	return (await run(file, download, payload, transport)).file;
}

/** What was said, if KAZOO writes voicemails down: from the event, else from the message. */
export async function transcription(payload: IDataObject, transport: Transport): Promise<string | undefined> {
	const told = wordsOf(payload.voicemail_transcription);
	if (told !== undefined) return told;
	const { records } = await run('voicemail', 'get', payload, transport);
	return wordsOf(records[0]?.transcription);
}

async function run(file: EventFile, operation: string, payload: IDataObject, transport: Transport) {
	const { resource, path } = PLACES[file];
	const values: Partial<Record<ParameterName, string>> = { accountId: textOf(payload.account_id) };
	for (const [name, field] of Object.entries(path)) values[name as ParameterName] = textOf(payload[field]);
	return await performRow(namedOperation(resource, operation, { path: values }), transport);
}

function wordsOf(transcribed: unknown): string | undefined {
	const { text } = (typeof transcribed === 'object' ? (transcribed ?? {}) : {}) as { text?: unknown };
	return typeof text === 'string' && text !== '' ? text : undefined;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
