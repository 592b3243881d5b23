import type { Answer, Call, UploadedFile } from '../request/call';
import type { Attachment, Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import { fieldError, unknownThing } from '../request/refusal';
import { now } from '../values/time';

const EXTENSIONS: Record<string, string> = {
	'audio/x-wav': '.wav',
	'audio/wav': '.wav',
	'audio/mpeg': '.mp3',
	'audio/mp3': '.mp3',
	'audio/mpeg3': '.mp3',
	'audio/ogg': '.ogg',
	'application/pdf': '.pdf',
	'image/png': '.png',
	'image/jpeg': '.jpg',
	'image/jpg': '.jpg',
	'image/gif': '.gif',
	'image/tiff': '.tiff',
	'text/plain': '.txt',
	'text/html': '.html',
	'video/mp4': '.mp4',
};

/** Sound that voicemail boxes and media take. */
export const AUDIO_TYPES = ['audio/x-wav', 'audio/wav', 'audio/mpeg', 'audio/mp3', 'audio/ogg'];
/** Moving pictures that media take. */
export const VIDEO_TYPES = [
	'video/x-flv',
	'video/h264',
	'video/mpeg',
	'video/quicktime',
	'video/mp4',
	'video/webm',
];
export const IMAGE_TYPES = ['image/jpg', 'image/jpeg', 'image/png', 'image/gif'];
export const BASE64_TYPES = ['application/base64', 'application/x-base64'];
export const MULTIPART_TYPES = ['multipart/form-data', 'multipart/mixed'];

/** What an uploaded file is called: its own name if that has an extension, else with the one of its type. */
export function attachmentName(file: UploadedFile): string {
	const name = file.name ?? `uploaded_file_${now()}`;
	return /\.[^./]+$/.test(name) ? name : `${name}${EXTENSIONS[file.contentType] ?? ''}`;
}

/** The extension of a content type with its dot, or nothing. */
export function extensionOf(contentType: string): string {
	return EXTENSIONS[contentType] ?? '';
}

/** The one file of a request. `what` is how the 400 calls it: `media file`. */
export function singleFile(call: Call, article: string, what: string): UploadedFile {
	const [file, second] = call.body.files;
	if (!file) throw fieldError('file', 'required', `Please provide ${article} ${what}`);
	if (second) throw fieldError('file', 'maxItems', `Please provide a single ${what}`);
	return file;
}

/** The first file of a document. */
export function firstFile(
	call: Call,
	database: string,
	id: string,
): (Attachment & { name: string }) | undefined {
	for (const [name, file] of call.kernel.store.database(database).attachments(id)) return { name, ...file };
	return undefined;
}

/** Content types of a document's file: what a download may be asked as. A document without one offers everything. */
export function storedTypes(call: Call, database: string, id: string, otherwise: string[]): string[] {
	const gone = call.kernel.store.database(database).raw(id)?.pvt_deleted === true;
	const file = gone ? undefined : firstFile(call, database, id);
	return file ? [file.contentType] : otherwise;
}

/** The answer that is a document's file. Throws 404 when there is none. */
export function download(
	call: Call,
	database: string,
	doc: Doc,
	headers: Record<string, string> = {},
): Answer {
	const file = firstFile(call, database, doc._id);
	if (!file) throw unknownThing(doc._id);
	return {
		revision: doc._rev,
		raw: {
			body: file.data,
			contentType: file.contentType,
			ranges: true,
			headers: { 'content-disposition': `attachment; filename=${file.name}`, ...headers },
		},
	};
}

/** Replaces all files of a document by one. */
export function replaceFile(call: Call, database: string, id: string, file: UploadedFile): void {
	const target = call.kernel.store.database(database);
	target.detach(id);
	target.attach(id, attachmentName(file), { contentType: file.contentType, data: file.data });
}

/** A document without its file: what is stored of an upload that brings none. */
export function contentOf(file: UploadedFile): Fields {
	return { content_type: file.contentType, content_length: file.data.length };
}

/** A name for what has none. */
export function randomName(extension: string): string {
	return `${hex()}${extension}`;
}
