import { Segmented } from 'antd'
import { useEffect, useRef } from 'react'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from './analytics-words.ts'
import { groupOf, kindGroups } from './kind-groups.ts'
import type { KindView } from './kind-view.ts'
import { kindViews } from './kinds.ts'

const inGroup = (group: string) => kindViews.filter((view) => groupOf[view.kind] === group)

/**
 * First what one wants to know, then the kinds of analysis that tell: fifteen in one row would be a search. A group without
 * a choice shows no second row.
 */
export function KindTabs({ current, onChoose }: { current: KindView; onChoose: (kind: string) => void }) {
  const t = useWords(analyticsWords)
  const group = groupOf[current.kind]
  const kinds = inGroup(group)
  const box = useRef<HTMLDivElement>(null)
  // On a narrow screen the rows scroll, and the one that is chosen must be seen.
  useEffect(() => {
    for (const chosen of box.current?.querySelectorAll('.ant-segmented-item-selected') ?? [])
      chosen.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [])
  return (
    <div className="analytics-kinds" ref={box}>
      <Segmented
        aria-label={t('kindGroup')}
        value={group}
        onChange={(next) => onChoose(inGroup(String(next))[0]?.kind ?? current.kind)}
        options={kindGroups
          .filter((one) => inGroup(one).length > 0)
          .map((value) => ({ value, label: t(`kindGroup.${value}`) }))}
      />
      {kinds.length > 1 && (
        <Segmented
          aria-label={t('kind')}
          value={current.kind}
          onChange={(kind) => onChoose(String(kind))}
          options={kinds.map((view) => ({
            value: view.kind,
            icon: view.icon,
            label: <Title view={view} />,
          }))}
        />
      )}
    </div>
  )
}

const Title = ({ view }: { view: KindView }) => <>{view.useTitle()}</>
