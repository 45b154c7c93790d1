import { routes } from '#modules/companies/contract.ts'
import { analyticsSchema } from '#modules/companies/server/analytics-schema.ts'
import {
  createCompany,
  removeCompany,
  restoreCompany,
  updateCompany,
} from '#modules/companies/server/change-companies.ts'
import {
  createHousehold,
  removeHousehold,
  restoreHousehold,
  updateHousehold,
} from '#modules/companies/server/change-households.ts'
import { addPerson, removePerson, restorePerson } from '#modules/companies/server/change-members.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { circlesForRules, matesOf, peopleSql } from '#modules/companies/server/circles-for-rules.ts'
import { companiesOfProfile } from '#modules/companies/server/companies-of-person.ts'
import {
  describeCompanyAttribute,
  listCompanyAttributes,
} from '#modules/companies/server/describe-attribute.ts'
import { circleDepartmentHandler } from '#modules/companies/server/follow-department.ts'
import { countCompanies, listCompanies } from '#modules/companies/server/list-companies.ts'
import {
  companyActivity,
  listCompanyPeople,
  suggestPeople,
} from '#modules/companies/server/list-company-people.ts'
import {
  getHousehold,
  householdsOfProfile,
  listHouseholds,
} from '#modules/companies/server/list-households.ts'
import { circleKeeper } from '#modules/companies/server/personal-data.ts'
import { presentCompany } from '#modules/companies/server/present-company.ts'
import { requireCompany } from '#modules/companies/server/read-company.ts'
import { companyRecords } from '#modules/companies/server/record-calls.ts'
import { revealCompany } from '#modules/companies/server/reveal-company.ts'
import { circleReactor, circlesAgree, rebuildCircles } from '#modules/companies/server/ship-circles.ts'
import { dismissSuggestion, suggestHouseholds } from '#modules/companies/server/suggest-households.ts'
import type { PersonCircle } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { EventRecords } from '#slots/event-records.ts'
import type { PeopleReactor } from '#slots/people-change.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/** Which attributes of companies are shown masked. */
export { personalCompanyAttributes } from '#modules/companies/server/attribute-marks.ts'
/** Who belongs to companies, for the change of a write to them. */
export { aroundCompanies } from '#modules/companies/server/circle-people.ts'
/** Files of companies, row by row, and their taking back; inside the projector's turn. */
export {
  type CompanyOutcome,
  companyKey,
  companyKeys,
  removeTracelessCompanies,
  takeCompanyRows,
  takeCompanyRowsBack,
} from '#modules/companies/server/import-rows.ts'
/** What the module keeps in ClickHouse; records of `group` calls. */
export { analyticsSchema, companyRecords }

export type Companies = {
  routes: ServedRoute[]
  /** Companies out of `group` calls, in the projector's transaction. */
  records: EventRecords
  /** Tells ClickHouse what changed; the first of the reactors, so that rules find it there. */
  reactor: PeopleReactor
  handlers: EventHandler[]
  keeper: PersonalDataKeeper
  /** What rules ask of companies and households. */
  forRules: {
    /** These people and everybody who belongs to anything together with one of them; after `reactor`. */
    mates(workspace: number, persons: readonly number[]): Promise<number[]>
    /** What a person belongs to, with those events of all its people. */
    ofPerson(
      ctx: Pick<WorkspaceCtx, 'workspace'>,
      person: number,
      events: readonly string[],
    ): Promise<PersonCircle[]>
    /** SELECT of `person`: those of a company the caller may see; `company.missing`. */
    peopleSql(ctx: WorkspaceCtx, company: string): Promise<{ sql: string; params: Record<string, unknown> }>
  }
  /** Names of the attributes companies have. */
  attributeNames(ctx: WorkspaceCtx): Promise<string[]>
  /** Whether ClickHouse has what it was told of. */
  agree(): Promise<boolean>
  /** Empties and fills it from Postgres; inside the projector's turn. */
  rebuild(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openCompanies(deps: CircleDeps): Companies {
  return {
    records: companyRecords,
    reactor: circleReactor(deps),
    handlers: [circleDepartmentHandler(deps)],
    keeper: circleKeeper(deps),
    forRules: {
      mates: (workspace, persons) => matesOf(deps, workspace, persons),
      ofPerson: (ctx, person, events) => circlesForRules(deps, ctx, person, events),
      peopleSql: (ctx, company) => peopleSql(deps, ctx, company),
    },
    attributeNames: async (ctx) => (await listCompanyAttributes(deps, ctx)).items.map(({ name }) => name),
    agree: () => circlesAgree(deps),
    rebuild: () => rebuildCircles(deps),
    routes: implement(routes, {
      households: ({ ctx, query }) => listHouseholds(deps, ctx, query),
      household: ({ ctx, params }) => getHousehold(deps, ctx, params.id),
      createHousehold: ({ ctx, body }) => createHousehold(deps, ctx, body),
      updateHousehold: ({ ctx, params, body }) => updateHousehold(deps, ctx, params.id, body),
      removeHousehold: ({ ctx, params }) => removeHousehold(deps, ctx, params.id),
      restoreHousehold: ({ ctx, params }) => restoreHousehold(deps, ctx, params.id),
      householdSuggestions: ({ ctx, query }) => suggestHouseholds(deps, ctx, query),
      dismissSuggestion: ({ ctx, params }) => dismissSuggestion(deps, ctx, params.id),
      householdsOfProfile: ({ ctx, params }) => householdsOfProfile(deps, ctx, params.id),
      list: ({ ctx, query }) => listCompanies(deps, ctx, query),
      count: ({ ctx, query }) => countCompanies(deps, ctx, query),
      get: async ({ ctx, params }) =>
        presentCompany(deps, ctx, await deps.database.read(ctx, (tx) => requireCompany(tx, ctx, params.id))),
      create: ({ ctx, body }) => createCompany(deps, ctx, body),
      update: ({ ctx, params, body }) => updateCompany(deps, ctx, params.id, body),
      remove: ({ ctx, params }) => removeCompany(deps, ctx, params.id),
      restore: ({ ctx, params }) => restoreCompany(deps, ctx, params.id),
      people: ({ ctx, params, query }) => listCompanyPeople(deps, ctx, params.id, query),
      addPerson: ({ ctx, params, body }) => addPerson(deps, ctx, params.id, body),
      removePerson: ({ ctx, params }) => removePerson(deps, ctx, params.id, params.person),
      restorePerson: ({ ctx, params }) => restorePerson(deps, ctx, params.id, params.person),
      activity: ({ ctx, params, query }) => companyActivity(deps, ctx, params.id, query),
      suggestions: ({ ctx, params }) => suggestPeople(deps, ctx, params.id),
      attributes: ({ ctx }) => listCompanyAttributes(deps, ctx),
      describeAttribute: ({ ctx, body }) => describeCompanyAttribute(deps, ctx, body),
      reveal: ({ ctx, params, body }) => revealCompany(deps, ctx, params.id, body),
      ofProfile: ({ ctx, params }) => companiesOfProfile(deps, ctx, params.id),
    }),
  }
}
