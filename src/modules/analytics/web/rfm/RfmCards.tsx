import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import type { RfmAnswer } from '../../contract/rfm.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { useShown } from '../shown-state.tsx'
import { shortMoney } from './money-text.ts'
import { rfmWords } from './rfm-words.ts'

/** A card a group: how many, their share of people beside that of money, and what to do with them. */
export function RfmCards({ answer, onCell }: ResultProps<'rfm'>) {
  return (
    <ul className="rfm-cards">
      {answer.named.map((one) => (
        <Card
          key={one.group}
          one={one}
          before={answer.compare?.named.find(({ group }) => group === one.group)?.people}
          currency={answer.currency}
          onOpen={(title, compared) => onCell({ group: one.group, compared }, title)}
        />
      ))}
    </ul>
  )
}

type Props = {
  one: RfmAnswer['named'][number]
  /** How many were in it in the period compared. */
  before: number | undefined
  currency: string | null
  onOpen: (title: string, compared: boolean) => void
}

function Card({ one, before, currency, onOpen }: Props) {
  const a = useWords(analyticsWords)
  const t = useWords(rfmWords)
  const { language } = useDisplay()
  const { small } = useShown()
  const title = t(`group.${one.group}`)
  const [people, money] = [one.share ?? 0, one.monetary_share ?? 0]
  return (
    <li className={`rfm-card rfm-${one.group}`}>
      <span className="rfm-name">{title}</span>
      {one.people === 0 ? (
        <span className="rfm-count hw-muted">0</span>
      ) : (
        <button
          type="button"
          className="analytics-value rfm-count"
          aria-label={`${title}: ${exactNumber(one.people, language)}`}
          onClick={() => onOpen(title, false)}
        >
          {exactNumber(one.people, language)}
        </button>
      )}
      {before !== undefined && (
        <span className="hw-fine">
          {t('before')}{' '}
          <PeopleCount
            value={before}
            label={a('comparedName', { name: title })}
            onOpen={() => onOpen(a('comparedName', { name: title }), true)}
          />{' '}
          {one.people !== before && <NumberText value={one.people - before} exact signed />}
        </span>
      )}
      <span
        className="rfm-bars"
        role="img"
        aria-label={t('shares', { people: percent(people, language), money: percent(money, language) })}
      >
        <Bar share={people} label={t('people')} text={percent(people, language)} />
        <Bar share={money} label={t('money')} text={percent(money, language)} strong />
      </span>
      {one.people > 0 && (
        <span className="hw-fine">
          {[
            t('days', { count: exactNumber(Math.round(one.recency_days_avg), language) }),
            t('orders', { count: exactNumber(Math.round(one.frequency_avg * 10) / 10, language) }),
            shortMoney(one.monetary_avg ?? 0, currency, language),
          ].join(' · ')}
        </span>
      )}
      {!small && <p className="rfm-does">{t(`does.${one.group}`)}</p>}
    </li>
  )
}

type BarProps = { share: number; label: string; text: string; strong?: boolean }

function Bar({ share, label, text, strong = false }: BarProps) {
  return (
    <span className="rfm-bar" aria-hidden="true">
      <span className="rfm-bar-label">{label}</span>
      <span className="rfm-bar-track">
        <span
          className={strong ? 'rfm-bar-fill rfm-bar-strong' : 'rfm-bar-fill'}
          style={{ width: `${Math.max(0, share) * 100}%` }}
        />
      </span>
      <span className="rfm-bar-text">{text}</span>
    </span>
  )
}
