import { now } from '../values/time';

/** The time of a simulated call: it passes `speed` times as fast as the real one, and only while somebody waits. */
export class Clock {
	private seconds: number;
	private wake: (() => void) | undefined;

	/** `head` seconds are counted back from the present, so that a call that is played fast does not end in the future. */
	constructor(
		private readonly speed: number,
		head: number,
		/** When it begins, in Gregorian seconds, where that is not to be now. */
		begin?: number,
	) {
		const saved = Number.isFinite(speed) ? head * (1 - 1 / speed) : head;
		this.seconds = begin ?? now() - Math.max(0, Math.ceil(saved));
	}

	/** Gregorian seconds, with fractions. */
	get time(): number {
		return this.seconds;
	}

	/** Whole Gregorian seconds. */
	get now(): number {
		return Math.floor(this.seconds);
	}

	/** Waits that many seconds of the call; less when `interrupt` is called meanwhile. */
	async wait(seconds: number): Promise<void> {
		if (seconds <= 0) return;
		const milliseconds = Number.isFinite(this.speed) ? (seconds * 1000) / this.speed : 0;
		const began = performance.now();
		let early = false;
		await new Promise<void>((resolve) => {
			// A call played at once still lets others run between two moments.
			const timer = setTimeout(resolve, milliseconds);
			this.wake = () => {
				early = true;
				clearTimeout(timer);
				resolve();
			};
		});
		this.wake = undefined;
		const share = early && milliseconds > 0 ? (performance.now() - began) / milliseconds : early ? 0 : 1;
		this.seconds += seconds * Math.min(1, share);
	}

	/** Something took as long in the real world: a server was asked. */
	advance(seconds: number): void {
		this.seconds += seconds;
	}

	/** Ends the wait that is on. */
	interrupt(): void {
		this.wake?.();
	}
}
