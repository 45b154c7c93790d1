import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'

type Props = {
  value: string | undefined
  label: string
  onSearch: (text: string) => void
  className?: string
}

/** Asks once typing pauses, and never in the middle of an input method's composition. */
export function SearchBox({ value = '', label, onSearch, className = 'hw-search' }: Props) {
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const latest = useRef(onSearch)
  latest.current = onSearch
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value || composing.current) return
    const timer = setTimeout(() => latest.current(text), 250)
    return () => clearTimeout(timer)
  }, [text, value])
  return (
    <Input
      className={className}
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden="true" style={{ color: 'var(--muted)' }} />}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        onSearch(event.currentTarget.value)
      }}
      onPressEnter={() => onSearch(text)}
    />
  )
}
