import { Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { ResultProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import { MakeGroups } from './MakeGroups.tsx'
import { moneyText } from './money-text.ts'
import { RfmByValue } from './RfmByValue.tsx'
import { RfmCards } from './RfmCards.tsx'
import { RfmGrid } from './RfmGrid.tsx'
import { RfmMoves } from './RfmMoves.tsx'
import { RfmTable } from './RfmTable.tsx'
import { RfmOptions } from './rfm-options.ts'
import { rfmWords } from './rfm-words.ts'
import './rfm.css'

/** The eight groups as cards that teach, recency × frequency as a grid, the groups as a table. */
export function RfmResult(props: ResultProps<'rfm'>) {
  const t = useWords(rfmWords)
  const { language } = useDisplay()
  const { small } = useShown()
  const { answer, question, onCell } = props
  if (answer.people === 0 && !answer.compare?.people)
    return <EmptyState title={t('nobody')} text={t('nobodyText')} />
  const whole = t('whole', {
    count: answer.people,
    people: exactNumber(answer.people, language),
    money: moneyText(answer.monetary_sum, answer.currency, language),
    day: answer.as_of,
  })
  return (
    <>
      <section className="hw-panel analytics-chart rfm" aria-label={t('groups')}>
        <div className="hw-bar rfm-head">
          <button
            type="button"
            className="analytics-value hw-bar-grow rfm-whole"
            onClick={() => onCell({ compared: false }, whole)}
          >
            {whole}
          </button>
          {answer.currencies.length > 1 && <CurrencyPicker {...props} />}
          {!small && <MakeGroups question={question} answer={answer} />}
        </div>
        <RfmCards {...props} />
      </section>
      {!small && (
        <section className="hw-panel analytics-chart rfm" aria-label={t('grid')}>
          <RfmGrid {...props} />
        </section>
      )}
      <RfmTable {...props} />
      {answer.compare && <RfmMoves {...props} />}
      {answer.breakdown && <RfmByValue {...props} />}
    </>
  )
}

function CurrencyPicker({ answer }: ResultProps<'rfm'>) {
  const t = useWords(rfmWords)
  const { language } = useDisplay()
  const { state, change } = useShown()
  return (
    <Select
      aria-label={t('currency')}
      value={answer.currency}
      options={answer.currencies.map(({ currency, orders }) => ({
        value: currency,
        label: `${currency || '–'} · ${t('orders', { count: exactNumber(orders, language) })}`,
      }))}
      onChange={(currency) =>
        change({
          options: {
            ...state.options,
            rfm: { ...optionsOf(state, 'rfm', RfmOptions), currency: currency ?? undefined },
          },
        })
      }
      popupMatchSelectWidth={false}
    />
  )
}
