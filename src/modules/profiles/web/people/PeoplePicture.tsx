/** The list when it is full. */
export function PeoplePicture() {
  const hues = ['#0B6BCB', '#12A594', '#E08A00', '#B4459A']
  return (
    <svg width="320" height="124" viewBox="0 0 320 124" fill="none" aria-hidden="true">
      <rect x="0.5" y="0.5" width="319" height="123" rx="8" fill="var(--surface)" stroke="var(--line)" />
      {hues.map((hue, i) => (
        <g key={hue}>
          <circle cx="26" cy={20 + i * 28} r="8" fill={hue} />
          <rect
            x="44"
            y={15 + i * 28}
            width={[52, 64, 44, 58][i]}
            height="10"
            rx="4"
            fill="var(--line-strong)"
          />
          <rect x="130" y={15 + i * 28} width="72" height="10" rx="4" fill="var(--line)" />
          <rect
            x="222"
            y={14 + i * 28}
            width={[34, 26, 40, 30][i]}
            height="12"
            rx="6"
            fill="var(--spring-soft)"
          />
          <rect x="278" y={15 + i * 28} width="26" height="10" rx="4" fill="var(--line)" />
          {i < 3 && <path d={`M1 ${34 + i * 28}h318`} stroke="var(--line)" />}
        </g>
      ))}
    </svg>
  )
}
