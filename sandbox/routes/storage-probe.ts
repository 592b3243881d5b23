import type { Call } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import { Refusal } from '../request/refusal';

/**
 * How KAZOO tries out where files are to be kept: it puts a small file there and reads it back. Recorded for the
 * handler `http`; the others need accounts with somebody else, and are believed.
 */

const NAME = 'test_credentials_file.txt';

/** Tries every HTTP server among the attachments of a storage plan. Throws 500 when one does not give back the file. */
export async function probeStorage(call: Call, fields: Fields): Promise<void> {
	for (const [id, attachment] of Object.entries((fields.attachments ?? {}) as Record<string, Fields>)) {
		if (attachment.handler === 'http') await probe(call, id, attachment.settings as Fields);
	}
}

async function probe(call: Call, attachmentId: string, settings: Fields): Promise<void> {
	const { store, deliveries } = call.kernel;
	const account = (call.account as Doc)._id;
	const [document, secret] = [hex(), hex()];
	const path = `/${account}/${document}/${secret}_${NAME}`;
	const content = `some random content: ${secret}`;
	const uri = `${String(settings.url)}${path}`;
	const verb = settings.verb === 'post' ? 'post' : 'put';
	await deliveries.request(verb, uri, { 'content-type': 'text/plain' }, content);
	const doc = store.create(account, 'storage_settings_probe', {}, { id: document });
	// The real server appends the path to an address that has it already.
	const query = new URLSearchParams({
		att_uuid: attachmentId,
		content,
		request_id: call.requestId,
		id: document,
	});
	const outcome = await deliveries.request('get', `${uri}${path}?${query}`, {}, '');
	store.save(account, doc);
	if ('clientError' in outcome || outcome.body !== content) {
		throw new Refusal(500, 'datastore_fault', { message: 'unknown failure', cause: 'invalid_data' });
	}
}
