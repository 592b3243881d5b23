/** The recording or document of an event, put into n8n's binary data as it arrives; and the words of a voicemail. */
import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { asNodeError } from '../../crossbar/errors/nodeError';
import type { EventValue } from '../../crossbar/events';
import { events } from '../../crossbar/events';
import { Transport } from '../../crossbar/http/transport';
import { eventFile, transcription } from '../../crossbar/operations/eventFile';
import { storeFile } from '../Kazoo/files';

/** The item with its file; when it cannot be had, the item says why in `file_error`, since the event is not repeated. */
export async function withFile(
	context: IWebhookFunctions,
	event: EventValue,
	payload: IDataObject,
	{ json, outputField }: { readonly json: IDataObject; readonly outputField: string },
): Promise<INodeExecutionData> {
	const { file } = events[event];
	if (file === undefined) return { json };
	try {
		const transport = await Transport.open(context);
		const answer = await eventFile(file, payload, transport);
		const words = file === 'voicemail' ? await transcription(payload, transport) : undefined;
		return {
			json: { ...json, ...(words === undefined ? {} : { transcription: words }) },
			...(answer ? { binary: { [outputField]: await storeFile(context, answer, event) } } : {}),
		};
	} catch (error) {
		return { json: { ...json, file_error: asNodeError(context.getNode(), error).message } };
	}
}
