/** A table flowing in. */
export function ImportPicture() {
  const cells = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })))
  return (
    <svg width="220" height="112" viewBox="0 0 220 112" aria-hidden="true">
      <rect x=".5" y=".5" width="219" height="111" rx="8" fill="var(--surface)" stroke="var(--line)" />
      {cells.map(({ row, column }) => (
        <rect
          key={`${row}${column}`}
          x={20 + column * 40}
          y={24 + row * 24}
          width="34"
          height="16"
          rx="3"
          fill={row === 0 ? 'var(--river)' : 'var(--line-strong)'}
          opacity={row === 0 ? 0.35 : 0.6}
        />
      ))}
      <path
        d="M148 56h22m-8-8 8 8-8 8"
        stroke="var(--river)"
        strokeWidth="2.5"
        fill="none"
        strokeLinecap="round"
      />
      <circle cx="190" cy="46" r="8" fill="var(--line-strong)" />
      <path d="M176 74c2-16 26-16 28 0z" fill="var(--line-strong)" />
    </svg>
  )
}
