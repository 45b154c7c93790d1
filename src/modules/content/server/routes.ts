import { routes } from '#modules/content/contract.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { previewBody, previewTemplate } from '#modules/content/server/preview/preview-template.ts'
import { testSend } from '#modules/content/server/preview/test-send.ts'
import { getSms, setSms } from '#modules/content/server/sms-setting.ts'
import {
  archiveTemplate,
  changeTemplate,
  copyTemplate,
  createTemplate,
  removeDraft,
  restoreVersion,
  saveDraft,
  unarchiveTemplate,
} from '#modules/content/server/templates/change-templates.ts'
import { publishTemplate } from '#modules/content/server/templates/publish-template.ts'
import {
  getTemplate,
  getVersion,
  listTemplates,
  listVersions,
} from '#modules/content/server/templates/read-templates.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

export const serveContent = (deps: ContentDeps): ServedRoute[] =>
  implement(routes, {
    list: ({ ctx, query }) => listTemplates(deps, ctx, query),
    get: ({ ctx, params }) => getTemplate(deps, ctx, params.id),
    create: ({ ctx, body }) => createTemplate(deps, ctx, body),
    update: ({ ctx, params, body }) => changeTemplate(deps, ctx, params.id, body),
    saveDraft: ({ ctx, params, body }) => saveDraft(deps, ctx, params, body),
    removeDraft: ({ ctx, params }) => removeDraft(deps, ctx, params),
    publish: ({ ctx, params, body }) => publishTemplate(deps, ctx, params.id, body),
    copy: ({ ctx, params, body }) => copyTemplate(deps, ctx, params.id, body.name),
    archive: ({ ctx, params }) => archiveTemplate(deps, ctx, params.id),
    restore: ({ ctx, params }) => unarchiveTemplate(deps, ctx, params.id),
    versions: ({ ctx, params, query }) => listVersions(deps, ctx, params.id, query),
    version: ({ ctx, params }) => getVersion(deps, ctx, params.id, params.number),
    restoreVersion: ({ ctx, params }) => restoreVersion(deps, ctx, params.id, params.number),
    preview: ({ ctx, params, body }) => previewTemplate(deps, ctx, params.id, body),
    previewBody: ({ ctx, body }) => previewBody(deps, ctx, body),
    testSend: ({ ctx, params, body }) => testSend(deps, ctx, params.id, body),
    getSms: ({ ctx }) => getSms(deps, ctx),
    setSms: ({ ctx, body }) => setSms(deps, ctx, body),
  })
