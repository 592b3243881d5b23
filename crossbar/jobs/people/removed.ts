/** From who is taken out and what is there to the documents without that person. Pure. */
import type { KindName } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import { pointsOf } from '../../changes/references';
import { isRecord } from '../../values/records';
import { Desk } from './desk';
import type { Away } from './flows';
import { flowWithout, isPersonal, membersWithout } from './flows';
import { called, mainFlow, ofKind } from './found';

export interface Removed {
	/** Nothing where there is no such person; the problems say so. */
	readonly person?: Stored;
	readonly wanted: readonly Wanted[];
	readonly problems: readonly Problem[];
}

/**
 * Works out what changes. The person's own callflow, phones and mailbox stay; elsewhere nothing leads to them.
 * @param successorId who stands there instead; empty for nobody
 */
export function removedOf(userId: string, successorId: string, live: Live): Removed {
	const users = ofKind(live, 'user');
	const person = users.find(({ id }) => id === userId);
	const heir = users.find(({ id }) => id === successorId);
	const wrongs = [
		...(person ? [] : [{ place: 'User', problem: 'there is no such user' }]),
		...(successorId === '' || heir ? [] : [{ place: 'Successor', problem: 'there is no such user' }]),
		...(successorId === userId ? [{ place: 'Successor', problem: 'it is who is taken out' }] : []),
	];
	if (!person || wrongs.length > 0) return { wanted: [], problems: wrongs };
	const desk = new Desk();
	const who = called(person);
	const why = heir ? `${called(heir)} stands there instead of ${who}` : `${who} is taken out`;
	const theirs = new Set([
		`user ${userId}`,
		...(['device', 'voicemailBox'] as const).flatMap((kind) =>
			ofKind(live, kind)
				.filter(({ document }) => document.owner_id === userId)
				.map(({ id }) => `${kind} ${id}`),
		),
	]);
	const isTheirs = (kind: KindName, id: string): boolean => theirs.has(`${kind} ${id}`);
	const own = { id: userId, extension: person.document.presence_id };
	const flows = ofKind(live, 'callflow');
	const personal = new Set(
		flows.filter(({ document }) => isPersonal(document, own, isTheirs)).map(({ id }) => id),
	);
	const away: Away = {
		isGone: (kind, id) => (kind === 'callflow' ? personal.has(id) : isTheirs(kind, id)),
		instead: heir ? insteadOf(heir, live) : {},
	};
	for (const flow of flows) {
		if (personal.has(flow.id)) continue;
		const { flow: steps, bare } = flowWithout(flow.document.flow, away);
		for (const path of bare)
			desk.wrong(
				`Callflow “${called(flow)}” ${path}`,
				`calls would end in nothing without ${who}; choose a Successor, or change it first`,
			);
		const isOther = JSON.stringify(steps) !== JSON.stringify(flow.document.flow);
		if (bare.length === 0 && isOther) desk.change(flow, { ...desk.now(flow), flow: steps }, why);
	}
	for (const group of ofKind(live, 'group')) leaveGroup(group, { away, who, why, live, desk });
	leaveLists(person, heir, why, desk);
	return { person, wanted: desk.wanted, problems: desk.problems };
}

function insteadOf(heir: Stored, live: Live): Away['instead'] {
	const box = ofKind(live, 'voicemailBox').find(({ document }) => document.owner_id === heir.id);
	const flow = mainFlow(live, heir.id);
	return {
		user: heir.id,
		...(box ? { voicemailBox: box.id } : {}),
		...(flow ? { callflow: flow.id } : {}),
	};
}

interface Leaving {
	readonly away: Away;
	readonly who: string;
	readonly why: string;
	readonly live: Live;
	readonly desk: Desk;
}

function leaveGroup(group: Stored, { away, who, why, live, desk }: Leaving): void {
	const now = desk.now(group);
	const before = isRecord(now.endpoints) ? now.endpoints : {};
	const left = membersWithout(before, away);
	if (JSON.stringify(left) === JSON.stringify(before)) return;
	const isRung = ofKind(live, 'callflow').some(({ document }) =>
		pointsOf('callflow', document).some(({ kind, value }) => kind === 'group' && value === group.id),
	);
	if (isRung && Object.keys(left).length === 0)
		desk.wrong(
			`Group “${called(group)}”`,
			`it would be empty without ${who}, and callflows ring it; choose a Successor, or change it first`,
		);
	desk.change(group, { ...now, endpoints: left }, why);
}

/** Queues and directories stand at the person. A successor waits in the queues, too; a directory names people. */
function leaveLists(person: Stored, heir: Stored | undefined, why: string, desk: Desk): void {
	const { queues, directories, ...rest } = desk.now(person);
	const waiting = Array.isArray(queues) ? (queues as unknown[]) : [];
	const isListed = isRecord(directories) && Object.keys(directories).length > 0;
	if (waiting.length === 0 && !isListed) return;
	desk.change(person, rest, `${called(person)} is in no queue or directory`);
	if (!heir || waiting.length === 0) return;
	const now = desk.now(heir);
	const before = Array.isArray(now.queues) ? (now.queues as unknown[]) : [];
	const both = [...new Set([...before, ...waiting])];
	if (both.length > before.length) desk.change(heir, { ...now, queues: both }, why);
}
