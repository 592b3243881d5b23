/** Binary data of n8n to and from files of Crossbar. Files travel as streams. */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import type { Row } from '../../crossbar/catalogue/notation';
import { assertFits, fileInfo, multipart, typeOfName } from '../../crossbar/http/files';
import type { CrossbarAnswer, OutgoingFile } from '../../crossbar/http/messages';
import type { GivenFile, Input } from '../../crossbar/operations/operation';
import { wireValues } from '../../crossbar/operations/request';
import { InvalidInput, listOfTexts, textOf } from '../../crossbar/values/input';
import { read } from './parameter';

/**
 * The file of an upload, from the item's binary field.
 * @param fields what goes into the JSON part of a multipart upload
 * @param largest in bytes, where it is not what KAZOO takes by itself
 * @throws InvalidInput when the field holds no file and the operation needs one, or the file is too large
 */
export async function readFile(
	context: IExecuteFunctions,
	row: Row,
	fields: Record<string, unknown>,
	item: number,
	largest?: number,
): Promise<Input['file']> {
	const name = textOf(read(context, 'inputField', item, 'data') ?? '', 'Input Binary Field').trim();
	const binary = binaryNamed(context, name, item);
	const asMultipart = row.upload?.as === 'multipart';
	const data = wireValues(row.body, fields);
	if (!binary) {
		if (row.upload?.optional) {
			const content = JSON.stringify({ data });
			return { content, mimeType: 'application/json' };
		}
		throw noFile(context, item, name, row.upload?.accepts ?? '');
	}
	assertFits(await sizeOf(context, binary), largest);
	if (asMultipart) {
		const fileName = binary.fileName ?? 'file';
		const mimeType = fileType(binary.mimeType, fileName);
		const bytes = await context.helpers.getBinaryDataBuffer(item, name);
		return multipart(data, { bytes, mimeType, fileName });
	}
	const file = await outgoing(context, binary);
	return { ...file, mimeType: row.upload?.mimeType ?? file.mimeType, fileName: binary.fileName ?? 'file' };
}

/** The file of an item in n8n's usual field, if there is one. */
export async function itemFile(context: IExecuteFunctions, item: number): Promise<GivenFile | undefined> {
	const binary = context.getInputData()[item]?.binary?.data;
	return binary && { file: await outgoing(context, binary), kept: binary };
}

/**
 * Several files of an item.
 * @param names of its binary fields, as the argument of the row gives them
 * @throws InvalidInput when one of them holds no file, or one that is too large
 */
export async function readFiles(
	context: IExecuteFunctions,
	row: Row,
	names: unknown,
	item: number,
	largest?: number,
): Promise<NonNullable<Input['files']>> {
	const label = row.arguments?.[row.files ?? '']?.label ?? 'Files';
	const files: Array<NonNullable<Input['file']>> = [];
	for (const name of listOfTexts(names ?? '', label)) {
		const binary = binaryNamed(context, name, item);
		if (!binary) throw noFile(context, item, name, label);
		assertFits(await sizeOf(context, binary), largest);
		files.push({ ...(await outgoing(context, binary)), fileName: binary.fileName ?? 'file' });
	}
	return files;
}

function binaryNamed(context: IExecuteFunctions, name: string, item: number): IBinaryData | undefined {
	const files = context.getInputData()[item]?.binary ?? {};
	return Object.hasOwn(files, name) ? files[name] : undefined;
}

/** With the names of the files that are there: the field is called otherwise, more often than not. */
function noFile(context: IExecuteFunctions, item: number, name: string, what: string): InvalidInput {
	const there = Object.keys(context.getInputData()[item]?.binary ?? {});
	return new InvalidInput(
		`The item has no file in “${name}”`,
		there.length > 0
			? `This operation needs a file (${what}). Write the name of the binary field that has it: ${there.join(', ')}.`
			: `This operation needs a file (${what}): connect a node that gives one, and write the name of its binary field.`,
	);
}

async function outgoing(context: IExecuteFunctions, binary: IBinaryData): Promise<OutgoingFile> {
	const { id } = binary;
	const content = id
		? async () => await context.helpers.getBinaryStream(id)
		: Buffer.from(binary.data, BINARY_ENCODING);
	const mimeType = fileType(binary.mimeType, binary.fileName ?? 'file');
	return { content, length: await sizeOf(context, binary), mimeType };
}

const ANY_BYTES = 'application/octet-stream';

/** Types whose content Crossbar reads as a request of its own, which may name any method (files.md section 1). */
const READ_AS_REQUEST = /json|^multipart\/|^application\/x-www-form-urlencoded$/i;

/** The type to send a file as: its own, unless that is none or the server would take the content for a request. */
function fileType(mimeType: string, fileName: string): string {
	const [, type = ANY_BYTES] = /^([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(;[\x20-\x7e]*)?$/.exec(mimeType) ?? [];
	if (type === ANY_BYTES) return typeOfName(fileName) ?? ANY_BYTES;
	return READ_AS_REQUEST.test(type) ? ANY_BYTES : mimeType;
}

interface Downloading {
	readonly helpers: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData' | 'getBinaryMetadata'>;
}

/** Bytes of a file in n8n's binary store, or in the item itself. */
async function sizeOf(context: Downloading, { id, data }: IBinaryData): Promise<number> {
	if (!id) return Buffer.byteLength(data, BINARY_ENCODING);
	return (await context.helpers.getBinaryMetadata(id)).fileSize;
}

/**
 * Puts a downloaded file into n8n's binary store, as it arrives.
 * @param ownName what it is called instead of what the server says
 * @throws InvalidInput for a file without a byte, but for an export: KAZOO 4 answers so where it has one and does not find it
 */
export async function storeFile(
	context: Downloading,
	answer: CrossbarAnswer,
	fallbackName: string,
	ownName?: string,
): Promise<IBinaryData> {
	const { fileName: named, mimeType } = fileInfo(answer, fallbackName);
	const fileName = ownName ?? named;
	const content = answer.content as
		| Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0]
		| undefined;
	const binary = await context.helpers.prepareBinaryData(content ?? Buffer.alloc(0), fileName, mimeType);
	// An export of nothing is a file without rows (observed.md 26)
	const isRight = answer.status === 204 || mimeType === 'text/csv';
	if (isRight || (await sizeOf(context, binary)) > 0) return binary;
	throw new InvalidInput(
		'KAZOO gave an empty file',
		'It answered with success and not one byte. KAZOO 4 does so for recordings that it holds, and for files that were lost in its storage: get the file from where it is stored, or ask whoever runs the server.',
	);
}
