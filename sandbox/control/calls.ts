import { reportOf } from '../calls/report';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Doc, Fields } from '../store/database';
import { MACHINE_STATES, type MachineState, stepsIn } from '../faxes/machines';
import { hex } from '../values/ids';
import type { Kernel } from '../request/kernel';
import { isReconcilable, normaliseNumber } from '../values/phone-numbers';
import { now } from '../values/time';
import type { Flow } from '../calls/flow';
import { Directory } from '../calls/directory';
import type { CallRequest } from '../calls';
import { setRegistered } from '../calls/registrations';
import { deliver } from '../calls/voicemail';

/** Somebody outside who calls, faxes and leaves messages when nobody else is named. */
const STRANGER = '+15005550111';

const SECONDS = 8;

/** A request that makes no sense is answered 400 with the reason, what is not there 404. */
class NotFound extends Error {}

function bodyOf(request: FastifyRequest): Fields {
	const text = request.body === undefined ? '' : String(request.body);
	const body: unknown = text === '' ? {} : JSON.parse(text);
	if (typeof body !== 'object' || body === null) throw new TypeError('the body is a JSON object');
	return body as Fields;
}

type Answerer = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Turns what an answerer throws into an answer. */
function answering(act: Answerer): Answerer {
	return async (request, reply) => {
		try {
			return await act(request, reply);
		} catch (error) {
			if (error instanceof NotFound) return reply.code(404).send({ error: error.message });
			if (error instanceof TypeError || error instanceof SyntaxError) {
				return reply.code(400).send({ error: error.message });
			}
			throw error;
		}
	};
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

/** All accounts, or the one of that id. */
function directoriesOf({ store }: Kernel, account: unknown): Directory[] {
	const found = store
		.database('accounts')
		.list('account')
		.filter(({ _id: id }) => account === undefined || id === account);
	if (found.length === 0) throw new NotFound(`There is no account ${String(account)}.`);
	return found.map((doc) => new Directory(store, doc));
}

/** The voicemail box of that id, or the one that a number or extension leads to. */
function findBox(kernel: Kernel, { box, to, account }: Fields): { directory: Directory; box: Doc } {
	if (typeof box !== 'string' && typeof to !== 'string') {
		throw new TypeError('box (the id or number of a voicemail box) or to (a number) is needed');
	}
	for (const directory of directoriesOf(kernel, account)) {
		const byId =
			directory.get('vmbox', box) ?? directory.list('vmbox').find(({ mailbox }) => mailbox === (box ?? to));
		if (byId) return { directory, box: byId };
		if (typeof to !== 'string') continue;
		const flow = directory.callflow(to)?.flow.flow as Flow | undefined;
		const step = [...stepsIn(flow)].find(({ module }) => module === 'voicemail');
		const found = directory.get('vmbox', step?.data.id);
		if (found) return { directory, box: found };
	}
	throw new NotFound(`There is no voicemail box ${String(box ?? to)}.`);
}

const secondsOf = (value: unknown): number => {
	if (value === undefined) return SECONDS;
	if (typeof value !== 'number' || !(value > 0)) throw new TypeError('seconds is a number above 0');
	return value;
};

function leaveVoicemail(kernel: Kernel, body: Fields): object {
	const { directory, box } = findBox(kernel, body);
	const { account } = directory;
	const from = String(body.from ?? STRANGER);
	const message = deliver({ directory, account, exchange: kernel.calls.exchange }, box, {
		callId: `${hex(20)}@10.26.0.41`,
		callerName: body.name === undefined ? undefined : String(body.name),
		callerNumber: from,
		from: `${from}@sip.carrier.example`,
		to: `${String(box.mailbox)}@${String(account.realm)}`,
		length: secondsOf(body.seconds),
		time: now(),
	});
	return { id: message._id, account_id: account._id, box_id: box._id, box: box.name };
}

/** A fax to a number that leads to a fax machine goes there; any other is received all the same. */
function faxFlow({ faxes }: Kernel, to: string): Flow | undefined {
	const number = normaliseNumber(to);
	if (faxes.machines.accountOf(number) === undefined) return undefined;
	return faxes.machines.stepOf(number) ?? { module: 'receive_fax', data: {} };
}

async function sendFax(kernel: Kernel, body: Fields): Promise<object> {
	const { to, from = STRANGER } = body;
	if (typeof to !== 'string' || !isReconcilable(to))
		throw new TypeError('to is a telephone number of an account');
	const request = { from: String(from), to, steps: [], speed: body.speed as number | undefined };
	const call = await kernel.calls.place(request, { flow: faxFlow(kernel, to) });
	return reportOf(call);
}

function findDevice({ store }: Kernel, id: string): { directory: Directory; device: Doc } {
	for (const account of store.database('accounts').list('account')) {
		const device = store.database(account._id).get(id, 'device');
		if (device) return { directory: new Directory(store, account), device };
	}
	throw new NotFound(`There is no device ${id}.`);
}

/** Routes under `/sandbox` with which one plays: calls, voicemail, faxes, phones. */
export function callControl(app: FastifyInstance, kernel: Kernel): void {
	const { calls } = kernel;
	const find = (request: FastifyRequest) => {
		const call = calls.find(idOf(request));
		if (!call) throw new NotFound(`There is no call ${idOf(request)}: it may be too long ago.`);
		return call;
	};
	app.post(
		'/sandbox/calls',
		answering(async (request) => {
			const body = bodyOf(request);
			const wanted = body as unknown as CallRequest;
			const call = body.wait === true ? await calls.place(wanted) : calls.start(wanted);
			return reportOf(call);
		}),
	);
	app.get('/sandbox/calls', () => calls.list().map((call) => reportOf(call)));
	app.get(
		'/sandbox/calls/:id',
		answering((request) => reportOf(find(request))),
	);
	app.delete(
		'/sandbox/calls/:id',
		answering((request) => {
			const call = find(request);
			call.interrupt({ kind: 'hangup', leg: call.caller });
			return {};
		}),
	);
	app.post(
		'/sandbox/voicemails',
		answering((request) => leaveVoicemail(kernel, bodyOf(request))),
	);
	app.post(
		'/sandbox/faxes',
		answering((request) => sendFax(kernel, bodyOf(request))),
	);
	app.put(
		'/sandbox/fax-machines/:id',
		answering((request) => {
			const { state } = bodyOf(request);
			const number = idOf(request);
			if (!MACHINE_STATES.includes(state as MachineState)) {
				throw new TypeError(`state is one of ${MACHINE_STATES.join(', ')}`);
			}
			if (!isReconcilable(number)) throw new TypeError(`${number} is no telephone number`);
			kernel.faxes.machines.set(number, state as MachineState);
			return { number: normaliseNumber(number), state };
		}),
	);
	app.put(
		'/sandbox/devices/:id',
		answering((request) => {
			const { registered } = bodyOf(request);
			if (typeof registered !== 'boolean') throw new TypeError('registered is true or false');
			const { directory, device } = findDevice(kernel, idOf(request));
			setRegistered(kernel, directory, device, registered);
			return { id: device._id, registered };
		}),
	);
}
