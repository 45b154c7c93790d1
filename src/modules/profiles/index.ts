import { createSourceNames, type SourceNames } from '#modules/access/index.ts'
import { DeclaredType } from '#modules/profiles/attribute-shapes.ts'
import type { IdentityGraph, Profile } from '#modules/profiles/contract.ts'
import { analyticsSchema, personOfSql, unitsOfSql } from '#modules/profiles/server/analytics-schema.ts'
import { attributeTypes } from '#modules/profiles/server/attributes/attribute-marks.ts'
import { readAttributes } from '#modules/profiles/server/attributes/attribute-store.ts'
import { createAttribute } from '#modules/profiles/server/attributes/change-attribute.ts'
import { refreshJob } from '#modules/profiles/server/attributes/refresh-people.ts'
import { anyPersonNumber } from '#modules/profiles/server/bin/move-by-ids.ts'
import { peopleKeeper } from '#modules/profiles/server/bulk/people-keeper.ts'
import { peopleBatchJob, peopleUndoJob } from '#modules/profiles/server/bulk/run-people-batch.ts'
import { evaluablePerson } from '#modules/profiles/server/evaluable-person.ts'
import { departmentHandler } from '#modules/profiles/server/follow-department.ts'
import { forgetPeople } from '#modules/profiles/server/forget-people.ts'
import { identityGraph } from '#modules/profiles/server/identity-graph.ts'
import { normaliser } from '#modules/profiles/server/identity-settings.ts'
import { createGuessBudget, type GuessBudget } from '#modules/profiles/server/masking/guess-budget.ts'
import { maskFor, maskOfCompanies } from '#modules/profiles/server/masking/load-mask.ts'
import { type Mask, noMask } from '#modules/profiles/server/masking/mask.ts'
import { maskOfPerson } from '#modules/profiles/server/masking/mask-of-person.ts'
import {
  refuseGuessing,
  refuseGuessingOfCompanies,
} from '#modules/profiles/server/masking/refuse-guessing.ts'
import { type SightLevel, sightOf } from '#modules/profiles/server/masking/sight.ts'
import { peopleAgree } from '#modules/profiles/server/people-agree.ts'
import { type PeopleForExport, peopleForExport } from '#modules/profiles/server/people-export.ts'
import { eventsOfPerson, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { createPersonIds, type PersonIds } from '#modules/profiles/server/person-id.ts'
import { personNumber, personNumbers, visiblePersons } from '#modules/profiles/server/person-numbers.ts'
import { presentPeople } from '#modules/profiles/server/present-people.ts'
import type { Audit, ProfileDeps, TimelineSlots } from '#modules/profiles/server/profile-deps.ts'
import { rebuildAllPeople } from '#modules/profiles/server/rebuild-all-people.ts'
import { createRecogniser, type Recogniser } from '#modules/profiles/server/recogniser.ts'
import { serveProfiles } from '#modules/profiles/server/routes.ts'
import { type PersonRecord, tellPerson } from '#modules/profiles/server/tell-person.ts'
import {
  presentGroups,
  type TimelinePage,
  type TimelineQuery,
  timeline,
} from '#modules/profiles/server/timeline/timeline.ts'
import type { Rule, Where } from '#modules/rules/contract.ts'
import type { Person } from '#modules/rules/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { AttributeMentions } from '#slots/attribute-mentions.ts'
import type { CallCompanion } from '#slots/call-companion.ts'
import type { Notifier } from '#slots/notifier.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'
import type { PersonProjection } from '#slots/person-projection.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'
import type { TimelineGroup } from '#slots/timeline-source.ts'

/** Tags of people, in the caller's transaction; which tags there are is the tags module's affair. */
/** The same for many people at once. */
export {
  assignTags,
  type PersonTag,
  personsTagged,
  retag,
  tagMany,
  untagMany,
  untagOld,
} from '#modules/profiles/server/assign-tags.ts'
/** Whether a value is what a mask makes, sent back by a form. */
export { looksMasked } from '#modules/profiles/server/attributes/accept-values.ts'
/** Names of the attributes there are, and what the first value of one says of it. */
export {
  attributeNames,
  type FirstLook,
  firstLook,
} from '#modules/profiles/server/attributes/register-attributes.ts'
/** Who is in the recycle bin, and who has lain there for too long. */
export {
  binMs,
  dropStaleMarks,
  dueForErasure,
  everybodyInBin,
} from '#modules/profiles/server/bin/trash-store.ts'
/** A write in the single writer's turn that may refuse without upsetting it. */
export { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
/** What goes when people are erased, and its going in Postgres alone, for a restored backup. */
export { eraseIdentity } from '#modules/profiles/server/erase-identity.ts'
export {
  type ErasedPeople,
  type ErasurePlan,
  erasedPeople,
  identifiersOfWorkspace,
  planErasure,
  unitsToErase,
} from '#modules/profiles/server/erasure-plan.ts'
/** Who was first seen by what. */
export { firstSeenBy, firstSights, peopleOfUnits } from '#modules/profiles/server/first-sights.ts'
/** Whose many identifiers are. */
export { identifierUnits } from '#modules/profiles/server/identifier-units.ts'
/** What is known of many identifiers and their people. */
export {
  type KnownIdentifier,
  knownIdentifiers,
  personsNamed,
} from '#modules/profiles/server/known-people.ts'
/** Identifiers by unit, and by the hash of their value. */
export { identifiersByHash, identifiersOfUnits } from '#modules/profiles/server/list-identifiers.ts'
/** What a reader who sees personal data masked may ask for, and of how much of a list may be told. */
export type { Guess } from '#modules/profiles/server/masking/guess.ts'
export type { GuessBudget, Told as ToldOfList } from '#modules/profiles/server/masking/guess-budget.ts'
/** A mail address as who sees personal data masked sees it. */
/** RE2 patterns of mail addresses and phone numbers in a text. */
export {
  maskMail,
  maskPhone,
  maskText,
  personalPatterns,
} from '#modules/profiles/server/masking/mask-value.ts'
/** Unit and person numbers as SQL text. */
export { numberList } from '#modules/profiles/server/number-list.ts'
/** Somebody who works here now. */
export { activeMember } from '#modules/profiles/server/owner-store.ts'
export type { ExportedPerson, PeopleForExport } from '#modules/profiles/server/people-export.ts'
export type { PeopleQuestion } from '#modules/profiles/server/people-filter.ts'
/** Where a person's events are, and which of them are something they did. */
export { behaviour, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
/** Public ids of the people identifiers are at home with. */
export { personIdsOf } from '#modules/profiles/server/person-ids-of.ts'
/** The attributes people would have as one; of one person, theirs. */
export { combinedAttributes } from '#modules/profiles/server/rebuild-people.ts'
/** Removes people nothing is known of any more, after what a source told was taken back. */
export { removeTraceless } from '#modules/profiles/server/remove-traceless.ts'
/** Counts a look at full values of personal data. */
export { countReveal } from '#modules/profiles/server/reveal.ts'
/** Contacts that several people share, and that this is right so. */
export {
  acceptShared,
  type SharedContact,
  sharedContact,
  sharedContacts,
} from '#modules/profiles/server/shared-contacts.ts'
/** How a Chinese name is typed in Latin letters. */
export { spellName } from '#modules/profiles/server/spell-name.ts'
/** Work on the tags of many people that can be undone as a whole. */
export { countBatch, tagsTakenOff, undoBatch } from '#modules/profiles/server/tag-batch.ts'
/** Who put which tag on whom and took it off, when and why. */
/** What happened to a person's tags, for their timeline. */
export {
  historyOfTag,
  lastTagged,
  oldestTagged,
  renameTagHistory,
  type TagEntry,
  type TagTrace,
  tagEntriesOf,
  tagHistoryOf,
  tagsHeldBy,
} from '#modules/profiles/server/tag-history.ts'
/** Takes back what a source told. */
export { type TakeBack, takeBack } from '#modules/profiles/server/take-back.ts'
/** Whose identifiers are, at which time. */
export { type UnitHome, unitHomes } from '#modules/profiles/server/unit-homes.ts'
/** A value as it was told: value, time, message id; the mark of those set by hand. */
export { byHand, type Told } from '#modules/profiles/server/unit-traits.ts'
export type { Audit, Mask, PersonIds, Recogniser }
/** How the caller sees personal data: full, masked with the right to look, or masked. */
/** What the module keeps in ClickHouse, and the SQL of the person of an event, and of the units of people. */
export {
  analyticsSchema,
  createPersonIds,
  createRecogniser,
  noMask,
  personOfSql,
  type SightLevel,
  sightOf,
  unitsOfSql,
}

export type ProfilesOptions = {
  database: Database
  ch: ClickHouse
  log: Log
  clock: Clock
  instanceKey: Buffer
  writer: PeopleWriter
  audit: Audit
  /** Who keeps rules in which attributes are named. */
  mentions?: readonly AttributeMentions[]
  /** Attributes of companies that are marked personal, lower case. */
  circleMarks: (tx: Tx) => Promise<ReadonlySet<string>>
  /** What sources are called. */
  sourceNames?: SourceNames
  /** Bring what calls alone do not say; may still grow while modules are opened. */
  companions: readonly CallCompanion[]
  /** Further rows about people in ClickHouse. */
  projections?: readonly PersonProjection[]
  notifier: Notifier
}

/** ClickHouse's knowledge of people against its source. */
export type PeopleSource = {
  /** Whether both engines know the same people. */
  agree(): Promise<boolean>
  /** Empties and rebuilds them from Postgres; answers how many. The dictionaries are reloaded by the caller. */
  rebuild(progress: (share: number) => Promise<void>): Promise<number>
}

export type Profiles = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  /** What users did to people, and lists of whom bulk work was for. */
  keeper: PersonalDataKeeper
  handlers: EventHandler[]
  recogniser: Recogniser
  personIds: PersonIds
  /** For checking and rebuilding what ClickHouse knows of people; inside the projector's turn. */
  peopleSource: PeopleSource
  /** Everything known of a person, for themselves. */
  tellPerson(ctx: WorkspaceCtx, person: number): Promise<PersonRecord>
  /** Removes what ClickHouse has of people who were erased from Postgres; inside the projector's turn. */
  forgetPeople(workspace: number, units: readonly number[]): Promise<void>
  /** Many people at once, for files. */
  forExport: PeopleForExport
  /** SQL of the person of an event, from SQL for its unit and its time. */
  personOf: ProfileDeps['personOf']
  /** People as the API shows them, in the given order; who is merged away or out of the caller's scope is left out. */
  presentPeople(ctx: WorkspaceCtx, persons: readonly number[]): Promise<Profile[]>
  /** Number of the person a public id stands for now; `profile.missing` when nobody, or out of the caller's scope. */
  personNumber(ctx: WorkspaceCtx, publicId: string): Promise<number>
  /** The same for many, in the given order; `pathOf` says where in the body an id stands. */
  personNumbers(
    ctx: WorkspaceCtx,
    publicIds: readonly string[],
    pathOf: (index: number) => string,
  ): Promise<number[]>
  /** As `personNumber`, also of people in the recycle bin: for erasing them. */
  personNumberInBinToo(ctx: WorkspaceCtx, publicId: string): Promise<number>
  /** What the identity page and the timeline of a person show. */
  person: {
    identity(ctx: WorkspaceCtx, publicId: string): Promise<IdentityGraph>
    timeline(ctx: WorkspaceCtx, publicId: string, query: TimelineQuery): Promise<TimelinePage>
    groups(ctx: WorkspaceCtx, publicId: string): Promise<TimelineGroup[]>
    /** Condition on a ClickHouse table with `ws`, `unit` and `time`: rows that are theirs; needs {ws:UInt32}. */
    theirs(ctx: WorkspaceCtx, person: number): Promise<string>
  }
  /** A person with all events, for the evaluator of one person. */
  evaluablePerson(ctx: Pick<WorkspaceCtx, 'workspace'>, person: number): Promise<Person>
  /** For the environment of rules: the stored spelling of a mail address or phone number, undefined when it is none. */
  normaliser(tx: Tx, workspace: number): Promise<(kind: string, value: string) => string | undefined>
  /** For the environment of rules: which attributes hold a mail address or a phone number, in its normal spelling. */
  attributeTypes(tx: Tx, workspace: number): Promise<(name: string) => 'email' | 'phone' | undefined>
  /** What the caller gets to see in place of personal data, for what other modules show. */
  mask(ctx: WorkspaceCtx): Promise<Mask>
  /** The same for the attributes of companies. */
  maskOfCompanies(ctx: WorkspaceCtx): Promise<Mask>
  /** The same that knows all that is personal of one person. */
  maskOfPerson(ctx: WorkspaceCtx, person: number): Promise<Mask>
  /** Refuses a rule by which who sees personal data masked could guess it: `rule.asks_too_much`. */
  refuseGuessing(ctx: WorkspaceCtx, rule: Rule): Promise<void>
  /** The same for conditions on attributes of companies. */
  refuseGuessingOfCompanies(ctx: WorkspaceCtx, where: readonly Where[]): Promise<void>
  /** Counts whole values of personal data a reader asks for who sees them masked: `profile.asked_too_often`. */
  guesses: GuessBudget
  /** Timelines show what modules above this one tell: set once. */
  setTimeline(slots: TimelineSlots): void
  /** The environment lists are filtered in knows segments and tags, which stand above this module: set once. */
  setRuleEnv(ruleEnv: ProfileDeps['ruleEnv']): void
  /** Names, types and labels of all attributes. */
  attributesOf(tx: Tx): Promise<{ name: string; type: string; label: string | null }[]>
  /** Declares an attribute of another workspace here; of a type there is none of, it is text. */
  declareAttribute(
    ctx: WorkspaceCtx,
    given: { name: string; type: string; label: string | null },
  ): Promise<void>
}

/** The module, opened once by the composition root. */
export function openProfiles(options: ProfilesOptions): Profiles {
  const { database, ch, log, writer, audit, notifier, projections = [] } = options
  let ruleEnv: ProfileDeps['ruleEnv'] = () => {
    throw new Error('setRuleEnv was not called')
  }
  const deps: ProfileDeps = {
    database,
    ch,
    writer,
    audit,
    mentions: options.mentions ?? [],
    guesses: createGuessBudget({ database, audit, instanceKey: options.instanceKey }),
    circleMarks: options.circleMarks,
    sourceNames: options.sourceNames ?? createSourceNames([]),
    notifier,
    recogniser: createRecogniser({ database, ch, log, companions: options.companions, projections }),
    personIds: createPersonIds(options.instanceKey),
    personOf: personOfSql(ch.database),
    ruleEnv: (ctx) => ruleEnv(ctx),
    timeline: { sources: [], tellers: [] },
  }
  return {
    routes: serveProfiles(deps),
    handlers: [departmentHandler(deps)],
    jobKinds: [refreshJob(deps), peopleBatchJob(deps), peopleUndoJob(deps)],
    keeper: peopleKeeper(deps),
    recogniser: deps.recogniser,
    personIds: deps.personIds,
    peopleSource: {
      agree: () => peopleAgree({ database, ch, projections }),
      rebuild: (progress) => rebuildAllPeople({ database, ch, projections }, progress),
    },
    tellPerson: (ctx, person) => tellPerson(deps, ctx, person),
    forgetPeople: (workspace, units) => forgetPeople(deps, workspace, units),
    forExport: peopleForExport(deps),
    personOf: deps.personOf,
    presentPeople: async (ctx, persons) => presentPeople(deps, ctx, await visiblePersons(deps, ctx, persons)),
    personNumber: (ctx, publicId) => personNumber(deps, ctx, publicId),
    personNumbers: (ctx, publicIds, pathOf) => personNumbers(deps, ctx, publicIds, pathOf),
    personNumberInBinToo: (ctx, publicId) => anyPersonNumber(deps, ctx, publicId),
    person: {
      identity: (ctx, publicId) => identityGraph(deps, ctx, publicId),
      timeline: (ctx, publicId, query) => timeline(deps, ctx, publicId, query),
      groups: async (ctx, publicId) => (await presentGroups(deps, ctx, publicId)).items,
      theirs: async (ctx, person) => {
        const units = await database.read(ctx, (tx) => unitsOfPerson(tx, person))
        return eventsOfPerson(deps.personOf, units)
      },
    },
    evaluablePerson: (ctx, person) => evaluablePerson(deps, ctx, person),
    normaliser,
    attributeTypes,
    mask: (ctx) => maskFor(deps, ctx),
    maskOfCompanies: (ctx) => maskOfCompanies(deps, ctx),
    maskOfPerson: async (ctx, person) =>
      (await deps.database.read(ctx, (tx) => maskOfPerson(tx, ctx, person))).mask,
    refuseGuessing: (ctx, rule) => refuseGuessing(deps, ctx, rule),
    refuseGuessingOfCompanies: (ctx, where) => refuseGuessingOfCompanies(deps, ctx, where),
    guesses: deps.guesses,
    setTimeline: (slots) => {
      deps.timeline = slots
    },
    attributesOf: async (tx) =>
      (await readAttributes(tx)).map((one) => ({
        name: one.name,
        type: one.type,
        label: one.label_zh || one.label_en || null,
      })),
    declareAttribute: async (ctx, { name, type, label }) => {
      const declared = DeclaredType.safeParse(type)
      const labels = label === null ? {} : { labels: { zh: label, en: label } }
      await createAttribute(deps, ctx, { name, type: declared.success ? declared.data : 'text', ...labels })
    },
    setRuleEnv: (env) => {
      ruleEnv = env
    },
  }
}
