/** Binary data of n8n to and from files of Crossbar. Files travel as streams. */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import type { Row } from '../../crossbar/catalogue/notation';
import { fileInfo, multipart } from '../../crossbar/files';
import { InvalidInput, wireValues } from '../../crossbar/request';
import type { Input } from '../../crossbar/request';
import type { CrossbarAnswer } from '../../crossbar/transport';
import { read } from './read';

/**
 * The file of an upload, from the item's binary field.
 * @param fields what goes into the JSON part of a multipart upload
 * @throws InvalidInput when the field holds no file and the operation needs one
 */
export async function readFile(
	context: IExecuteFunctions,
	row: Row,
	fields: Record<string, unknown>,
	item: number,
): Promise<Input['file']> {
	const name = read(context, 'inputField', item, 'data').trim();
	const binary = context.getInputData()[item]?.binary?.[name];
	const asMultipart = row.upload?.as === 'multipart';
	const data = wireValues(row.body, fields);
	if (!binary) {
		if (row.upload?.optional) {
			const content = JSON.stringify({ data });
			return { content, mimeType: 'application/json' };
		}
		throw new InvalidInput(
			`The item has no file in “${name}”`,
			`This operation needs a file (${row.upload?.accepts ?? ''}): connect a node that gives one, and write the name of its binary field.`,
		);
	}
	const fileName = binary.fileName ?? 'file';
	if (asMultipart) {
		const bytes = await context.helpers.getBinaryDataBuffer(item, name);
		return multipart(data, { bytes, mimeType: binary.mimeType, fileName });
	}
	const { content, length } = await contentOf(context, binary);
	return { content, length, mimeType: row.upload?.mimeType ?? binary.mimeType, fileName };
}

async function contentOf(
	context: IExecuteFunctions,
	binary: IBinaryData,
): Promise<{ content: unknown; length?: number }> {
	if (!binary.id) {
		const content = Buffer.from(binary.data, BINARY_ENCODING);
		return { content, length: content.length };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
	return { content: await context.helpers.getBinaryStream(binary.id), length: fileSize };
}

/** Puts a downloaded file into n8n's binary store, as it arrives. */
export async function storeFile(
	context: { helpers: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData'> },
	answer: CrossbarAnswer,
	fallbackName: string,
): Promise<IBinaryData> {
	const { fileName, mimeType } = fileInfo(answer, fallbackName);
	const content = answer.content as
		| Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0]
		| undefined;
	return await context.helpers.prepareBinaryData(content ?? Buffer.alloc(0), fileName, mimeType);
}
