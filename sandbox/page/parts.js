/** Small parts of the page: elements, and lists that change only where something changed. */

/**
 * An element with what is in it. Texts become texts, never HTML.
 *
 * @param {string} tag its name, with classes after dots: `span.soft`
 * @param {Record<string, unknown>} [attributes] properties of the element; `data-` and `aria-` ones as attributes
 * @param {...(Node | string | undefined)} children
 */
export function make(tag, attributes = {}, ...children) {
	const [name, ...classes] = tag.split('.');
	const element = document.createElement(name);
	element.className = classes.join(' ');
	for (const [key, value] of Object.entries(attributes)) {
		if (value === undefined) continue;
		if (/^(data|aria)-/.test(key)) element.setAttribute(key, String(value));
		else element[key] = value;
	}
	element.append(...children.filter((child) => child !== undefined));
	return element;
}

const shown = new WeakMap();

/**
 * Fills an element anew if what it shows has changed. What was open stays open, and the focus stays where it was:
 * both by `data-key`.
 */
export function fill(element, data, build) {
	const text = JSON.stringify(data);
	if (shown.get(element) === text) return;
	shown.set(element, text);
	const open = [...element.querySelectorAll('details[open]')].map(({ dataset }) => dataset.key);
	const focused = element.contains(document.activeElement)
		? document.activeElement.closest('[data-key]')?.dataset.key
		: undefined;
	element.replaceChildren(...build());
	for (const details of element.querySelectorAll('details')) {
		if (open.includes(details.dataset.key)) details.open = true;
	}
	if (focused === undefined) return;
	const again = [...element.querySelectorAll('[data-key]')].find(({ dataset }) => dataset.key === focused);
	(again?.matches('details') ? again.querySelector('summary') : again)?.focus();
}

/** Fills a list of choices; what was chosen stays chosen. */
export function choices(select, options) {
	fill(select, options, () => {
		const { value } = select;
		const made = options.map((option) => make('option', { value: option.value, textContent: option.text }));
		queueMicrotask(() => {
			if (options.some((option) => option.value === value)) select.value = value;
		});
		return made;
	});
}

/** A time of day, for an ISO time. */
export function clock(iso) {
	return new Date(iso).toLocaleTimeString();
}

/** Good, bad, or something between: for the status of an answer. */
export function grade(status) {
	if (!status) return 'bad';
	return status < 300 ? 'good' : status < 400 ? 'soft' : status < 500 ? 'warn' : 'bad';
}

/** Sends something to the sandbox and gives back its answer. Throws what the sandbox says is wrong. */
export async function send(method, path, body) {
	const response = await fetch(path, {
		method,
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}`);
	return answer;
}
