import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { cohortWords } from './cohort-words.ts'

/** Cohorts from the first with anybody in it on: before there was anything to do, there is nothing to read. */
export function useFromFirst<T extends { size: number }>(rows: readonly T[]) {
  const [showsAll, setShowsAll] = useState(false)
  const first = rows.findIndex(({ size }) => size > 0)
  const left = showsAll || first < 1 ? 0 : first
  return { rows: rows.slice(left), left, showAll: () => setShowsAll(true) }
}

/** Says how many are not listed, and lists them. */
export function LeftOut({ left, columns, onShow }: { left: number; columns: number; onShow: () => void }) {
  const t = useWords(cohortWords)
  if (left === 0) return null
  return (
    <tr className="cohort-left">
      <td colSpan={columns}>
        <button type="button" className="analytics-value hw-muted" onClick={onShow}>
          {t('leftOut', { count: left })}
        </button>
      </td>
    </tr>
  )
}
