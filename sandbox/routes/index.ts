import type { Route } from '../call';
import type { Profile } from '../profile';
import { accountRoutes } from './accounts';
import { authRoutes } from './auth';
import { callflowRoutes } from './callflows';
import { deviceRoutes } from './devices';
import { userRoutes } from './users';

/** All routes of a generation. */
export function routesFor(profile: Profile): Route[] {
	return [...authRoutes, ...accountRoutes, ...userRoutes, ...deviceRoutes, ...callflowRoutes].filter(
		(route) => route.profile === undefined || route.profile === profile,
	);
}
