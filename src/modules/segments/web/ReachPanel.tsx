import { Skeleton } from 'antd'
import type { Rule } from '#modules/rules/contract.ts'
import { ruleWords } from '#modules/rules/web/rule-words.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'
import { channelWords } from '#ui/channel-words.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { segmentWords } from './segment-words.ts'
import { useSettled } from './use-settled.ts'

const channels = ['email', 'sms', 'wechat'] as const satisfies ChannelKind[]

/** Of whom the rule holds for: how many may be written to, by each channel, as consents and suppressions are now. */
export function ReachPanel({ rule, count }: { rule: Rule; count: number | undefined }) {
  const t = useWords(segmentWords)
  const settled = useSettled(rule)
  if (!useCan()('consent:read')) return null
  return (
    <section className="hw-panel segment-reach" aria-label={t('reachByChannel')}>
      <div className="hw-panel-head">
        <h2>{t('reachByChannel')}</h2>
      </div>
      <dl className="hw-panel-body">
        {channels.map((channel) => (
          <ReachRow key={channel} channel={channel} rule={settled} count={count} />
        ))}
      </dl>
    </section>
  )
}

function ReachRow({ channel, rule, count }: { channel: ChannelKind; rule: Rule; count: number | undefined }) {
  const c = useWords(channelWords)
  const r = useWords(ruleWords)
  const { language } = useDisplay()
  const asked: Rule = { all: [rule, { reachable: { channel } }] }
  const preview = useRoute(routes.preview, { body: { rule: asked } }, { keep: true, staleTime: 10_000 })
  const share = preview.data && count ? preview.data.count / count : undefined
  return (
    <div className="hw-bar">
      <dt className="hw-bar-grow">{c(channel)}</dt>
      <dd className="hw-number">
        {preview.data ? (
          <>
            {r('people', { count: exactNumber(preview.data.count, language) })}
            {share !== undefined && <span className="hw-fine"> {percent(share, language)}</span>}
          </>
        ) : preview.error ? (
          '–'
        ) : (
          <Skeleton.Input active size="small" />
        )}
      </dd>
    </div>
  )
}
