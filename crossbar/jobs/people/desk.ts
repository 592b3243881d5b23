/** Documents of an account on their way to what they shall be. Pure. */
import type { Document } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import type { Stored } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import { ownOf } from '../../changes/lookup';
import { called } from './found';

/** Works the documents of an account over, one change of a document upon the other. */
export class Desk {
	readonly problems: Problem[] = [];
	readonly remove = new Map<string, string>();
	private readonly changed = new Map<
		Stored,
		{ document: Document; whys: string[]; renew?: readonly string[] }
	>();

	/** What the document shall be so far. */
	now(stored: Stored): Document {
		return this.changed.get(stored)?.document ?? ownOf(stored);
	}

	change(stored: Stored, document: Document, why: string, renew?: readonly string[]): void {
		const { whys = [] } = this.changed.get(stored) ?? {};
		this.changed.set(stored, { document, whys: [...whys, why], ...(renew ? { renew } : {}) });
	}

	delete({ kind, id }: Stored, why: string): void {
		this.remove.set(`${kind} ${id}`, why);
	}

	/** It goes not, after all. */
	keep({ kind, id }: Stored): void {
		this.remove.delete(`${kind} ${id}`);
	}

	goes({ kind, id }: Stored): boolean {
		return this.remove.has(`${kind} ${id}`);
	}

	wrong(place: string, problem: string): void {
		this.problems.push({ place, problem });
	}

	get wanted(): Wanted[] {
		return [...this.changed].map(([stored, { document, whys, renew }]): Wanted => {
			const { kind, id } = stored;
			const place = `${kinds[kind].label} “${called(stored)}”`;
			const why = [...new Set(whys)].join('; ');
			return { kind, document, place, id, whole: true, why, ...(renew ? { renew } : {}) };
		});
	}
}
