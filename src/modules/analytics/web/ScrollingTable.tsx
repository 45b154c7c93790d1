import type { ReactNode } from 'react'

type Props = { label: string; className?: string; children: ReactNode }

/** The numbers of an analysis as a table, which may be wider than the screen: it scrolls in its own box, by keyboard too. */
export function ScrollingTable({ label, className, children }: Props) {
  return (
    <section
      className="hw-panel hw-table-box analytics-table"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
      tabIndex={0}
    >
      <table className={`hw-table hw-table-compact ${className ?? ''}`.trim()}>{children}</table>
    </section>
  )
}
