import { Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Rule } from '../contract.ts'
import { AddLine } from './AddLine.tsx'
import {
  childPath,
  childrenOf,
  type GroupKind,
  groupKind,
  insertAt,
  isList,
  type Pointer,
  positive,
  replaceAt,
  withGroupKind,
} from './edit-rule.ts'
import { useEditor } from './editor-context.ts'
import { LineMenu, LineNumbers } from './LineExtras.tsx'
import { RuleLine } from './RuleLine.tsx'
import { ruleWords } from './rule-words.ts'

const kinds: GroupKind[] = ['all', 'any', 'none', 'notAll']
/** Deeper nesting is legal, but nobody can read it; the JSON view shows it all the same. */
const deepestGroup = 4

type Props = { node: Rule; path: Pointer; depth: number; number?: string }

/** "All of these": a left border, not a box in a box. */
export function RuleGroup({ node, path, depth, number }: Props) {
  const t = useWords(ruleWords)
  const { rule, change } = useEditor()
  const { list, listPath } = innerList(node, path)
  const kind = groupKind(node)
  const children = childrenOf(list)
  const joint = kind === 'any' || kind === 'none' ? t('or') : t('and')
  return (
    <div className={`rule-group rule-group-${depth === 0 ? 'root' : kind}`}>
      <div className="rule-head">
        <Select
          className="rule-kind"
          variant="filled"
          size="small"
          aria-label={t('groupLabel')}
          value={kind}
          options={(depth === 0 ? kinds.slice(0, 2) : kinds).map((value) => ({
            value,
            label: t(`group.${value}`),
          }))}
          onChange={(next) => change(replaceAt(rule, path, withGroupKind(node, next)))}
          popupMatchSelectWidth={false}
        />
        <span className="hw-bar-grow" />
        {depth > 0 && children.length > 0 && <LineNumbers path={path} />}
        {depth > 0 && number && <LineMenu node={node} path={path} number={number} />}
      </div>
      <ol className="rule-lines">
        {children.map((child, i) => {
          const place = childPath(listPath, list, i)
          const name = number ? `${number}.${i + 1}` : String(i + 1)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <li key={i} className="rule-item">
              <span className="rule-joint">{i > 0 && joint}</span>
              {isList(positive(child).inner) ? (
                <RuleGroup node={child} path={place} depth={depth + 1} number={name} />
              ) : (
                <RuleLine node={child} path={place} number={name} />
              )}
            </li>
          )
        })}
        {children.length === 0 && (
          <li className="hw-fine rule-empty">{depth === 0 ? t('emptyRoot') : t('emptyGroup')}</li>
        )}
      </ol>
      <AddLine
        allowGroup={depth < deepestGroup}
        onAdd={(line) => change(insertAt(rule, listPath, children.length, line))}
      />
    </div>
  )
}

/** The list inside a group's `not`s, and where it stands. */
function innerList(node: Rule, path: Pointer) {
  let inner = node
  let listPath = path
  while ('not' in inner) {
    inner = inner.not
    listPath = `${listPath}/not`
  }
  return { list: isList(inner) ? inner : { all: [] }, listPath }
}
