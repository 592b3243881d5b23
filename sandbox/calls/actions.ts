import type { Fields } from '../store/database';
import type { Calls } from './index';
import type { Flow } from './flow';
import { dial } from './dial';

/** What may be done to a call that is on: by the channels API, or by a metaflow. */
export type Action = (calls: Calls, callId: string, data: Fields) => void;

const found =
	(act: (on: NonNullable<ReturnType<Calls['ofLeg']>>, data: Fields) => void): Action =>
	(calls, callId, data) => {
		const on = calls.ofLeg(callId);
		if (on) act(on, data);
	};

const sendTo = (flow: (data: Fields) => Flow): Action =>
	found(({ call }, data) => call.interrupt({ kind: 'redirect', flow: flow(data) }));

const hold = (isWanted: (held: boolean, data: Fields) => boolean): Action =>
	found(({ call, leg }, data) => {
		call.hold(leg, isWanted(leg.held, data));
	});

const hear = (what: (data: Fields) => string): Action =>
	found(({ call, leg }, data) => call.note(leg, `hears ${what(data)}`));

const ringTarget = (data: Fields): Flow => {
	const type = String(data.target_type ?? (data.device_id === undefined ? 'user' : 'device'));
	const id = data.target_id ?? data.device_id ?? data.owner_id;
	return type === 'number' ? dial(String(id)) : { module: type, data: { id, can_call_self: true } };
};

/** By name of the action or of the metaflow's module. Others are taken without effect. */
export const ACTIONS: Record<string, Action> = {
	hangup: found(({ call, leg }) => call.interrupt({ kind: 'hangup', leg })),
	break: found(({ call }) => call.interrupt({ kind: 'break' })),
	transfer: found(({ call, leg }, data) => {
		const target = String(data.target);
		// KAZOO 4 asks first whatever it is told
		const isAttended = call.exchange.profile === 4 || data['transfer-type'] === 'attended';
		call.interrupt(
			isAttended ? { kind: 'consult', leg, target } : { kind: 'redirect', flow: dial(target), target },
		);
	}),
	callflow: sendTo(
		(data) => (data.flow as Flow | undefined) ?? { module: 'callflow', data: { id: data.id } },
	),
	pivot: sendTo((data) => ({ module: 'pivot', data })),
	intercept: sendTo(ringTarget),
	move: sendTo(ringTarget),
	start_record: found(({ call, leg }) => call.startRecording(leg)),
	stop_record: found(({ call }) => call.stopRecording()),
	record_call: found(({ call, leg }, { action }) => {
		if (action === 'stop') call.stopRecording();
		else if (action === 'start' || !call.isRecording) call.startRecording(leg);
		else call.stopRecording();
	}),
	hold: hold(() => true),
	resume: hold(() => false),
	hold_control: hold((held, { action }) => (action === 'hold' ? true : action === 'unhold' ? false : !held)),
	play: hear(({ id }) => `the recording ${String(id)}`),
	say: hear(({ text }) => `"${String(text)}"`),
	tts: hear(({ text }) => `"${String(text)}"`),
};
