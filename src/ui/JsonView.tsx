import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { CopyButton } from '#ui/CopyText.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

/** Raw JSON: foldable, coloured by kind of value, copied whole. */
export function JsonView({
  value,
  label,
  openDepth = 2,
}: {
  value: unknown
  label: string
  openDepth?: number
}) {
  return (
    <section className="hw-json" aria-label={label}>
      <div className="hw-json-copy">
        <CopyButton text={JSON.stringify(value, null, 2) ?? 'null'} />
      </div>
      <Node value={value} depth={0} openDepth={openDepth} />
    </section>
  )
}

type NodeProps = { name?: string; value: unknown; depth: number; openDepth: number; last?: boolean }

function Node({ name, value, depth, openDepth, last = true }: NodeProps) {
  if (value !== null && typeof value === 'object') {
    return <Branch name={name} value={value} depth={depth} openDepth={openDepth} last={last} />
  }
  return (
    <div className="hw-json-line">
      <Key name={name} />
      <span className={`hw-json-${value === null ? 'null' : typeof value}`}>
        {JSON.stringify(value) ?? 'undefined'}
      </span>
      {!last && ','}
    </div>
  )
}

const Key = ({ name }: { name: string | undefined }) =>
  name === undefined ? null : (
    <>
      <span className="hw-json-key">{JSON.stringify(name)}</span>
      {': '}
    </>
  )

function Branch({ name, value, depth, openDepth, last }: Omit<NodeProps, 'value'> & { value: object }) {
  const t = useWords(uiWords)
  const entries = Object.entries(value)
  const isList = Array.isArray(value)
  const [open, setOpen] = useState(depth < openDepth && entries.length <= 100)
  const [start, end] = isList ? ['[', ']'] : ['{', '}']
  const tail = last ? '' : ','
  if (entries.length === 0) {
    return (
      <div className="hw-json-line">
        <Key name={name} />
        {start + end + tail}
      </div>
    )
  }
  return (
    <div>
      <div className="hw-json-line">
        <button
          type="button"
          className="hw-json-fold"
          aria-expanded={open}
          aria-label={open ? t('collapse') : t('expand')}
          onClick={() => setOpen(!open)}
        >
          {open ? <CaretDownOutlined aria-hidden="true" /> : <CaretRightOutlined aria-hidden="true" />}
        </button>
        <Key name={name} />
        {start}
        {!open && (
          <>
            <span className="hw-muted"> {t('items', { count: entries.length })} </span>
            {end + tail}
          </>
        )}
      </div>
      {open && (
        <>
          <div className="hw-json-children">
            {entries.map(([key, child], i) => (
              <Node
                key={key}
                {...(isList ? {} : { name: key })}
                value={child}
                depth={depth + 1}
                openDepth={openDepth}
                last={i === entries.length - 1}
              />
            ))}
          </div>
          <div className="hw-json-line">{end + tail}</div>
        </>
      )}
    </div>
  )
}
