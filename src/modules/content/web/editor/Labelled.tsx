import type { ReactNode } from 'react'

/** A name above a field that carries the same name for screen readers itself. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="content-field">
      <span>{label}</span>
      {children}
    </div>
  )
}
