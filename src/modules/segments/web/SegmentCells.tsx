import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Sparkline } from '#ui/Sparkline.tsx'
import { useRoute } from '#web/use-route.ts'
import { routes, type Segment } from '../contract.ts'
import { listWords } from './lists/list-words.ts'
import { segmentWords } from './segment-words.ts'
import { useRuleReading } from './use-rule-reading.ts'

const stateStyle = { live: 'success', building: 'river', failed: 'danger' } as const

export function StatePill({ segment }: { segment: Segment }) {
  const t = useWords(segmentWords)
  const l = useWords(listWords)
  if (segment.kind === 'list' && segment.state === 'live') return <span className="hw-pill">{l('list')}</span>
  return (
    <span className={`hw-pill hw-pill-${stateStyle[segment.state]}`}>
      <span className="hw-dot" />
      {t(`state.${segment.state}`)}
    </span>
  )
}

/** +320 −41: who came and went, which a net number would hide. */
export function InAndOut({ segment }: { segment: Segment }) {
  const t = useWords(segmentWords)
  const { language } = useDisplay()
  if (segment.size === null) return <span className="hw-muted">–</span>
  const { entered24h, left24h } = segment
  return (
    <span className="hw-number segment-in-out">
      <span
        className={entered24h ? 'hw-success' : 'hw-muted'}
        title={t('entered', { count: exactNumber(entered24h, language) })}
      >
        +{shortNumber(entered24h, language)}
      </span>
      <span
        className={left24h ? 'hw-danger' : 'hw-muted'}
        title={t('left', { count: exactNumber(left24h, language) })}
      >
        −{shortNumber(left24h, language)}
      </span>
    </span>
  )
}

export function SizeLine({ segment }: { segment: Segment }) {
  const t = useWords(segmentWords)
  const { language } = useDisplay()
  const { data } = useRoute(
    routes.history,
    { params: { id: segment.id }, query: { days: 30 } },
    { staleTime: 60_000, enabled: segment.size !== null },
  )
  const sizes = data?.items.map((item) => item.size) ?? []
  const first = sizes[0]
  const last = sizes.at(-1)
  if (first === undefined || last === undefined) return <span className="hw-muted">–</span>
  return (
    <Sparkline
      values={sizes}
      label={t('trendLabel', { from: exactNumber(first, language), to: exactNumber(last, language) })}
    />
  )
}

/** The rule in one line; of a list, that it is one. */
export function RuleText({ segment: { rule, kind } }: { segment: Pick<Segment, 'rule' | 'kind'> }) {
  const l = useWords(listWords)
  const reading = useRuleReading()
  const text = kind === 'list' ? l('onListRule') : reading.text(rule)
  return (
    <span className="segment-rule-text" title={text}>
      {text}
    </span>
  )
}
