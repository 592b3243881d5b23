import type { Handler, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Fields } from '../store/database';
import { checkSchema, load } from '../documents/resource';
import { publicFields } from '../store/merge';
import { notify } from '../bus/notification';
import { fieldError, type FieldErrors, validationError } from '../request/refusal';
import { PORTS, ports, visibleComments, whoIs } from './port';

const readComments: Handler = (call) => {
	const doc = load(ports, call);
	return { data: { comments: visibleComments(call, doc) }, revision: doc._rev };
};

/**
 * A comment of a second that has one already is dropped without a word. Who wrote it is who is logged in, whatever the
 * comment says.
 */
const addComments: Handler = (call) => {
	const doc = load(ports, call);
	const given = dataObject(call).comments;
	const comments = Array.isArray(given) ? (given as Fields[]) : [];
	// The real server tells of comments before it looks whether they are good.
	for (const comment of comments) {
		notify(call.kernel, 'crossbar', 'port_comment', String(doc.pvt_account_id), {
			'Port-Request-ID': doc._id,
			'Authorized-By': call.auth?.accountId,
			Comment: {
				...comment,
				account_id: call.auth?.accountId,
				user_id: comment.user_id ?? call.auth?.ownerId,
			},
		});
	}
	const errors: FieldErrors = {};
	checkSchema(call, 'port_requests', { ...publicFields(doc), comments }, errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return {
		revision: doc._rev,
		run: () => {
			const { auth } = call;
			const author = whoIs(call).user as Fields | undefined;
			const before = (doc.comments as Fields[] | undefined) ?? [];
			const added: Fields[] = comments
				.filter(({ timestamp }) => !before.some((comment) => comment.timestamp === timestamp))
				.map(({ superduper_comment: hidden, ...comment }) => ({
					...comment,
					...(author ? { author: author.full_name } : undefined),
					action_required: comment.action_required ?? false,
					is_private: auth?.superduper === true && (hidden === true || comment.is_private === true),
					account_id: auth?.accountId,
					user_id: comment.user_id ?? auth?.ownerId,
				}));
			const saved = call.kernel.store.save('port_requests', {
				...doc,
				comments: [...before, ...added].sort((a, b) => Number(a.timestamp) - Number(b.timestamp)),
			});
			return { data: { comments: visibleComments(call, saved) }, revision: saved._rev, id: saved._id };
		},
	};
};

const removeComments: Handler = (call) => {
	const doc = load(ports, call);
	return {
		revision: doc._rev,
		run: () => {
			const saved = call.kernel.store.save('port_requests', { ...doc, comments: [] });
			return { data: { comments: [] }, revision: saved._rev };
		},
	};
};

const oneComment: Handler = (call) => {
	load(ports, call);
	throw fieldError('comments', 'forbidden', 'operation on a single comment is not allowed', {
		cause: 'comments',
	});
};

/** What is said about a port request. */
export const portCommentRoutes: Route[] = [
	{
		path: `${PORTS}/{id}/comments`,
		handlers: { GET: readComments, PUT: addComments, DELETE: removeComments },
	},
	{
		path: `${PORTS}/{id}/comments/{commentId}`,
		handlers: { GET: oneComment, POST: oneComment, DELETE: oneComment },
	},
];
