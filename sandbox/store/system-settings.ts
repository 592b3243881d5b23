import type { Fields } from './database';
import type { Store } from './store';

/** Parts of the system that have settings from the start. */
export const CONFIGURED = words(`
	crossbar crossbar.alerts crossbar.auth crossbar.call_inspector crossbar.cdrs crossbar.contact_list
	crossbar.media crossbar.notifications crossbar.phonebook crossbar.resources crossbar.token_restrictions
	crossbar.users crossbar.voicemail datamgr epmd fax hotornot ips kazoo.pdf kazoo_convert kazoo_endpoint
	kazoo_events kazoo_im kazoo_web ledgers media media_mgr modb notify notify.low_balance number_manager
	pdf.directory pdf.loa privacy registrar servers services services.im skel smtp_client speech
	system_data tasks tasks.fax_cleanup tasks.modb_creation tasks.notify_resend tasks.numbers teletype
	token_buckets topup webhooks whitelabel
`);

/** Modules that Crossbar starts by itself. */
export const AUTOLOADED = words(`
	about accounts acls agents alerts allotments api_auth apps_link apps_store auth basic_auth blacklists
	call_inspector callflows cdrs channels clicktocall comments conferences configs connectivity
	contact_list devices dialplans directories faxboxes faxes functions groups hotdesks ips ledgers limits
	lists media menus metaflows migrations mms multi_factor notifications parked_calls phone_numbers pivot
	port_requests presence profile queues quickcall rate_limits rates recordings registrations
	resource_selectors resource_templates resources schemas search security services simple_authz skels sms
	storage sup system_configs system_status tasks temporal_rules temporal_rules_sets token_auth
	token_restrictions transactions user_auth users vmboxes webhooks websockets whitelabel
`).map((name) => `cb_${name}`);

/** What Crossbar's own settings are until somebody changes them. Times are in milliseconds unless named otherwise. */
const CROSSBAR: Fields = {
	allow_tracing: false,
	api_auth_tokens: 35,
	check_reverse_proxies: true,
	compress_response_body: true,
	default_allow_anonymous_quickcalls: true,
	default_language: 'en-US',
	ensure_valid_schema: true,
	idle_timeout_ms: 120000,
	load_view_chunk_size: 50,
	magic_path_patterns: [
		'/:version/accounts/:account_id/vmboxes/:box_id/messages/:message_id/raw',
		'/:version/accounts/:account_id/faxes/:direction/:fax_id/attachment',
		'/:version/accounts/:account_id/presence/:reportid',
	],
	max_upload_size: 8000000,
	maximum_chunk_size: 50,
	maximum_range: 2682000,
	pagination_page_size: 50,
	port: 8000,
	pretty_metrics: true,
	refresh_app_keys: [
		'name',
		'i18n',
		'tags',
		'author',
		'version',
		'license',
		'price',
		'icon',
		'screenshots',
		'api_url',
		'phase',
	],
	request_timeout_ms: 10000,
	reset_id_size: 137,
	reverse_proxies: ['127.0.0.1'],
	schema_strict_validation: false,
	ssl_password: '',
	ssl_port: 8443,
	ssl_workers: 100,
	token_costs: 1,
	trace_path: '/tmp',
	use_plaintext: true,
	use_ssl: false,
	user_auth_tokens: 35,
	workers: 100,
	ip: '127.0.0.1',
	autoload_modules: AUTOLOADED,
};

/** The settings of a part of the system that nobody has changed. */
export function freshSettings(id: string): Fields {
	return { default: id === 'crossbar' ? CROSSBAR : {}, id };
}

function words(text: string): string[] {
	return text.trim().split(/\s+/);
}

/** A setting of Crossbar's own that somebody changed (`system_configs/crossbar`); undefined as long as nobody did. */
export function crossbarSetting(store: Store, key: string): unknown {
	const settings = store.database('system_config').get('crossbar') as { default?: Fields } | undefined;
	return settings?.default?.[key];
}
