/** Puts legs together that belong to one call: those that name one another, one bridge or one interaction. */
import type { Leg, LegFacts } from './leg';
import { withFacts } from './leg';

/** The legs of one call, as far as they are known. */
export interface Group {
	readonly legs: Map<string, Leg>;
	/** All that its legs are named by. */
	readonly names: Set<string>;
}

/** Calls whose legs still come. */
export class Groups {
	private readonly byName = new Map<string, Group>();
	private readonly all = new Set<Group>();

	/** Calls that are known now, in the order in which they came. */
	get open(): ReadonlySet<Group> {
		return this.all;
	}

	/** @returns the call to which the leg belongs now */
	add(facts: LegFacts): Group {
		const names = [facts.id, ...facts.links];
		const [first, ...more] = new Set(names.flatMap((name) => this.byName.get(name) ?? []));
		const group = first ?? { legs: new Map(), names: new Set() };
		this.all.add(group);
		for (const other of more) this.merge(other, group);
		group.legs.set(facts.id, withFacts(group.legs.get(facts.id), facts));
		for (const name of names) {
			group.names.add(name);
			this.byName.set(name, group);
		}
		return group;
	}

	/** Forgets a call. */
	delete(group: Group): void {
		this.all.delete(group);
		for (const name of group.names) this.byName.delete(name);
	}

	private merge(other: Group, group: Group): void {
		this.all.delete(other);
		for (const [id, leg] of other.legs) group.legs.set(id, leg);
		for (const name of other.names) {
			group.names.add(name);
			this.byName.set(name, group);
		}
	}
}

/** Whether every leg that the call's legs say they were put together with is known. */
export function isWhole({ legs }: Group): boolean {
	for (const { others } of legs.values()) for (const other of others) if (!legs.has(other)) return false;
	return true;
}
