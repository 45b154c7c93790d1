import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { ChannelKind } from '#slots/channel-kind.ts'
import { bodies } from './channel-body.ts'

const Name = z.string().trim().min(1).max(120)
const Folder = z.string().trim().max(80)
const Labels = z.array(z.string().trim().min(1).max(40)).max(20)
/** As BCP 47: `zh-CN`, `en`. */
export const LanguageTag = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}$/)
  .max(20)
export const purposes = ['marketing', 'transactional'] as const
const Purpose = z.enum(purposes)
/** What is done for a person who lacks a value the text has no fallback for. */
const OnMissing = z.enum(['send', 'refuse'])
const Id = z.object({ id: z.string().min(1).max(64) })
const AnyBody = z.record(z.string(), z.unknown())
const Values = z.record(z.string(), z.unknown())

/** Something wrong with a text, and where. */
export const Fault = z.object({
  /** `liquid`, `mjml`, `include`, `script`, `attribute_unquoted`, `branches_differ`, `bad_json`, `too_large`, … */
  code: z.string(),
  message: z.string(),
  /** Which part of the body. */
  part: z.string(),
  line: z.int().nullable(),
  /** Refuses publishing. */
  stops: z.boolean(),
})
export type Fault = z.infer<typeof Fault>

/** A value the text asks for. */
export const Need = z.object({
  /** `person.first_name` */
  path: z.string(),
  /** What stands in its place where it is missing; null: nothing does. */
  fallback: z.string().nullable(),
  /** Only asked whether it is there. */
  optional: z.boolean(),
})
export type Need = z.infer<typeof Need>

const Variant = z.object({
  language: z.string(),
  body: AnyBody,
  updatedAt: Timestamp,
})

export const TemplateLine = z.object({
  id: z.string(),
  channel: ChannelKind,
  name: z.string(),
  folder: z.string(),
  labels: z.array(z.string()),
  purpose: Purpose,
  /** The first is what everybody gets whose language there is no variant for. */
  languages: z.array(z.string()),
  /** Subject or first words. */
  headline: z.string(),
  /** Number of the published version. */
  published: z.int().nullable(),
  /** Whether the draft says something else than what is published. */
  changed: z.boolean(),
  archived: z.boolean(),
  updatedAt: Timestamp,
  updatedBy: z.string(),
})
export type TemplateLine = z.infer<typeof TemplateLine>

export const Template = TemplateLine.extend({
  onMissing: OnMissing,
  /** Goes up with every change; sent back so that nobody's work is overwritten. */
  revision: z.int(),
  variants: z.array(Variant),
  /** Of the draft. */
  faults: z.array(Fault),
  needs: z.array(Need),
  usedBy: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string(), holds: z.boolean() })),
  pendingApproval: z.boolean(),
})
export type Template = z.infer<typeof Template>

export const Version = z.object({
  number: z.int(),
  note: z.string(),
  by: z.string(),
  at: Timestamp,
  languages: z.array(z.string()),
})
export type Version = z.infer<typeof Version>

const common = {
  name: Name,
  folder: Folder.default(''),
  labels: Labels.default([]),
  language: LanguageTag.default('zh-CN'),
  purpose: Purpose.default('marketing'),
  onMissing: OnMissing.default('send'),
  /** Not published yet. */
  draft: z.boolean().default(false),
}
export const NewTemplate = z.discriminatedUnion('channel', [
  bodies.email.extend({ channel: z.literal('email'), ...common }),
  bodies.sms.extend({ channel: z.literal('sms'), ...common }),
  bodies.push.extend({ channel: z.literal('push'), ...common }),
  bodies.web_push.extend({ channel: z.literal('web_push'), ...common }),
  bodies.wechat.extend({ channel: z.literal('wechat'), ...common }),
  bodies.onsite.extend({ channel: z.literal('onsite'), ...common }),
  bodies.webhook.extend({ channel: z.literal('webhook'), ...common }),
])
export type NewTemplate = z.infer<typeof NewTemplate>

/** What one person would get. */
export const Preview = z.object({
  language: z.string(),
  /** Rendered body; null where it cannot be. */
  rendered: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  /** Paths of values that were asked for, are not there and have no fallback. */
  missing: z.array(z.string()),
  faults: z.array(Fault),
  needs: z.array(Need),
  /** For SMS. */
  segments: z
    .object({ encoding: z.enum(['gsm', 'ucs2']), characters: z.int(), segments: z.int() })
    .nullable(),
  bytes: z.int(),
})
export type Preview = z.infer<typeof Preview>

const Watched = {
  /** A person; without one, example values. */
  person: z.string().max(64).optional(),
  event: z.object({ name: z.string().max(200), properties: Values.default({}) }).optional(),
  language: LanguageTag.optional(),
}
const changing = ['template.missing', 'template.archived', 'template.changed'] as const

export const templateRoutes = {
  list: {
    get: '/api/templates',
    access: 'content:read',
    summary: 'Templates, last changed first; and which folders and labels there are',
    query: PageQuery.extend({
      search: z.string().max(120).optional(),
      channel: ChannelKind.optional(),
      folder: z.string().max(80).optional(),
      label: z.string().max(40).optional(),
      language: LanguageTag.optional(),
      archived: z.stringbool().default(false),
      /** Only what can be sent. */
      published: z.stringbool().default(false),
    }),
    returns: pageOf(TemplateLine).extend({ folders: z.array(z.string()), labels: z.array(z.string()) }),
  },
  get: {
    get: '/api/templates/:id',
    access: 'content:read',
    summary: 'A template with its draft in every language, what is wrong with it and which values it needs',
    params: Id,
    returns: Template,
    fails: ['template.missing'],
  },
  create: {
    post: '/api/templates',
    access: 'content:write',
    summary: 'Make a template; published at once unless `draft` is set, which needs content:publish',
    body: NewTemplate,
    returns: Template,
    status: 201,
    fails: ['template.name_taken', 'template.faulty', 'access.denied'],
  },
  update: {
    patch: '/api/templates/:id',
    access: 'content:write',
    summary: 'Rename, move, label, say what it is for; choose the language everybody else gets',
    params: Id,
    body: z.object({
      name: Name.optional(),
      folder: Folder.optional(),
      labels: Labels.optional(),
      purpose: Purpose.optional(),
      onMissing: OnMissing.optional(),
      /** One of its languages, to be the first. */
      fallbackLanguage: LanguageTag.optional(),
    }),
    returns: Template,
    fails: [...changing, 'template.name_taken', 'template.language_missing'],
  },
  saveDraft: {
    put: '/api/templates/:id/draft/:language',
    access: 'content:write',
    summary: 'Save what a language of a template says, without publishing it',
    params: Id.extend({ language: LanguageTag }),
    body: z.object({
      /** The revision that was looked at; left out, whatever is there is replaced. */
      revision: z.int().optional(),
      body: AnyBody,
    }),
    returns: Template,
    fails: [...changing, 'template.bad_body'],
  },
  removeDraft: {
    delete: '/api/templates/:id/draft/:language',
    access: 'content:write',
    summary: 'Take a language out of the draft',
    params: Id.extend({ language: LanguageTag }),
    returns: Template,
    fails: [...changing, 'template.last_language', 'template.language_missing'],
  },
  publish: {
    post: '/api/templates/:id/publish',
    access: 'content:publish',
    summary: 'Make the draft what is sent from now on',
    params: Id,
    body: z.object({ note: z.string().trim().max(500).default(''), revision: z.int().optional() }),
    returns: Template,
    fails: [...changing, 'template.faulty'],
  },
  copy: {
    post: '/api/templates/:id/copy',
    access: 'content:write',
    summary: 'Make another template out of the draft of this one',
    params: Id,
    body: z.object({ name: Name }),
    returns: Template,
    status: 201,
    fails: ['template.missing', 'template.name_taken'],
  },
  archive: {
    delete: '/api/templates/:id',
    access: 'content:write',
    summary: 'Put away; can be brought back. Refused while something sends it',
    params: Id,
    returns: z.void(),
    fails: ['template.missing', 'template.in_use'],
  },
  restore: {
    post: '/api/templates/:id/restore',
    access: 'content:write',
    summary: 'Bring back a template that was put away',
    params: Id,
    returns: Template,
    fails: ['template.missing', 'template.name_taken'],
  },
  versions: {
    get: '/api/templates/:id/versions',
    access: 'content:read',
    summary: 'What was published, newest first',
    params: Id,
    query: PageQuery,
    returns: pageOf(Version),
    fails: ['template.missing'],
  },
  version: {
    get: '/api/templates/:id/versions/:number',
    access: 'content:read',
    summary: 'What a version said, in every language',
    params: Id.extend({ number: z.coerce.number().int().min(1).max(1e9) }),
    returns: Version.extend({ variants: z.array(Variant.omit({ updatedAt: true })) }),
    fails: ['template.missing', 'template.version_missing'],
  },
  restoreVersion: {
    post: '/api/templates/:id/versions/:number/restore',
    access: 'content:write',
    summary: 'Make a version the draft again',
    params: Id.extend({ number: z.coerce.number().int().min(1).max(1e9) }),
    returns: Template,
    fails: [...changing, 'template.version_missing'],
  },
  preview: {
    post: '/api/templates/:id/preview',
    access: 'content:read',
    summary: 'What a person would get of the draft, or of a version',
    params: Id,
    body: z.object({ ...Watched, version: z.int().min(1).max(1e9).optional() }),
    returns: Preview,
    fails: ['template.missing', 'template.version_missing', 'profile.missing'],
  },
  previewBody: {
    post: '/api/template-preview',
    access: 'content:read',
    summary: 'What a person would get of a text that is not saved',
    body: z.object({
      ...Watched,
      channel: ChannelKind,
      body: AnyBody,
      purpose: Purpose.default('marketing'),
    }),
    returns: Preview,
    fails: ['template.bad_body', 'profile.missing'],
  },
  missing: {
    post: '/api/templates/:id/missing',
    access: 'people:read',
    summary:
      'How many people of an audience lack each value the draft asks for, and the rule that finds them',
    params: Id,
    body: z.object({
      /** A rule; everybody without one. */
      rule: z.record(z.string(), z.unknown()).optional(),
    }),
    returns: z.object({
      people: z.int(),
      values: z.array(
        z.object({
          path: z.string(),
          /** What they would see in its place; null: nothing. */
          fallback: z.string().nullable(),
          lacking: z.int(),
          /** Finds those people. */
          rule: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    fails: ['template.missing'],
  },
  testSend: {
    post: '/api/templates/:id/test-send',
    access: 'content:write',
    summary: 'Send the draft of an e-mail to addresses of one’s own team, as a person would get it',
    params: Id,
    body: z.object({ ...Watched, to: z.array(z.email().max(254)).min(1).max(5) }),
    returns: z.object({ sent: z.int() }),
    fails: [
      'template.missing',
      'template.not_mail',
      'template.faulty',
      'mail.not_configured',
      'mail.refused',
    ],
  },
} as const satisfies RouteTable
