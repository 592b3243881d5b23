import type { Needs } from './needs';
import { notify } from '../bus/notification';
import type { DocEvent } from '../store/store';

/**
 * Switches hooks off that fail too often. Follows observed.md, second half, 6, and webhooks.md 5: six failures within
 * a minute, looked at every quarter of it; whoever edits a hook starts it anew.
 */

/** How many failures within the window switch a hook off. */
const LIMIT = 6;

/** Why a hook was switched off, as lists show it. */
const REASON = 'too many failed attempts';

/** Counts failed attempts by hook, within a window of milliseconds. */
export class Failures {
	/** Times of failures (Unix milliseconds), by hook. */
	private readonly times = new Map<string, number[]>();

	/** `window` in milliseconds. */
	constructor(
		private readonly needs: Needs,
		private readonly window: number,
	) {}

	/** Takes note of a failed attempt. */
	add(hookId: string): void {
		this.times.set(hookId, [...(this.times.get(hookId) ?? []), Date.now()]);
	}

	/** Forgets what was counted of a hook that was changed or deleted. */
	onDocument({ doc, action }: DocEvent): void {
		if (doc.pvt_type === 'webhook' && action !== 'doc_created') this.times.delete(doc._id);
	}

	/** Switches off what has failed too often. */
	check(): void {
		const since = Date.now() - this.window;
		for (const [id, times] of this.times) {
			const recent = times.filter((time) => time > since);
			if (recent.length === 0) this.times.delete(id);
			else this.times.set(id, recent);
			if (recent.length >= LIMIT) this.disable(id);
		}
	}

	private disable(id: string): void {
		const { store } = this.needs;
		const hook = store.database('webhooks').get(id, 'webhook');
		if (!hook) return;
		store.save('webhooks', { ...hook, enabled: false, pvt_disabled_message: REASON });
		notify(this.needs, 'webhooks', 'webhook_disabled', String(hook.pvt_account_id), { 'Hook-ID': id });
	}
}
