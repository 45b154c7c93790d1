import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import type { TagEntry } from '#modules/tags/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import type { PageSource } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { tagWords } from './tag-words.ts'
import './tags.css'

type Props = {
  source: PageSource<TagEntry> /** What each entry is about: one of a person's tags, or one of a tag's people. */
  about: 'tag' | 'person'
}

/** Who put which tag on whom, when and why; newest first. */
export function TagEntries({ source, about }: Props) {
  const t = useWords(tagWords)
  if (source.error) return <ErrorState error={source.error} retry={source.retry} compact />
  if (source.loading) return <Skeleton active title={false} paragraph={{ rows: 4 }} />
  if (source.rows.length === 0 && !source.hasMore) return <p className="hw-fine">{t('historyNone')}</p>
  return (
    <>
      <ul className="tag-entries">
        {source.rows.map((entry, at) => (
          // Nothing in an entry is unique: the same may be done twice in one moment.
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
          <Entry key={at} entry={entry} about={about} />
        ))}
      </ul>
      {source.hasMore && (
        <Button type="link" loading={source.loadingMore} onClick={source.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Entry({ entry, about }: { entry: TagEntry } & Pick<Props, 'about'>) {
  const t = useWords(tagWords)
  const said = useSaid()
  return (
    <li>
      <div className="hw-bar">
        {about === 'tag' ? (
          <span className="hw-clip">{entry.tag}</span>
        ) : (
          <Link to="/people/$id" params={{ id: entry.profileId }} className="hw-clip">
            {entry.profileName ?? t('anonymous')}
          </Link>
        )}
        <span className={`hw-pill${entry.action === 'added' ? ' hw-pill-spring' : ''}`}>
          {entry.action === 'added' ? t('added') : t('takenOff')}
        </span>
        <span className="hw-bar-grow" />
        <span className="hw-fine">
          <TimeText value={entry.time} />
        </span>
      </div>
      <p className="hw-fine">{said(entry)}</p>
    </li>
  )
}

/** By whom, and why. */
export function useSaid(): (entry: Pick<TagEntry, 'by' | 'why'>) => string {
  const t = useWords(tagWords)
  const reasons: Record<string, string> = {
    'tag.deleted': t('whyDeleted'),
    'batch.undone': t('whyBatchUndone'),
    'import.undone': t('whyImportUndone'),
  }
  const nameOf = ({ kind, name }: TagEntry['by']) => {
    if (kind === 'api_key') return t('byKey', { name })
    return kind === 'system' && name === 'validity' ? t('byValidity') : name
  }
  return ({ by, why }) => [nameOf(by), why === null ? '' : (reasons[why] ?? why)].filter(Boolean).join(' · ')
}
