import { routes } from '#modules/content/contract.ts'
import { getBrand, setBrand } from '#modules/content/server/brand/brand-setting.ts'
import {
  changeBlock,
  createBlock,
  listBlocks,
  removeBlock,
} from '#modules/content/server/brand/manage-blocks.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import {
  addCodes,
  assignCoupon,
  changePool,
  createPool,
  getPool,
  listCodes,
  listPools,
  redeemCoupon,
} from '#modules/content/server/coupons/manage-coupons.ts'
import {
  changeLink,
  createLink,
  listLinks,
  qrCode,
  removeLink,
} from '#modules/content/server/links/manage-links.ts'
import { missingValues } from '#modules/content/server/preview/missing-values.ts'
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
    missing: ({ ctx, params, body }) => missingValues(deps, ctx, params.id, body.rule),
    testSend: ({ ctx, params, body }) => testSend(deps, ctx, params.id, body),
    getBrand: ({ ctx }) => getBrand(deps, ctx),
    setBrand: ({ ctx, body }) => setBrand(deps, ctx, body),
    listBlocks: ({ ctx, query }) => listBlocks(deps, ctx, query),
    createBlock: ({ ctx, body }) => createBlock(deps, ctx, body),
    changeBlock: ({ ctx, params, body }) => changeBlock(deps, ctx, params.id, body),
    removeBlock: ({ ctx, params }) => removeBlock(deps, ctx, params.id),
    listPools: ({ ctx, query }) => listPools(deps, ctx, query),
    getPool: ({ ctx, params }) => getPool(deps, ctx, params.id),
    createPool: ({ ctx, body }) => createPool(deps, ctx, body),
    changePool: ({ ctx, params, body }) => changePool(deps, ctx, params.id, body),
    addCodes: ({ ctx, params, body }) => addCodes(deps, ctx, params.id, body.codes),
    listCodes: ({ ctx, params, query }) => listCodes(deps, ctx, params.id, query),
    assignCoupon: ({ ctx, params, body }) => assignCoupon(deps, ctx, params.id, body),
    redeemCoupon: ({ ctx, body }) => redeemCoupon(deps, ctx, body.code),
    listLinks: ({ ctx, query }) => listLinks(deps, ctx, query),
    createLink: ({ ctx, body }) => createLink(deps, ctx, body),
    changeLink: ({ ctx, params, body }) => changeLink(deps, ctx, params.id, body),
    removeLink: ({ ctx, params }) => removeLink(deps, ctx, params.id),
    qrCode: ({ ctx, params }) => qrCode(deps, ctx, params.id),
    getSms: ({ ctx }) => getSms(deps, ctx),
    setSms: ({ ctx, body }) => setSms(deps, ctx, body),
  })
