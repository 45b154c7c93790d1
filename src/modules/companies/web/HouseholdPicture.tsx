/** A household when there is one. */
export function HouseholdPicture() {
  const person = (x: number, y: number, size: number, fill: string) => (
    <g key={`${x}`} fill={fill}>
      <circle cx={x} cy={y} r={size} />
      <path d={`M${x - size * 2} ${y + size * 4.4}a${size * 2} ${size * 2.4} 0 0 1 ${size * 4} 0z`} />
    </g>
  )
  return (
    <svg width="220" height="112" viewBox="0 0 220 112" aria-hidden="true">
      <rect x=".5" y=".5" width="219" height="111" rx="8" fill="var(--surface)" stroke="var(--line)" />
      <path d="M70 52h80M110 52v20" stroke="var(--line-strong)" fill="none" />
      {person(62, 34, 9, '#0B6BCB')}
      {person(132, 44, 7, '#12A594')}
      {person(170, 46, 6, '#E08A00')}
      <rect x="38" y="86" width="48" height="10" rx="5" fill="var(--line-strong)" />
      <rect x="116" y="86" width="70" height="10" rx="5" fill="var(--line)" />
    </svg>
  )
}
