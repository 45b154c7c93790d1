import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { type UsageLifecycleAnswer, UsageState } from '../../contract/usage-lifecycle.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { usageLifecycleWords } from './usage-lifecycle-words.ts'

type Props = {
  points: UsageLifecycleAnswer['points']
  openFrom: UsageLifecycleAnswer['open_from']
  onOpen: (t: string, state: UsageState) => void
  short: (t: string) => string
}

export function LifecycleTable({ points, openFrom, onOpen, short }: Props) {
  const t = useWords(usageLifecycleWords)
  const { language } = useDisplay()
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('state')}
          </th>
          {points.map((point) => (
            <th scope="col" className="hw-right" key={point.t}>
              {short(point.t)}
              {openFrom !== null && point.t >= openFrom ? ` (${t('open')})` : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {UsageState.options.map((state) => (
          <tr key={state}>
            <th scope="row" className="analytics-line-name">
              {t(`state.${state}`)}
            </th>
            {points.map((point) => (
              <td className="hw-right" key={point.t}>
                <PeopleCount
                  value={point[state]}
                  label={`${t(`state.${state}`)} ${point.t}`}
                  onOpen={() => onOpen(point.t, state)}
                />
              </td>
            ))}
          </tr>
        ))}
        <tr className="hw-muted">
          <th scope="row" className="analytics-line-name">
            {t('active')}
          </th>
          {points.map((point) => (
            <td className="hw-right" key={point.t}>
              {exactNumber(point.new + point.returning + point.resurrecting, language)}
            </td>
          ))}
        </tr>
      </tbody>
    </ScrollingTable>
  )
}
