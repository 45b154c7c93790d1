import {
  ApartmentOutlined,
  BlockOutlined,
  OrderedListOutlined,
  PlusOutlined,
  TagOutlined,
  ThunderboltOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Rule } from '../contract.ts'
import { blankLine, type LeafKind } from './edit-rule.ts'
import { ruleWords } from './rule-words.ts'

const kinds: [LeafKind | 'group', ReactNode][] = [
  ['attr', <UserOutlined key="i" />],
  ['event', <ThunderboltOutlined key="i" />],
  ['sequence', <OrderedListOutlined key="i" />],
  ['tag', <TagOutlined key="i" />],
  ['segment', <ApartmentOutlined key="i" />],
  ['group', <BlockOutlined key="i" />],
]

export function AddLine({ allowGroup, onAdd }: { allowGroup: boolean; onAdd: (line: Rule) => void }) {
  const t = useWords(ruleWords)
  const items = kinds
    .filter(([kind]) => kind !== 'group' || allowGroup)
    .map(([kind, icon]) => ({
      key: kind,
      icon,
      label: t(`add.${kind}`),
      extra: t(`add.${kind}.hint`),
      onClick: () => onAdd(blankLine(kind)),
    }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="dashed" size="small" icon={<PlusOutlined />} className="rule-add">
        {t('add')}
      </Button>
    </Dropdown>
  )
}
