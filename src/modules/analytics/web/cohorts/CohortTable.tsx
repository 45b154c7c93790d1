import { useWords } from '#ui/i18n.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { type CohortSection, SectionRows } from './CohortSection.tsx'
import { cohortWords } from './cohort-words.ts'
import './cohorts.css'

type Props = {
  label: string
  /** What somebody did to be in a row. */
  began: string
  /** One a column. */
  names: readonly string[]
  sections: readonly CohortSection[]
}

/** A cohort a row, a period a column; where there are values or periods beside each other, a section for each. */
export function CohortTable({ label, began, names, sections }: Props) {
  const t = useWords(cohortWords)
  return (
    <ScrollingTable label={label} className="cohort-table">
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {began}
          </th>
          <th scope="col" className="hw-right">
            {t('size')}
          </th>
          {names.map((name) => (
            <th scope="col" className="hw-right" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {sections.map((section) => (
        <SectionRows
          key={`${section.key} ${sections.length}`}
          {...{ section, names }}
          isAlone={sections.length === 1}
        />
      ))}
    </ScrollingTable>
  )
}
