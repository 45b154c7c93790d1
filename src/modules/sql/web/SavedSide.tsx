import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { routes, type SavedQuery } from '../contract.ts'
import { SaveQueryDialog } from './SaveQueryDialog.tsx'
import { sqlWords } from './sql-words.ts'

type Props = {
  current: string | undefined
  onOpen: (saved: SavedQuery) => void
  onGone: (id: string) => void
}

/** Queries with a name, for everybody who may ask. */
export function SavedSide({ current, onOpen, onGone }: Props) {
  const t = useWords(sqlWords)
  const can = useCan()
  const toast = useToast()
  const [search, setSearch] = useState('')
  const [renamed, setRenamed] = useState<SavedQuery>()
  const list = usePages(
    routes.listSaved,
    { query: { limit: 1000, ...(search ? { search } : {}) } },
    { keep: true },
  )
  const remove = useChange(routes.removeSaved, [routes.listSaved])
  const restore = useChange(routes.save, [routes.listSaved])
  if (list.error) return <ErrorState compact error={list.error} retry={list.retry} />
  const drop = async (one: SavedQuery) => {
    try {
      const gone = await remove.mutateAsync({ params: { id: one.id } })
      onGone(one.id)
      const { name, folder, description, sql, chart } = gone
      toast.undo(t('removed', { name }), () =>
        restore.mutateAsync({ body: { name, folder, description, sql, chart } }),
      )
    } catch (error) {
      toast.failed(error)
    }
  }
  const folders = [...new Set(list.rows.map(({ folder }) => folder))].sort((a, b) => a.localeCompare(b))
  return (
    <>
      <SearchBox value={search} label={t('saved')} onSearch={setSearch} />
      {list.loading && <Skeleton active />}
      {!list.loading && list.rows.length === 0 && (
        <p className="hw-muted">{search ? t('nothingFound') : t('noneSaved')}</p>
      )}
      {folders.map((folder) => (
        <section key={folder}>
          {folder !== '' && <h3 className="sql-side-head">{folder}</h3>}
          <ul className="sql-names">
            {list.rows
              .filter((one) => one.folder === folder)
              .map((one) => (
                <li key={one.id} className="sql-saved-line">
                  <button
                    type="button"
                    aria-current={one.id === current}
                    title={one.description || one.sql}
                    onClick={() => onOpen(one)}
                  >
                    <span>{one.name}</span>
                    <span className="hw-fine">{one.owner}</span>
                  </button>
                  {can('sql:write') && (
                    <Dropdown
                      trigger={['click']}
                      menu={{
                        items: [
                          { key: 'edit', label: t('edit'), onClick: () => setRenamed(one) },
                          { key: 'remove', danger: true, label: t('remove'), onClick: () => void drop(one) },
                        ],
                      }}
                    >
                      <Button
                        type="text"
                        size="small"
                        icon={<MoreOutlined />}
                        aria-label={t('more', { name: one.name })}
                      />
                    </Dropdown>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <SaveQueryDialog open={renamed !== undefined} saved={renamed} onClose={() => setRenamed(undefined)} />
    </>
  )
}
