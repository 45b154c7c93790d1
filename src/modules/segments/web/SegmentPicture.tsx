/** The editor when it is full: sentences with bars, the total on the right. */
export function SegmentPicture() {
  const rows = [118, 84, 96]
  return (
    <svg width="320" height="132" viewBox="0 0 320 132" fill="none" aria-hidden="true">
      <rect x="0.5" y="0.5" width="319" height="131" rx="8" fill="var(--surface)" stroke="var(--line)" />
      <rect x="16" y="16" width="64" height="14" rx="4" fill="var(--river-soft)" />
      <path d="M16 42v66" stroke="var(--river)" strokeWidth="3" strokeLinecap="round" />
      {rows.map((width, i) => (
        <g key={width}>
          <rect x="28" y={44 + i * 24} width={width} height="12" rx="4" fill="var(--line)" />
          <rect x="172" y={48 + i * 24} width="36" height="4" rx="2" fill="var(--line)" />
          <rect x="172" y={48 + i * 24} width={[30, 14, 22][i]} height="4" rx="2" fill="var(--river)" />
        </g>
      ))}
      <path d="M226 1v130" stroke="var(--line)" />
      <rect x="242" y="18" width="58" height="18" rx="4" fill="var(--ink)" opacity="0.85" />
      <path
        d="M242 62l10-6 10 3 12-9 12 2 14-11"
        stroke="var(--spring)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {[80, 98, 116].map((y) => (
        <g key={y}>
          <circle cx="248" cy={y} r="6" fill="var(--river)" opacity="0.5" />
          <rect x="260" y={y - 4} width="40" height="8" rx="4" fill="var(--line)" />
        </g>
      ))}
    </svg>
  )
}
