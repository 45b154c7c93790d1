import { Tabs } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Segment } from '../contract.ts'
import { listWords } from './lists/list-words.ts'
import { type SegmentTab, segmentTabs } from './segment-tabs.ts'
import { segmentWords } from './segment-words.ts'
import { SnapshotsTab } from './snapshots/SnapshotsTab.tsx'
import { snapshotWords } from './snapshots/snapshot-words.ts'
import { UsesTab } from './uses/UsesTab.tsx'
import { useWordsOf } from './uses/use-words.ts'
import { VersionsTab } from './versions/VersionsTab.tsx'
import { versionWords } from './versions/version-words.ts'

type Props = {
  segment: Segment
  tab: SegmentTab | undefined
  unsaved: boolean
  onTab: (tab: SegmentTab | undefined) => void
}

/** What a segment is besides its rule; each side has an address of its own. */
export function SegmentTabs({ segment, tab, unsaved, onTab }: Props) {
  const t = useWords(segmentWords)
  const l = useWords(listWords)
  const v = useWords(versionWords)
  const p = useWords(snapshotWords)
  const u = useWords(useWordsOf)
  const isList = segment.kind === 'list'
  const first = isList ? l('tab') : t('rule')
  return (
    <>
      <Tabs
        className="segment-tabs"
        aria-label={t('tabs')}
        activeKey={tab ?? 'rule'}
        onChange={(key) => onTab(segmentTabs.find((one) => one === key))}
        items={[
          { key: 'rule', label: unsaved ? `${first} •` : first },
          ...(isList ? [] : [{ key: 'versions', label: v('tab') }]),
          { key: 'snapshots', label: p('tab') },
          { key: 'uses', label: u('tab') },
        ]}
      />
      {tab === 'versions' && <VersionsTab segment={segment} />}
      {tab === 'snapshots' && <SnapshotsTab segment={segment} />}
      {tab === 'uses' && <UsesTab segment={segment} />}
    </>
  )
}
