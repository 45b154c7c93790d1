import { Tabs } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Segment } from '../contract.ts'
import { segmentWords } from './segment-words.ts'
import { VersionsTab } from './versions/VersionsTab.tsx'
import { versionWords } from './versions/version-words.ts'

export const segmentTabs = ['versions'] as const
export type SegmentTab = (typeof segmentTabs)[number]
type Props = {
  segment: Segment
  tab: SegmentTab | undefined
  unsaved: boolean
  onTab: (tab: SegmentTab | undefined) => void
}

/** What a segment is besides its rule; each side has an address of its own. */
export function SegmentTabs({ segment, tab, unsaved, onTab }: Props) {
  const t = useWords(segmentWords)
  const v = useWords(versionWords)
  return (
    <>
      <Tabs
        className="segment-tabs"
        aria-label={t('tabs')}
        activeKey={tab ?? 'rule'}
        onChange={(key) => onTab(segmentTabs.find((one) => one === key))}
        items={[
          { key: 'rule', label: unsaved ? `${t('rule')} •` : t('rule') },
          { key: 'versions', label: v('tab') },
        ]}
      />
      {tab === 'versions' && <VersionsTab segment={segment} />}
    </>
  )
}
