import type { Area } from '../notation';

/** Where files of an account are kept. */
export const storage: Area = {
	both: {
		storage: {
			attachments: '@storage.attachments',
			connections: '@storage.connections',
			id: 'string',
			plan: '@storage.plan',
		},
		'storage.attachment.aws': {
			'handler!': 'string of s3',
			'settings!': {
				'bucket!': 'string 6..63 /^[^\\s]*$/',
				bucket_access_method: 'string of auto|vhost|path',
				bucket_after_host: 'boolean',
				host: 'string 1.. /^[^\\s]*$/',
				'key!': 'string 1..128 /^[^\\s]*$/',
				port: 'integer',
				region: 'string 1.. /^[^\\s]*$/',
				scheme: 'string of http|https',
				'secret!': 'string 1..128 /^[^\\s]*$/',
				$5: {
					key: 'string 1..128 /^[^\\s]*$/',
					secret: 'string 1..128 /^[^\\s]*$/',
					tags_key_path: '[string]',
				},
			},
		},
		'storage.attachment.azure': {
			'handler!': 'string of azure',
			'settings!': { 'account!': 'string', 'container!': 'string', 'key!': 'string' },
		},
		'storage.attachment.dropbox': {
			'handler!': 'string of dropbox',
			'settings!': { 'oauth_doc_id!': 'string 1..' },
		},
		'storage.attachment.google_drive': {
			'handler!': 'string of google_drive',
			'settings!': { folder_id: 'string', 'oauth_doc_id!': 'string 1..' },
		},
		'storage.attachment.google_storage': {
			'handler!': 'string of google_storage',
			'settings!': {
				$oneOf: [
					{ $: 'any', 'oauth_app_id!': 'string' },
					{ $: 'any', 'oauth_doc_id!': 'string checked' },
				],
			},
		},
		'storage.attachment.http': {
			'handler!': 'string of http',
			'settings!': {
				base64_encode_data: 'boolean = false',
				send_multipart: 'boolean',
				'url!': 'string checked',
				verb: 'string of post|put = put',
				$5: { 'url!': 'string 7.. checked' },
			},
		},
		'storage.attachment.onedrive': {
			'handler!': 'string of onedrive',
			'settings!': { 'oauth_doc_id!': 'string 1..' },
		},
		'storage.attachments': {
			'/^[a-z0-9]{32}$/':
				'@storage.attachment.aws or @storage.attachment.azure or @storage.attachment.google_drive or @storage.attachment.google_storage or @storage.attachment.http or @storage.attachment.onedrive or @storage.attachment.dropbox',
			'*': false,
		},
		'storage.attachments.field': {
			$: 'any',
			$oneOf: [
				{ arg: 'string of account_id|db|id|attachment', '*': false },
				{ const: 'string', '*': false },
				{ field: 'string', '*': false },
				{ group: '[@storage.attachments.field]', '*': false },
			],
		},
		'storage.connection.couchdb': {
			'driver!': 'any of kazoo_couch',
			name: 'string',
			'settings!': {
				connect_options: { keepalive: 'boolean' },
				connect_timeout: 'integer',
				credentials: { 'password!': 'integer', 'username!': 'string' },
				'ip!': 'string',
				max_pipeline_size: 'integer',
				max_sessions: 'integer',
				pool: { 'name!': 'string', 'size!': 'integer' },
				'port!': 'integer',
			},
		},
		'storage.connections': { '/^([a-z0-9]){32}$/': '@storage.connection.couchdb', '/^local$/': 'object' },
		'storage.plan': {
			account: '@storage.plan.database',
			aggregate: '@storage.plan.database',
			modb: '@storage.plan.database',
			system: '@storage.plan.database',
		},
		'storage.plan.database': {
			attachments: '@storage.plan.database.attachment',
			connection: 'string',
			database: { create_options: 'object', names: '[string]' },
			types: {
				call_recording: '@storage.plan.database.document',
				fax: '@storage.plan.database.document',
				function: '@storage.plan.database.document',
				mailbox_message: '@storage.plan.database.document',
				media: '@storage.plan.database.document',
			},
			$5: { types: 'object' },
		},
		'storage.plan.database.attachment': {
			handler: 'string checked',
			params: { folder_path: 'string' },
			stub: 'boolean',
		},
		'storage.plan.database.document': {
			attachments: '@storage.plan.database.attachment',
			connection: 'string checked',
		},
	},
};
