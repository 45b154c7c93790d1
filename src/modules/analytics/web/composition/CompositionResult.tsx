import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Sparkline } from '#ui/Sparkline.tsx'
import type { CompositionRow } from '../../contract/composition.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { compositionWords } from './composition-words.ts'
import './composition.css'

/** Rows with bars: how many, how that compares with everyone, who came lately. Every number opens the people. */
export function CompositionResult({ question, answer, onCell }: ResultProps<'composition'>) {
  const t = useWords(compositionWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const labelOf = useLabels(question)
  if (answer.people === 0) return <EmptyState title={t('nobody')} text={t('nobodyText')} />
  const most = Math.max(...answer.values.map(({ people }) => people), 1)
  return (
    <section className="hw-panel hw-table-box composition" aria-label={t('title')}>
      <p className="composition-whole">
        {t('whole', {
          people: exactNumber(answer.people, language),
          everyone: exactNumber(answer.everyone, language),
          joined: exactNumber(answer.joined, language),
        })}
      </p>
      <table className="hw-table">
        <thead>
          <tr>
            <th scope="col">{t('value')}</th>
            <th scope="col" className="composition-bar-column">
              {t('share')}
            </th>
            <th scope="col" className="hw-right">
              {a('people')}
            </th>
            <th scope="col" className="hw-right">
              {t('everyone')}
            </th>
            <th scope="col" className="hw-right">
              {t('index')}
            </th>
            <th scope="col" className="hw-right">
              {t('joined')}
            </th>
            <th scope="col">{t('growth')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.values.map((row) => (
            <Row
              key={row.other ? '$other' : JSON.stringify(row.value)}
              row={row}
              label={labelOf(row)}
              width={row.people / most}
              onOpen={(cell, title) =>
                onCell({ value: row.value, of: 'audience', joined: false, ...cell }, title)
              }
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Cell = { of?: 'audience' | 'everyone'; joined?: boolean }
type RowProps = {
  row: CompositionRow
  label: string
  width: number
  onOpen: (cell: Cell, title: string) => void
}

function Row({ row, label, width, onOpen }: RowProps) {
  const t = useWords(compositionWords)
  const { language } = useDisplay()
  return (
    <tr>
      <th scope="row" className="composition-value">
        {label}
      </th>
      <td>
        <span className="composition-bar" aria-hidden="true">
          <span style={{ width: `${Math.max(width * 100, 1)}%` }} />
        </span>
        <span className="hw-number">{row.share === null ? '–' : percent(row.share, language)}</span>
      </td>
      <td className="hw-right">
        <Open value={row.people} label={label} onOpen={() => onOpen({}, label)} />
      </td>
      <td className="hw-right hw-muted">
        <Open
          value={row.everyone}
          label={`${label} ${t('everyone')}`}
          onOpen={() => onOpen({ of: 'everyone' }, `${label} · ${t('everyone')}`)}
        />
        {row.everyone_share !== null && ` ${percent(row.everyone_share, language)}`}
      </td>
      <td className="hw-right">
        {row.index === null ? (
          '–'
        ) : (
          <span
            className={
              row.index >= 120 ? 'hw-pill hw-pill-spring' : row.index <= 80 ? 'hw-pill hw-pill-warning' : ''
            }
          >
            {exactNumber(Math.round(row.index), language)}
          </span>
        )}
      </td>
      <td className="hw-right">
        <Open
          value={row.joined}
          label={`${label} ${t('joined')}`}
          onOpen={() => onOpen({ joined: true }, `${label} · ${t('joined')}`)}
        />
      </td>
      <td>
        <Sparkline
          values={row.points.map(({ joined }) => joined)}
          label={t('growthLabel', { value: label, count: exactNumber(row.joined, language) })}
        />
      </td>
    </tr>
  )
}

function Open({ value, label, onOpen }: { value: number; label: string; onOpen: () => void }) {
  const { language } = useDisplay()
  const text = exactNumber(value, language)
  if (value === 0) return <span className="hw-muted">{text}</span>
  return (
    <button type="button" className="analytics-value" aria-label={`${label}: ${text}`} onClick={onOpen}>
      {text}
    </button>
  )
}

/** Options of an attribute have names of their own in the reader's language. */
function useLabels({ by }: ResultProps<'composition'>['question']): (row: CompositionRow) => string {
  const a = useWords(analyticsWords)
  const { attributes } = useRuleCatalogue()
  const options = 'attr' in by ? attributes.find(({ name }) => name === by.attr)?.options : undefined
  return ({ value, other }) => {
    if (other) return a('other')
    if (value === null) return a('noValue')
    if (value === '') return a('emptyValue')
    return options?.find((option) => option.value === value)?.label ?? value
  }
}
