import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

export type Command = {
  id: string
  group: string
  title: string
  hint?: string
  icon?: ReactNode
  run: () => void
}
/** Answers commands for what is typed; called anew on every keystroke, the old call is aborted. */
export type CommandSource = (query: string, signal: AbortSignal) => Promise<Command[]>

type Props = { open: boolean; onClose: () => void; commands: Command[]; sources: CommandSource[] }

/** ⌘K: pages and actions at once, records as the sources answer. */
export function CommandPalette(props: Props) {
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={600}
      className="hw-palette"
      style={{ top: 96 }}
    >
      <PaletteBody {...props} />
    </Modal>
  )
}

function PaletteBody({ onClose, commands, sources }: Props) {
  const t = useWords(uiWords)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const found = useSources(query, sources)
  const own = commands.filter((c) =>
    `${c.title} ${c.hint ?? ''}`.toLowerCase().includes(query.trim().toLowerCase()),
  )
  const shown = [...own.slice(0, query ? 6 : 12), ...found]
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  // The dialog hears Escape only once it has the focus; a quick hand is faster than that.
  useEffect(() => {
    const onEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) onClose()
    }
    document.addEventListener('keydown', onEscape)
    return () => document.removeEventListener('keydown', onEscape)
  }, [onClose])
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') run(shown[active])
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, shown.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="hw-palette-input">
        <SearchOutlined aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
          aria-label={t('paletteLabel')}
          placeholder={t('palettePlaceholder')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKey}
        />
      </div>
      <div className="hw-palette-list" id={listId} role="listbox" ref={list} aria-label={t('paletteLabel')}>
        {shown.map((command, i) => (
          <PaletteRow
            key={command.id}
            id={`${listId}-${i}`}
            command={command}
            active={i === active}
            heading={shown[i - 1]?.group !== command.group}
            onPoint={() => setActive(i)}
            onRun={() => run(command)}
          />
        ))}
        {shown.length === 0 && <p className="hw-fine hw-palette-none">{t('paletteNone', { query })}</p>}
      </div>
      <p className="hw-fine hw-palette-help">{t('paletteHelp')}</p>
    </>
  )
}

type RowProps = {
  id: string
  command: Command
  active: boolean
  heading: boolean
  onPoint: () => void
  onRun: () => void
}

function PaletteRow({ id, command, active, heading, onPoint, onRun }: RowProps) {
  return (
    <>
      {heading && (
        <div className="hw-palette-group" role="presentation">
          {command.group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className="hw-palette-row"
        onClick={onRun}
        onMouseMove={onPoint}
      >
        <span className="hw-palette-icon" aria-hidden="true">
          {command.icon}
        </span>
        <span className="hw-palette-title">{command.title}</span>
        {command.hint && <span className="hw-fine">{command.hint}</span>}
      </div>
    </>
  )
}

function useSources(query: string, sources: CommandSource[]): Command[] {
  const [found, setFound] = useState<Command[]>([])
  useEffect(() => {
    const wanted = query.trim()
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const answers = wanted ? await Promise.allSettled(sources.map((ask) => ask(wanted, stop.signal))) : []
      if (!stop.signal.aborted) setFound(answers.flatMap((a) => (a.status === 'fulfilled' ? a.value : [])))
    }, 120)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query, sources])
  return query.trim() ? found : []
}
