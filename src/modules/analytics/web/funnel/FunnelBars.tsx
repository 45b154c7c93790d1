import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { durationText } from './duration-text.ts'
import type { ShownFunnel } from './FunnelResult.tsx'
import { funnelWords } from './funnel-words.ts'

/** A bar a step, as long as the share of those who began; between two, who goes on, how fast, and who does not. */
export function FunnelBars({ question, answer, names, onCell }: ShownFunnel) {
  const t = useWords(funnelWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const [first] = answer.steps
  const last = answer.steps.at(-1)
  const number = (value: number) => exactNumber(value, language)
  const share = (part: number, whole: number) => percent(whole === 0 ? 0 : part / whole, language)
  if (!first || !last || (first.count === 0 && !answer.compare?.steps[0]?.count))
    return <p className="hw-panel hw-panel-body hw-muted">{a('nothingFound')}</p>
  const { compare } = answer
  const begunBefore = compare?.steps[0]?.count ?? 0
  const isVisits = question.count === 'sessions'
  return (
    <section className="hw-panel funnel-steps" aria-label={t('chart')}>
      <p className="funnel-whole">
        <strong>{share(last.count, first.count)}</strong> {t('conversion')}
        {answer.whole.median_seconds !== null && (
          <span className="hw-muted">
            {t('wholeTimes', {
              median: durationText(answer.whole.median_seconds, language),
              average: durationText(answer.whole.avg_seconds ?? 0, language),
            })}
          </span>
        )}
        {compare && (
          <span className="hw-muted">
            {t('before', { share: share(compare.steps.at(-1)?.count ?? 0, begunBefore) })}
          </span>
        )}
        {isVisits && <span className="hw-muted">{t('visitsShown')}</span>}
      </p>
      <ol>
        {answer.steps.map(({ count, avg_seconds, median_seconds }, at) => {
          const before = answer.steps[at - 1]
          const compared = compare?.steps[at]?.count ?? 0
          const lost = before ? before.count - count : 0
          const name = question.order === 'any' ? t('anyStep', { step: at + 1 }) : (names[at] ?? '')
          const title = `${at + 1} ${name}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
            <li key={at}>
              {before && (
                <p className="funnel-between">
                  <span>
                    ↓ {t('goOn', { share: share(count, before.count) })}
                    {median_seconds !== null && (
                      <span className="hw-muted">
                        {' · '}
                        {t('times', {
                          median: durationText(median_seconds, language),
                          average: durationText(avg_seconds ?? 0, language),
                        })}
                      </span>
                    )}
                  </span>
                  {lost > 0 && (
                    <button
                      type="button"
                      className="analytics-value funnel-lost"
                      onClick={() => onCell({ step: at + 1, dropped: true }, t('lostTitle', { title }))}
                    >
                      {t('lost', { count: number(lost), share: share(lost, before.count) })}
                    </button>
                  )}
                </p>
              )}
              <div className="funnel-head">
                <span className="analytics-letter" aria-hidden="true">
                  {at + 1}
                </span>
                <span className="funnel-name" title={name}>
                  {name}
                </span>
                <span className="hw-muted">{share(count, first.count)}</span>
                <button
                  type="button"
                  className="analytics-value analytics-value-strong"
                  aria-label={t('reachedLabel', { title, count: number(count) })}
                  disabled={count === 0}
                  onClick={() => onCell({ step: at + 1, dropped: false }, t('reachedTitle', { title }))}
                >
                  {number(count)}
                </button>
              </div>
              <div className="funnel-track" aria-hidden="true">
                <div
                  className="funnel-bar"
                  style={{ width: `${first.count === 0 ? 0 : (100 * count) / first.count}%` }}
                />
              </div>
              {compare && (
                <div className="funnel-compared">
                  <div className="funnel-track" aria-hidden="true">
                    <div
                      className="funnel-bar"
                      style={{ width: `${begunBefore === 0 ? 0 : (100 * compared) / begunBefore}%` }}
                    />
                  </div>
                  <span className="hw-fine hw-muted">
                    {t('compared')} {share(compared, begunBefore)}
                  </span>
                  <button
                    type="button"
                    className="analytics-value"
                    aria-label={t('reachedLabel', {
                      title: a('comparedName', { name: title }),
                      count: number(compared),
                    })}
                    disabled={compared === 0}
                    onClick={() =>
                      onCell(
                        { step: at + 1, dropped: false, compared: true },
                        t('reachedTitle', { title: a('comparedName', { name: title }) }),
                      )
                    }
                  >
                    {number(compared)}
                  </button>
                </div>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
