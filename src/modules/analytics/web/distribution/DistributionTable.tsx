import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { DistributionLine, ShownDistribution } from './DistributionResult.tsx'
import { distributionWords } from './distribution-words.ts'

/** A line a row: how many, what they come to, and how many with what share in each bracket. */
export function DistributionTable({ answer, lines, names, open }: ShownDistribution) {
  const t = useWords(distributionWords)
  const { language } = useDisplay()
  const say = (value: number | null) =>
    value === null ? '–' : exactNumber(Math.round(value * 100) / 100, language)
  // One line is read from top to bottom.
  const [only] = lines
  if (lines.length === 1 && only)
    return (
      <ScrollingTable label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('bracket')}
            </th>
            <th scope="col" className="hw-right">
              {t('people')}
            </th>
            <th scope="col" className="hw-right">
              {t('share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, at) => (
            <tr key={name}>
              <th scope="row" className="analytics-line-name">
                {name}
              </th>
              <td className="hw-right">
                <PeopleCount value={only.point.counts[at] ?? 0} label={name} onOpen={() => open(only, at)} />
              </td>
              <td className="hw-right">
                {percent((only.point.counts[at] ?? 0) / (only.point.people || 1), language)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="analytics-line-name">
              {t('all')}
            </th>
            <td className="hw-right">
              <PeopleCount value={only.point.people} label={t('all')} onOpen={() => open(only)} />
            </td>
            <td className="hw-right hw-muted">
              {t('avg')} {say(only.point.avg)} · {t('median')} {say(only.point.median)}
            </td>
          </tr>
        </tbody>
      </ScrollingTable>
    )
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {answer.interval === 'range' ? t('value') : t('period')}
          </th>
          {[t('people'), t('avg'), t('median'), ...names].map((name) => (
            <th scope="col" className="hw-right" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.key} line={line} names={names} say={say} open={open} />
        ))}
      </tbody>
    </ScrollingTable>
  )
}

type RowProps = Pick<ShownDistribution, 'names' | 'open'> & {
  line: DistributionLine
  say: (value: number | null) => string
}

function Row({ line, names, say, open }: RowProps) {
  const { language } = useDisplay()
  const { point } = line
  return (
    <tr className={line.muted ? 'hw-muted' : undefined}>
      <th scope="row" className="analytics-line-name">
        {line.name}
      </th>
      <td className="hw-right">
        <PeopleCount value={point.people} label={line.name} onOpen={() => open(line)} />
      </td>
      <td className="hw-right">{say(point.avg)}</td>
      <td className="hw-right">{say(point.median)}</td>
      {names.map((name, at) => {
        const count = point.counts[at] ?? 0
        return (
          <td className="hw-right" key={name}>
            <PeopleCount value={count} label={`${line.name} ${name}`} onOpen={() => open(line, at)} />
            {count > 0 && <span className="hw-muted"> {percent(count / point.people, language)}</span>}
          </td>
        )
      })}
    </tr>
  )
}
