import { Dropdown } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import type { GapMark } from '../../contract/interval.ts'
import { durationText } from '../funnel/duration-text.ts'
import type { ResultProps } from '../kind-view.ts'
import type { GapLine } from './gap-lines.ts'
import { intervalWords } from './interval-words.ts'

type Side = { above?: GapMark; upto?: GapMark }
/** Who stands behind a number of how long it takes: those on either side of it. */
const sidesOf: Record<'p50' | 'middle' | 'avg', readonly Side[]> = {
  p50: [{ upto: 'p50' }, { above: 'p50' }],
  middle: [{ upto: 'p25' }, { above: 'p25', upto: 'p75' }, { above: 'p75' }],
  avg: [{ upto: 'avg' }, { above: 'avg' }],
}

type Props = {
  of: keyof typeof sidesOf
  line: GapLine
  onCell: ResultProps<'interval'>['onCell']
}

/** The median, the middle half or the average, which opens a choice of whom to see: the quicker or the slower ones. */
export function GapNumber({ of, line, onCell }: Props) {
  const t = useWords(intervalWords)
  const { language } = useDisplay()
  const { gaps } = line
  const say = (mark: GapMark) => durationText(gaps[mark] ?? 0, language)
  const nameOf = ({ above, upto }: Side) =>
    above && upto
      ? t('side.between', { from: say(above), until: say(upto) })
      : t(`side.${upto ? 'upto' : 'above'}.${(upto ?? above) as 'p25'}`, {
          value: say((upto ?? above) as GapMark),
        })
  if (gaps.pairs === 0) return <span className="hw-muted">–</span>
  const text = of === 'middle' ? t('range', { from: say('p25'), until: say('p75') }) : say(of)
  const items = sidesOf[of].map((side) => ({
    key: JSON.stringify(side),
    label: nameOf(side),
    onClick: () => onCell({ ...line.cell, ...side }, `${line.name} · ${nameOf(side)}`),
  }))
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <button type="button" className="analytics-value" aria-label={`${line.name} ${t(of)}: ${text}`}>
        {text}
      </button>
    </Dropdown>
  )
}
