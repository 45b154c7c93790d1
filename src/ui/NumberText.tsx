import { Tooltip } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber, signedNumber } from '#ui/format-number.ts'

type Props = { value: number | null | undefined; exact?: boolean; signed?: boolean; unit?: string }

/** 1.2万 / 12.3K with the exact number on hover; tabular figures. */
export function NumberText({ value, exact = false, signed = false, unit }: Props) {
  const { language } = useDisplay()
  if (value === null || value === undefined) return <span className="hw-muted">–</span>
  const full = exactNumber(value, language)
  const shown = signed ? signedNumber(value, language) : exact ? full : shortNumber(value, language)
  const text = <span className="hw-number">{shown}</span>
  return (
    <>
      {shown === full || signed ? text : <Tooltip title={full}>{text}</Tooltip>}
      {unit && <span className="hw-unit"> {unit}</span>}
    </>
  )
}
