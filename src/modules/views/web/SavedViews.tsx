import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type SavedView, type ViewList } from '../contract.ts'
import { RoleDefaultDialog } from './RoleDefaultDialog.tsx'
import { ViewDialog } from './ViewDialog.tsx'
import { asAddress, isSame, noView, tidy, type ViewContent } from './view-content.ts'
import { viewsWords } from './views-words.ts'
import './views.css'

type Address = { view?: string | undefined }
type Props<S extends Address> = {
  list: ViewList
  /** Names of what a view holds: filters, sort, columns. What is open is no part of it. */
  keys: readonly (keyof S & string)[]
  /** What the address holds now; in `view` an id, `all`, or nothing. */
  search: S
  /** Puts a change into the address. */
  onChange: (change: Partial<S>) => void
}

/**
 * The views of a list: go to one, see that it was changed, save, save as another, revert. Nothing is saved by itself. With
 * nothing in the address, the default of the reader's role opens.
 */
export function SavedViews<S extends Address>(props: Props<S>) {
  const can = useCan()
  // Views belong to who may see people: who may not has none to go to.
  return can('people:read') ? <Views {...props} /> : null
}

function Views<S extends Address>({ list, keys, search, onChange }: Props<S>) {
  const t = useWords(viewsWords)
  const { view } = search
  const onGo = (content: ViewContent, id: string | undefined) =>
    onChange({ ...content, view: id } as Partial<S>)
  const toast = useToast()
  const [dialog, setDialog] = useState<'new' | 'change' | 'roles'>()
  const { data } = useRoute(routes.list, { query: { list } }, { staleTime: 30_000 })
  const update = useChange(routes.update, [routes.list])
  const now = tidy(Object.fromEntries(keys.map((key) => [key, search[key]])))
  const isEmpty = Object.keys(now).length === 0
  const current = data?.items.find((one) => one.id === view)
  const first = data?.items.find((one) => one.id === data.default)
  const go = (one: SavedView | undefined) =>
    onGo(asAddress(keys, one?.content ?? {}), one?.id ?? (first ? noView : undefined))
  useEffect(() => {
    if (view === undefined && isEmpty && first) onGo(asAddress(keys, first.content), first.id)
  })
  const isEdited = current !== undefined && !isSame(now, current.content)
  const save = async (one: SavedView) => {
    await update.mutateAsync({ params: { id: one.id }, body: { version: one.version, content: now } })
    toast.done(t('saved', { name: one.name }))
  }
  const isGone = data !== undefined && view !== undefined && view !== noView && !current
  return (
    <span className="hw-bar views-bar">
      <ViewMenu
        items={data?.items ?? []}
        first={data?.default ?? null}
        current={current}
        onGo={go}
        onDialog={setDialog}
      />
      {isGone && <span className="hw-fine">{t('gone')}</span>}
      {isEdited && (
        <>
          <span className="hw-pill hw-pill-warning">{t('edited')}</span>
          {current.editable && (
            <Button
              type="primary"
              loading={update.isPending}
              onClick={() => void save(current).catch(toast.failed)}
            >
              {t('save')}
            </Button>
          )}
          <Button onClick={() => setDialog('new')}>{t('saveAs')}</Button>
          <Button type="text" onClick={() => go(current)}>
            {t('revert')}
          </Button>
        </>
      )}
      {!current && !isEmpty && <Button onClick={() => setDialog('new')}>{t('saveNew')}</Button>}
      <ViewDialog
        open={dialog === 'new' || dialog === 'change'}
        list={list}
        view={dialog === 'change' ? current : undefined}
        content={now}
        onClose={() => setDialog(undefined)}
        onSaved={go}
      />
      {current && dialog === 'roles' && (
        <RoleDefaultDialog list={list} view={current} onClose={() => setDialog(undefined)} />
      )}
    </span>
  )
}

type MenuParts = {
  items: SavedView[]
  first: string | null
  current: SavedView | undefined
  onGo: (view: SavedView | undefined) => void
  onDialog: (dialog: 'change' | 'roles') => void
}

function ViewMenu({ items, first, current, onGo, onDialog }: MenuParts) {
  const t = useWords(viewsWords)
  const can = useCan()
  const remove = useRemove(onGo)
  const entry = (view: SavedView) => ({
    key: view.id,
    label: (
      <span className="views-entry">
        <span className="hw-clip">{view.name}</span>
        {view.id === first && <span className="hw-pill hw-pill-river">{t('defaultPill')}</span>}
        {!view.mine && <span className="hw-fine">{t('by', { name: view.by })}</span>}
      </span>
    ),
    onClick: () => onGo(view),
  })
  const group = (key: 'mine' | 'shared', views: SavedView[]): MenuProps['items'] =>
    views.length > 0 ? [{ key, type: 'group', label: t(key), children: views.map(entry) }] : []
  const own: MenuProps['items'] = current?.editable
    ? [
        { key: 'line', type: 'divider' },
        { key: 'change', label: t('rename'), onClick: () => onDialog('change') },
        ...(current.shared && can('view:write') && can('member:read')
          ? [{ key: 'roles', label: t('roles'), onClick: () => onDialog('roles') }]
          : []),
        { key: 'remove', label: t('remove'), danger: true, onClick: () => void remove(current) },
      ]
    : []
  const menu: MenuProps = {
    selectedKeys: [current?.id ?? 'all'],
    items: [
      { key: 'all', label: t('all'), onClick: () => onGo(undefined) },
      ...(group(
        'mine',
        items.filter((view) => !view.shared),
      ) ?? []),
      ...(group(
        'shared',
        items.filter((view) => view.shared),
      ) ?? []),
      ...(items.length === 0
        ? [
            { key: 'hint-line', type: 'divider' as const },
            { key: 'hint', label: <span className="hw-fine">{t('hint')}</span>, disabled: true },
          ]
        : []),
      ...own,
    ],
  }
  return (
    <Dropdown menu={menu} trigger={['click']}>
      <Button className="views-button">
        <span className="hw-muted">{t('views')}</span>
        <span className="hw-clip">{current?.name ?? t('all')}</span>
        <DownOutlined aria-hidden="true" />
      </Button>
    </Dropdown>
  )
}

/** Deletes a view; the toast saves it again. */
function useRemove(onGo: (view: SavedView | undefined) => void) {
  const t = useWords(viewsWords)
  const toast = useToast()
  const remove = useChange(routes.remove, [routes.list])
  const create = useChange(routes.create, [routes.list])
  return async (view: SavedView) => {
    try {
      const { list, name, content, shared } = await remove.mutateAsync({ params: { id: view.id } })
      onGo(undefined)
      toast.undo(t('removed', { name }), async () => {
        onGo(await create.mutateAsync({ body: { list, name, content, shared } }))
        toast.done(t('restored', { name }))
      })
    } catch (error) {
      toast.failed(error)
    }
  }
}
