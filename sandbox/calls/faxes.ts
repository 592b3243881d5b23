import type { Doc, Fields } from '../store/database';
import { pdfOf } from '../values/pdf';
import { validate } from '../schemas';
import { toDate } from '../values/time';
import type { SimulatedCall } from './call';
import { type Ending, ENDINGS } from './endings';
import { defined, stamp } from './stamp';

/** Seconds that a page takes. */
const PAGE = 30;

const NODE = 'fax@apps1.sandbox.example';

/** A fax comes in: it is received, kept in the inbox, and told of. */
export async function acceptFax(call: SimulatedCall, box: Doc | undefined): Promise<{ end: Ending }> {
	const { account, caller, exchange, clock } = call;
	const pages = 1;
	const common = defined({
		'Account-ID': account._id,
		'FaxBox-ID': box?._id,
		'Owner-ID': box?.owner_id,
		'Call-ID': caller.id,
		'Caller-ID-Name': caller.caller.name,
		'Caller-ID-Number': caller.caller.number,
		'Callee-ID-Name': account.name,
		'Callee-ID-Number': caller.destination,
	});
	const status = (state: string, text: string, info: Fields = {}) =>
		exchange.bus.publish('kapi_fax:publish_status', {
			...stamp('fax', NODE, 'fax', 'status'),
			...common,
			'Job-ID': caller.id,
			Status: text,
			'Fax-State': state,
			'Fax-Info': info,
			Direction: 'incoming',
		});
	call.pickUp();
	call.note(caller, 'sends a fax');
	status('start', 'Fax identified remote system');
	status('receive', 'receiving');
	await call.waitUntil(clock.time + pages * PAGE);
	const result = {
		success: true,
		error_message: '',
		fax_bad_rows: 0,
		fax_error_correction: true,
		fax_receiver_id: caller.destination,
		fax_speed: 14_400,
		pages_sent: pages,
		time_elapsed: pages * PAGE,
	};
	const { doc } = validate(exchange.profile, 'faxes', {
		from_number: caller.caller.number,
		from_name: caller.caller.name,
		to_number: caller.destination,
		to_name: account.name,
		attempts: 1,
	});
	const page = [
		`Fax from ${caller.caller.name ?? caller.caller.number}`,
		`To ${caller.destination}`,
		toDate(clock.now).toISOString().slice(0, 16).replace('T', ' '),
	];
	const fax = exchange.store.createMonthly(
		account._id,
		'fax',
		clock.now,
		defined({
			...doc,
			folder: 'inbox',
			call_id: caller.id,
			rx_result: result,
			faxbox_id: box?._id,
			owner_id: box?.owner_id,
			pvt_job_status: 'completed',
		}),
		{
			attachment: call.options.fax ?? { name: 'fax.pdf', contentType: 'application/pdf', data: pdfOf(page) },
		},
	);
	call.left.faxes.push(fax._id);
	const info = {
		'Fax-Success': true,
		'Fax-Transferred-Pages': pages,
		'Fax-Total-Pages': pages,
		'Fax-Result-Code': 0,
		'Fax-Result-Text': 'OK',
		'Fax-Transfer-Rate': 14_400,
		'Fax-ECM-Used': 'on',
		'Fax-Remote-Station-ID': caller.caller.number,
	};
	status('end', 'Fax received', info);
	const [fromUser, fromRealm] = caller.from.split('@');
	exchange.bus.publish('kapi_notifications:publish_fax_inbound', {
		...stamp('fax', NODE, 'notification', 'inbound_fax'),
		...common,
		'Fax-ID': fax._id,
		'Fax-Timestamp': clock.now,
		'Fax-Notifications': (box?.notifications as Fields | undefined)?.inbound ?? {},
		'Fax-Info': info,
		'From-User': fromUser,
		'From-Realm': fromRealm,
		'To-User': caller.destination,
		'To-Realm': account.realm,
	});
	call.note(String(box?.name ?? 'fax'), `receives ${pages} page`);
	return { end: ENDINGS.talked };
}
