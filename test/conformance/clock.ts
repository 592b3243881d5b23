/**
 * A clock for the whole process that can be set: the replay moves it to the time of each recorded line, so that time
 * ranges, months, lifetimes of tokens and rate limits are what they were. Between two settings it runs on.
 */
export class Clock {
	private readonly real = globalThis.Date;
	private offset = 0;

	/** Puts the clock in place of the process's own. `restore` undoes it. */
	install(): void {
		const { real } = this;
		const now = () => real.now() + this.offset;
		globalThis.Date = new Proxy(real, {
			construct: (target, args: unknown[], newTarget) =>
				Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
			apply: () => new real(now()).toString(),
			get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
		});
	}

	/** What the clock shows, in Unix milliseconds. */
	get now(): number {
		return this.real.now() + this.offset;
	}

	/** Sets the clock. */
	set(milliseconds: number): void {
		this.offset = milliseconds - this.real.now();
	}

	/** Gives the process its own clock back. */
	restore(): void {
		globalThis.Date = this.real;
	}
}
