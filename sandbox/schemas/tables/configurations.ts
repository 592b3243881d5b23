import type { Area } from '../notation';

/** Settings that an account may have of its own. */
const ACCOUNT = `
	call_command callflow cdr conferences crossbar.auth crossbar.sms doodle fax kazoo_endpoint keys ledgers
	media notify number_manager omnipresence privacy tasks.bill_early webhooks
`;

/** Settings of the whole system. */
const SYSTEM = `
	accounts acdc alerts ananke auth blackhole braintree call_command call_inspector callflow
	callflow.call_forward callflow.dynamic_cid callflow.hotdesk callflow.menu callflow.park
	callflow.resources camper cccp cdr cluster cluster_manager cnam conferences crossbar crossbar.accounts
	crossbar.acdc_call_stats crossbar.alerts crossbar.auth crossbar.braintree crossbar.call_inspector
	crossbar.cdrs crossbar.channels crossbar.contact_list crossbar.devices crossbar.media
	crossbar.notifications crossbar.phone_numbers crossbar.phonebook crossbar.resources crossbar.sms
	crossbar.token_restrictions crossbar.users crossbar.voicemail datamgr doodle ecallmgr edr epmd fax
	frontier hangups hotornot ips jonny5 kapps_controller kapps_maintenance kazoo.pdf kazoo_convert
	kazoo_convert.convertapi kazoo_couch kazoo_directory kazoo_endpoint kazoo_endpoint.mobile kazoo_events
	kazoo_im kazoo_web keys konami konami_pro kzt_twiml_util ledgers limits media metaflows milliwatt
	mobile mobile_manager modb notify notify.cnam_request notify.deregister notify.fax
	notify.fax_inbound_error_to_email notify.fax_outbound_error_to_email notify.first_occurrence
	notify.low_balance notify.new_account notify.password_recovery notify.port_cancel notify.port_request
	notify.port_request_admin notify.ported notify.system_alert notify.topup notify.transaction
	notify.voicemail_deleted notify.voicemail_full notify.voicemail_to_email number_manager
	number_manager.bandwidth number_manager.bandwidth2 number_manager.dash_e911 number_manager.locality
	number_manager.other number_manager.simwood number_manager.telnyx number_manager.vitelity
	number_manager.voip_innovations number_manager.voxbone omnipresence phonebook pivot pivot.twiml privacy
	provisioner pusher qubicle registrar reorder servers services services.http_sync sms sms_command
	smtp_client speech speech.google stepswitch stepswitch.cnam sysconf system_data tasks tasks.bill_early
	tasks.fax_cleanup tasks.ledger_rollover tasks.modb_creation tasks.notify_resend tasks.numbers
	tasks.services_rollover telemetry telemetry.waveguide teletype token_buckets topup trunkstore webhooks
	webrtc whitelabel yodb
`;

const named = (prefix: string, names: string): [string, string][] =>
	names
		.trim()
		.split(/\s+/)
		.map((name) => [`${prefix}.${name}`, 'object']);

/** What can be configured. Only the names: which settings each has is nobody's business here. */
export const configurations: Area = {
	both: {},
	only4: Object.fromEntries([...named('account_config', ACCOUNT), ...named('system_config', SYSTEM)]),
};
