import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { describeLogin } from '../../crossbar/http/session';

/** "Test connection" of the credential: says who the log-in is, or why it does not work. */
export async function testCrossbarLogin(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const message = await describeLogin(async (options) => await ask(this, options), credential.data ?? {});
		return { status: 'OK', message };
	} catch (error) {
		const { message, description } = error as Error & { description?: string };
		return { status: 'Error', message: [message, description].filter(Boolean).join('. ') };
	}
}

/** The only HTTP helper n8n gives to a credential test takes the options of an older library. */
async function ask({ helpers }: ICredentialTestFunctions, options: IHttpRequestOptions) {
	return (await helpers.request({
		uri: options.url,
		method: options.method,
		headers: options.headers,
		body: options.body,
		timeout: options.timeout,
		rejectUnauthorized: options.skipSslCertificateValidation !== true,
		followRedirect: false,
		resolveWithFullResponse: true,
		simple: false,
		json: false,
	})) as { statusCode: number; headers: Record<string, string>; body: unknown };
}
