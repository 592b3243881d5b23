/** Measures in a fresh process what n8n pays for our package at its start: prints milliseconds and sizes as JSON. */
const { join } = require('node:path');

// n8n has loaded these long before it comes to a community package
require('n8n-workflow');

const dist = join(__dirname, '../../build/bench/dist');
const began = performance.now();
const { Kazoo } = require(join(dist, 'nodes/Kazoo/Kazoo.node.js'));
const node = new Kazoo();
const { CrossbarApi } = require(join(dist, 'credentials/CrossbarApi.credentials.js'));
new CrossbarApi();
const milliseconds = performance.now() - began;

const description = JSON.stringify(node.description);
let properties = 0;
JSON.parse(description, (key, value) => {
	if (value && typeof value === 'object' && 'displayName' in value && 'name' in value && 'type' in value)
		properties++;
	return value;
});
console.log(JSON.stringify({ milliseconds, bytes: Buffer.byteLength(description), properties }));
