import { Button, Dropdown, type MenuProps } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { durationText } from '../funnel/duration-text.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { isOwn, readNode } from './path-nodes.ts'
import { pathWords } from './path-words.ts'
import { useItemNames } from './use-item-names.ts'

type Props = ResultProps<'path'> & { menuOf: (id: string) => MenuProps }

/** Every edge as a line, step by step; names open what can be done with a node, numbers open people. */
export function PathTable({ question, answer, onCell, menuOf }: Props) {
  const t = useWords(pathWords)
  const { language } = useDisplay()
  const { nameOf } = useItemNames()
  const whole = new Map<string, number>()
  for (const { source, value } of answer.edges) whole.set(source, (whole.get(source) ?? 0) + value)
  const lines = answer.edges
    .map((edge) => ({ ...edge, from: readNode(edge.source), to: readNode(edge.target) }))
    .toSorted((a, b) => a.from.place - b.from.place || b.value - a.value)
  return (
    <ScrollingTable label={t('table')} className="path-table">
      <thead>
        <tr>
          <th scope="col">{t('step')}</th>
          <th scope="col">{t('from')}</th>
          <th scope="col">{t('to')}</th>
          <th scope="col" className="hw-right">
            {t(question.count === 'people' ? 'people' : 'sessions')}
          </th>
          <th scope="col" className="hw-right">
            {t('share')}
          </th>
          <th scope="col" className="hw-right">
            {t('took')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ source, target, value, avg_seconds, from, to }) => {
          const title = t('edgeTitle', { place: from.place, from: nameOf(from.item), to: nameOf(to.item) })
          return (
            <tr key={`${source}\n${target}`} className={isOwn(to.item) ? undefined : 'hw-muted'}>
              <td>{from.place}</td>
              <td>
                <Node id={source} menuOf={menuOf} />
              </td>
              <td>
                <Node id={target} menuOf={menuOf} />
              </td>
              <td className="hw-right">
                <PeopleCount value={value} label={title} onOpen={() => onCell({ source, target }, title)} />
              </td>
              <td className="hw-right">{percent(value / (whole.get(source) || 1), language)}</td>
              <td className="hw-right">{avg_seconds === null ? '–' : durationText(avg_seconds, language)}</td>
            </tr>
          )
        })}
      </tbody>
    </ScrollingTable>
  )
}

function Node({ id, menuOf }: { id: string; menuOf: (id: string) => MenuProps }) {
  const t = useWords(pathWords)
  const { nameOf } = useItemNames()
  const { place, item } = readNode(id)
  const name = nameOf(item)
  return (
    <Dropdown trigger={['click']} menu={menuOf(id)}>
      <Button
        type="text"
        size="small"
        className="path-node"
        title={name}
        aria-label={t('nodeMenu', { place, item: name })}
      >
        <span className="hw-clip">{name}</span>
      </Button>
    </Dropdown>
  )
}
