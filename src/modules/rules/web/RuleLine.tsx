import { useWords } from '#ui/i18n.ts'
import type { Rule } from '../contract.ts'
import { CompanyLine, HouseholdLine } from './CircleLine.tsx'
import { ConsentLine, ReachableLine } from './ConsentLine.tsx'
import { EventLine } from './EventLine.tsx'
import { negate, type Pointer, positive, replaceAt } from './edit-rule.ts'
import { useEditor } from './editor-context.ts'
import { LineMenu, LineNumbers } from './LineExtras.tsx'
import { OwnerLine } from './OwnerLine.tsx'
import { ruleWords } from './rule-words.ts'
import { SequenceLine } from './SequenceLine.tsx'
import { AttributeLine, ListLine, SegmentLine, TagLine } from './SimpleLines.tsx'

/** One sentence with its numbers and its menu. */
export function RuleLine({ node, path, number }: { node: Rule; path: Pointer; number: string }) {
  const t = useWords(ruleWords)
  const { facts } = useEditor()
  const { unfinished, fault } = facts(path)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a line of text
    <div
      className={`rule-line${unfinished ? ' rule-unfinished' : ''}${fault ? ' rule-fault' : ''}`}
      role="group"
      aria-label={t('line', { number })}
    >
      <div className="rule-sentence">
        <Sentence node={node} path={path} />
        {fault && <div className="rule-hint hw-danger">{fault}</div>}
        {unfinished && <div className="rule-hint">{t('unfinished')}</div>}
      </div>
      <LineNumbers path={path} />
      <LineMenu node={node} path={path} number={number} />
    </div>
  )
}

function Sentence({ node, path }: { node: Rule; path: Pointer }) {
  const { rule, change } = useEditor()
  const { inner, negated } = positive(node)
  const put = (leaf: Rule) => change(replaceAt(rule, path, negated ? { not: leaf } : leaf))
  const line = { negated, onChange: put, onNegate: () => change(replaceAt(rule, path, negate(node))) }
  if ('attr' in inner) return <AttributeLine leaf={inner} {...line} />
  if ('tag' in inner) return <TagLine leaf={inner} {...line} />
  if ('owner' in inner) return <OwnerLine leaf={inner} {...line} />
  if ('segment' in inner) return <SegmentLine leaf={inner} {...line} />
  if ('list' in inner) return <ListLine leaf={inner} {...line} />
  if ('event' in inner) return <EventLine leaf={inner} {...line} />
  if ('company' in inner) return <CompanyLine leaf={inner} {...line} />
  if ('consent' in inner) return <ConsentLine leaf={inner} {...line} />
  if ('reachable' in inner) return <ReachableLine leaf={inner} {...line} />
  if ('household' in inner) return <HouseholdLine leaf={inner} {...line} />
  if ('sequence' in inner) return <SequenceLine leaf={inner} {...line} />
  return null
}
