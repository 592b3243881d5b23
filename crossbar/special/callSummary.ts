/** What carriers carried, a record for each direction, host and kind of number instead of keys within keys. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { isRecord } from '../values/records';

/** CDR: Get Summary. @throws NodeApiError */
export async function callSummary(operation: Operation, transport: Transport): Promise<Outcome> {
	const outcome = await performRow(operation, transport);
	return { ...outcome, records: outcome.records.flatMap(carried) };
}

function carried(summary: IDataObject): IDataObject[] {
	return entries(summary).flatMap(([direction, domains]) =>
		entries(domains).flatMap(([domain, kinds]) =>
			entries(kinds).flatMap(([kind, seconds]): IDataObject[] => {
				if (!isRecord(seconds)) return [];
				const { total, ...rates } = seconds;
				return [
					{ direction, number_type: kind, domain, billing_seconds: total ?? 0, seconds_by_rate: rates },
				];
			}),
		),
	);
}

const entries = (value: unknown): Array<[string, unknown]> => (isRecord(value) ? Object.entries(value) : []);
