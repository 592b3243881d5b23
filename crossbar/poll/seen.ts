/** Which records were given already, small enough for n8n's static data: 11 characters a record. */
import { createHash } from 'crypto';

/** 66 bits: among a hundred thousand records two are alike once in ten thousand million times. */
const WIDTH = 11;

function fingerprint(id: string): string {
	return createHash('sha1').update(id).digest('base64url').slice(0, WIDTH);
}

/** A set of record ids that is kept as one text of fingerprints. */
export class Seen {
	private readonly fingerprints: Set<string>;

	/** @param text what `toString` gave */
	constructor(text = '') {
		this.fingerprints = new Set(text.match(new RegExp(`.{${WIDTH}}`, 'g')) ?? []);
	}

	has(id: string): boolean {
		return this.fingerprints.has(fingerprint(id));
	}

	add(id: string): void {
		this.fingerprints.add(fingerprint(id));
	}

	get size(): number {
		return this.fingerprints.size;
	}

	/** The ones that were added last. */
	newest(count: number): Seen {
		return new Seen([...this.fingerprints].slice(-count).join(''));
	}

	delete(id: string): void {
		this.fingerprints.delete(fingerprint(id));
	}

	toString(): string {
		return [...this.fingerprints].join('');
	}
}
