import { CaretRightOutlined, DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan, useMe } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { routes, type SavedQuery, type SqlChart } from '../contract.ts'
import { SaveQueryDialog } from './SaveQueryDialog.tsx'
import { sqlWords } from './sql-words.ts'
import { takeFile } from './take-file.ts'

type Props = {
  text: string
  chart: SqlChart
  saved: SavedQuery | undefined
  running: boolean
  onRun: () => void
  onCancel: () => void
  onNew: () => void
  onSaved: (saved: SavedQuery) => void
}

/** Run, save, take out. */
export function SqlToolbar({ text, chart, saved, running, onRun, onCancel, onNew, onSaved }: Props) {
  const t = useWords(sqlWords)
  const can = useCan()
  const toast = useToast()
  const workspace = useMe().workspace?.id
  const [saving, setSaving] = useState(false)
  const [taking, setTaking] = useState(false)
  const change = useChange(routes.changeSaved, [routes.listSaved, routes.getSaved])
  const isEmpty = text.trim() === ''
  const isChanged =
    saved !== undefined && (saved.sql !== text || JSON.stringify(saved.chart) !== JSON.stringify(chart))
  const update = async () => {
    if (!saved) return
    try {
      const done = await change.mutateAsync({
        params: { id: saved.id },
        body: { version: saved.version, sql: text, chart },
      })
      toast.done(t('updated', { name: done.name }))
      onSaved(done)
    } catch (error) {
      toast.failed(error)
    }
  }
  const take = async (format: 'csv' | 'xlsx') => {
    setTaking(true)
    try {
      await takeFile(text, format, workspace)
      toast.done(t('exported'))
    } catch (error) {
      toast.failed(error)
    } finally {
      setTaking(false)
    }
  }
  return (
    <div className="sql-tools">
      {running ? (
        <Button danger onClick={onCancel} title={t('cancelHint')}>
          {t('cancel')}
        </Button>
      ) : (
        <Button
          type="primary"
          icon={<CaretRightOutlined />}
          disabled={isEmpty}
          onClick={onRun}
          title={t('runHint')}
        >
          {t('run')}
        </Button>
      )}
      <span className="hw-fine sql-keys">{running ? t('running') : t('runHint')}</span>
      <span className="sql-spring" />
      <Button type="text" disabled={isEmpty && !saved} onClick={onNew}>
        {t('newQuery')}
      </Button>
      {can('export:read') && (
        <Dropdown
          trigger={['click']}
          disabled={isEmpty || taking}
          menu={{
            items: [
              { key: 'csv', label: t('exportCsv'), onClick: () => void take('csv') },
              { key: 'xlsx', label: t('exportXlsx'), onClick: () => void take('xlsx') },
            ],
          }}
        >
          <Button icon={<DownloadOutlined />} loading={taking}>
            {t('export')}
          </Button>
        </Dropdown>
      )}
      {can('sql:write') && isChanged && (
        <Button loading={change.isPending} onClick={() => void update()}>
          {t('update')}
        </Button>
      )}
      {can('sql:write') && (
        <Button disabled={isEmpty} onClick={() => setSaving(true)}>
          {saved ? t('saveNew') : t('save')}
        </Button>
      )}
      <SaveQueryDialog
        open={saving}
        query={{ sql: text, chart }}
        onClose={() => setSaving(false)}
        onSaved={(one) => {
          setSaving(false)
          onSaved(one)
        }}
      />
    </div>
  )
}
