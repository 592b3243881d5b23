import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SteeredKernel } from '../control/kernel';
import { overview } from './overview';

/** Milliseconds between two looks at what has changed, while somebody has the page open. */
const PERIOD = 400;

const FILES = {
	'index.html': 'text/html; charset=UTF-8',
	'style.css': 'text/css; charset=UTF-8',
	'page.js': 'text/javascript; charset=UTF-8',
	'parts.js': 'text/javascript; charset=UTF-8',
};

/** Nothing comes from elsewhere, and nobody shows the page inside another. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

function sendFile(reply: FastifyReply, name: keyof typeof FILES): FastifyReply {
	return reply
		.header('content-security-policy', POLICY)
		.header('cache-control', 'no-store')
		.type(FILES[name])
		.send(readFileSync(join(__dirname, name)));
}

/** Answers with the page for people. */
export function showPage(reply: FastifyReply): FastifyReply {
	return sendFile(reply, 'index.html');
}

/** Tells everybody who has the page open what has changed. */
class Broadcast {
	private readonly listeners = new Set<FastifyReply['raw']>();
	private timer: NodeJS.Timeout | undefined;
	private last = '';

	constructor(private readonly kernel: SteeredKernel) {}

	add(raw: FastifyReply['raw']): void {
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		this.last = JSON.stringify(overview(this.kernel));
		raw.write(`data: ${this.last}\n\n`);
		this.listeners.add(raw);
		this.timer ??= setInterval(() => this.look(), PERIOD);
		raw.on('close', () => this.remove(raw));
	}

	/** Ends every connection. */
	close(): void {
		for (const raw of [...this.listeners]) {
			raw.end();
			this.remove(raw);
		}
	}

	private remove(raw: FastifyReply['raw']): void {
		this.listeners.delete(raw);
		if (this.listeners.size > 0) return;
		clearInterval(this.timer);
		this.timer = undefined;
	}

	private look(): void {
		const now = JSON.stringify(overview(this.kernel));
		if (now === this.last) return;
		this.last = now;
		for (const raw of this.listeners) raw.write(`data: ${now}\n\n`);
	}
}

/** Routes of the page's parts. The page itself is at `/`, for those who ask for HTML. */
export function pageRoutes(app: FastifyInstance, kernel: SteeredKernel): void {
	for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
		app.get(`/sandbox/page/${name}`, (_request, reply) => sendFile(reply, name));
	}
	const broadcast = new Broadcast(kernel);
	app.get('/sandbox/events', (_request, reply) => {
		reply.hijack();
		broadcast.add(reply.raw);
	});
	app.addHook('preClose', () => {
		broadcast.close();
		return Promise.resolve();
	});
}
