type Props = { values: number[]; label: string; width?: number; height?: number; color?: string }

/** A line without axes; the label says in words what it shows. */
export function Sparkline({ values, label, width = 96, height = 24, color = 'var(--river)' }: Props) {
  if (values.length < 2)
    return (
      <span className="hw-muted" role="img" aria-label={label}>
        –
      </span>
    )
  const points = sparkPoints(values, width, height)
  const line = points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
  const [lastX, lastY] = points.at(-1) ?? [0, 0]
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className="hw-spark"
    >
      <path d={`${line}V${height}H${points[0]?.[0] ?? 0}Z`} fill={color} opacity="0.1" />
      <path
        d={line}
        fill="none"
        stroke={color}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={lastX} cy={lastY} r="2" fill={color} />
    </svg>
  )
}

/** A flat series lies in the middle, not on the floor: it is steady, not zero. */
export function sparkPoints(values: number[], width: number, height: number): [number, number][] {
  const least = Math.min(...values)
  const span = Math.max(...values) - least
  const room = height - 6
  return values.map((value, i) => [
    2 + (i / (values.length - 1)) * (width - 5),
    span === 0 ? height / 2 : 3 + room - ((value - least) / span) * room,
  ])
}
