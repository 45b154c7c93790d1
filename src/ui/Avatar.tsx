const hues = ['#0B6BCB', '#0E7F72', '#9A5F00', '#A03A88', '#5A6C00', '#B5402F', '#5B5BD6', '#4C6A80']

/** First sign of a Chinese name, initials of others; colour from the id, so that a person keeps theirs. */
export function Avatar({ id, name, size = 28 }: { id: string; name: string | null; size?: number }) {
  return (
    <span
      className="hw-avatar"
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.42,
        background: name ? hues[hash(id) % hues.length] : 'var(--avatar-empty)',
      }}
    >
      {name ? initials(name) : '?'}
    </span>
  )
}

export function initials(name: string): string {
  const clean = name.trim()
  if (/^\p{Script=Han}/u.test(clean)) return clean.slice(0, 1)
  const words = clean.split(/[\s@._-]+/u).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => (Array.from(word)[0] ?? '').toUpperCase())
    .join('')
}

function hash(text: string): number {
  let sum = 0
  for (const sign of text) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0
  return sum
}
