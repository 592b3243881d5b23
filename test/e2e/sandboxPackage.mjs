/** The sandbox as a package of its own: installed from its tarball, started by its command. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, runProcess, startProcess } from '../../runtime/processes.mjs';
import { packSandbox } from '../../runtime/sandboxPackage.mjs';
import { test } from './harness.mjs';

test(
	'sandbox package: installed elsewhere, its command starts a Crossbar that lets its own log-in in',
	async ({ atEnd }) => {
		const tarball = await packSandbox();
		const folder = mkdtempSync(join(tmpdir(), 'sandbox-package-'));
		atEnd(() => rmSync(folder, { recursive: true, force: true }));
		writeFileSync(join(folder, 'package.json'), '{"private":true}');
		await runProcess('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', tarball], {
			name: 'npm install',
			cwd: folder,
		});
		const port = await freePort();
		const options = ['--port', String(port), '--cdrs', '0', '--secret-file', join(folder, 'secret')];
		const apiKey = await new Promise((resolve, reject) => {
			const sandbox = startProcess(join(folder, 'node_modules', '.bin', 'crossbar-sandbox'), options, {
				cwd: folder,
				onLine: (line) => {
					const key = /API key ([0-9a-f]{64})/.exec(line)?.[1];
					if (key) resolve(key);
				},
			});
			atEnd(() => sandbox.stop());
			void sandbox.exited.then(() => reject(new Error(sandbox.tail.join('\n'))));
		});
		const url = `http://127.0.0.1:${port}`;
		const login = await fetch(`${url}/v2/api_auth`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ data: { api_key: apiKey } }),
		});
		assert.equal(login.status, 201);
		for (const file of ['', 'page.js', 'style.css', 'parts.js']) {
			const { status } = await fetch(`${url}/${file && `sandbox/page/${file}`}`, {
				headers: { accept: 'text/html' },
			});
			assert.equal(status, 200, file);
		}
	},
	{ timeout: 300_000 },
);
