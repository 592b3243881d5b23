/** From who leaves and what is there to the documents that shall be there, and those that shall go. Pure. */
import { isRecord } from '../../values/records';
import type { Document, KindName } from '../../changes/kinds';
import type { Live, Stored } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import { pointsOf } from '../../changes/references';
import { Desk } from './desk';
import type { Away } from './flows';
import { flowWithout, isPersonal, membersWithout } from './flows';
import { called, isPhoneNumber, mainFlow, named, numbersOf, ofKind } from './found';
import type { Leaving } from './leaving';

export interface Leaver {
	/** Nothing where there is no such person; the problems say so. */
	readonly person?: Stored;
	readonly wanted: readonly Wanted[];
	/** Stored documents that go, by `kind id`, with the reason. */
	readonly remove: ReadonlyMap<string, string>;
	readonly problems: readonly Problem[];
	/** Boxes whose messages are kept as files. */
	readonly exported: readonly Stored[];
}

const nobody = (place: string): Leaver => ({
	wanted: [],
	remove: new Map(),
	problems: [{ place, problem: 'there is no such user' }],
	exported: [],
});

const without = ({ ...document }: Document, ...keys: readonly string[]): Document =>
	Object.fromEntries(Object.entries(document).filter(([key]) => !keys.includes(key)));

/** Works out what changes and what goes; nothing is left that rings who is gone. */
export function leaverOf(leaving: Leaving, live: Live): Leaver {
	const users = ofKind(live, 'user');
	const person = users.find(({ id }) => id === leaving.userId);
	const successor = users.find(({ id }) => id === leaving.successorId);
	if (!person) return nobody('User');
	if (leaving.successorId !== undefined && !successor) return nobody('Successor');
	const desk = new Desk();
	const job = new Off(leaving, live, person, successor, desk);
	const exported = job.boxes();
	job.phones();
	job.callflows();
	job.groups();
	job.owned();
	job.user();
	return { person, wanted: desk.wanted, remove: desk.remove, problems: desk.problems, exported };
}

class Off {
	private readonly who: string;
	/** All that is the person's. */
	private readonly theirs: ReadonlySet<string>;

	constructor(
		private readonly leaving: Leaving,
		private readonly live: Live,
		private readonly person: Stored,
		private readonly successor: Stored | undefined,
		private readonly desk: Desk,
	) {
		this.who = called(person);
		const own = [...this.ownOf('device'), ...this.ownOf('voicemailBox')];
		this.theirs = new Set([person, ...own].map(({ kind, id }) => `${kind} ${id}`));
	}

	boxes(): Stored[] {
		const { voicemail } = this.leaving;
		const own = this.ownOf('voicemailBox');
		for (const box of own) {
			if (voicemail === 'delete' || voicemail === 'export') {
				this.desk.delete(
					box,
					voicemail === 'export'
						? `${this.who} leaves; its messages are kept as files`
						: `${this.who} leaves, and so do its messages`,
				);
				continue;
			}
			const { notify_email_addresses: mailed, ...document } = this.desk.now(box);
			const { email } = this.person.document;
			const left = Array.isArray(mailed) ? mailed.filter((one) => one !== email) : mailed;
			const rest = { ...document, ...(left === undefined ? {} : { notify_email_addresses: left }) };
			const heir = voicemail === 'successor' ? this.successor : undefined;
			if (heir)
				this.desk.change(
					box,
					{ ...rest, owner_id: heir.id },
					`${this.who} leaves; the messages go to ${called(heir)}`,
				);
			else
				this.desk.change(box, without(rest, 'owner_id'), `${this.who} leaves; its messages stay, nobody's`);
		}
		return voicemail === 'export' ? own : [];
	}

	phones(): void {
		for (const device of this.ownOf('device')) {
			if (this.leaving.deletePhones) this.desk.delete(device, `${this.who} leaves`);
			else
				this.desk.change(
					device,
					{ ...without(this.desk.now(device), 'owner_id'), enabled: false },
					`${this.who} leaves; the phone is nobody's and off until somebody gets it`,
				);
		}
	}

	callflows(): void {
		const flows = ofKind(this.live, 'callflow');
		const personal = flows.filter(({ document }) =>
			isPersonal(
				document,
				{ id: this.person.id, extension: this.person.document.presence_id },
				this.isTheirs,
			),
		);
		const numbers = personal.flatMap(({ document }) => numbersOf(document));
		const going = numbers.filter((number) => isPhoneNumber(number) || this.leaving.withExtension);
		for (const flow of personal) this.desk.delete(flow, this.numbersWhy(numbersOf(flow.document)));
		const away = this.away(personal);
		for (const flow of flows) {
			if (this.desk.goes(flow)) continue;
			const { flow: steps, bare } = flowWithout(flow.document.flow, away);
			for (const path of bare)
				this.desk.wrong(
					`Callflow “${called(flow)}” ${path}`,
					`calls would end in nothing without ${this.who}; replace by a Successor, or change it first`,
				);
			if (
				bare.length === 0 &&
				steps !== undefined &&
				JSON.stringify(steps) !== JSON.stringify(flow.document.flow)
			)
				this.desk.change(flow, { ...this.desk.now(flow), flow: steps }, this.replacedWhy());
		}
		this.numbers([...new Set(going)], personal);
	}

	private numbers(going: readonly string[], personal: readonly Stored[]): void {
		const { numbers, numbersTarget = '' } = this.leaving;
		if (going.length === 0) return;
		if (numbers === 'release') {
			const own = ofKind(this.live, 'phoneNumber').filter(({ id }) => going.includes(id));
			for (const number of own) this.desk.delete(number, `${this.who} leaves; the number is given back`);
			return;
		}
		if (numbers === 'announcement') return this.announce(going, numbersTarget, personal);
		if (numbers === 'spare') return;
		const target = this.targetFlow();
		if (!target) return;
		const now = this.desk.now(target);
		this.desk.change(
			target,
			{ ...now, numbers: [...new Set([...numbersOf(now), ...going])] },
			`${this.who} leaves; gets ${going.join(', ')}`,
		);
	}

	private targetFlow(): Stored | undefined {
		const { numbers, numbersTarget = '' } = this.leaving;
		if (numbers === 'successor' && this.successor) {
			const flow = mainFlow(this.live, this.successor.id);
			if (!flow) this.desk.wrong('Numbers', `no callflow with a number rings ${called(this.successor)}`);
			return flow;
		}
		const found = named(this.live, 'callflow', numbersTarget);
		if ('problem' in found) this.desk.wrong('Callflow', found.problem);
		else if (this.desk.goes(found.one))
			this.desk.wrong('Callflow', `“${called(found.one)}” rings ${this.who} alone, and goes too`);
		else return found.one;
		return undefined;
	}

	/** In the person's own callflow: there is no moment in which the numbers lead nowhere. */
	private announce(going: readonly string[], announcement: string, personal: readonly Stored[]): void {
		const found = named(this.live, 'media', announcement);
		if ('problem' in found) return this.desk.wrong('Announcement', found.problem);
		const flow = personal.find(({ document }) => numbersOf(document).some((one) => going.includes(one)));
		if (!flow) return;
		this.desk.keep(flow);
		this.desk.change(
			flow,
			{
				...without(this.desk.now(flow), 'owner_id'),
				name: `${this.who} has left`,
				numbers: [...going],
				flow: { module: 'play', data: { id: found.one.id }, children: {} },
			},
			`${this.who} leaves; who calls hears “${called(found.one)}”`,
		);
	}

	groups(): void {
		for (const group of ofKind(this.live, 'group')) {
			const now = this.desk.now(group);
			const before = isRecord(now.endpoints) ? now.endpoints : {};
			const left = membersWithout(before, this.away([]));
			if (JSON.stringify(left) === JSON.stringify(before)) continue;
			const rung = ofKind(this.live, 'callflow').some(({ document }) =>
				pointsOf('callflow', document).some(({ kind, value }) => kind === 'group' && value === group.id),
			);
			if (rung && Object.keys(left).length === 0)
				this.desk.wrong(
					`Group “${called(group)}”`,
					`it would be empty without ${this.who}, and callflows ring it; replace by a Successor, or change it first`,
				);
			this.desk.change(group, { ...now, endpoints: left }, this.replacedWhy());
		}
	}

	/** Conferences, fax boxes and callflows that say that they are the person's. */
	owned(): void {
		const heir = this.successor;
		for (const kind of ['conference', 'faxBox', 'callflow'] as const)
			for (const stored of this.ownOf(kind)) {
				if (this.desk.goes(stored)) continue;
				const now = this.desk.now(stored);
				if (heir)
					this.desk.change(
						stored,
						{ ...now, owner_id: heir.id },
						`${this.who} leaves; it is ${called(heir)}'s`,
					);
				else this.desk.change(stored, without(now, 'owner_id'), `${this.who} leaves; it is nobody's`);
			}
	}

	user(): void {
		const { deleteUser, replace } = this.leaving;
		const { queues, username, hotdesk, enabled } = this.person.document;
		const heir = replace ? this.successor : undefined;
		const waiting = Array.isArray(queues) ? (queues as unknown[]) : [];
		if (heir && waiting.length > 0) {
			const now = this.desk.now(heir);
			const before = Array.isArray(now.queues) ? (now.queues as unknown[]) : [];
			const both = [...new Set([...before, ...waiting])];
			if (both.length > before.length) this.desk.change(heir, { ...now, queues: both }, this.replacedWhy());
		}
		if (deleteUser) return this.desk.delete(this.person, `${this.who} leaves`);
		const now = without(this.desk.now(this.person), 'directories', 'queues');
		this.desk.change(
			this.person,
			{
				...now,
				enabled: false,
				...(isRecord(hotdesk) ? { hotdesk: { ...(now.hotdesk as Document), enabled: false } } : {}),
			},
			`${this.who} leaves; cannot log in, and is in no directory or queue`,
			typeof username === 'string' && enabled !== false ? ['password'] : undefined,
		);
	}

	private away(personal: readonly Stored[]): Away {
		const { replace } = this.leaving;
		const heir = replace ? this.successor : undefined;
		const box =
			heir && ofKind(this.live, 'voicemailBox').find(({ document }) => document.owner_id === heir.id);
		const flow = heir && mainFlow(this.live, heir.id);
		const flows = new Set(personal.map(({ id }) => id));
		return {
			isGone: (kind, id) => {
				if (kind === 'callflow') return flows.has(id);
				// A box that stays can go on taking messages
				if (kind === 'voicemailBox') return this.desk.remove.has(`${kind} ${id}`);
				return this.isTheirs(kind, id);
			},
			instead: {
				...(heir ? { user: heir.id } : {}),
				...(box ? { voicemailBox: box.id } : {}),
				...(flow ? { callflow: flow.id } : {}),
			},
		};
	}

	private readonly isTheirs = (kind: KindName, id: string): boolean => this.theirs.has(`${kind} ${id}`);

	private ownOf(kind: KindName): Stored[] {
		return ofKind(this.live, kind).filter(({ document }) => document.owner_id === this.person.id);
	}

	private replacedWhy(): string {
		return this.leaving.replace && this.successor
			? `${this.who} leaves; ${called(this.successor)} takes over`
			: `${this.who} leaves and is taken out`;
	}

	private numbersWhy(numbers: readonly string[]): string {
		const phone = numbers.filter(isPhoneNumber).join(', ');
		const rest = numbers.filter((number) => !isPhoneNumber(number)).join(', ');
		const { withExtension, numbers: to } = this.leaving;
		const where = {
			announcement: 'to an announcement',
			callflow: `to Callflow “${this.leaving.numbersTarget ?? ''}”`,
			release: 'back to the carrier',
			spare: 'to the spare numbers',
			successor: `to ${this.successor ? called(this.successor) : ''}`,
		}[to];
		return [
			`${this.who} leaves`,
			...(phone === '' ? [] : [`${phone} ${where}`]),
			...(rest === ''
				? []
				: [withExtension && to !== 'spare' && to !== 'release' ? `${rest} ${where}` : `${rest} is free`]),
		].join('; ');
	}
}
