export function TagTreePicture() {
  const line = (x: number, y: number, width: number, strong = false) => (
    <rect
      key={`${x}${y}`}
      x={x}
      y={y}
      width={width}
      height="16"
      rx="8"
      fill={strong ? 'var(--river)' : 'var(--line-strong)'}
      opacity={strong ? 0.35 : 0.6}
    />
  )
  return (
    <svg width="220" height="112" viewBox="0 0 220 112" aria-hidden="true">
      <rect x=".5" y=".5" width="219" height="111" rx="8" fill="var(--surface)" stroke="var(--line)" />
      <path d="M28 32v60M28 50h14M28 74h14" stroke="var(--line-strong)" fill="none" />
      {line(18, 16, 64, true)}
      {line(44, 42, 52)}
      {line(44, 66, 76)}
      {line(18, 88, 56, true)}
    </svg>
  )
}
