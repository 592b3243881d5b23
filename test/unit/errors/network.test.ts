import { explain, isTransient, provablyNotCarriedOut } from '../../../crossbar/errors/explain';
import { answer, DEVICE } from './fixtures';

describe('no answer', () => {
	it.each<[string, string, string, RegExp, boolean, boolean]>([
		[
			'ENOTFOUND',
			'getaddrinfo ENOTFOUND kazoo.example',
			'There is no server of this name',
			/Server URL/,
			false,
			true,
		],
		[
			'EAI_AGAIN',
			'getaddrinfo EAI_AGAIN kazoo.example',
			'The name of the server could not be looked up just now',
			/name service/,
			true,
			true,
		],
		[
			'ECONNREFUSED',
			'connect ECONNREFUSED 127.0.0.1:8000',
			'Nothing listens at the address of the server',
			/port/,
			true,
			true,
		],
		[
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'self-signed certificate',
			'The server’s certificate is self-signed',
			/Ignore SSL/,
			false,
			true,
		],
		['SELF_SIGNED_CERT_IN_CHAIN', '', 'The server’s certificate is self-signed', /Ignore SSL/, false, true],
		[
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'',
			'The authority of the server’s certificate is unknown',
			/intermediate/,
			false,
			true,
		],
		[
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
			'',
			'The authority of the server’s certificate is unknown',
			/intermediate/,
			false,
			true,
		],
		[
			'CERT_HAS_EXPIRED',
			'certificate has expired',
			'The server’s certificate has expired',
			/renewed/,
			false,
			true,
		],
		['CERT_NOT_YET_VALID', '', 'The server’s certificate is not valid yet', /clocks/, false, true],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'Hostname does not match',
			'The server’s certificate is for another name',
			/name in the certificate/,
			false,
			true,
		],
		[
			'EPROTO',
			'write EPROTO … wrong version number',
			'The server does not speak TLS at this port',
			/http:\/\//,
			false,
			true,
		],
		[
			'HPE_INVALID_CONSTANT',
			'Parse Error: Expected HTTP/',
			'Something answered that is not HTTP',
			/https:\/\//,
			false,
			false,
		],
		['ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.1:8000', 'The server cannot be reached', /firewall/, true, true],
		['ETIMEDOUT', 'read ETIMEDOUT', 'The server did not answer in time', /before repeating/, true, false],
		[
			'ECONNABORTED',
			'timeout of 60000ms exceeded',
			'The server took too long to answer',
			/more time/,
			false,
			false,
		],
		['ECONNRESET', 'read ECONNRESET', 'The connection to the server broke', /before repeating/, true, false],
		['', 'socket hang up', 'The connection to the server broke', /socket hang up/, true, false],
		['EWHATEVER', 'odd', 'The server could not be reached', /EWHATEVER: odd/, false, false],
	])('%s %s', (networkCode, networkMessage, message, description, transient, notCarriedOut) => {
		const failure = { method: 'POST', path: DEVICE, networkCode, networkMessage };
		expect(explain(failure).message).toBe(message);
		expect(explain(failure).description).toMatch(description);
		expect(explain(failure)).not.toHaveProperty('httpCode');
		expect(isTransient(failure)).toBe(transient);
		expect(provablyNotCarriedOut(failure)).toBe(notCarriedOut);
	});

	it('says something even when nothing is known', () => {
		expect(explain({ method: 'GET', path: '' }).message).toBe('The server could not be reached');
	});
});

describe('isTransient and provablyNotCarriedOut by status', () => {
	it.each([
		[429, true, true],
		[502, true, false],
		[503, true, false],
		[504, true, false],
		[500, false, false],
		[400, false, false],
		[401, false, false],
		[409, false, false],
		[200, false, false],
	])('%d', (status, transient, notCarriedOut) => {
		const failure = { method: 'GET', path: DEVICE, status };
		expect(isTransient(failure)).toBe(transient);
		expect(provablyNotCarriedOut(failure)).toBe(notCarriedOut);
	});

	it('does not wait for a database view that is missing', () => {
		expect(isTransient(answer(503, 'datastore missing view', {}))).toBe(false);
	});
});
