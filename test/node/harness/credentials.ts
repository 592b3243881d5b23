import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentials,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

/** A saved credential: its type and what the user filled in. */
export interface SavedCredential {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/**
 * The credentials of a run, kept in memory, with the log-in behaviour of n8n's own `CredentialsHelper` (n8n 2.41.1,
 * `dist/credentials-helper.js`): `preAuthentication` is called when the hidden expirable property is empty or n8n was
 * told that it expired, and what it returns is saved. One instance may serve several runs, as a saved credential does.
 * A credential's ID is its type's name.
 *
 * Left out of n8n's: expressions in credential fields, OAuth, external secrets.
 */
export class CredentialStore extends ICredentialsHelper {
	private readonly saved = new Map<string, SavedCredential>();

	constructor(...credentials: SavedCredential[]) {
		super();
		for (const { type, data } of credentials) this.saved.set(type.name, { type, data: { ...data } });
	}

	/** What is saved at this moment, without defaults: a test sees here which token was kept, and may change it. */
	data(typeName: string): ICredentialDataDecryptedObject {
		return this.get(typeName).data;
	}

	/** The `credentials` of a node that uses all of them. */
	forNode(): INodeCredentials {
		return Object.fromEntries([...this.saved.keys()].map((name) => [name, { id: name, name }]));
	}

	/** Saved data with the defaults of the type's properties, as nodes and credential tests get it. */
	withDefaults(typeName: string, data = this.data(typeName)): ICredentialDataDecryptedObject {
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(typeName),
			data as never, // n8n does the same: a credential's data is handled as node parameters
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	/** The credential type of that name. @throws when the run has no such credential */
	type(typeName: string): ICredentialType {
		return this.get(typeName).type;
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.type(typeName).properties;
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		_mode: unknown,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		return raw ? { ...this.data(typeName) } : this.withDefaults(typeName);
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (!expirable || !type.preAuthentication) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = await type.preAuthentication.call(helpers, credentials);
		if (output[expirable.name] === undefined || !node.credentials) return undefined;
		Object.assign(this.data(typeName), output);
		return Object.assign(credentials, output);
	}

	override async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const output = await this.type(typeName).preAuthentication?.call(helpers, credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = options as IHttpRequestOptions;
		const { authenticate } = this.type(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!authenticate) return request;
		if (!workflow || !node) throw new Error('A declarative `authenticate` needs the workflow and the node');
		const resolve = (value: string) =>
			value.startsWith('=')
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) ?? '',
					)
				: value;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const target = ((request as unknown as Record<string, Record<string, unknown>>)[part] ??= {});
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				target[resolve(key)] = resolve(value);
			}
		}
		return request;
	}

	override async updateCredentials(
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.get(typeName).data = { ...data };
	}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('Encrypted credentials are no part of this harness');
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('OAuth is no part of this harness');
	}

	private get(typeName: string): SavedCredential {
		const credential = this.saved.get(typeName);
		if (!credential) throw new Error(`The run has no credential of type "${typeName}"`);
		return credential;
	}
}
