/**
 * Runs a function over a list, at most `limit` at a time, and keeps the order of the results.
 * The first failure is thrown after the runs already under way have ended; no new ones are started.
 */
export async function mapConcurrently<Input, Output>(
	inputs: readonly Input[],
	limit: number,
	run: (input: Input, index: number) => Promise<Output>,
): Promise<Output[]> {
	const outputs = new Array<Output>(inputs.length);
	let next = 0;
	let failed: { reason: unknown } | undefined;
	const worker = async (): Promise<void> => {
		while (next < inputs.length && !failed) {
			const index = next++;
			try {
				outputs[index] = await run(inputs[index] as Input, index);
			} catch (reason) {
				failed ??= { reason };
			}
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, inputs.length)) }, worker));
	if (failed) throw failed.reason;
	return outputs;
}

/** Work that has to wait for other work of the same kind. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Does the work once all that was handed in before for the same key is done, well or badly. */
	async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
		const before = this.last.get(key) ?? Promise.resolve();
		const mine = before.then(work, work);
		this.last.set(key, mine);
		return await mine;
	}
}

/** Lets at most so much work of any kind go on side by side; the rest waits in the order it came. */
export class Gate {
	private free: number;
	private readonly waiting: Array<() => void> = [];

	constructor(limit: number) {
		this.free = Math.max(1, limit);
	}

	async run<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free++;
		}
	}
}
