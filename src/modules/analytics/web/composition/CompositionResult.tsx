import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber, percent, signedNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Sparkline } from '#ui/Sparkline.tsx'
import type { CompositionCell, CompositionRow } from '../../contract/composition.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { changeOf } from '../parts.ts'
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
  const { compare } = answer
  return (
    <section className="hw-panel hw-table-box composition" aria-label={t('title')}>
      <p className="composition-whole">
        {t('whole', {
          people: exactNumber(answer.people, language),
          everyone: exactNumber(answer.everyone, language),
          joined: exactNumber(answer.joined, language),
        })}
        {compare && (
          <> {t('wholeThen', { ...compare.range, joined: exactNumber(compare.joined, language) })}</>
        )}
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
            {compare && (
              <th scope="col" className="hw-right">
                {a('periodCompared')}
              </th>
            )}
            {compare && (
              <th scope="col" className="hw-right">
                {t('change')}
              </th>
            )}
            <th scope="col">{t('growth')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.values.map((row, at) => (
            <Row
              key={row.other ? '$other' : JSON.stringify(row.value)}
              row={row}
              then={compare?.values[at]?.joined}
              label={labelOf(row)}
              width={row.people / most}
              onOpen={(cell, title) =>
                onCell({ value: row.value, of: 'audience', joined: false, compared: false, ...cell }, title)
              }
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type RowProps = {
  row: CompositionRow
  /** New ones of the period compared; undefined where there is none. */
  then: number | undefined
  label: string
  width: number
  onOpen: (cell: Partial<CompositionCell>, title: string) => void
}

function Row({ row, then, label, width, onOpen }: RowProps) {
  const t = useWords(compositionWords)
  const a = useWords(analyticsWords)
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
        <PeopleCount value={row.people} label={label} onOpen={() => onOpen({}, label)} />
      </td>
      <td className="hw-right hw-muted">
        <PeopleCount
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
        <PeopleCount
          value={row.joined}
          label={`${label} ${t('joined')}`}
          onOpen={() => onOpen({ joined: true }, `${label} · ${t('joined')}`)}
        />
      </td>
      {then !== undefined && (
        <>
          <td className="hw-right hw-muted">
            <PeopleCount
              value={then}
              label={`${label} ${t('joined')} ${a('periodCompared')}`}
              onOpen={() =>
                onOpen(
                  { joined: true, compared: true },
                  a('comparedName', { name: `${label} · ${t('joined')}` }),
                )
              }
            />
          </td>
          <td className="hw-right">
            <Change now={row.joined} then={then} />
          </td>
        </>
      )}
      <td>
        <Sparkline
          values={row.points.map(({ joined }) => joined)}
          label={t('growthLabel', { value: label, count: exactNumber(row.joined, language) })}
        />
      </td>
    </tr>
  )
}

/** So many more or fewer, and how much that is of what was. */
function Change({ now, then }: { now: number; then: number }) {
  const { language } = useDisplay()
  const share = changeOf(now, then)
  const sign = share !== undefined && share > 0 ? '+' : ''
  return (
    <>
      {signedNumber(now - then, language)}
      {share !== undefined && <span className="hw-muted">{` ${sign}${percent(share, language)}`}</span>}
    </>
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
