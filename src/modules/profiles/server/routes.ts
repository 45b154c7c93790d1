import { routes } from '#modules/profiles/contract.ts'
import { assignOwner, assignOwnerToMany } from '#modules/profiles/server/assign-owner.ts'
import {
  createAttribute,
  deleteAttribute,
  describeAttribute,
} from '#modules/profiles/server/attributes/change-attribute.ts'
import { listAttributes } from '#modules/profiles/server/attributes/list-attributes.ts'
import { showAttribute } from '#modules/profiles/server/attributes/show-attribute.ts'
import { listBin } from '#modules/profiles/server/bin/list-bin.ts'
import { restoreByIds, trashByIds } from '#modules/profiles/server/bin/move-by-ids.ts'
import {
  getPeopleBatch,
  listPeopleBatches,
  startPeopleBatch,
  startPeopleUndo,
} from '#modules/profiles/server/bulk/start-people-batch.ts'
import { eventNames } from '#modules/profiles/server/event-names.ts'
import { explainIdentity } from '#modules/profiles/server/explain-identity.ts'
import { findPeople } from '#modules/profiles/server/find-people.ts'
import { identityGraph } from '#modules/profiles/server/identity-graph.ts'
import { listIdentityKinds, saveIdentityKind } from '#modules/profiles/server/identity-kinds.ts'
import { countPeople, listPeople } from '#modules/profiles/server/list-people.ts'
import { merge, previewMerge } from '#modules/profiles/server/merge.ts'
import { newPeoplePerDay } from '#modules/profiles/server/new-people.ts'
import { personNumber } from '#modules/profiles/server/person-numbers.ts'
import { presentPerson } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { reveal } from '#modules/profiles/server/reveal.ts'
import { acceptFinding, listReview } from '#modules/profiles/server/review-identity.ts'
import { presentGroups, revealEntry, timeline } from '#modules/profiles/server/timeline/timeline.ts'
import { unmerge } from '#modules/profiles/server/unmerge.ts'
import { updatePerson } from '#modules/profiles/server/update-person.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

/** Every route of the module, each bound to its use-case. */
export function serveProfiles(deps: ProfileDeps): ServedRoute[] {
  return implement(routes, {
    list: ({ ctx, query }) => listPeople(deps, ctx, query),
    find: ({ ctx, query }) => findPeople(deps, ctx, query),
    count: ({ ctx, body }) => countPeople(deps, ctx, body),
    newPerDay: ({ ctx, query }) => newPeoplePerDay(deps, ctx, query.days),
    get: async ({ ctx, params }) => presentPerson(deps, ctx, await personNumber(deps, ctx, params.id)),
    timeline: ({ ctx, params, query }) => timeline(deps, ctx, params.id, query),
    revealEntry: ({ ctx, params, body }) => revealEntry(deps, ctx, params.id, body),
    timelineGroups: ({ ctx, params }) => presentGroups(deps, ctx, params.id),
    eventNames: ({ ctx, params }) => eventNames(deps, ctx, params.id),
    update: ({ ctx, params, body }) => updatePerson(deps, ctx, params.id, body.attributes),
    assignOwner: ({ ctx, params, body }) => assignOwner(deps, ctx, params.id, body.owner),
    assignOwners: ({ ctx, body }) => assignOwnerToMany(deps, ctx, body),
    bin: ({ ctx, query }) => listBin(deps, ctx, query),
    trash: ({ ctx, body }) => trashByIds(deps, ctx, body),
    restore: ({ ctx, body }) => restoreByIds(deps, ctx, body),
    startTrashing: ({ ctx, body }) => startPeopleBatch(deps, ctx, { ...body, action: 'trash' }),
    startAssigning: ({ ctx, body }) => startPeopleBatch(deps, ctx, { ...body, action: 'owner' }),
    listBatches: ({ ctx, query }) => listPeopleBatches(deps, ctx, query),
    getBatch: ({ ctx, params }) => getPeopleBatch(deps, ctx, params.id),
    undoBatch: ({ ctx, params }) => startPeopleUndo(deps, ctx, params.id),
    identity: ({ ctx, params }) => identityGraph(deps, ctx, params.id),
    explain: ({ ctx, body }) => explainIdentity(deps, ctx, body),
    previewMerge: ({ ctx, params, body }) => previewMerge(deps, ctx, { id: params.id, with: body.with }),
    merge: ({ ctx, params, body }) => merge(deps, ctx, { id: params.id, with: body.with }),
    unmerge: ({ ctx, params, body }) => unmerge(deps, ctx, params.id, body.identifier),
    reveal: ({ ctx, params, body }) => reveal(deps, ctx, params.id, body),
    attributes: ({ ctx }) => listAttributes(deps, ctx),
    createAttribute: ({ ctx, body }) => createAttribute(deps, ctx, body),
    attribute: ({ ctx, query }) => showAttribute(deps, ctx, query.name),
    describeAttribute: ({ ctx, body }) => describeAttribute(deps, ctx, body),
    deleteAttribute: ({ ctx, query }) => deleteAttribute(deps, ctx, query.name),
    review: ({ ctx }) => listReview(deps, ctx),
    acceptReview: ({ ctx, body }) => acceptFinding(deps, ctx, body),
    identityKinds: ({ ctx }) => listIdentityKinds(deps, ctx),
    saveIdentityKind: ({ ctx, params, body }) => saveIdentityKind(deps, ctx, params.kind, body),
  })
}
