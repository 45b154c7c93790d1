import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'
import { contentWords } from '../content-words.ts'
import { diffLines } from './diff-lines.ts'

type Props = { template: Template; language: string; body: Record<string, unknown> }

/** What was published, newest first; each can be compared with the draft and brought back. */
export function VersionsPanel({ template, language, body }: Props) {
  const t = useWords(contentWords)
  const toast = useToast()
  const [open, setOpen] = useState<number>()
  const listed = useRoute(routes.versions, { params: { id: template.id }, query: { limit: 100 } })
  const restore = useChange(routes.restoreVersion, [routes.list])
  const versions = listed.data?.items ?? []
  if (listed.isPending) return <Skeleton active />
  if (versions.length === 0) return <EmptyState title={t('view_versions')} text={t('noVersions')} />
  const bring = (number: number) =>
    void restore
      .mutateAsync({ params: { id: template.id, number: String(number) } })
      // What is being edited is another text now.
      .then(() => window.location.reload())
      .catch(toast.failed)
  return (
    <ol className="content-versions">
      {versions.map(({ number, note, by, at }) => (
        <li key={number}>
          <div className="content-version-line">
            <strong>{t('version', { n: number })}</strong>
            <span className="hw-muted">
              {t('by', { name: by })} · <TimeText value={at} />
            </span>
            {note && <span>{note}</span>}
            <Button onClick={() => setOpen(open === number ? undefined : number)}>{t('compare')}</Button>
            <Button loading={restore.isPending} onClick={() => bring(number)}>
              {t('restoreVersion')}
            </Button>
          </div>
          {open === number && <Difference id={template.id} number={number} language={language} body={body} />}
        </li>
      ))}
    </ol>
  )
}

type DifferenceProps = { id: string; number: number; language: string; body: Record<string, unknown> }
function Difference({ id, number, language, body }: DifferenceProps) {
  const t = useWords(contentWords)
  const asked = useRoute(routes.version, { params: { id, number: String(number) } })
  if (!asked.data) return <Skeleton active />
  const then = asked.data.variants.find((one) => one.language === language)?.body ?? {}
  const lines = diffLines(linesOf(then), linesOf(body))
  if (lines.every(({ kind }) => kind === 'same')) return <p className="hw-muted">{t('same')}</p>
  const signs = { same: '  ', added: '+ ', removed: '− ' }
  return (
    <pre className="content-diff">
      {lines.map(({ kind, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that is not edited
        <div key={at} className={`content-diff-${kind}`}>
          {signs[kind]}
          {text}
        </div>
      ))}
    </pre>
  )
}

const linesOf = (body: Record<string, unknown>): string[] =>
  Object.entries(body)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => [
      `${key}:`,
      ...(typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n'),
    ])
