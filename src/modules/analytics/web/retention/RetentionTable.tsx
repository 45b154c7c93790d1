import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { cohortWords } from '../cohorts/cohort-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { RetentionPart } from './RetentionResult.tsx'
import { RetentionSection } from './RetentionSection.tsx'
import { retentionWords } from './retention-words.ts'

type Props = {
  parts: RetentionPart[]
  columns: RetentionAnswer['columns']
  names: string[]
  measure: 'people' | 'sum' | 'avg'
  onCell: ResultProps<'retention'>['onCell']
}

/** A period a column; a section for each value and period, its average first, its cohorts when it is opened. */
export function RetentionTable({ parts, columns, names, measure, onCell }: Props) {
  const t = useWords(retentionWords)
  const c = useWords(cohortWords)
  // Of people the first column would be the size again.
  const shown = names.map((name, at) => ({ name, at })).slice(measure === 'people' ? 1 : 0)
  const most = Math.max(
    0,
    ...parts.flatMap(({ of }) => of.cohorts.flatMap(({ values }) => values.map((value) => value ?? 0))),
  )
  const hasValues = parts.some(({ colour }) => colour !== undefined)
  return (
    <ScrollingTable label={t('table')} className="retention-table">
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('cohort')}
          </th>
          <th scope="col" className="hw-right">
            {c('size')}
          </th>
          {shown.map(({ name }) => (
            <th scope="col" className="hw-right" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {parts.map((part) => (
        <RetentionSection
          key={`${part.isCompared} ${part.key} ${parts.length}`}
          {...{ part, columns, names, shown, measure, most, onCell }}
          isAlone={parts.length === 1}
          startsOpen={!hasValues && !part.isCompared}
        />
      ))}
    </ScrollingTable>
  )
}
