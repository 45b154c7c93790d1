import { Drawer, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { routes as analytics } from '#modules/analytics/contract.ts'
import type { AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import { useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import type { Alert } from '../contract/alert.ts'
import { AlertEditor } from './AlertEditor.tsx'
import { alertWords } from './alert-words.ts'
import { isWatchable } from './watchable.ts'

type Props = {
  analysis: string | undefined
  onChoose: (id: string) => void
  onClose: () => void
  onSaved: (alert: Alert) => void
}

/** A new alert from a saved analysis: which one first, then what of it. */
export function NewAlert({ analysis, onChoose, onClose, onSaved }: Props) {
  const saved = useRoute(
    analytics.getSaved,
    { params: { id: analysis ?? '' } },
    { enabled: analysis !== undefined, staleTime: 30_000 },
  )
  const question = saved.data?.question as AskedQuestion | undefined
  if (saved.data && isWatchable(question))
    return (
      <AlertEditor
        source={{ question, state: saved.data.state, analysis: saved.data }}
        onClose={onClose}
        onSaved={onSaved}
      />
    )
  return <Chooser {...{ onChoose, onClose }} waits={saved.isFetching} error={saved.error} />
}

function Chooser({
  onChoose,
  onClose,
  waits,
  error,
}: Pick<Props, 'onChoose' | 'onClose'> & { waits: boolean; error: unknown }) {
  const t = useWords(alertWords)
  const narrow = useIsNarrow()
  const [search, setSearch] = useState('')
  const query = { limit: 100, ...(search ? { search } : {}) }
  const list = useRoute(analytics.listSaved, { query }, { keep: true, staleTime: 10_000 })
  const choices = (list.data?.items ?? []).filter(({ question }) => isWatchable(question))
  return (
    <Drawer open title={t('newAlert')} size={narrow ? '100%' : 720} onClose={onClose}>
      {error ? <ErrorState error={error} compact /> : null}
      <p>{t('chooseText')}</p>
      <Select
        aria-label={t('chooseAnalysis')}
        placeholder={t('chooseAnalysis')}
        style={{ width: '100%' }}
        loading={list.isFetching}
        showSearch={{ filterOption: false, onSearch: setSearch }}
        notFoundContent={t('noSaved')}
        options={choices.map(({ id, name, folder }) => ({
          value: id,
          label: folder ? `${folder} / ${name}` : name,
        }))}
        onChange={onChoose}
      />
      {waits && <Skeleton active paragraph={{ rows: 6 }} />}
    </Drawer>
  )
}
