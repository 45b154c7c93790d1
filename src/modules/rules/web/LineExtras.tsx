import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  BlockOutlined,
  CheckCircleFilled,
  CloseCircleFilled,
  CopyOutlined,
  DeleteOutlined,
  EllipsisOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { Rule } from '../contract.ts'
import { insertAt, moveLine, negate, type Pointer, placeOf, replaceAt } from './edit-rule.ts'
import { useEditor } from './editor-context.ts'
import { ruleWords } from './rule-words.ts'

/** How many people satisfy this line alone, and which part of everybody that is. */
export function LineNumbers({ path }: { path: Pointer }) {
  const t = useWords(ruleWords)
  const { language } = useDisplay()
  const { facts, everyone } = useEditor()
  const { count, holds, seen } = facts(path)
  const share = count === undefined || !everyone ? 0 : count / everyone
  const tip =
    count === undefined
      ? undefined
      : t('countAlone', { count: exactNumber(count, language), share: percent(share, language) })
  return (
    <div className="rule-numbers">
      {holds !== undefined && (
        <span className={holds ? 'hw-success' : 'hw-danger'} title={seen}>
          {holds ? <CheckCircleFilled aria-label={t('is')} /> : <CloseCircleFilled aria-label={t('isNot')} />}
        </span>
      )}
      <Tooltip title={tip}>
        <span className="rule-count hw-number">
          {count === undefined ? '–' : exactNumber(count, language)}
        </span>
      </Tooltip>
      <span className="rule-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      {seen && <span className="rule-seen hw-clip">{seen}</span>}
    </div>
  )
}

/** Everything that can be done to a line, also what others do by dragging. */
export function LineMenu({ node, path, number }: { node: Rule; path: Pointer; number: string }) {
  const t = useWords(ruleWords)
  const { rule, change } = useEditor()
  const { parent, index } = placeOf(path)
  const items = [
    {
      key: 'negate',
      icon: <SwapOutlined aria-hidden="true" />,
      label: t('negate'),
      onClick: () => change(replaceAt(rule, path, negate(node))),
    },
    {
      key: 'duplicate',
      icon: <CopyOutlined aria-hidden="true" />,
      label: t('duplicate'),
      onClick: () => change(insertAt(rule, parent, index + 1, node)),
    },
    {
      key: 'wrap',
      icon: <BlockOutlined aria-hidden="true" />,
      label: t('wrap'),
      onClick: () => change(replaceAt(rule, path, { any: [node] })),
    },
    {
      key: 'up',
      icon: <ArrowUpOutlined aria-hidden="true" />,
      label: t('moveUp'),
      disabled: index === 0,
      onClick: () => change(moveLine(rule, path, -1)),
    },
    {
      key: 'down',
      icon: <ArrowDownOutlined aria-hidden="true" />,
      label: t('moveDown'),
      onClick: () => change(moveLine(rule, path, 1)),
    },
    { type: 'divider' as const },
    {
      key: 'remove',
      icon: <DeleteOutlined aria-hidden="true" />,
      label: t('remove'),
      danger: true,
      onClick: () => change(replaceAt(rule, path, undefined)),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        type="text"
        size="small"
        className="rule-more"
        icon={<EllipsisOutlined aria-hidden="true" />}
        aria-label={t('lineMenu', { number })}
      />
    </Dropdown>
  )
}
