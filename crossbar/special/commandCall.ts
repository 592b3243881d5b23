/**
 * Commands on calls. KAZOO says yes as soon as it has passed a command on, also where nobody carries it out
 * (facts: a call has somebody who does only if the system and the account are set up for it). So the call is looked at
 * afterwards, and what was seen is said.
 */
import type { IDataObject } from 'n8n-workflow';

import type { CallEffect } from '../catalogue/notation';
import type { Transport } from '../http/transport';
import { wait } from '../http/wait';
import { performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { fillPath } from '../operations/request';
import { InvalidInput } from '../values/input';
import { recordsIn } from '../values/records';

const SECOND = 1000;
const FIRST_LOOK = 250;
const DEFAULT_SECONDS = 3;

/** What one look at a call showed; `gone` when the leg is not up any more. */
interface Look {
	readonly gone: boolean;
	readonly leg: IDataObject;
	/** The ids of all legs of the account, where they are of interest, each with whose it is. */
	readonly others: ReadonlyMap<string, readonly unknown[]>;
	readonly isKazoo5: boolean;
}

interface Evidence {
	/** Whether a look before the command is needed to compare with. */
	readonly compares: boolean;
	/** Whether the other legs of the account are looked at, too. */
	readonly all?: true;
	/** @returns what was seen, in words; undefined as long as nothing was */
	readonly find: (now: Look, before: Look | undefined, operation: Operation) => string | undefined;
}

const elsewhere = (now: Look, before: Look | undefined): string | undefined => {
	if (now.gone) return 'The leg has ended';
	return now.leg.other_leg_call_id === before?.leg.other_leg_call_id
		? undefined
		: 'The leg is no longer connected with the one it was';
};

const EVIDENCE: Readonly<Record<CallEffect, Evidence>> = {
	ended: { compares: false, find: ({ gone }) => (gone ? 'The leg has ended' : undefined) },
	held: { compares: false, find: ({ leg }) => (leg.is_on_hold === true ? 'The leg is on hold' : undefined) },
	notHeld: {
		compares: false,
		find: ({ gone, leg }) =>
			!gone && leg.is_on_hold === false ? 'The leg is not on hold any more' : undefined,
	},
	connectedElsewhere: { compares: true, find: elsewhere },
	targetRings: {
		compares: true,
		all: true,
		find: (now, before, operation) => {
			const { targetUser, targetDevice } = operation.input.body;
			const rings = [...now.others].some(
				([id, whose]) =>
					before?.others.has(id) === false && (whose.includes(targetUser) || whose.includes(targetDevice)),
			);
			return rings ? 'A phone of theirs has been called' : elsewhere(now, before);
		},
	},
};

/** @throws InvalidInput when the call shows no effect within the time */
export async function commandCall(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input } = operation;
	const seconds = (input.arguments.waitSeconds as number | undefined) ?? DEFAULT_SECONDS;
	const evidence = row.effect && EVIDENCE[row.effect];
	const looks = seconds > 0 && !transport.isDryRun;
	const before = looks && evidence?.compares ? await lookAt(operation, evidence, transport) : undefined;
	const outcome = await performRow(operation, transport);
	if (transport.isDryRun) return outcome;
	const told = (obeyed: boolean | null, seen: string): Outcome => ({
		...outcome,
		records: [{ ...outcome.records[0], call_id: input.path.channelId, obeyed, seen }],
	});
	if (!looks) return told(null, 'Nobody looked');
	if (!evidence) {
		const look = await lookAt(operation, undefined, transport).catch(() => undefined);
		return told(null, unseen(operation, look));
	}
	let left = seconds * SECOND;
	for (let pause = FIRST_LOOK; ; pause *= 2) {
		await wait(Math.min(pause, left), transport.cancelSignal());
		left -= pause;
		let now: Look;
		try {
			now = await lookAt(operation, evidence, transport);
		} catch {
			// The command was sent: that the call cannot be read is no failure of it
			return told(null, 'The call could not be looked at');
		}
		const seen = evidence.find(now, before, operation);
		if (seen !== undefined) return told(true, seen);
		if (now.gone) return told(null, 'The leg has ended meanwhile');
		if (left <= 0) throw notObeyed(operation, seconds);
	}
}

async function lookAt(
	{ row, input }: Operation,
	evidence: Evidence | undefined,
	transport: Transport,
): Promise<Look> {
	const path = fillPath('/accounts/{accountId}/channels', input.path);
	const leg = fillPath('/accounts/{accountId}/channels/{channelId}', input.path);
	const { status, envelope } = await transport.send({
		method: 'GET',
		path: leg,
		expect: [404],
		what: row.action,
	});
	const all = evidence?.all ? (await transport.send({ method: 'GET', path, what: row.action })).envelope : {};
	return {
		gone: status === 404,
		leg: status === 404 ? {} : ((envelope.data ?? {}) as IDataObject),
		others: new Map(
			recordsIn(all.data).map(({ uuid, owner_id, authorizing_id }) => [
				String(uuid),
				[owner_id, authorizing_id],
			]),
		),
		isKazoo5: envelope.metadata !== undefined,
	};
}

/** What is said of a command of which a call shows nothing. */
function unseen({ row }: Operation, look: Look | undefined): string {
	const hidden = 'KAZOO does not show whether this was done';
	const isMetaflow = row.route.startsWith('PUT ');
	return look && !look.isKazoo5 && isMetaflow
		? `${hidden}; on KAZOO 4 this command was never seen to work`
		: hidden;
}

function notObeyed({ row }: Operation, seconds: number): InvalidInput {
	const within = seconds === 1 ? 'a second' : `${seconds} seconds`;
	return new InvalidInput(
		`KAZOO took the command, but the call shows nothing of it after ${within}: ${row.action}`,
		[
			'KAZOO 4 carries out commands only on calls that it watches for keys: the setting build_metaflows of the system configuration kazoo_endpoint has to be true (the system’s administrator sets it, System Configuration: Update; it is false unless he did), and the account, the user or the phone needs metaflows (an administrator of the account sets them, Metaflow: Update; any key will do). Both count for calls that begin afterwards.',
			'With both, KAZOO 4 was seen to obey Hang Up on the leg of the caller, Transfer and Intercept, and none of the others.',
			'Where the call only needs longer, set Wait for Effect higher; 0 does not look.',
		].join('\n'),
	);
}
