import type { Method, Route } from '../request/call';

interface Node {
	literals: Map<string, Node>;
	/** Parts such as `report-{id}`: a fixed beginning. */
	prefixed: { prefix: string; node: Node }[];
	parameter?: Node;
	route?: Route;
	/** Names of the route's parameters, in order. */
	names?: string[];
}

const empty = (): Node => ({ literals: new Map(), prefixed: [] });

/** A route and the values of its parameters. */
export interface Match {
	route: Route;
	params: Record<string, string>;
}

/** Finds the route of a path. A literal part wins over a parameter. */
export class Router {
	private readonly root = empty();

	constructor(routes: Iterable<Route>) {
		for (const route of routes) this.add(route);
	}

	/** All routes, in no particular order. */
	routes(): Route[] {
		const found: Route[] = [];
		const walk = (node: Node) => {
			if (node.route) found.push(node.route);
			for (const child of node.literals.values()) walk(child);
			for (const child of node.prefixed) walk(child.node);
			if (node.parameter) walk(node.parameter);
		};
		walk(this.root);
		return found;
	}

	/** The route of a path (decoded parts), or undefined. */
	match(segments: string[]): Match | undefined {
		const values: string[] = [];
		const find = (node: Node, at: number): Node | undefined => {
			if (at === segments.length) return node.route && node;
			const part = segments[at] as string;
			const literal = node.literals.get(part);
			const found = literal && find(literal, at + 1);
			if (found) return found;
			for (const { prefix, node: child } of node.prefixed) {
				const inside = part.startsWith(prefix) && take(child, at, part.slice(prefix.length));
				if (inside) return inside;
			}
			return node.parameter && take(node.parameter, at, part);
		};
		const take = (child: Node, at: number, value: string): Node | undefined => {
			values.push(value);
			const found = find(child, at + 1);
			if (!found) values.pop();
			return found;
		};
		const node = find(this.root, 0);
		if (!node?.route) return undefined;
		const params: Record<string, string> = {};
		node.names?.forEach((name, i) => (params[name] = values[i] as string));
		return { route: node.route, params };
	}

	private add(route: Route): void {
		let node = this.root;
		const names: string[] = [];
		for (const part of route.path.split('/').filter(Boolean)) {
			const brace = part.indexOf('{');
			if (brace !== -1) names.push(part.slice(brace + 1, -1));
			node = child(node, part, brace);
		}
		if (node.route && node.names?.join() !== names.join()) {
			throw new Error(`${route.path} and ${node.route.path} are one path with two sets of names`);
		}
		// A path may be given in several rows (its methods come from different files): they are put together.
		node.route = node.route ? merge(node.route, route) : route;
		node.names = names;
	}
}

function child(node: Node, part: string, brace: number): Node {
	if (brace === -1) {
		let literal = node.literals.get(part);
		if (!literal) node.literals.set(part, (literal = empty()));
		return literal;
	}
	if (brace === 0) return (node.parameter ??= empty());
	const prefix = part.slice(0, brace);
	let entry = node.prefixed.find((known) => known.prefix === prefix);
	if (!entry) node.prefixed.push((entry = { prefix, node: empty() }));
	return entry.node;
}

function merge(first: Route, second: Route): Route {
	const clash = Object.keys(second.handlers).find((method) => method in first.handlers);
	if (clash) throw new Error(`${clash} ${second.path} is there twice`);
	const access = (route: Route) =>
		route.access === undefined || typeof route.access === 'object'
			? route.access
			: Object.fromEntries(Object.keys(route.handlers).map((method) => [method, route.access]));
	return {
		...first,
		handlers: { ...first.handlers, ...second.handlers },
		access: { ...access(first), ...access(second) },
		provides: { ...first.provides, ...second.provides },
		accepts: { ...first.accepts, ...second.accepts },
	};
}

// The order in which the real server lists a module's methods.
const ORDER: Method[] = ['PATCH', 'POST', 'PUT', 'GET', 'DELETE'];

/** Methods of a route, in the order that `access-control-allow-methods` has them. */
export function methodsOf(route: Route): Method[] {
	return (route.order ?? ORDER).filter((method) => route.handlers[method]);
}
