/** Why no answer came at all. */
import { CHECK_URL } from './hint';
import type { NetworkHint } from './hint';

const IGNORE_SSL = 'in a trusted network, switch on Ignore SSL Issues in the credential';
const AGAIN = '[{again}. ]If it stays, look at the network and the proxy on the way.';

/** The last row fits everything. */
export const NETWORK_HINTS: readonly NetworkHint[] = [
	{
		code: /^ENOTFOUND$/,
		words: /.*/,
		happened: 'There is no server of this name',
		todo: 'Check the Server URL in the credential, and that this n8n can resolve the name.',
		notCarriedOut: true,
	},
	{
		code: /^EAI_AGAIN$/,
		happened: 'The name of the server could not be looked up just now',
		todo: 'Check the network and the name service of this n8n.',
		notCarriedOut: true,
		transient: true,
	},
	{
		code: /^ECONNREFUSED$/,
		happened: 'Nothing listens at the address of the server',
		todo: 'Is Crossbar running, and is the port right? It is 8000, or 8443 with TLS, unless set otherwise. From a container, localhost is the container itself.',
		notCarriedOut: true,
		transient: true,
	},
	{
		code: /^E(HOST|NET)(UNREACH|DOWN)$/,
		happened: 'There is no way to the server',
		todo: 'Check network, firewall and VPN.',
		notCarriedOut: true,
		transient: true,
	},
	{
		code: /SELF_SIGNED/,
		happened: 'The server’s certificate is self-signed',
		todo: `Have a certificate of a known authority installed, give n8n yours (NODE_EXTRA_CA_CERTS), or, ${IGNORE_SSL}.`,
		notCarriedOut: true,
	},
	{
		code: /UNABLE_TO_(VERIFY|GET)|CERT_UNTRUSTED/,
		happened: 'The authority of the server’s certificate is unknown',
		todo: `The server may not send its intermediate certificate. Have that mended, give n8n the authority (NODE_EXTRA_CA_CERTS), or, ${IGNORE_SSL}.`,
		notCarriedOut: true,
	},
	{
		code: /CERT_HAS_EXPIRED/,
		happened: 'The server’s certificate has expired',
		todo: `Have it renewed or, ${IGNORE_SSL}.`,
		notCarriedOut: true,
	},
	{
		code: /CERT_NOT_YET_VALID/,
		happened: 'The server’s certificate is not valid yet',
		todo: 'Check the clocks of the server and of this n8n.',
		notCarriedOut: true,
	},
	{
		code: /ALTNAME/,
		happened: 'The server’s certificate is for another name',
		todo: `Use the name in the certificate as Server URL or, ${IGNORE_SSL}.`,
		notCarriedOut: true,
	},
	{
		code: /CERT_|^ERR_TLS/,
		happened: 'The server’s certificate cannot be accepted',
		todo: `Have it mended or, ${IGNORE_SSL}.`,
		notCarriedOut: true,
	},
	{
		code: /EPROTO|ERR_SSL/,
		words: /wrong version|unknown protocol|http request|packet length/i,
		happened: 'The server does not speak TLS at this port',
		todo: 'Write http:// in the Server URL, or use the port with TLS (8443 unless set otherwise).',
		notCarriedOut: true,
	},
	{
		code: /EPROTO|ERR_SSL/,
		happened: 'No secure connection to the server came about',
		todo: 'Server and n8n have no version of TLS in common, or a firewall interferes.',
		notCarriedOut: true,
	},
	{
		code: /^HPE_/,
		happened: 'Something answered that is not HTTP',
		todo: 'With a TLS port the Server URL begins with https://. ' + CHECK_URL,
	},
	{
		words: /\bconnect (ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/,
		happened: 'The server cannot be reached',
		todo: 'A firewall may drop the connection, or the address or port is wrong.',
		notCarriedOut: true,
		transient: true,
	},
	{
		code: /UND_ERR_CONNECT_TIMEOUT/,
		happened: 'The server cannot be reached',
		todo: 'A firewall may drop the connection, or the address or port is wrong.',
		notCarriedOut: true,
		transient: true,
	},
	{
		words: /timeout of \d+ ?ms exceeded|timed? ?out after/i,
		happened: 'The server took too long to answer',
		todo: 'Give it more time (Timeout in the options).',
	},
	{
		code: /TIMEDOUT|TIMEOUT|ECONNABORTED/,
		happened: 'The server did not answer in time',
		todo: AGAIN,
		transient: true,
	},
	{
		code: /ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE/,
		happened: 'The connection to the server broke',
		todo: AGAIN,
		transient: true,
	},
	{
		words: /socket hang up|aborted|network socket disconnected|terminated/i,
		happened: 'The connection to the server broke',
		todo: AGAIN,
		transient: true,
	},
	{ code: /ERR_INVALID_URL/, happened: 'The address cannot be used', todo: CHECK_URL, notCarriedOut: true },
	{
		code: /ERR_CANCELED|ABORT/,
		happened: 'The request was cancelled',
		todo: 'Run it again if it is still wanted.',
	},
	{ happened: 'The server could not be reached', todo: AGAIN },
];
