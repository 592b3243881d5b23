import { assertFits, openFile, readUtf8 } from '../http/files';
import type { OutgoingFile } from '../http/messages';
import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import type { Input, Operation, Outcome } from '../operations/operation';
import type { Table } from '../values/csv';
import { readCsv, writeCsv } from '../values/csv';
import { parseJson } from '../values/input';
import { recordsWithPhoneNumbers, withPhoneNumbers } from './taskRows';

/**
 * Bulk Task: Create, from rows or from a file. Its phone numbers are brought into the form that KAZOO keeps; a file
 * without any goes out as it is.
 * @throws InvalidInput naming the row, before anything is sent
 */
export async function createTask(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input } = operation;
	const changed = input.file
		? { ...input, file: await withFileNumbers(input.file, input.largestFile) }
		: withRecordNumbers(input);
	return await performRow({ ...operation, input: changed }, transport);
}

/** The rows of a task as the file that it is given. @throws InvalidInput when it is larger than KAZOO takes */
export function csvFile(table: Table, largest?: number): OutgoingFile {
	const content = Buffer.from(writeCsv(table));
	assertFits(content.length, largest, 'The table');
	return { content, mimeType: 'text/csv', length: content.length };
}

async function withFileNumbers<File extends OutgoingFile>(file: File, largest?: number): Promise<File> {
	const table = readCsv(await readUtf8(await openFile(file), 'The CSV file'));
	const changed = withPhoneNumbers(table);
	return changed === table ? file : { ...file, ...csvFile(changed, largest) };
}

function withRecordNumbers(input: Input): Input {
	const { records } = input.body;
	if (records === undefined || records === '') return input;
	return {
		...input,
		body: { ...input.body, records: recordsWithPhoneNumbers(parseJson(records, 'Rows')) },
	};
}
