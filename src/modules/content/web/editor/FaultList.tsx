import { Alert } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Fault } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'
import { faultWords } from './fault-words.ts'

const isKnown = (code: string): code is keyof typeof faultWords.zh & string =>
  Object.hasOwn(faultWords.zh, code)

/** What is wrong with a text, and where; what stops publishing first. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  const t = useWords(contentWords)
  const say = useWords(faultWords)
  if (faults.length === 0) return null
  const sorted = faults.toSorted((a, b) => Number(b.stops) - Number(a.stops)).slice(0, 8)
  const lines = sorted.map(({ code, message, part, line }) => (
    <li key={`${code} ${part} ${line} ${message}`}>
      {isKnown(code) ? say(code, { said: message }) : message}
      {line !== null && <span className="hw-fine"> · {t('line', { n: line })}</span>}
    </li>
  ))
  return (
    <Alert
      className="content-faults"
      type={sorted[0]?.stops ? 'error' : 'warning'}
      showIcon
      title={<ul>{lines}</ul>}
    />
  )
}
