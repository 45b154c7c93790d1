import { useEffect, useMemo, useState } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import type { LineFacts } from '#modules/rules/web/editor-context.ts'
import { type FinishedPart, finishedPart } from '#modules/rules/web/finished-part.ts'
import { routes } from '#modules/segments/contract.ts'
import { Problem } from '#ui/problem.ts'
import { type Answer, callRoute } from '#web/api-client.ts'

/** Long enough not to count every keystroke, short enough to feel live. */
const pauseMs = 250

type Detail = Answer<typeof routes.previewDetail>
export type RulePreview = {
  /** Newest answer; shown dimmed while a newer one is on its way. */
  detail: Detail | undefined
  counting: boolean
  error: unknown
  countedAt: number | undefined
  part: FinishedPart
  facts: (path: string) => LineFacts
  retry: () => void
}

/** Counts the finished part of a rule as it is edited; every edit aborts the count before it. */
export function useRulePreview(rule: Rule, enabled = true): RulePreview {
  const text = JSON.stringify(rule)
  // The text is the identity of the rule: the object is new on every render.
  const part = useMemo(() => finishedPart(JSON.parse(text) as Rule), [text])
  const asked = JSON.stringify(part.rule)
  const [answer, setAnswer] = useState<{ asked: string; detail: Detail; at: number }>()
  const [error, setError] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    if (!enabled) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const body = { rule: JSON.parse(asked) as Rule, sample: 20 }
        const detail = await callRoute(routes.previewDetail, { body }, stop.signal)
        setAnswer({ asked, detail, at: Date.now() })
        setError(undefined)
      } catch (fault) {
        if (!stop.signal.aborted) setError(fault)
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked, enabled, attempt])
  const current = answer?.asked === asked
  const facts = useMemo(
    () => factsOf(part, current ? answer.detail : undefined, error),
    [part, current, answer, error],
  )
  return {
    detail: answer?.detail,
    counting: enabled && !current && !error,
    error: current ? undefined : error,
    countedAt: answer?.at,
    part,
    facts,
    retry: () => {
      setError(undefined)
      setAttempt(attempt + 1)
    },
  }
}

/** Server pointers (of the finished part) → facts of the line in the draft. */
function factsOf(
  part: FinishedPart,
  detail: Detail | undefined,
  error: unknown,
): (path: string) => LineFacts {
  const toServer = new Map([...part.places].map(([server, draft]) => [draft, server]))
  const unfinished = new Set(part.unfinished)
  const faultAt =
    error instanceof Problem && error.code === 'rule.malformed' ? String(error.facts.path ?? '') : undefined
  return (path) => {
    const server = toServer.get(path)
    const isFaulty =
      faultAt !== undefined && server !== undefined && server !== '' && faultAt.startsWith(server)
    return {
      count: server === undefined ? undefined : detail?.nodes[server],
      unfinished: isUnfinished(path, unfinished),
      fault: isFaulty && error instanceof Error ? error.message : undefined,
    }
  }
}

/** A line stands at its `not`, what is unfinished below it. */
const isUnfinished = (path: string, unfinished: Set<string>): boolean =>
  unfinished.has(path) || unfinished.has(`${path}/not`) || unfinished.has(`${path}/not/not`)
