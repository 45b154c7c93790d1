import { useEffect, useMemo, useState } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import type { LineFacts } from '#modules/rules/web/editor-context.ts'
import type { FinishedPart } from '#modules/rules/web/finished-part.ts'
import { useWords } from '#ui/i18n.ts'
import { type Answer, callRoute } from '#web/api-client.ts'
import { type ExplainNode, routes } from '../contract.ts'
import { seenText } from './seen-text.ts'
import { segmentWords } from './segment-words.ts'

type Verdict = Answer<typeof routes.explain>
export type PersonTest = { verdict: Verdict | undefined; error: unknown; facts: (path: string) => LineFacts }

/** Holds every line of the rule against one person, anew after every edit. */
export function usePersonTest(
  personId: string | undefined,
  part: FinishedPart,
  facts: (path: string) => LineFacts,
): PersonTest {
  const t = useWords(segmentWords)
  const asked = JSON.stringify(part.rule)
  const [verdict, setVerdict] = useState<Verdict>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    setError(undefined)
    if (!personId) {
      setVerdict(undefined)
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        setVerdict(
          await callRoute(
            routes.explain,
            { body: { rule: JSON.parse(asked) as Rule, profileId: personId } },
            stop.signal,
          ),
        )
      } catch (fault) {
        if (!stop.signal.aborted) setError(fault)
      }
    }, 200)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked, personId])
  const combined = useMemo(() => {
    if (!verdict) return facts
    const answers = new Map(flatten(verdict.tree))
    const toServer = new Map([...part.places].map(([server, draft]) => [draft, server]))
    return (path: string): LineFacts => {
      const server = toServer.get(path)
      const answer = server === undefined ? undefined : answers.get(server)
      const inner = answer?.seen ?? (server === undefined ? undefined : answers.get(`${server}/not`)?.seen)
      return { ...facts(path), holds: answer?.holds, seen: answer && seenText(inner, t) }
    }
  }, [verdict, facts, part, t])
  return { verdict, error, facts: combined }
}

const flatten = (node: ExplainNode): [string, ExplainNode][] => [
  [node.path, node],
  ...(node.children ?? []).flatMap(flatten),
]
