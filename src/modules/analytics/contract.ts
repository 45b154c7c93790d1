import { z } from 'zod'
import { Profile } from '#modules/profiles/contract.ts'
import { defineRoutes, PageQuery } from '#platform/http/define-routes.ts'
import { annotationRoutes } from './contract/annotations.ts'
import { eventWordRoutes } from './contract/event-words.ts'
import { Answer, PeopleQuestion, Question } from './contract/kinds.ts'
import { makingRoutes } from './contract/making.ts'
import { Range } from './contract/question.ts'
import { SavedAnalysis, savedRoutes } from './contract/saved.ts'
import { sheetRoutes } from './contract/sheet.ts'

const fails = [
  'rule.malformed',
  'rule.asks_too_much',
  'profile.asked_too_often',
  'analytics.bad_question',
  'analytics.asks_too_much',
  'analytics.took_too_long',
  'analytics.too_many_questions',
] as const

/** What events and properties are called, as screens need it. */
export const titleShapes = eventWordRoutes.events.returns.shape.titles
export { Answer, Question, Range, SavedAnalysis }

export const routes = defineRoutes({
  ...savedRoutes,
  ...eventWordRoutes,
  ...annotationRoutes,
  ...sheetRoutes,
  ...makingRoutes,
  query: {
    post: '/api/analytics/query',
    access: 'analytics:read',
    summary:
      'Numbers of an analysis, exact, of people the caller may see; kept until something they follow from changes, unless `refresh` asks for a new count; cancelled when the client hangs up',
    query: z.object({ refresh: z.stringbool().optional() }),
    body: Question,
    returns: Answer,
    fails,
  },
  people: {
    post: '/api/analytics/people',
    access: 'analytics:read',
    summary: 'The people behind one number of an analysis: its question and the cell; needs people:read too',
    query: PageQuery,
    body: PeopleQuestion,
    returns: z.object({
      items: z.array(Profile),
      total: z.number().int(),
      next: z.string().nullable(),
    }),
    fails: [...fails, 'request.bad_cursor'],
  },
})
