import type { Route } from '../request/call';
import type { Profile } from '../values/profile';
import { accountRoutes } from './accounts';
import { accountTreeRoutes } from './account-tree';
import { alertRoutes } from './alerts';
import { authRoutes } from './auth';
import { brandingRoutes } from './branding';
import { callCentreRoutes } from './callcentre';
import { callflowRoutes } from './callflows';
import { cdrRoutes } from './cdrs';
import { channelRoutes } from './channels';
import { conferenceActionRoutes } from './conference-actions';
import { conferenceRoutes } from './conferences';
import { deviceRoutes } from './devices';
import { faxRoutes } from './faxes';
import { genericRoutes } from './generic';
import { ledgerRoutes } from './ledgers';
import { listRoutes } from './lists';
import { logInRoutes } from './log-ins';
import { mediaRoutesAll } from './media';
import { metaflowRoutes } from './metaflows';
import { notificationRoutes } from './notifications';
import { numberRoutes } from './numbers';
import { pivotRoutes } from './pivot';
import { portRoutes } from './ports';
import { quickcallRoutes } from './quickcall';
import { rateRoutes } from './rates';
import { schemaRoutes } from './schemas';
import { searchRoutes } from './search';
import { serviceRoutes } from './services';
import { settingRoutes } from './settings';
import { signallingRoutes } from './signalling';
import { supRoutes } from './sup';
import { taskRoutes } from './tasks';
import { telephonyRoutes } from './telephony';
import { userDeletionRoutes } from './user-deletion';
import { userRoutes } from './users';
import { voicemailRoutes } from './voicemail';
import { webhookRoutes } from './webhooks';
import { websocketRoutes } from './websockets';

const ALL: Route[] = [
	...authRoutes,
	...accountRoutes,
	...accountTreeRoutes,
	...userRoutes,
	...userDeletionRoutes,
	...deviceRoutes,
	...quickcallRoutes,
	...callflowRoutes,
	...telephonyRoutes,
	...conferenceRoutes,
	...listRoutes,
	...conferenceActionRoutes,
	...voicemailRoutes,
	...mediaRoutesAll,
	...cdrRoutes,
	...numberRoutes,
	...portRoutes,
	...channelRoutes,
	...pivotRoutes,
	...webhookRoutes,
	...websocketRoutes,
	...serviceRoutes,
	...schemaRoutes,
	...settingRoutes,
	...metaflowRoutes,
	...brandingRoutes,
	...logInRoutes,
	...signallingRoutes,
	...callCentreRoutes,
	...rateRoutes,
	...searchRoutes,
	...faxRoutes,
	...ledgerRoutes,
	...taskRoutes,
	...notificationRoutes,
	...alertRoutes,
	...supRoutes,
	...genericRoutes,
];

/** Modules of KAZOO 4 that are there, but that it does not start by itself: an operator has to. */
const NOT_STARTED = new Set([
	'access_lists',
	'acdc_call_stats',
	'att_handlers_errors',
	'braintree',
	'cccps',
	'ip_auth',
]);

/** All routes of a generation; without those of modules that are not started by themselves, unless all are. */
export function routesFor(profile: Profile, all = true): Route[] {
	const started = ({ path }: Route) => all || !path.split('/').some((part) => NOT_STARTED.has(part));
	return ALL.filter((route) => (route.profile === undefined || route.profile === profile) && started(route));
}
