import type { Bus } from '../bus/bus';
import type { Calls } from '../calls';
import type { Doc, Fields } from '../store/database';
import { publicFields } from '../store/merge';
import type { DocEvent, Store } from '../store/store';
import { attemptFax, type FaxDocument, notificationOfJob } from './attempt';
import { FaxMachines } from './machines';

/** Type of the documents of jobs: faxes on their way out. */
export const JOB_TYPE = 'fax_job';

/** Seconds until a document is attached, until a worker takes a job, and until a failed one is tried again. */
const ATTACHES = 1;
const TAKEN_AFTER = 5;
const RETRIED_AFTER = 300;

/** Milliseconds in the longest wait of a job that is played fast: others are to see each state for a moment. */
const BRIEFLY = 1;

/** Thrown by whatever waits when the sandbox stops. */
class Stopped extends Error {}

/**
 * KAZOO's fax application: takes the jobs that wait, sends each, and moves it to the outbox of its account when it was
 * sent or has failed too often (async.md, section 10). Until then it goes `attaching_files` or `pending` -> `locked` ->
 * `processing`, and back to `pending` while retries remain. A job that was cut off by the end of the sandbox begins anew.
 */
export class FaxQueue {
	readonly machines: FaxMachines;
	private readonly timers = new Map<ReturnType<typeof setTimeout>, () => void>();
	/** What goes on with the jobs that are being sent. */
	private readonly live = new Map<string, string>();
	private isStopped = false;

	/** `speed`: how many times as fast as in reality; `isOn` false leaves all jobs as they are. */
	constructor(
		private readonly parts: { store: Store; bus: Bus; calls: Calls },
		private readonly speed: number,
		isOn: boolean,
	) {
		this.machines = new FaxMachines(parts.store);
		if (!isOn) return;
		parts.store.events.on('doc', this.onDocument);
		for (const account of parts.store.database('accounts').list('account')) {
			for (const job of parts.store.database(account._id).list(JOB_TYPE)) this.begin(account._id, job._id);
		}
	}

	/** The status of a job: what is going on right now, if anything is. */
	statusOf(job: Doc): string {
		return this.live.get(job._id) ?? String(job.pvt_job_status);
	}

	/** Ends all waiting; jobs stay where they are. */
	stop(): void {
		this.isStopped = true;
		this.parts.store.events.off('doc', this.onDocument);
		for (const [timer, end] of this.timers) {
			clearTimeout(timer);
			end();
		}
		this.timers.clear();
	}

	private readonly onDocument = ({ action, database, doc }: DocEvent): void => {
		if (action === 'doc_created' && doc.pvt_type === JOB_TYPE) this.begin(database, doc._id);
	};

	private begin(accountId: string, id: string): void {
		this.process(accountId, id).catch((error: unknown) => {
			if (!(error instanceof Stopped)) throw error;
		});
	}

	private wait(seconds: number): Promise<void> {
		return new Promise((resolve, reject) => {
			if (this.isStopped) return reject(new Stopped());
			const milliseconds = Math.max(BRIEFLY, (seconds * 1000) / this.speed);
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				resolve();
			}, milliseconds);
			this.timers.set(timer, () => reject(new Stopped()));
			return undefined;
		});
	}

	private async process(accountId: string, id: string): Promise<void> {
		await this.wait(ATTACHES);
		if (this.job(accountId, id)?.pvt_job_status === 'attaching_files') {
			this.change(accountId, id, { pvt_job_status: 'pending' });
		}
		let pause = TAKEN_AFTER;
		while (await this.attempt(accountId, id, pause)) pause = RETRIED_AFTER;
	}

	/** True when it is to be tried again. */
	private async attempt(accountId: string, id: string, pause: number): Promise<boolean> {
		await this.wait(pause);
		if (!this.change(accountId, id, { pvt_job_status: 'locked' })) return false;
		await this.wait(1);
		const account = this.parts.store.account(accountId);
		const job = this.change(accountId, id, { pvt_job_status: 'processing' });
		if (!job || !account) return false;
		const line = {
			...this.parts,
			speed: this.speed,
			machines: this.machines,
			wait: (seconds: number) => this.wait(seconds),
			note: (status: string) => void this.live.set(id, status),
		};
		const document = this.documentOf(accountId, id);
		const outcome = await attemptFax(line, account, job, document).finally(() => this.live.delete(id));
		const attempts = Number(job.attempts ?? 0) + 1;
		const more = { attempts, tx_result: outcome.result };
		const isSent = outcome.result.success === true;
		if (!isSent && Number(job.retries ?? 1) - attempts >= 1) {
			return (
				this.change(accountId, id, { ...more, pvt_job_status: 'pending', retry_after: RETRIED_AFTER }) !==
				undefined
			);
		}
		const fax = this.move(
			accountId,
			job,
			{ ...more, pvt_job_status: isSent ? 'completed' : 'failed' },
			document,
		);
		this.parts.bus.publish(
			`kapi_notifications:publish_fax_outbound${isSent ? '' : '_error'}`,
			notificationOfJob(account, job, fax._id, outcome),
		);
		return false;
	}

	private job(accountId: string, id: string): Doc | undefined {
		return this.parts.store.database(accountId).get(id, JOB_TYPE);
	}

	/** Undefined when somebody deleted it meanwhile. */
	private change(accountId: string, id: string, changes: Fields): Doc | undefined {
		const job = this.job(accountId, id);
		return job && this.parts.store.save(accountId, { ...job, ...changes });
	}

	private documentOf(accountId: string, id: string): FaxDocument | undefined {
		const [first] = this.parts.store.database(accountId).attachments(id);
		return first && { name: first[0], contentType: first[1].contentType, data: first[1].data };
	}

	/** To the outbox, under the job's id with the month before it. */
	private move(accountId: string, job: Doc, more: Fields, attachment: FaxDocument | undefined): Doc {
		const { store } = this.parts;
		const fields = { ...publicFields(job), ...more, folder: 'outbox' };
		store.remove(accountId, job, true);
		return store.createMonthly(accountId, 'fax', job.pvt_created, fields, { id: job._id, attachment });
	}
}
