/**
 * Conference: Dial Out. KAZOO calls numbers, extensions, SIP addresses and users, but says of a device's ID that it does
 * not know it (seen with KAZOO 4). So the extension that rings the device is called in its place.
 */
import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { fillPath } from '../operations/request';
import { InvalidInput, listOfTexts } from '../values/input';
import { isRecord, plainText, recordsIn } from '../values/records';

const ID = /^[0-9a-f]{32}$/i;
/** Numbers that can be dialled, unlike patterns and `no_match`. */
const DIALLED = /^\+?\d+$/;

/** @throws InvalidInput for a device that no extension rings */
export async function dialOut(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input, row } = operation;
	const { label = 'Whom to Call' } = row.body?.endpoints ?? {};
	const given = listOfTexts(input.body.endpoints ?? [], label);
	const endpoints: string[] = [];
	for (const entry of given)
		endpoints.push(
			ID.test(entry) && !transport.isDryRun ? await callable(entry, operation, transport) : entry,
		);
	return await performRow(
		{ ...operation, input: { ...input, body: { ...input.body, endpoints } } },
		transport,
	);
}

/** What KAZOO calls in place of an ID. */
async function callable(id: string, { input, row }: Operation, transport: Transport): Promise<string> {
	const path = fillPath('/accounts/{accountId}/devices/{deviceId}', { ...input.path, deviceId: id });
	const what = row.action;
	const answer = await transport.send({ method: 'GET', path, expect: [404], what });
	// Nobody's device: a user
	if (answer.status === 404 || !isRecord(answer.envelope.data)) return id;
	const device = answer.envelope.data;
	const query = { 'filter_flow.module': 'device', 'filter_flow.data.id': id, page_size: 50 };
	const flows = fillPath('/accounts/{accountId}/callflows', input.path);
	const { envelope } = await transport.send({ method: 'GET', path: flows, query, what });
	const numbers = recordsIn<{ numbers?: string[] }>(envelope.data).flatMap(({ numbers: some }) => some ?? []);
	const number = numbers.find((one) => DIALLED.test(one));
	if (number !== undefined) return number;
	throw new InvalidInput(
		`KAZOO cannot call the device “${plainText(device.name)}” into a conference`,
		'Nothing was sent. It calls numbers, extensions, SIP addresses and users, and no extension rings this device alone: give its user, or make a callflow for the device.',
	);
}
