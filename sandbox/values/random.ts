/** Numbers that look random and are the same every time: the demo tenant must not change from start to start. */
export class Random {
	constructor(private state: number) {}

	/** At least 0, less than 1 (the generator known as mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number between two, both included. */
	int(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	/** True in that share of cases. */
	chance(share: number): boolean {
		return this.next() < share;
	}

	/** One of a list that is not empty. */
	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.next() * list.length)] as T;
	}

	/** Lower-case hexadecimal digits, eight at a time: 8, 16, 24 ... */
	hex(digits: number): string {
		let text = '';
		while (text.length < digits)
			text += Math.floor(this.next() * 4294967296)
				.toString(16)
				.padStart(8, '0');
		return text.slice(0, digits);
	}
}
