import { useWords } from '#ui/i18n.ts'
import { hoursOfDay, weekdays } from '../../contract/heatmap.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { heatmapWords } from './heatmap-words.ts'
import type { ShownMap } from './WeekMap.tsx'

/** The same as numbers, with the whole of each weekday and of each hour. */
export function HeatTable(shown: ShownMap) {
  const t = useWords(heatmapWords)
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('weekday')}
          </th>
          <th scope="col" className="hw-right">
            {t('wholeDay')}
          </th>
          {hoursOfDay.map((hour) => (
            <th scope="col" className="hw-right" key={hour}>
              {hour}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weekdays.map((weekday) => (
          <Row key={weekday} name={t(`weekday.${weekday}`)} weekday={weekday} shown={shown} />
        ))}
        <Row name={t('wholeWeek')} shown={shown} />
      </tbody>
    </ScrollingTable>
  )
}

function Row({ name, weekday, shown }: { name: string; weekday?: number; shown: ShownMap }) {
  return (
    <tr>
      <th scope="row" className="analytics-line-name">
        {name}
      </th>
      {[undefined, ...hoursOfDay].map((hour) => {
        const value = shown.heat.of(weekday, hour)
        return (
          <td key={hour ?? 'all'} className="hw-right">
            <PeopleCount
              value={value ?? 0}
              label={shown.nameOf(weekday, hour)}
              onOpen={() => shown.open(weekday, hour)}
            >
              {value === null ? '–' : shown.textOf(value)}
            </PeopleCount>
          </td>
        )
      })}
    </tr>
  )
}
