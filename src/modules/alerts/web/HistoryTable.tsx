import { Button } from 'antd'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'
import { sayAmount, sayBand, sayBucket } from '../alert-text.ts'
import type { Evaluation } from '../contract/alert.ts'
import { alertWords } from './alert-words.ts'

type Props = { found: readonly Evaluation[]; unit: 'number' | 'percent' }
const atFirst = 14

/** What the curve shows, bucket by bucket, newest first. */
export function HistoryTable({ found, unit }: Props) {
  const t = useWords(alertWords)
  const ui = useWords(uiWords)
  const { language } = useDisplay()
  const [all, setAll] = useState(false)
  const rows = all ? found : found.slice(0, atFirst)
  return (
    <section className="alert-table-room" aria-label={t('history')}>
      <table className="alert-table">
        <thead>
          <tr>
            {(['when', 'value', 'band', 'verdict'] as const).map((word) => (
              <th key={word} scope="col">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.t}>
              <td>{sayBucket(one.t)}</td>
              <td>{sayAmount(one.value, unit)}</td>
              <td>{sayBand(one, unit, language)}</td>
              <td>
                <Verdict one={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && found.length > atFirst && (
        <Button type="link" onClick={() => setAll(true)}>
          {ui('more')}
        </Button>
      )}
    </section>
  )
}

function Verdict({ one }: { one: Evaluation }) {
  const t = useWords(alertWords)
  const said = [
    one.edge === null ? t(`verdict_${one.verdict}`) : t(one.edge),
    ...(one.running ? [t('running')] : []),
    ...(one.told ? [t(`told_${one.told}`)] : []),
  ].join(' · ')
  if (one.edge === null && one.verdict !== 'breach') return <span className="hw-muted">{said}</span>
  const tone = one.edge === 'recovered' ? 'hw-pill-success' : 'hw-pill-danger'
  return <span className={`hw-pill ${tone}`}>{said}</span>
}
