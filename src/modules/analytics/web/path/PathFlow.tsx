import { useMemo } from 'react'
import { Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartInk, chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { PathAnswer } from '../../contract/path.ts'
import { durationText } from '../funnel/duration-text.ts'
import { isOwn, itemOrder, nodesOf, readNode } from './path-nodes.ts'
import { pathWords } from './path-words.ts'
import { useItemNames } from './use-item-names.ts'

type Props = {
  answer: PathAnswer
  onNode: (id: string, x: number, y: number) => void
  onEdge: (source: string, target: string) => void
}

const columnWidth = 176
const rowHeight = 34

/** Who goes where, as a flow from left to right; the table below says the same to who cannot see or click it. */
export function PathFlow({ answer, onNode, onEdge }: Props) {
  const t = useWords(pathWords)
  const { language, dark } = useDisplay()
  const { nameOf } = useItemNames()
  const { edges, sessions } = answer
  const nodes = useMemo(() => nodesOf(edges), [edges])
  const places = Math.max(...nodes.map(({ place }) => place), 2)
  const tallest = Math.max(
    ...[...Map.groupBy(nodes, ({ place }) => place).values()].map((all) => all.length),
    1,
  )
  // Names come with their words, so they are said in the option and not asked for while it is drawn.
  const names = nodes.map(({ item }) => nameOf(item)).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` stands for nameOf, which is new every time
  const option = useMemo(() => {
    const ink = chartInk(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const order = itemOrder(nodes)
    const colourOf = (item: string) =>
      isOwn(item) ? (palette[Math.min(order.indexOf(item), palette.length - 1)] as string) : ink.muted
    const number = (value: number) => exactNumber(value, language)
    const safe = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)
    const bySource = new Map(nodes.map(({ id, value }) => [id, value]))
    return {
      tooltip: {
        trigger: 'item',
        confine: true,
        formatter: ({ dataType, data }: { dataType: string; data: Item }) => {
          if (dataType === 'edge') {
            const [from, to] = [readNode(data.source), readNode(data.target)]
            const share = percent(data.value / (bySource.get(data.source) || 1), language)
            const took =
              data.seconds === null ? '' : `<br>${t('took')} ${durationText(data.seconds, language)}`
            return `${safe(nameOf(from.item))} → ${safe(nameOf(to.item))}<br><b>${number(data.value)}</b> · ${share}${took}`
          }
          const { place, item } = readNode(data.name)
          const share = percent((bySource.get(data.name) ?? 0) / (sessions || 1), language)
          return `${t('nodeTitle', { place, item: safe(nameOf(item)) })}<br><b>${number(bySource.get(data.name) ?? 0)}</b> · ${share}`
        },
      },
      series: [
        {
          type: 'sankey',
          ...{ left: 4, right: columnWidth - 30, top: 8, bottom: 8 },
          ...{ nodeWidth: 10, nodeGap: 14, nodeAlign: 'left', draggable: false, layoutIterations: 0 },
          emphasis: { focus: 'adjacency' },
          label: {
            position: 'right',
            color: ink.ink,
            fontSize: 12,
            fontFamily: 'system-ui, sans-serif',
            formatter: ({ name }: { name: string }) =>
              `${clipped(nameOf(readNode(name).item))}  ${shortNumber(bySource.get(name) ?? 0, language)}`,
          },
          data: nodes.map(({ id, place, item }) => ({
            name: id,
            depth: place - 1,
            itemStyle: { color: colourOf(item), borderWidth: 0, opacity: isOwn(item) ? 1 : 0.55 },
            label: isOwn(item) ? {} : { color: ink.muted },
          })),
          links: edges.map(({ source, target, value, avg_seconds }) => ({
            ...{ source, target, value, seconds: avg_seconds },
            lineStyle: {
              color: colourOf(readNode(isOwn(readNode(target).item) ? source : target).item),
              opacity: isOwn(readNode(target).item) && isOwn(readNode(source).item) ? 0.28 : 0.14,
              curveness: 0.5,
            },
          })),
        },
      ],
    }
  }, [nodes, edges, sessions, dark, language, t, names])
  return (
    <div className="path-flow" style={{ minWidth: places * columnWidth }}>
      <Chart
        option={option}
        height={Math.max(300, tallest * rowHeight)}
        label={t('chartLabel', { count: exactNumber(sessions, language), edges: edges.length })}
        onPick={({ dataType, data, event }) => {
          const item = data as Item
          if (dataType === 'edge') onEdge(item.source, item.target)
          else if (dataType === 'node') onNode(item.name, event?.offsetX ?? 0, event?.offsetY ?? 0)
        }}
      />
    </div>
  )
}

/** As much of a name as fits between two columns; a Chinese character is as wide as two letters. */
function clipped(name: string): string {
  let room = 19
  let text = ''
  for (const one of name) {
    room -= /[\u2e80-\uffef]/.test(one) ? 2 : 1
    if (room < 0) return `${text}…`
    text += one
  }
  return text
}

/** What a part of the picture carries: a node its name, an edge the rest. */
type Item = { name: string; source: string; target: string; value: number; seconds: number | null }
