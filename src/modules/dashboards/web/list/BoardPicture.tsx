/** What a board looks like once it is full. */
export function BoardPicture() {
  return (
    <svg width="220" height="112" viewBox="0 0 220 112" fill="none" aria-hidden="true">
      {[4, 58, 112, 166].map((x) => (
        <rect
          key={x}
          x={x}
          y="4"
          width="48"
          height="26"
          rx="4"
          stroke="var(--line-strong)"
          fill="var(--surface)"
        />
      ))}
      <rect x="4" y="38" width="132" height="70" rx="4" stroke="var(--line-strong)" fill="var(--surface)" />
      <rect x="144" y="38" width="70" height="70" rx="4" stroke="var(--line-strong)" fill="var(--surface)" />
      <path
        d="M12 96c18-2 24-20 42-18s24 8 40-2 18-16 34-24"
        stroke="var(--river)"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <path d="M154 98V82m14 16V66m14 32V74m14 24V56" stroke="var(--spring)" strokeWidth="7" />
      <path
        d="M12 17h18M66 17h14M120 17h20M174 17h16"
        stroke="var(--muted)"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </svg>
  )
}
