/** Calls that are over, for the triggers that hear of their legs: the options, and the item with its recordings. */
import type { IBinaryKeyData, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Clock } from '../../crossbar/http/clock';
import type { Transport } from '../../crossbar/http/transport';
import { namedOperation, performRow } from '../../crossbar/operations/engine';
import type { FinishedCall, FinishedWish } from '../../crossbar/operations/finishedCall';
import { itemOf } from '../../crossbar/webhooks/delivery';
import { storeFile } from '../Kazoo/files';

/** What a person may add. */
export interface FinishedOptions {
	readonly oncePerCall?: boolean;
	readonly includeLegs?: boolean;
	readonly lookUp?: boolean;
	readonly withRecording?: boolean;
	/** Seconds. */
	readonly recordingWait?: number;
	/** Seconds. */
	readonly settle?: number;
}

const SETTLE = 5;
const RECORDING_WAIT = 60;
/** Milliseconds between two tries to get a recording. */
const TRY_AGAIN = 5_000;

const ofFinished: INodeProperties['displayOptions'] = { show: { '/events': ['callFinished'] } };

/** Sorted by name, all of them after "Only …" and before "Report …". */
export const finishedOptions: INodeProperties[] = [
	{
		displayName: 'Once per Call',
		name: 'oncePerCall',
		type: 'boolean',
		default: true,
		displayOptions: { show: { '/events': ['callStarted', 'callAnswered'] } },
		description:
			'Whether Call Started and Call Answered come once a call: with its first leg, and with the first answer that passes the filters. Without this option they come for each leg.',
	},
	{
		displayName: 'Call Finished: Include Legs',
		name: 'includeLegs',
		type: 'boolean',
		default: true,
		displayOptions: ofFinished,
		description: 'Whether to add the legs that a call is made of',
	},
	{
		displayName: 'Call Finished: Look Up Details',
		name: 'lookUp',
		type: 'boolean',
		default: true,
		displayOptions: ofFinished,
		description:
			'Whether to add the names of users and phones, recordings and voicemails, from lists of the account. Without them voicemail counts as missed.',
	},
	{
		displayName: 'Call Finished: Recording Wait',
		name: 'recordingWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: RECORDING_WAIT,
		displayOptions: ofFinished,
		description:
			'Seconds to wait for the recording at most; after that the call comes without. A call whose records name no recording waits 15 seconds.',
	},
	{
		displayName: 'Call Finished: Seconds After Last Leg',
		name: 'settle',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: SETTLE,
		displayOptions: ofFinished,
		description: 'Seconds without an event of the call after which it is over',
	},
	{
		displayName: 'Call Finished: With Recording',
		name: 'withRecording',
		type: 'boolean',
		default: true,
		displayOptions: ofFinished,
		description:
			'Whether to wait for the recording of the call and bring it along: the first one in the binary field “data”, further ones in “data2” and so on',
	},
];

/** What the options mean; an option that nobody added is off, but for details. */
export function wishOf({
	settle,
	lookUp,
	includeLegs,
	withRecording,
	recordingWait,
}: FinishedOptions): FinishedWish {
	return {
		settle: settle ?? SETTLE,
		lookUp: lookUp !== false,
		legs: includeLegs === true,
		recording: withRecording === true ? (recordingWait ?? RECORDING_WAIT) : undefined,
	};
}

interface Giving {
	readonly context: {
		readonly helpers: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData' | 'getBinaryMetadata'>;
	};
	readonly transport: () => Promise<Transport>;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

/** The item of a call, with its recordings where they are wanted; one that cannot be had is said in `file_error`. */
export async function finishedItem(
	{ call, accountId, deadline }: FinishedCall,
	{ recording }: FinishedWish,
	giving: Giving,
): Promise<INodeExecutionData> {
	const json = itemOf('callFinished', { ...call });
	const ids = recording === undefined ? [] : (call.recording_ids ?? []);
	const binary: IBinaryKeyData = {};
	const problems: string[] = [];
	for (const [index, id] of ids.entries()) {
		const file = await downloaded(id, accountId, deadline, giving);
		if (typeof file === 'string') problems.push(file);
		else binary[index === 0 ? 'data' : `data${index + 1}`] = file;
	}
	return {
		json: { ...json, ...(problems.length === 0 ? {} : { file_error: problems.join('; ') }) },
		...(Object.keys(binary).length === 0 ? {} : { binary }),
	};
}

/** The document of a recording is there before its sound. @returns why it cannot be had, after the time for it */
async function downloaded(
	recordingId: string,
	accountId: string,
	deadline: number,
	{ context, transport, clock, signal }: Giving,
): Promise<IBinaryKeyData[string] | string> {
	for (;;) {
		try {
			const named = namedOperation('recording', 'download', { path: { accountId, recordingId } });
			const { file } = await performRow(named, await transport());
			if (file) return await storeFile(context, file, 'recording');
		} catch (error) {
			if (signal.aborted || clock.now() + TRY_AGAIN > deadline) return (error as Error).message;
		}
		await clock.wait(TRY_AGAIN, signal);
	}
}
