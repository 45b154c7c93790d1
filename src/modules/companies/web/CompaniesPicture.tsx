/** The list when it is full. */
export function CompaniesPicture() {
  const hues = ['#5B5BD6', '#12A594', '#E08A00', '#0B6BCB']
  return (
    <svg width="320" height="124" viewBox="0 0 320 124" fill="none" aria-hidden="true">
      <rect x="0.5" y="0.5" width="319" height="123" rx="8" fill="var(--surface)" stroke="var(--line)" />
      {hues.map((hue, i) => (
        <g key={hue}>
          <rect x="18" y={12 + i * 28} width="16" height="16" rx="4" fill={hue} />
          <rect
            x="44"
            y={15 + i * 28}
            width={[72, 54, 64, 48][i]}
            height="10"
            rx="4"
            fill="var(--line-strong)"
          />
          <rect x="142" y={15 + i * 28} width="62" height="10" rx="4" fill="var(--line)" />
          {[0, 1, 2].slice(0, 3 - (i % 3)).map((n) => (
            <circle
              key={n}
              cx={232 + n * 12}
              cy={20 + i * 28}
              r="7"
              fill="var(--spring-soft)"
              stroke="var(--surface)"
            />
          ))}
          <rect x="280" y={15 + i * 28} width="26" height="10" rx="4" fill="var(--line)" />
          {i < 3 && <path d={`M1 ${34 + i * 28}h318`} stroke="var(--line)" />}
        </g>
      ))}
    </svg>
  )
}
