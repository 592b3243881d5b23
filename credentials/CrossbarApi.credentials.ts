import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** Log-in to a Crossbar server. n8n keeps the token in the hidden property and asks for a new one on 401. */
export class CrossbarApi implements ICredentialType {
	name = 'crossbarApi';

	displayName = 'KAZOO Crossbar API';

	icon: Icon = { light: 'file:../nodes/Kazoo/kazoo.svg', dark: 'file:../nodes/Kazoo/kazoo.dark.svg' };

	documentationUrl = 'https://github.com/OWNER/n8n-nodes-kazoo#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Server URL',
			name: 'serverUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://crossbar.example.com:8443',
			description: 'Address of Crossbar, the API of your KAZOO; with or without /v2 at the end',
		},
		{
			displayName: 'Log In With',
			name: 'login',
			type: 'options',
			default: 'apiKey',
			options: [
				{
					name: 'API Key (Recommended)',
					value: 'apiKey',
					description: 'Works on when a password changes and needs no second factor',
				},
				{
					name: 'Auth Token',
					value: 'token',
					description: 'A token you already have; it is not renewed when it expires',
				},
				{ name: 'User Name and Password', value: 'password', description: 'As in the KAZOO user interface' },
			],
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { login: ['apiKey'] } },
			description:
				'The key of your account, 64 characters. Find it in the user interface under Account Settings, or read it with the operation Account: Get API Key.',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { login: ['password'] } },
			placeholder: 'e.g. admin@acme.example',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { login: ['password'] } },
		},
		{
			displayName: 'Find Account By',
			name: 'accountBy',
			type: 'options',
			default: 'name',
			displayOptions: { show: { login: ['password'] } },
			options: [
				{ name: 'Account ID (KAZOO 5)', value: 'id' },
				{ name: 'Account Name', value: 'name' },
				{ name: 'Phone Number', value: 'phoneNumber' },
				{ name: 'Realm', value: 'realm' },
			],
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { login: ['password'] } },
			placeholder: 'e.g. Acme Ltd',
			description: 'The name, realm, phone number or ID of the account, as chosen above',
		},
		{
			displayName: 'Password Hash',
			name: 'hash',
			type: 'options',
			default: 'md5',
			displayOptions: { show: { login: ['password'] } },
			description: 'How the password is hashed on its way to the server',
			options: [
				{ name: 'MD5', value: 'md5', description: 'What KAZOO uses unless told otherwise' },
				{ name: 'SHA-1', value: 'sha' },
			],
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { login: ['token'] } },
			description: 'As Crossbar gave it (auth_token)',
		},
		{
			displayName: 'Access',
			name: 'access',
			type: 'options',
			default: 'full',
			description:
				'What the KAZOO nodes may do with this credential. Refused before anything is sent: good for AI agents.',
			options: [
				{ name: 'Full', value: 'full' },
				{ name: 'No Deletes', value: 'noDeletes', description: 'Everything but deleting' },
				{ name: 'Read Only', value: 'readOnly', description: 'Only reading' },
			],
		},
		{
			displayName: 'Websocket URL',
			name: 'websocketUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. wss://crossbar.example.com:5555',
			description:
				"Address of Blackhole, KAZOO's websocket server, for the KAZOO Live Trigger. Empty: port 5555 on the host of the Server URL. It is given the token.",
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSsl',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if the certificate of the server cannot be verified',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Called by n8n when there is no token, or when the server refused the one there is. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		// n8n loads every credential type at its start, and this only runs at a log-in.
		const { logIn } = await import('../crossbar/http/session');
		return {
			token: await logIn(async (options) => await this.helpers.httpRequest(options), credentials),
		};
	}

	/** Not the declarative form: its expression cannot be evaluated once a trigger's activation is over. */
	async authenticate(
		{ token }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return { ...request, headers: { ...request.headers, 'X-Auth-Token': token } };
	}
}
