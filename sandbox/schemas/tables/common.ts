import type { Shape } from '../notation';

/* Pieces that several schemas have in common. */

/** SIP headers, the same in both directions or told apart. */
export const SIP_HEADERS: Shape = {
	$anyOf: ['@custom_sip_headers', { $: 'any', in: '@custom_sip_headers', out: '@custom_sip_headers' }],
};

/** Variables of a channel, the same in both directions or told apart. */
export const CHANNEL_VARS: Shape = {
	$anyOf: ['@custom_channel_vars', { $: 'any', in: '@custom_channel_vars', out: '@custom_channel_vars' }],
};

/** What somebody hears who waits. */
export const MUSIC_ON_HOLD: Shape = {
	$: 'object = {}',
	media_id: 'string ..2048',
	$5: { options: '[string of preserve-position|random-start]' },
};

/** How a phone, or a person with all phones, calls and is called. */
export const CALLING: Shape = {
	call_forward: {
		direct_calls_only: 'boolean = false',
		enabled: 'boolean = false',
		failover: 'boolean = false',
		ignore_early_media: 'boolean = true',
		keep_caller_id: 'boolean = true',
		number: 'string ..35',
		require_keypress: 'boolean = true',
		substitute: 'boolean = true',
	},
	call_recording: '@call_recording',
	call_restriction: { $: 'object = {}', '*': { action: 'string of inherit|deny' } },
	call_waiting: '@call_waiting',
	caller_id: '@caller_id',
	caller_id_options: { outbound_privacy: 'string of full|name|number|none' },
	contact_list: { $: 'object = {}', exclude: 'boolean' },
};
