/** Puts legs together that belong to one call: those that name one another, one bridge or one interaction. */
import type { Leg, LegFacts } from './leg';
import { withFacts } from './leg';

/** The legs of one call, as far as they are known. */
export interface Group {
	readonly legs: Map<string, Leg>;
	/** All that its legs are named by. */
	readonly names: string[];
	/** What was said of the call already, where that is to be once. */
	readonly told: string[];
}

/** Calls whose legs still come. */
export class Groups {
	private readonly byName = new Map<string, Group>();
	private readonly all = new Set<Group>();

	/** @param onMerge is told of a call that became part of another one */
	constructor(private readonly onMerge: (part: Group) => void = () => undefined) {}

	/** Calls that are known now, in the order in which they came. */
	get open(): ReadonlySet<Group> {
		return this.all;
	}

	/** @returns the call to which the leg belongs now */
	add(facts: LegFacts): Group {
		const group = this.groupOf(facts);
		group.legs.set(facts.id, withFacts(group.legs.get(facts.id), facts));
		this.name(group, facts.id);
		for (const name of facts.links) this.name(group, name);
		return group;
	}

	/** Forgets a call. */
	delete(group: Group): void {
		this.all.delete(group);
		for (const name of group.names) this.byName.delete(name);
	}

	/** The call that has one of the names; if several have, they are one from now on. */
	private groupOf({ id, links }: LegFacts): Group {
		let group = this.byName.get(id);
		for (const name of links) {
			const other = this.byName.get(name);
			if (other === undefined || other === group) continue;
			if (group === undefined) group = other;
			else this.merge(other, group);
		}
		if (group !== undefined) return group;
		const made: Group = { legs: new Map(), names: [], told: [] };
		this.all.add(made);
		return made;
	}

	private name(group: Group, name: string): void {
		if (this.byName.get(name) === group) return;
		this.byName.set(name, group);
		group.names.push(name);
	}

	private merge(other: Group, group: Group): void {
		this.all.delete(other);
		this.onMerge(other);
		for (const [id, leg] of other.legs) group.legs.set(id, leg);
		group.told.push(...other.told);
		for (const name of other.names) this.name(group, name);
	}
}

/** Whether every leg that the call's legs say they were put together with is known. */
export function isWhole({ legs }: Pick<Group, 'legs'>): boolean {
	for (const { others } of legs.values()) for (const other of others) if (!legs.has(other)) return false;
	return true;
}
