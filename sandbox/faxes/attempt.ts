import type { Calls } from '../calls';
import { type Ending, ENDINGS } from '../calls/endings';
import type { Leg } from '../calls/leg';
import { endingFields, messageOf } from '../calls/legMessage';
import { toOutside } from '../calls/legs';
import { defined, stamp } from '../calls/stamp';
import type { Bus } from '../bus/bus';
import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import { isReconcilable, normaliseNumber } from '../values/phone-numbers';
import { now } from '../values/time';
import type { FaxMachines } from './machines';

/**
 * One attempt to send a fax. What is told of it meanwhile follows the recorded websocket frames, blackhole.md 4.1 and
 * the worker of KAZOO's fax application; what remains of it, async.md 10.
 */

const NODE = 'fax@apps1.sandbox.example';

/** Seconds that a machine rings, that two machines need to agree, and that a page takes. */
const RINGS = 8;
const AGREES = 4;
const PAGE = 30;

const SPEED = 14_400;

/** What an attempt works with. */
export interface FaxLine {
	bus: Bus;
	calls: Calls;
	machines: FaxMachines;
	/** How many times as fast as in reality it goes. */
	speed: number;
	/** Waits that many seconds of the sandbox's telephone time. */
	wait: (seconds: number) => Promise<void>;
	/** Notes what goes on, for whoever asks for the job's status. */
	note: (status: string) => void;
}

/** The document to send. */
export interface FaxDocument {
	name: string;
	contentType: string;
	data: Buffer;
}

/** What came of an attempt: `tx_result` of the job, and what the notification tells. */
export interface FaxOutcome {
	result: Fields;
	info: Fields;
	callId: string;
}

/** The keys of `kapi_fax` and of notifications that name a job. */
export function namesOf(account: Doc, job: Doc): Fields {
	return defined({ 'Account-ID': account._id, 'FaxBox-ID': job.faxbox_id, 'Owner-ID': job.owner_id });
}

/** How many pages a document has: those that a PDF says it has, one otherwise. */
export function pagesOf({ data }: FaxDocument): number {
	const pages = data.toString('latin1').match(/\/Type\s*\/Page(?![a-z])/g);
	return Math.max(1, pages?.length ?? 1);
}

class Attempt {
	private readonly callId = `${hex(18)}-fax`;
	/** Gregorian second at which the machine is called. */
	private called = 0;
	private elapsed = 0;
	private sent = 0;

	constructor(
		private readonly line: FaxLine,
		private readonly account: Doc,
		private readonly job: Doc,
		private readonly document: FaxDocument | undefined,
	) {}

	async run(): Promise<FaxOutcome> {
		const { document, job } = this;
		this.status('start', 'job acquired');
		this.status('prepare', 'fetching document to send');
		await this.wait(1);
		if (!document) return this.failure('failed to fetch the document');
		this.status('prepare', 'prepared document for send');
		const number = normaliseNumber(String(job.to_number));
		if (!isReconcilable(number))
			return this.failure(`invalid fax number: ${String(job.to_number)}`, 'invalid fax number');
		this.status('send', 'ready to send');
		return this.call(number, document);
	}

	private async wait(seconds: number): Promise<void> {
		await this.line.wait(seconds);
		this.elapsed += seconds;
	}

	/** Gregorian second of the telephone call: counted back, so that a fast one does not end in the future. */
	private get time(): number {
		return this.called + this.elapsed;
	}

	/** Calls the machine: a leg to a carrier, which leaves a CDR. */
	private async call(number: string, document: FaxDocument): Promise<FaxOutcome> {
		const { line, account, job } = this;
		const owner = line.machines.accountOf(number);
		const step = line.machines.stepOf(number);
		const state = owner === undefined ? line.machines.stateOf(number) : step ? 'ready' : 'drops';
		const as = { name: job.from_name as string | undefined, number: String(job.from_number) };
		const length = RINGS + AGREES + PAGE * pagesOf(document);
		this.called = now() - this.elapsed - Math.ceil(length * (1 - 1 / line.speed));
		const setting = { account, interaction: `${Math.floor(this.time)}-${hex(8)}` };
		const leg = toOutside(setting, this.time, { number, dialled: String(job.to_number), as });
		this.publish(leg, 'CHANNEL_CREATE');
		await this.wait(RINGS);
		if (state === 'busy' || state === 'noAnswer') {
			const ending = state === 'busy' ? ENDINGS.busy : ENDINGS.noAnswer;
			this.end(leg, ending);
			return this.failure(ending.cause);
		}
		leg.answered = this.time;
		this.publish(leg, 'CHANNEL_ANSWER');
		this.status('send', 'received successful attempt to originate fax');
		await this.wait(AGREES);
		const pages = pagesOf(document);
		const info = { 'Fax-Transfer-Rate': SPEED, 'Fax-Total-Pages': pages };
		this.status('send', `Fax negotiated at ${SPEED}`, info);
		// Whoever has an account here gets what is sent, while it is sent.
		const arrives = step && this.deliver(number, step, document);
		for (let page = 1; page <= pages && state === 'ready'; page++) {
			await this.wait(PAGE);
			this.sent = page;
			this.status('send', `Sent Page ${page} of ${pages}`, { ...info, 'Fax-Transferred-Pages': page });
		}
		await arrives;
		this.end(leg, ENDINGS.talked);
		if (state === 'drops') return this.failure('The call dropped prematurely');
		return this.success(number, pages);
	}

	private async deliver(
		number: string,
		flow: NonNullable<ReturnType<FaxMachines['stepOf']>>,
		fax: FaxDocument,
	) {
		const { calls } = this.line;
		await calls.place({ from: String(this.job.from_number), to: number, steps: [] }, { flow, fax });
	}

	private success(number: string, pages: number): FaxOutcome {
		const info = this.infoOf(true, 'OK', pages, number);
		this.status('end', 'Fax Successfully sent', info);
		return { result: this.resultOf(true, '', number), info, callId: this.callId };
	}

	private failure(reason: string, told = reason): FaxOutcome {
		const info = this.infoOf(false, reason, this.document ? pagesOf(this.document) : 0, '');
		this.status('error', told, info);
		return { result: this.resultOf(false, reason, ''), info, callId: this.callId };
	}

	private resultOf(success: boolean, error: string, receiver: string): Fields {
		return {
			success,
			error_message: error,
			fax_bad_rows: 0,
			fax_error_correction: success,
			fax_receiver_id: receiver,
			fax_speed: success ? SPEED : 0,
			pages_sent: this.sent,
			time_elapsed: this.elapsed,
		};
	}

	private infoOf(success: boolean, text: string, pages: number, station: string): Fields {
		return {
			'Fax-Success': success,
			'Fax-Transferred-Pages': this.sent,
			'Fax-Total-Pages': pages,
			'Fax-Result-Code': success ? 0 : 1,
			'Fax-Result-Text': text,
			'Fax-Transfer-Rate': success ? SPEED : 0,
			'Fax-ECM-Used': success ? 'on' : 'off',
			...(station === '' ? undefined : { 'Fax-Remote-Station-ID': station }),
		};
	}

	private status(state: string, text: string, info: Fields = {}): void {
		this.line.note(text);
		this.line.bus.publish('kapi_fax:publish_status', {
			...stamp('fax', NODE, 'fax', 'status'),
			...namesOf(this.account, this.job),
			'Job-ID': this.job._id,
			'Call-ID': this.callId,
			Status: text,
			'Fax-State': state,
			'Fax-Info': info,
			Page: this.sent,
			Direction: 'outgoing',
		});
	}

	private publish(leg: Leg, name: string, more: Fields = {}): void {
		this.line.bus.publish('kapi_call:publish_event', messageOf(leg, name, this.time, more));
	}

	private end(leg: Leg, ending: Ending): void {
		this.publish(leg, 'CHANNEL_DESTROY', endingFields(leg, ending, this.time));
	}
}

/** Tries to send a fax, once. Without a document there was none to be had. */
export function attemptFax(
	line: FaxLine,
	account: Doc,
	job: Doc,
	document: FaxDocument | undefined,
): Promise<FaxOutcome> {
	return new Attempt(line, account, job, document).run();
}

/** What is told when a job is over, well or not. */
export function notificationOfJob(
	account: Doc,
	job: Doc,
	faxId: string,
	{ info, callId, result }: FaxOutcome,
): Fields {
	const isSent = result.success === true;
	const notifications = (job.notifications ?? {}) as Fields;
	const to = String(job.to_number);
	return defined({
		...stamp('fax', NODE, 'notification', isSent ? 'outbound_fax' : 'outbound_fax_error'),
		...namesOf(account, job),
		'Caller-ID-Name': job.from_name,
		'Caller-ID-Number': job.from_number,
		'Callee-ID-Name': job.to_name ?? to,
		'Callee-ID-Number': to,
		'Fax-ID': faxId,
		'Fax-JobId': job._id,
		'Call-ID': callId,
		'Fax-Timestamp': now(),
		'Fax-Timezone': job.fax_timezone,
		'Fax-Notifications': notifications.outbound ?? notifications,
		'Fax-Info': info,
		...(isSent ? undefined : { 'Fax-Error': result.error_message }),
	});
}
