import { pdfOf } from '../values/pdf';
import { recordingOf } from '../calls/recording';
import type { Doc } from '../store/store';
import { toDate } from '../values/time';
import { complete, DAY, type Seeding, Writer } from './seeder';
import { numberOf, OUTSIDERS, type Tenant } from './tenants';

/** Voicemail messages of the last two weeks: some mailboxes have none, one has several in each folder. */
export function seedVoicemail(seeding: Seeding, tenant: Tenant): void {
	const { store, profile, random, now, voices } = seeding;
	const writer = new Writer(seeding, tenant.account.id);
	tenant.people.forEach((person, index) => {
		for (let left = index === 0 ? 4 : random.int(0, 3); left > 0; left--) {
			const [name, number] = random.pick(OUTSIDERS);
			const voice = random.pick(voices);
			const timestamp = now - random.int(600, 14 * DAY);
			const metadata = complete(profile, 'vm_message_metadata', {
				call_id: `${random.hex(24)}@10.26.0.41`,
				caller_id_name: name,
				caller_id_number: number,
				from: `${number}@${tenant.account.realm}`,
				to: `${person.extension}@${tenant.account.realm}`,
				length: voice.seconds * 1000,
				timestamp,
				folder: random.chance(0.6) ? 'new' : 'saved',
			});
			const parts = {
				from_user: number,
				from_realm: tenant.account.realm,
				to_user: person.extension,
				to_realm: tenant.account.realm,
			};
			store.createMonthly(
				tenant.account.id,
				'mailbox_message',
				timestamp,
				{
					name: `mailbox ${person.extension} message ${titleTime(timestamp)}`,
					description: 'voicemail message with media',
					source_type: 'voicemail',
					source_id: writer.id(`vmbox ${person.extension}`),
					media_source: 'recording',
					streamable: true,
					utc_seconds: timestamp,
					metadata: { ...metadata, ...parts },
				},
				{
					id: random.hex(32),
					attachment: { name: `${random.hex(16)}.wav`, contentType: 'audio/x-wav', data: voice.wav },
				},
			);
		}
	});
}

const titleTime = (timestamp: number): string =>
	toDate(timestamp).toISOString().slice(0, 16).replace('T', ' ');

/** A recording of some of the answered calls given, with sound. */
export function seedRecordings(seeding: Seeding, tenant: Tenant, calls: readonly Doc[]): void {
	const { store, random, voices, profile } = seeding;
	for (const cdr of calls) {
		const voice = random.pick(voices);
		const timestamp = Number(cdr.timestamp);
		const fields = recordingOf(cdr, {
			cdrId: cdr._id,
			start: timestamp - Number(cdr.billing_seconds),
			seconds: voice.seconds,
			origin: cdr.call_direction === 'inbound' ? 'inbound from offnet to user' : 'outbound from user',
		});
		store.createMonthly(
			tenant.account.id,
			'call_recording',
			timestamp,
			complete(profile, 'call_recordings', fields),
			{
				id: random.hex(32),
				attachment: { name: fields.name, contentType: 'audio/x-wav', data: voice.wav },
			},
		);
	}
}

/** Faxes received and sent, one of which failed. */
export function seedFaxes(seeding: Seeding, tenant: Tenant): void {
	if (!tenant.fax) return;
	const { store, random, now } = seeding;
	const writer = new Writer(seeding, tenant.account.id);
	const own = numberOf(tenant, '10');
	['inbox', 'inbox', 'inbox', 'outbox', 'outbox'].forEach((folder, index) => {
		const [name, other] = random.pick(OUTSIDERS);
		const at = now - random.int(3600, 20 * DAY);
		const success = index !== 4;
		const pages = random.int(1, 4);
		const result = {
			success,
			error_message: success ? '' : 'The call dropped prematurely',
			fax_bad_rows: 0,
			fax_error_correction: true,
			fax_receiver_id: folder === 'inbox' ? own : other,
			fax_speed: 14_400,
			pages_sent: success ? pages : 0,
			time_elapsed: success ? pages * 35 : 12,
		};
		const isInbox = folder === 'inbox';
		const fields = complete(seeding.profile, 'faxes', {
			from_number: isInbox ? other : own,
			from_name: isInbox ? name : tenant.account.name,
			to_number: isInbox ? own : other,
			to_name: isInbox ? tenant.account.name : name,
			attempts: 1,
		});
		store.createMonthly(
			tenant.account.id,
			'fax',
			at,
			{
				...fields,
				folder,
				[isInbox ? 'rx_result' : 'tx_result']: result,
				faxbox_id: writer.id('faxbox'),
				owner_id: writer.id(`user ${tenant.people[0]?.extension}`),
				pvt_job_status: success ? 'completed' : 'failed',
			},
			{
				id: random.hex(32),
				attachment: {
					name: 'fax.pdf',
					contentType: 'application/pdf',
					data: pdfOf([
						`Fax from ${fields.from_name as string} to ${fields.to_name as string}`,
						titleTime(at),
					]),
				},
			},
		);
	});
}
