import { useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { pathOf } from '#platform/http/define-routes.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/problem.ts'
import { useRoute } from '#web/use-route.ts'
import { routes, type SavedQuery, type SqlChart } from '../contract.ts'
import { CatalogueSide } from './CatalogueSide.tsx'
import type { OpenEditor } from './code-editor.ts'
import { Examples } from './Examples.tsx'
import { HistorySide } from './HistorySide.tsx'
import { sqlRoute } from './pages.tsx'
import { ResultPanel } from './ResultPanel.tsx'
import { SavedSide } from './SavedSide.tsx'
import { SqlEditor } from './SqlEditor.tsx'
import { SqlToolbar } from './SqlToolbar.tsx'
import { sqlWords } from './sql-words.ts'
import { useQueryRun } from './use-query-run.ts'
import './sql.css'

// Longer ones do not fit into every address bar and proxy.
const longestInAddress = 6000
const table: SqlChart = { kind: 'table' }

/** Free questions in SQL: what there is to ask on the left, the query above, its result below. */
export function SqlPage() {
  const t = useWords(sqlWords)
  const search = sqlRoute.useSearch()
  const navigate = sqlRoute.useNavigate()
  const client = useQueryClient()
  const editor = useRef<OpenEditor>(undefined)
  const kept = useRoute(
    routes.getSaved,
    { params: { id: search.saved ?? '' } },
    { enabled: search.saved !== undefined, staleTime: 30_000 },
  )
  const saved = kept.data
  const catalogue = useRoute(routes.catalogue, {}, { staleTime: 300_000 }).data
  const [typed, setTyped] = useState<string>()
  const text = typed ?? search.text ?? saved?.sql ?? ''
  const chart = search.chart ?? saved?.chart ?? table
  const refresh = useCallback(
    () => void client.invalidateQueries({ queryKey: [pathOf(routes.history)] }),
    [client],
  )
  const { run, cancel, clear, ...state } = useQueryRun(refresh)
  const set = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true }),
    [navigate],
  )
  const savedSql = saved?.sql
  // The address follows once typing pauses.
  useEffect(() => {
    if (typed === undefined) return
    const timer = setTimeout(
      () =>
        set({
          text: typed === '' || typed === savedSql || typed.length > longestInAddress ? undefined : typed,
        }),
      400,
    )
    return () => clearTimeout(timer)
  }, [typed, savedSql, set])
  const open = (sql: string, part: Partial<typeof search>) => {
    clear()
    setTyped(sql)
    set({
      saved: undefined,
      chart: undefined,
      text: sql.length > longestInAddress ? undefined : sql,
      ...part,
    })
  }
  const openSaved = (one: SavedQuery) => {
    open(one.sql, { saved: one.id, text: undefined })
    void run(one.sql)
  }
  const start = () => text.trim() !== '' && void run(text)
  const side = search.side ?? 'views'
  return (
    <div className="hw-page sql-page">
      <PageHeader title={saved?.name ?? t('title')} purpose={saved?.description || t('purpose')} />
      <div className="sql-frame">
        <aside className="hw-panel sql-side" aria-label={t(side)}>
          <Segmented
            block
            value={side}
            options={(['views', 'saved', 'history'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(next) => set({ side: next === 'views' ? undefined : next })}
          />
          <div className="sql-side-body">
            {side === 'views' && <CatalogueSide onInsert={(piece) => editor.current?.insert(piece)} />}
            {side === 'saved' && (
              <SavedSide
                current={search.saved}
                onOpen={openSaved}
                onGone={(id) => id === search.saved && set({ saved: undefined, text })}
              />
            )}
            {side === 'history' && <HistorySide onOpen={(sql) => open(sql, {})} />}
          </div>
        </aside>
        <div className="sql-main">
          {kept.error && <ErrorState error={kept.error} compact />}
          <section className="hw-panel">
            <SqlEditor
              text={text}
              fault={placeOf(state.error)}
              catalogue={catalogue}
              onChange={setTyped}
              onRun={start}
              onCancel={cancel}
              handle={editor}
            />
            <SqlToolbar
              text={text}
              chart={chart}
              saved={saved}
              running={state.running}
              onRun={start}
              onCancel={cancel}
              onNew={() => open('', {})}
              onSaved={(one) => set({ saved: one.id, text: undefined, chart: undefined })}
            />
            {text.length > longestInAddress && <p className="hw-fine sql-note">{t('tooLongForUrl')}</p>}
          </section>
          {text.trim() === '' && !state.answer && !state.error ? (
            <Examples
              onChoose={(one) => {
                open(one.sql, { chart: { ...one.chart, y: [...one.chart.y] } })
                void run(one.sql)
              }}
            />
          ) : (
            <ResultPanel state={state} chart={chart} onChart={(next) => set({ chart: next })} />
          )}
        </div>
      </div>
    </div>
  )
}

/** Where a problem says it is. */
function placeOf(error: unknown): { from: number; to: number } | undefined {
  if (!(error instanceof Problem)) return undefined
  const { from, to } = error.facts
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : undefined
}
