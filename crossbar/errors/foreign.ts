/** Answers that are not Crossbar's own, and the last row for all others. */
import { ADMIN, CHECK_URL } from './hint';
import type { Hint } from './hint';

export const NOT_CROSSBAR: readonly Hint[] = [
	{
		kind: 'html',
		status: [502, 503, 504],
		happened: 'The proxy in front of Crossbar could not reach it (HTTP {status})',
		todo: 'Crossbar may be starting or stopped. [{again}. ]If it stays, check the server.',
	},
	{
		kind: 'html',
		status: 413,
		happened: 'The proxy in front of Crossbar refused the request as too large',
		todo: 'Send less at a time, or have the limit raised in the proxy.',
	},
	{ kind: 'html', happened: 'This is not Crossbar: a web page answered[, “{title}”]', todo: CHECK_URL },
	{
		kind: 'foreign',
		happened: 'A server answered, but not as Crossbar does (HTTP {status})',
		todo: CHECK_URL,
	},
	{
		kind: 'cut',
		happened: 'The answer of the server was cut short',
		todo: 'The connection broke on the way.[ {again}.]',
	},
	{
		status: [300, 301, 302, 303, 305, 307, 308],
		happened: 'The server sends us elsewhere[, to {location}]',
		todo: 'The token was not sent there. If that is the right address, put it into the credential as Server URL.',
	},
	{
		status: 304,
		happened: 'Nothing has changed since it was last read',
		todo: 'Use the record that you have.',
	},
	{
		kind: 'text',
		status: [200, 201, 202, 203],
		happened: 'A server answered, but not as Crossbar does',
		todo: CHECK_URL,
	},
	{
		kind: 'empty',
		status: [200, 201, 202, 203, 206],
		happened: 'The answer of the server was empty',
		todo: 'A proxy on the way may have cut it off.[ {again}.]',
	},
	{
		kind: 'json',
		status: [200, 201, 202, 203],
		happened: 'KAZOO reports an error, though with HTTP {status}',
		todo: ADMIN,
	},
	{ status: [200, 201, 202, 203], happened: 'The answer of the server cannot be used', todo: CHECK_URL },
];

export const ANYTHING: readonly Hint[] = [
	{ kind: 'text', happened: 'A server answered, but not as Crossbar does (HTTP {status})', todo: CHECK_URL },
	{ happened: 'KAZOO refused the request[ (HTTP {status})]', todo: ADMIN },
];
