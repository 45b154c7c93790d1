import {
  ApartmentOutlined,
  BankOutlined,
  BlockOutlined,
  OrderedListOutlined,
  PlusOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  SolutionOutlined,
  TagOutlined,
  TeamOutlined,
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
  ['attr', <UserOutlined key="i" aria-hidden="true" />],
  ['event', <ThunderboltOutlined key="i" aria-hidden="true" />],
  ['sequence', <OrderedListOutlined key="i" aria-hidden="true" />],
  ['tag', <TagOutlined key="i" aria-hidden="true" />],
  ['owner', <SolutionOutlined key="i" aria-hidden="true" />],
  ['segment', <ApartmentOutlined key="i" aria-hidden="true" />],
  ['company', <BankOutlined key="i" aria-hidden="true" />],
  ['household', <TeamOutlined key="i" aria-hidden="true" />],
  ['reachable', <SendOutlined key="i" aria-hidden="true" />],
  ['consent', <SafetyCertificateOutlined key="i" aria-hidden="true" />],
  ['group', <BlockOutlined key="i" aria-hidden="true" />],
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
      <Button type="dashed" size="small" icon={<PlusOutlined aria-hidden="true" />} className="rule-add">
        {t('add')}
      </Button>
    </Dropdown>
  )
}
