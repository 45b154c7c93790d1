import { routes } from '#modules/segments/contract.ts'
import { explainPerson } from '#modules/segments/server/explain-person.ts'
import { listMembers } from '#modules/segments/server/list-members.ts'
import { getSegment, listSegments } from '#modules/segments/server/list-segments.ts'
import { changeList, listChanges, undoChange } from '#modules/segments/server/lists/change-list.ts'
import { unmatchedFile } from '#modules/segments/server/lists/unmatched-file.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { makePack } from '#modules/segments/server/packs/make-pack.ts'
import { checkPack, takePack } from '#modules/segments/server/packs/take-pack.ts'
import { previewDetail, previewRule } from '#modules/segments/server/preview-rule.ts'
import { countOverlaps, countRegions } from '#modules/segments/server/regions/count-regions.ts'
import { removeSegment, restoreSegment } from '#modules/segments/server/remove-segment.ts'
import { changeSegment, createSegment } from '#modules/segments/server/save-segment.ts'
import { segmentHistory } from '#modules/segments/server/segment-history.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { segmentsOfCompany } from '#modules/segments/server/segments-of-company.ts'
import { segmentsOfProfile } from '#modules/segments/server/segments-of-profile.ts'
import {
  listSnapshots,
  removeSnapshot,
  setSchedule,
  showSchedule,
  takeSnapshot,
} from '#modules/segments/server/snapshots/take-snapshots.ts'
import { stopWhenGone } from '#modules/segments/server/stop-when-gone.ts'
import { showUses } from '#modules/segments/server/uses/show-uses.ts'
import { listVersions } from '#modules/segments/server/versions/list-versions.ts'
import { restoreVersion } from '#modules/segments/server/versions/restore-version.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

/** Every route of the module, each bound to its use-case. */
export function serveSegments(deps: SegmentsDeps, upkeep: Upkeep): ServedRoute[] {
  return implement(routes, {
    preview: ({ ctx, body, reply }) => previewRule(deps, stopWhenGone(ctx, reply), body),
    previewDetail: ({ ctx, body, reply }) => previewDetail(deps, stopWhenGone(ctx, reply), body),
    explain: ({ ctx, body }) => explainPerson(deps, ctx, body),
    list: ({ ctx, query }) => listSegments(deps, ctx, query),
    create: ({ ctx, body }) => createSegment(deps, ctx, body),
    get: ({ ctx, params }) => getSegment(deps, ctx, params.id),
    update: ({ ctx, params, body }) => changeSegment(deps, ctx, params.id, body),
    remove: ({ ctx, params }) => removeSegment(deps, ctx, params.id),
    restore: ({ ctx, params }) => restoreSegment(deps, ctx, params.id),
    members: ({ ctx, params, query }) => listMembers(deps, ctx, params.id, query),
    versions: ({ ctx, params, query }) => listVersions(deps, ctx, params.id, query),
    restoreVersion: ({ ctx, params }) => restoreVersion(deps, ctx, params.id, params.number),
    regions: ({ ctx, body, reply }) => countRegions(deps, stopWhenGone(ctx, reply), body),
    overlaps: ({ ctx, body, reply }) => countOverlaps(deps, stopWhenGone(ctx, reply), body),
    addPeople: ({ ctx, params, body }) => changeList(deps, upkeep, ctx, params.id, 'add', body),
    removePeople: ({ ctx, params, body }) => changeList(deps, upkeep, ctx, params.id, 'remove', body),
    changes: ({ ctx, params, query }) => listChanges(deps, ctx, params.id, query),
    undoChange: ({ ctx, params }) => undoChange(deps, ctx, params.id, params.change),
    unmatched: ({ ctx, params }) => unmatchedFile(deps, ctx, params.id, params.change),
    uses: ({ ctx, params }) => showUses(deps, ctx, params.id),
    snapshots: ({ ctx, params, query }) => listSnapshots(deps, ctx, params.id, query),
    takeSnapshot: ({ ctx, params }) => takeSnapshot(deps, ctx, params.id),
    removeSnapshot: ({ ctx, params }) => removeSnapshot(deps, ctx, params.id, params.snapshot),
    schedule: ({ ctx, params }) => showSchedule(deps, ctx, params.id),
    setSchedule: ({ ctx, params, body }) => setSchedule(deps, ctx, params.id, body.schedule),
    makePack: ({ ctx, body }) => makePack(deps, ctx, body),
    checkPack: ({ ctx, body }) => checkPack(deps, ctx, body),
    takePack: ({ ctx, body }) => takePack(deps, upkeep, ctx, body),
    history: ({ ctx, params, query }) => segmentHistory(deps, ctx, params.id, query.days),
    ofProfile: ({ ctx, params }) => segmentsOfProfile(deps, ctx, params.id),
    ofCompany: ({ ctx, params }) => segmentsOfCompany(deps, ctx, params.id),
  })
}
