import { partsOf, type IdentifierKind } from './masks';
import type { Json } from './recording';

/**
 * What a recorded identifier is called in the sandbox, learned from answers. One recorded identifier has one name in
 * the sandbox and the other way round; only revisions, which the same document gets anew with every write, follow the
 * latest answer.
 */
export class Mapping {
	private readonly toSandbox = new Map<string, string>();
	private readonly toRecorded = new Map<string, string>();
	/** Opaque keys of views (`start_key`), learned whole. */
	private readonly opaque = new Map<string, string>();
	/** How to take back what was learned since `begin`. */
	private journal: Array<() => void> = [];

	/** Gives back a function that forgets what was learned after now. */
	begin(): () => void {
		this.journal = [];
		return () => {
			for (const undo of this.journal.splice(0).reverse()) undo();
		};
	}

	/** What the sandbox calls a recorded identifier; undefined while nothing was learned. */
	known(recorded: string): string | undefined {
		return this.toSandbox.get(recorded);
	}

	/** How many identifiers have been learned. */
	get size(): number {
		return this.toSandbox.size;
	}

	/**
	 * Takes two identifiers found in the same place for the same thing. False when one of them is already known to be
	 * another.
	 */
	learn(recorded: string, actual: string, kind: IdentifierKind = 'hex'): boolean {
		if (kind === 'revision') {
			this.note(recorded, this.toSandbox.get(recorded));
			this.toSandbox.set(recorded, actual);
			return true;
		}
		const sandbox = this.toSandbox.get(recorded);
		if (sandbox !== undefined) return sandbox === actual;
		const original = this.toRecorded.get(actual);
		if (original !== undefined) return original === recorded;
		this.toSandbox.set(recorded, actual);
		this.toRecorded.set(actual, recorded);
		this.journal.push(() => {
			this.toSandbox.delete(recorded);
			this.toRecorded.delete(actual);
		});
		return true;
	}

	private note(recorded: string, before: string | undefined): void {
		this.journal.push(() => {
			if (before === undefined) this.toSandbox.delete(recorded);
			else this.toSandbox.set(recorded, before);
		});
	}

	/** Learns an opaque key; the latest answer counts. */
	learnOpaque(recorded: string, actual: string): void {
		this.opaque.set(recorded, actual);
	}

	/** The text with every identifier that is known in the sandbox's words. Anything else stays. */
	translate(text: string): string {
		const opaque = this.opaque.get(text);
		if (opaque !== undefined) return opaque;
		return partsOf(text)
			.map((part) =>
				part.kind === 'literal' || part.kind === 'time' ? part.text : (this.known(part.text) ?? part.text),
			)
			.join('');
	}

	/** As `translate`, for every text and key in a JSON value. */
	translateJson(value: Json): Json {
		if (typeof value === 'string') return this.translate(value);
		if (Array.isArray(value)) return value.map((item) => this.translateJson(item));
		if (value === null || typeof value !== 'object') return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, item]) => [this.translate(key), this.translateJson(item)]),
		);
	}

	/** As `translate`, for a path with its query: opaque keys are option values of their own. */
	translatePath(path: string): string {
		const cut = path.indexOf('?');
		if (cut < 0) return this.translate(path);
		const options = path
			.slice(cut + 1)
			.split('&')
			.map((option) => {
				const [key = '', ...rest] = option.split('=');
				if (rest.length === 0) return this.translate(option);
				const value = decodeURIComponent(rest.join('='));
				const opaque = this.opaque.get(value);
				return `${this.translate(key)}=${opaque === undefined ? this.translate(rest.join('=')) : encodeURIComponent(opaque)}`;
			});
		return `${this.translate(path.slice(0, cut))}?${options.join('&')}`;
	}
}
