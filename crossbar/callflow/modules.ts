/**
 * The modules that a callflow is made of: what they are called in KAZOO's user interface, what their `data` holds,
 * which ids in it point to what, and what their children are keyed by.
 *
 * A field is `name`, then `!` when it is required, `:type` (text unless told; `int`, `bool`, `object`, `list`, `any`,
 * `endpoints`, or the values of a choice with bars between), `@parameter` when it holds an id of that kind, `=default`.
 * `name` of groups is in no schema: KAZOO's user interface writes it.
 */
import { table } from '../values/records';
import type { Schema } from './schema';

/** What a step can point to, by the name of its id in the paths of Crossbar. */
export type PointedId =
	| 'callflowId'
	| 'conferenceId'
	| 'deviceId'
	| 'directoryId'
	| 'faxboxId'
	| 'functionId'
	| 'groupId'
	| 'listId'
	| 'matchListId'
	| 'mediaId'
	| 'menuId'
	| 'queueId'
	| 'temporalRuleId'
	| 'temporalRuleSetId'
	| 'userId'
	| 'vmboxId';

/** What the children of a module are keyed by: nothing but `_`, digits, ids of rules, other texts; or it ends the call. */
export type ChildKeys = 'next' | 'keys' | 'rules' | 'match' | 'values' | 'none';

export interface CallflowModule {
	readonly label: string;
	/** What `data` must look like, as `GET /schemas/callflows.NAME` would say it. */
	readonly schema: Schema;
	/** Fields of `data` that hold an id or a list of ids, and of what. */
	readonly points: Readonly<Record<string, PointedId>>;
	/** Fields of `data` that only KAZOO 5 knows. */
	readonly only5: readonly string[];
	readonly children: ChildKeys;
	/** Only this generation has the module. */
	readonly version?: 5;
}

/** What an entry of a list of endpoints points to, by its `endpoint_type`. */
export const ENDPOINTS = table({ device: 'deviceId', group: 'groupId', user: 'userId' } as const);

const TYPES: Readonly<Record<string, Schema>> = {
	any: {},
	bool: { type: 'boolean' },
	endpoints: {
		type: 'array',
		minItems: 1,
		items: {
			type: 'object',
			required: ['endpoint_type', 'id'],
			properties: { endpoint_type: { type: 'string', enum: Object.keys(ENDPOINTS) }, id: { type: 'string' } },
		},
	},
	int: { type: 'integer' },
	list: { type: 'array' },
	object: { type: 'object' },
};

const FIELD = /^(\w+)(!?)(?::([^@=]+))?(?:@(\w+))?(?:=(.+))?$/;

interface More {
	/** Fields that only KAZOO 5 knows. */
	readonly five?: string;
	readonly children?: ChildKeys;
	readonly version?: 5;
}

function module(
	label: string,
	fields: string,
	{ five = '', children = 'next', version }: More = {},
): CallflowModule {
	const properties: Record<string, Schema> = { skip_module: { type: 'boolean' } };
	const required: string[] = [];
	const points: Record<string, PointedId> = {};
	const read = (text: string): string[] =>
		text
			.split(' ')
			.filter(Boolean)
			.map((field) => {
				const [, name = '', must, type, parameter, byDefault] = FIELD.exec(field) ?? [];
				const schema =
					type === undefined
						? { type: 'string' }
						: (TYPES[type] ?? { type: 'string', enum: type.split('|') });
				properties[name] = byDefault === undefined ? schema : { ...schema, default: byDefault };
				if (must === '!') required.push(name);
				if (parameter !== undefined) points[name] = parameter as PointedId;
				return name;
			});
	read(fields);
	const only5 = read(five);
	return {
		label,
		schema: { type: 'object', properties, required },
		points,
		only5,
		children,
		...(version && { version }),
	};
}

const APPROVED = 'approved_device_id@deviceId approved_group_id@groupId approved_user_id@userId';
const CARRIER = [
	'bypass_e164:bool caller_id_type=external custom_sip_headers:object do_not_normalize:bool dynamic_flags:list',
	'emit_account_id:bool format_from_uri:bool from_uri_realm hunt_account_id ignore_early_media:bool=false',
	'outbound_flags:list resource_type ringback timeout:int to_did use_local_resources:bool=true',
].join(' ');
const CONFERENCE =
	'config:object moderator:bool play_entry_tone:any play_exit_tone:any welcome_prompt:object';
const GROUP_IN_5 =
	'group_id@groupId group_name hard_stop_after_successful_group:bool ignore_early_media:bool sca:object';

/** Every module, by its name on the wire. */
export const modules: Readonly<Record<string, CallflowModule>> = table({
	acdc_agent: module(
		'Agent',
		'action:login|logout|paused|resume presence_id presence_state:early|confirmed|terminated|red_flash|red_solid|green timeout:int',
	),
	acdc_member: module('Queue', 'id@queueId priority:int'),
	acdc_queue: module('Queue Login', 'action:login|logout id@queueId'),
	acdc_wait_time: module('Queue Wait Time', 'id@queueId window:int'),
	after_bridge: module('After Bridge', 'action:park|transfer|hangup data:any'),
	answer: module('Answer', ''),
	audio_macro: module('Audio Macro', 'language macros:list terminators:list'),
	branch_bnumber: module('Branch by Dialed Number', 'hunt:bool=false hunt_allow hunt_deny', {
		children: 'values',
	}),
	branch_variable: module(
		'Branch by Variable',
		'scope:account|custom_channel_vars|device|merged|user|doc=custom_channel_vars variable!:any',
		{ five: 'id', children: 'values' },
	),
	call_forward: module('Call Forward', 'action:activate|deactivate|update|toggle|menu', {
		five: 'menu_retries:int',
	}),
	call_pickup: module('Call Pickup', 'target_call_id', { version: 5 }),
	call_waiting: module('Call Waiting', 'action:activate|deactivate|toggle=toggle scope:device|user=device'),
	callflow: module('Callflow', 'id@callflowId', { five: 'doc_id flow:object path:any' }),
	camping_feature: module('Camping', ''),
	check_cid: module(
		'Check Caller ID',
		'caller_id:object regex=.* use_absolute_mode:bool=false user_id@userId',
		{ children: 'match' },
	),
	cidlistmatch: module('Match Caller ID List', 'id@matchListId', { children: 'match' }),
	collect_dtmf: module(
		'Collect DTMF',
		'collection_name interdigit_timeout:int max_digits:int=1 terminator:1|2|3|4|5|6|7|8|9|0|#|*=# terminators:list timeout:int=5000',
		{ children: 'keys' },
	),
	conference: module('Conference', `id@conferenceId ${CONFERENCE}`),
	conference_feature: module('Conference Feature', `id ${CONFERENCE}`),
	dead_air: module('Dead Air', ''),
	detect_speech: module(
		'Detect Speech',
		'action:start|stop asr_engine asr_params:object asr_settings:object',
		{ version: 5 },
	),
	device: module(
		'Device',
		'can_call_self:bool can_text_self:bool custom_sip_headers:object delay:int=0 dial_strategy:simultaneous|single=simultaneous id@deviceId static_invite suppress_clid:bool timeout:int=0',
		{ five: 'fail_on_single_reject:bool' },
	),
	directory: module('Directory', 'id@directoryId'),
	disa: module(
		'DISA',
		'enforce_call_restriction:bool=false interdigit:int max_digits:int=15 pin preconnect_audio:dialtone|ringing=dialtone retries:int=3 ring_repeat_count:int=1 use_account_caller_id:bool',
	),
	do_not_disturb: module('Do Not Disturb', 'action:activate|deactivate|toggle id'),
	doorman: module(
		'Doorman',
		'call_timeout:int=30 caller_greeting caller_id_name=Doorman failover_strategy:hangup|voicemail=hangup id!@userId max_menu_attempts:int=3 origin recording_limit:int=3 tones:list vmbox_id@vmboxId',
		{ version: 5 },
	),
	dynamic_cid: module(
		'Dynamic Caller ID',
		'action:list|lists|manual|static caller_id:object enforce_call_restriction:bool=true id@listId idx_name interdigit_timeout:int max_digits:int media_id@mediaId min_digits:int permit_custom_callflow:bool=false whitelist_regex',
		{ children: 'values' },
	),
	eavesdrop: module('Eavesdrop', `${APPROVED} device_id@deviceId user_id@userId`),
	eavesdrop_feature: module('Eavesdrop Feature', `${APPROVED} group_id@groupId`),
	edr: module('Event Detail Record', ''),
	fax_detect: module('Fax Detect', 'duration:int'),
	faxbox: module('Fax Box', 'faxbox_id@faxboxId id@faxboxId media:object'),
	flush_dtmf: module('Flush DTMF', 'collection_name=default'),
	function: module('Function', 'id@functionId'),
	group: module(
		'Group',
		'endpoints:any fail_on_single_reject:bool id@groupId ignore_forward:bool=true repeats:int=1 ringback ringtones:object strategy:single|simultaneous=simultaneous timeout:int=20',
		{ five: GROUP_IN_5 },
	),
	group_pickup: module('Group Pickup', `${APPROVED} device_id@deviceId group_id@groupId user_id@userId`),
	group_pickup_feature: module(
		'Group Pickup Feature',
		`${APPROVED} device_id@deviceId group_id@groupId type!:group|user|device|extension=extension user_id@userId`,
	),
	hangup: module('Hang Up', '', { children: 'none' }),
	hotdesk: module('Hot Desking', 'action:logout|login|toggle|bridge id@userId interdigit_timeout:int'),
	intercept: module('Intercept', `${APPROVED} device_id@deviceId group_id@groupId user_id@userId`),
	intercept_feature: module('Intercept Feature', `${APPROVED} type:user|device|extension`),
	intercom: module('Intercom', 'barge_calls:bool'),
	language: module('Language', 'language!'),
	lookupcidname: module('Look Up Caller Name', 'lists!:list'),
	manual_presence: module('Manual Presence', 'presence_id! status:idle|ringing|busy=idle'),
	menu: module('Menu', 'id@menuId interdigit_timeout:int', { children: 'keys' }),
	missed_call_alert: module('Missed Call Alert', 'recipients!:list', {
		five: 'alert_on_internal_calls:bool',
	}),
	move: module('Move', ''),
	nomorobo: module('Nomorobo', 'password username!'),
	noop: module('No Operation', ''),
	notification: module(
		'Notification',
		'comments notification_media:list recipients!:list send_at:callflow_exec|channel_destroy=channel_destroy template_id',
	),
	offnet: module('Global Carrier', CARRIER, { five: 'addresses:object' }),
	page_group: module(
		'Page Group',
		'name audio!:one-way|two-way=one-way barge_calls:bool endpoints!:endpoints timeout:int=5',
	),
	park: module(
		'Parking',
		'action:direct_park|park|retrieve|auto=park custom_presence_id:bool=false default_callback_timeout:int default_presence_type:early|terminated|confirmed default_ringback_timeout:int max_slot_number:int presence_id slot slots:object',
		{ five: 'force_presence_user:bool' },
	),
	pivot: module(
		'Pivot',
		'cdr_url debug:bool=false method:get|post|GET|POST=get req_body_format:form|json=form req_format:kazoo|twiml=kazoo req_timeout_ms:int voice_url!',
		{ five: 'custom_request_headers:object serverless:object' },
	),
	play: module(
		'Play Media',
		'answer:bool endless_playback:bool=false id@mediaId loop_count:int terminators:list',
	),
	prepend_cid: module(
		'Prepend Caller ID',
		'action:reset|prepend=prepend apply_to:original|current=current caller_id_name_prefix caller_id_number_prefix',
	),
	privacy: module('Privacy', 'endpoint_strategy:overwrite|merge=overwrite mode:full|name|number|yes=full'),
	receive_fax: module('Receive Fax', 'media:object owner_id@userId'),
	record_call: module(
		'Call Recording',
		'action!:start|stop=start format:mp3|wav label media_name method:put|post=put origin record_min_sec:int record_on_answer:bool=false record_on_bridge:bool=false record_sample_rate:int should_follow_transfer:bool=true time_limit:int=3600 url',
		{ five: 'media_id' },
	),
	record_caller: module('Record Caller', 'format:mp3|wav method:put|post=put time_limit:int=3600 url', {
		five: 'media_id media_name origin record_min_sec:int record_on_answer:bool record_on_bridge:bool record_sample_rate:int should_follow_transfer:bool',
	}),
	resources: module('Account Carrier', CARRIER, { five: 'addresses:object' }),
	response: module('Response', 'code!:int=486 media@mediaId message', { children: 'none' }),
	ring_group: module(
		'Ring Group',
		'name endpoints!:endpoints fail_on_single_reject:bool ignore_forward:bool=true repeats:int=1 ringback ringtones:object strategy:simultaneous|single|weighted_random=simultaneous timeout:int=20',
		{ five: GROUP_IN_5 },
	),
	ring_group_toggle: module('Ring Group Toggle', 'action!:login|logout callflow_id!@callflowId'),
	route_to_cid: module(
		'Route to Caller ID',
		'can_call_self:bool can_text_self:bool cid_types:list delay:int=0 endpoint_types:list static_invite suppress_clid:bool timeout:int=0',
	),
	send_dtmf: module('Send DTMF', 'digits! duration_ms:any=2000'),
	set: module('Set', ''),
	set_alert_info: module('Set Alert Info', 'alert_info!'),
	set_cid: module('Set Caller ID', 'caller_id_name caller_id_number'),
	set_variable: module('Set Variable', 'channel:a|both=a value variable'),
	set_variables: module('Set Variables', 'custom_application_vars!:object export:bool'),
	sleep: module('Sleep', 'duration:int=0 unit:ms|s|m|h=s'),
	temporal_route: module(
		'Time of Day',
		'action:menu|enable|disable|reset interdigit_timeout:int rule_set@temporalRuleSetId rules:list@temporalRuleId timezone',
		{ children: 'rules' },
	),
	tones: module('Tones', 'tones:list', { version: 5 }),
	transfer: module('Transfer', 'captures:list leg:self|bleg target transfer_type:attended|blind=blind', {
		children: 'none',
	}),
	tts: module(
		'Text to Speech',
		'endless_playback:bool engine:flite|google|ispeech|voicefabric language terminators:list text! voice=female',
	),
	user: module(
		'User',
		'can_call_self:bool can_text_self:bool custom_sip_headers:object delay:int=0 fail_on_single_reject:bool id@userId static_invite strategy:simultaneous|single=simultaneous suppress_clid:bool timeout:int=20',
	),
	voicemail: module(
		'Voicemail',
		'action:check|compose=compose callerid_match_login:bool=false id@vmboxId interdigit_timeout:int=2000 max_message_length:int=500 single_mailbox_login:bool=false',
	),
	wait_for_hangup: module('Wait for Hangup', '', { children: 'none' }),
	webhook: module('Webhook', 'custom_data:object http_verb:post|get retries:int uri', {
		five: 'custom_request_headers:object',
	}),
});
