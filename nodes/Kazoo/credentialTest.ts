import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { isStream } from '../../crossbar/http/answer';
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

/**
 * The only HTTP helper n8n gives to a credential test takes the options of an older library, which knows no signal and
 * would read an answer without an end. So it comes as a stream, and is not waited for once the time is over.
 */
async function ask({ helpers }: ICredentialTestFunctions, options: IHttpRequestOptions) {
	const asked = helpers.request({
		uri: options.url,
		method: options.method,
		headers: options.headers,
		body: options.body,
		timeout: options.timeout,
		rejectUnauthorized: options.skipSslCertificateValidation !== true,
		followRedirect: false,
		resolveWithFullResponse: true,
		useStream: true,
		simple: false,
		json: false,
	}) as Promise<{ statusCode: number; headers: Record<string, string>; body: unknown }>;
	const { abortSignal: signal } = options;
	const over = new Promise<never>((_, reject) => {
		signal?.addEventListener?.('abort', () => reject(new Error('The time is over')));
	});
	const response = await Promise.race([asked, over]);
	over.catch(() => {
		if (isStream(response.body)) (response.body as { destroy(): void }).destroy();
	});
	return response;
}
