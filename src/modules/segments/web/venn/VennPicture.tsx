import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import type { Region } from '../../contract.ts'

type Point = { x: number; y: number }
type Layout = {
  circles: (Point & { r: number })[]
  labels: Record<string, Point>
  names: (Point & { anchor: 'start' | 'middle' | 'end' })[]
  height: number
}

const two: Layout = {
  circles: [
    { x: 170, y: 150, r: 110 },
    { x: 310, y: 150, r: 110 },
  ],
  labels: { '0': { x: 125, y: 150 }, '1': { x: 355, y: 150 }, '0,1': { x: 240, y: 150 } },
  names: [
    { x: 130, y: 24, anchor: 'middle' },
    { x: 350, y: 24, anchor: 'middle' },
  ],
  height: 280,
}
const three: Layout = {
  circles: [
    { x: 175, y: 145, r: 110 },
    { x: 305, y: 145, r: 110 },
    { x: 240, y: 255, r: 110 },
  ],
  labels: {
    '0': { x: 122, y: 115 },
    '1': { x: 358, y: 115 },
    '2': { x: 240, y: 318 },
    '0,1': { x: 240, y: 98 },
    '0,2': { x: 167, y: 222 },
    '1,2': { x: 313, y: 222 },
    '0,1,2': { x: 240, y: 184 },
  },
  names: [
    { x: 120, y: 22, anchor: 'middle' },
    { x: 360, y: 22, anchor: 'middle' },
    { x: 240, y: 388, anchor: 'middle' },
  ],
  height: 398,
}

type Props = {
  label: string
  names: readonly string[]
  regions: readonly Region[]
  chosen: string | undefined
  onChoose: (region: string | undefined) => void
}

/**
 * Circles of equal size: areas cannot be true for three sets, so the numbers are what counts. A number is chosen with
 * the pointer; keyboards and screen readers have the table beside it.
 */
export function VennPicture({ label, names, regions, chosen, onChoose }: Props) {
  const { language } = useDisplay()
  const layout = names.length === 2 ? two : three
  return (
    <svg viewBox={`0 0 480 ${layout.height}`} className="venn" role="img" aria-label={label}>
      {layout.circles.map(({ x, y, r }, i) => (
        <circle key={names[i]} cx={x} cy={y} r={r} className={`venn-circle venn-circle-${i}`} />
      ))}
      {layout.names.map(({ x, y, anchor }, i) => (
        <text key={names[i]} x={x} y={y} textAnchor={anchor} className={`venn-name venn-name-${i}`}>
          <title>{names[i]}</title>
          {short(names[i] ?? '')}
        </text>
      ))}
      {regions.map(({ in: places, count }) => {
        const key = places.join()
        const at = layout.labels[key]
        if (!at) return null
        return (
          <g
            key={key}
            className={`venn-region${chosen === key ? ' venn-region-chosen' : ''}`}
            onPointerEnter={() => onChoose(key)}
            onPointerLeave={() => onChoose(undefined)}
          >
            <title>{exactNumber(count, language)}</title>
            <rect x={at.x - 34} y={at.y - 20} width={68} height={34} rx={8} />
            <text x={at.x} y={at.y + 4} textAnchor="middle">
              {shortNumber(count, language)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

// Two names stand side by side in 440 units: a Chinese character takes two of a letter's places.
const mostPlaces = 26

function short(name: string): string {
  let places = 0
  for (const [at, sign] of [...name].entries()) {
    places += sign.charCodeAt(0) > 0x2e80 ? 2 : 1
    if (places > mostPlaces) return `${[...name].slice(0, at - 1).join('')}…`
  }
  return name
}
