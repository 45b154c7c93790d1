import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import type { Board, Tile } from '../../contract/board.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { bottomOf } from '../grid/layout.ts'
import type { TilesEditor } from '../use-tiles.ts'
import { AddAnalysisDialog } from './AddAnalysisDialog.tsx'
import { TextDialog } from './TextDialog.tsx'

type Props = { board: Board; tiles: readonly Tile[]; onSet: TilesEditor['set'] }

export function AddTile({ board, tiles, onSet }: Props) {
  const t = useWords(dashboardsWords)
  const can = useCan()
  const [dialog, setDialog] = useState<'analysis' | 'text'>()
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(can('analytics:read')
              ? [{ key: 'analysis', label: t('addAnalysis'), onClick: () => setDialog('analysis') }]
              : []),
            { key: 'text', label: t('addText'), onClick: () => setDialog('text') },
          ],
        }}
      >
        <Button type="primary">
          {t('add')} <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <AddAnalysisDialog board={board} open={dialog === 'analysis'} onClose={() => setDialog(undefined)} />
      <TextDialog
        open={dialog === 'text'}
        onClose={() => setDialog(undefined)}
        onDone={(text) => {
          const id = `til_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`
          const place = { x: 0, y: bottomOf(tiles), w: 6, h: 4 }
          onSet([...tiles, { id, kind: 'text', ...place, ...text }], t('changed'))
        }}
      />
    </>
  )
}
