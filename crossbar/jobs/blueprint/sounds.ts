/** The sounds of a customer's media: out as files, in as files, each in an item of its own beside the document. */
import { createHash } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Change } from '../../changes/change';
import { placeholder } from '../../changes/change';
import { kinds } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import type { Problem } from '../../changes/lookup';
import type { CrossbarAnswer } from '../../http/messages';
import type { Transport } from '../../http/transport';
import type { GivenFile, KeepFile, KeptFile, Operation } from '../../operations/operation';

export interface Sound {
	readonly record: IDataObject;
	readonly file: KeptFile;
}

/** The sounds that were uploaded or recorded; those that a machine speaks are made again by themselves. */
export async function soundsOf(live: Live, keep: KeepFile, transport: Transport): Promise<Sound[]> {
	const sounds: Sound[] = [];
	// One after another: each is a file that n8n stores
	for (const media of uploaded(live)) {
		const answer = await download(media, live, transport);
		if (answer) sounds.push({ record: { media: nameOf(media) }, file: await keep(answer, nameOf(media)) });
	}
	return sounds;
}

/** In the order of the document. */
function uploaded({ documents }: Live): Stored[] {
	const media = documents.filter(({ kind, document }) => kind === 'media' && document.media_source !== 'tts');
	return media.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

const nameOf = ({ id, document }: Stored): string => kinds.media.name(document) || id;

/** Nothing where there is no sound; the document does not say so (KAZOO leaves it out after the first upload). */
async function download(
	media: Stored,
	{ accountId }: Live,
	transport: Transport,
): Promise<CrossbarAnswer | undefined> {
	const answer = await transport.send({
		method: 'GET',
		path: `/accounts/${encodeURIComponent(accountId)}/media/${encodeURIComponent(media.id)}/raw`,
		stream: true,
		expect: [404],
		what: `Download sound “${nameOf(media)}”`,
	});
	return answer.status === 404 ? undefined : answer;
}

/** The files that came in, by the name of the media that they are for; of items of a plan, too. */
export function givenSounds({ items = [], itemFiles = [] }: Operation): Map<string, GivenFile> {
	const given = items.flatMap((item, index): Array<[string, GivenFile]> => {
		const file = itemFiles[index];
		const name = item.media ?? (item.kind === kinds.sound.label ? item.name : undefined);
		return file && typeof name === 'string' ? [[name.trim().toLowerCase(), file]] : [];
	});
	return new Map(given);
}

/** What has to be uploaded: sounds that are not there, byte for byte. */
export async function soundChanges(
	given: ReadonlyMap<string, GivenFile>,
	changes: readonly Change[],
	live: Live,
	transport: Transport,
): Promise<{ changes: Change[]; problems: Problem[] }> {
	const problems: Problem[] = [];
	const uploads: Change[] = [];
	const { accountId, accountName, documents } = live;
	for (const [name, { file }] of given) {
		const media = documents.find((one) => one.kind === 'media' && nameOf(one).toLowerCase() === name);
		const made = changes.find(({ kind, ref }) => kind === 'media' && ref === placeholder('media', name));
		if (!media && !made) {
			problems.push({ place: `sound “${name}”`, problem: 'there is no Media of this name' });
			continue;
		}
		const answer = media && (await download(media, live, transport));
		if (answer && (await digestOf(answer.content)) === (await digestOf(file.content))) continue;
		uploads.push({
			action: 'update',
			kind: 'sound',
			name: made?.name ?? (media ? nameOf(media) : name),
			accountId,
			accountName,
			id: media?.id ?? placeholder('media', name),
			fields: [
				{
					field: 'sound',
					...(answer ? { from: 'another one' } : {}),
					to: `${file.length ?? 'unknown'} bytes of ${file.mimeType}`,
				},
			],
			why: 'comes with the blueprint',
			...(answer ? { irreversible: 'the sound that was there is not kept' } : {}),
		});
	}
	return { changes: uploads, problems };
}

/** A mark of a file's bytes, however it is held. */
async function digestOf(content: unknown): Promise<string> {
	const hash = createHash('sha256');
	const opened: unknown =
		typeof content === 'function' ? await (content as () => Promise<unknown>)() : content;
	if (typeof opened === 'string' || opened instanceof Uint8Array) hash.update(opened);
	else for await (const part of (opened ?? []) as AsyncIterable<Uint8Array>) hash.update(part);
	return hash.digest('hex');
}
