import { exitItem, otherItem, type PathQuestion } from '#modules/analytics/contract/path.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { cutMoves } from '#modules/analytics/server/path/cut-moves.ts'
import { innerQuery, nameOf } from '#modules/analytics/server/path/inner-query.ts'
import { cellSql } from '#modules/analytics/server/path/people-of-cell.ts'
import { isShown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** Which way people take: from item to item of a session, and where they leave. */
export const path: Analysis<'path'> = {
  names: ({ by, include = [], exclude = [] }) => ({
    events: [
      ...include.map((choice, at) => ({ at: `/include/${at}`, choice })),
      ...exclude.map((choice, at) => ({ at: `/exclude/${at}`, choice })),
    ].flatMap(({ at, choice }) => (typeof choice === 'string' ? [] : [{ at, choice }])),
    props: by === 'event' ? [] : [{ at: '/by/prop', prop: by.prop }],
  }),
  async numbers(inquiry, question) {
    check(inquiry, question)
    const drawn = await cutMoves(inquiry, question)
    return {
      sessions: drawn[0]?.paths ?? 0,
      gathered: drawn[0]?.gathered ?? 0,
      edges: drawn.map(({ n, source, target, value, ms }) => ({
        source: `${n}_${source}`,
        target: `${n + 1}_${target}`,
        value,
        avg_seconds: target === exitItem ? null : ms / value / 1000,
      })),
    }
  },
  async people(inquiry, question, cell) {
    check(inquiry, question)
    const named = 'node' in cell ? [cell.node] : [cell.source, cell.target]
    for (const node of named) checkShown(inquiry, question, '/cell', node.replace(/^\d+_/, ''))
    // What is gathered is only known once it is known what is not.
    const drawn = named.some((node) => node.endsWith(`_${otherItem}`))
      ? await cutMoves(inquiry, question)
      : []
    const { sql, names } = innerQuery(inquiry, question)
    return `SELECT person FROM (\n${sql}\n) WHERE ${cellSql(inquiry, names, drawn, cell)}`
  },
}

function check(inquiry: Inquiry, question: PathQuestion): void {
  const { start, end, steps } = question
  for (const [at, node] of Object.entries({ start, end }))
    if (node !== null) checkShown(inquiry, question, `/${at}`, nameOf(node))
  if (start !== null && end !== null && steps < 3)
    throw badQuestion(
      '/steps',
      'too_few_steps',
      'Between a start and an end there must be room for what is gathered: at least 3 steps.',
    )
}

/** A value the reader sees masked is drawn among the others: nobody finds it, or its people, by asking for it. */
function checkShown(inquiry: Inquiry, { by }: PathQuestion, at: string, item: string): void {
  if (by !== 'event' && !isShown(inquiry, [item]))
    throw badQuestion(at, 'not_shown', 'This value is not shown to you.')
}
