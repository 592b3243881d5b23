/** How large and deep a thing may be that comes from somebody else, found out before it is read. */

export interface Bounds {
	/** Objects and lists inside each other. */
	readonly depth: number;
	/** Fields and entries, all together. */
	readonly entries: number;
}

/** Whether parsed JSON keeps within bounds; it stops looking as soon as it does not. */
export function isWithin(value: unknown, { depth, entries }: Bounds): boolean {
	let left = entries;
	let level: unknown[] = [value];
	for (let down = 0; level.length > 0; down++) {
		const inside: unknown[] = [];
		for (const one of level) {
			if (typeof one !== 'object' || one === null) continue;
			if (down >= depth) return false;
			for (const entry of Object.values(one)) {
				if (--left < 0) return false;
				inside.push(entry);
			}
		}
		level = inside;
	}
	return true;
}
