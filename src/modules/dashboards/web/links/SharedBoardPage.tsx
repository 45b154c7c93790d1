import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Skeleton } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { DoorFrame } from '#modules/access/web/door/DoorFrame.tsx'
import type { AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import { ChartLegend } from '#ui/Chart.tsx'
import { DisplayProvider, useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { fullTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { Stamp } from '#ui/Stamp.tsx'
import { callRoute } from '#web/api-client.ts'
import { useSubmit } from '#web/forms/use-submit.ts'
import { GivenTitles } from '#web/use-event-titles.ts'
import { asNumber, withFilters } from '../../contract/filters.ts'
import type { SharedBoard } from '../../contract/links.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { BoardGrid } from '../grid/BoardGrid.tsx'
import { pack } from '../grid/layout.ts'
import { sheetsOf } from '../grid/sheets.ts'
import { sharedBoardRoute } from '../pages.tsx'
import { type TileSource, TileSourceProvider } from '../tiles/tile-source.ts'
import { useSettled } from './use-settled.ts'
import '../dashboards.css'

const everyMs = 300_000

/** A board behind a link, for whoever has it: numbers to look at, nothing else. */
export function SharedBoardPage() {
  const t = useWords(dashboardsWords)
  const p = useWords(problemWords)
  const { token } = sharedBoardRoute.useParams()
  const [pass, setPass] = useState<string>()
  const opened = useQuery({
    queryKey: ['shared-board', token, pass],
    queryFn: ({ signal }) =>
      callRoute(routes.openLink, { body: { token, ...(pass ? { pass } : {}) } }, signal),
    refetchInterval: everyMs,
    refetchOnWindowFocus: false,
    retry: false,
  })
  const { error } = opened
  if (error instanceof Problem && error.code === 'board_link.password_needed')
    return <PasswordForm token={token} onPass={setPass} />
  if (error instanceof Problem && error.status === 404)
    return (
      <DoorFrame title={t('goneLink')} purpose={problemText(error, p)}>
        {null}
      </DoorFrame>
    )
  if (error)
    return (
      <DoorFrame title="Headwater">
        <ErrorState error={error} retry={() => void opened.refetch()} />
      </DoorFrame>
    )
  if (!opened.data)
    return (
      <DoorFrame title="Headwater">
        <Skeleton active paragraph={{ rows: 4 }} />
      </DoorFrame>
    )
  return <Shared token={token} board={opened.data} updatedAt={opened.dataUpdatedAt} />
}

function PasswordForm({ token, onPass }: { token: string; onPass: (pass: string) => void }) {
  const t = useWords(dashboardsWords)
  const [form] = Form.useForm<{ password: string }>()
  const { submit, busy, error } = useSubmit<{ password: string }>(form, async ({ password }) => {
    const { pass } = await callRoute(routes.openLink, { body: { token, password } })
    onPass(pass)
  })
  return (
    <DoorFrame title={t('enterTitle')} purpose={t('enterText')}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="password"
          label={t('enterPassword')}
          rules={[{ required: true, message: t('passwordMissing') }]}
        >
          <Input.Password autoFocus autoComplete="off" />
        </Form.Item>
        {error !== undefined && <ErrorState error={error} compact />}
        <Button type="primary" htmlType="submit" block size="large" loading={busy}>
          {t('enter')}
        </Button>
      </Form>
    </DoorFrame>
  )
}

function Shared({ token, board, updatedAt }: { token: string; board: SharedBoard; updatedAt: number }) {
  const display = useDisplay()
  const { timezone } = board.workspace
  const inZone = useMemo(() => ({ ...display, timezone }), [display, timezone])
  const source = useSharedSource(token, board)
  return (
    <DisplayProvider value={inZone}>
      <GivenTitles value={board.titles}>
        <TileSourceProvider value={source}>
          <ChartLegend value={board.expiresAt === null ? 'whole' : 'pages'}>
            <SharedFrame board={board} updatedAt={updatedAt} />
          </ChartLegend>
        </TileSourceProvider>
      </GivenTitles>
    </DisplayProvider>
  )
}

function SharedFrame({ board, updatedAt }: { board: SharedBoard; updatedAt: number }) {
  const t = useWords(dashboardsWords)
  const { language, timezone } = useDisplay()
  const narrow = useIsNarrow()
  const [box, setBox] = useState<HTMLElement | null>(null)
  useSettled(box)
  const sheets = narrow ? [board.tiles] : sheetsOf(pack(board.tiles), board.description)
  useEffect(() => {
    document.title = `${board.name} · ${board.workspace.name}`
  }, [board])
  return (
    <main className="hw-page board-shared hw-main" ref={setBox}>
      <header className="board-shared-head">
        <p className="hw-fine">
          {board.expiresAt ? t('readOnly', { workspace: board.workspace.name }) : board.workspace.name}
        </p>
        <h1>{board.name}</h1>
        {board.description && <p className="hw-muted">{board.description}</p>}
        {board.narrowed && <span className="hw-pill">{t('narrowed')}</span>}
      </header>
      <div className="board-sheets">
        {sheets.map((tiles) => (
          <div key={tiles[0]?.id} className="board-sheet">
            <BoardGrid tiles={tiles} />
          </div>
        ))}
      </div>
      <footer className="board-shared-foot">
        {board.expiresAt ? (
          <Stamp updatedAt={updatedAt} exact />
        ) : (
          // Looked at later: "just now" would be wrong by then.
          <p className="hw-fine">{fullTime(updatedAt, timezone, language)}</p>
        )}
        {board.expiresAt && (
          <p className="hw-fine">
            {t('until', { when: fullTime(Date.parse(board.expiresAt), timezone, language) })}
          </p>
        )}
      </footer>
    </main>
  )
}

function useSharedSource(token: string, { analyses, filters, pass }: SharedBoard): TileSource {
  return useMemo(
    () => ({
      analyses: new Map(analyses.map((one) => [one.id, one])),
      questionOf: (tile, { question }) => {
        const asked = question as never
        return withFilters(
          tile.kind === 'number' ? asNumber(asked) : asked,
          { range: filters.range },
          tile.own,
        ) as AskedQuestion
      },
      request: (tile) => ({
        route: routes.askLink,
        input: { body: { token, pass, tile: tile.id } },
        staleTime: 60_000,
        every: everyMs,
      }),
    }),
    [token, analyses, filters, pass],
  )
}
