import { useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import { averageRow } from './average-row.ts'
import { retentionWords } from './retention-words.ts'

type Props = { answer: RetentionAnswer; names: string[]; measure: 'people' | 'sum' | 'avg' }

export function RetentionCurve({ answer, names, measure }: Props) {
  const t = useWords(retentionWords)
  const { language } = useDisplay()
  const values = useMemo(() => averageRow(answer, measure === 'avg'), [answer, measure])
  const isShare = measure === 'people'
  const share = (value: number) => percent(value, language)
  return (
    <CohortCurve
      names={names}
      values={values}
      name={t('average')}
      label={(points) => t('curveLabel', { points })}
      written={isShare ? share : (value) => exactNumber(value, language)}
      {...(isShare ? { axisText: share, max: 1 } : {})}
    />
  )
}
