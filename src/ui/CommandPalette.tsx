import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { Keys } from '#ui/Keys.tsx'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { rankCommands, readTyped } from '#ui/rank-commands.ts'
import { uiWords } from '#ui/ui-words.ts'
import { type CommandSource, useSources } from '#ui/use-sources.ts'

export type Command = {
  id: string
  group: string
  title: string
  hint?: string
  /** Found by these words too: the title in the other language, what else people call it. */
  keywords?: string
  /** Sign of the scope it belongs to. */
  scope?: string
  /** Shortcut that does the same. */
  keys?: string | undefined
  icon?: ReactNode
  run: () => void
}
/** One sign at the beginning narrows the search: `>` actions, `@` people. */
export type CommandScope = { sign: string; label: string }

type Props = {
  open: boolean
  onClose: () => void
  commands: Command[]
  sources: CommandSource[]
  scopes: CommandScope[]
  /** Shown before anything is typed. */
  recent: Command[]
}

/** ⌘K: pages and actions at once, records as the sources answer. */
export function CommandPalette(props: Props) {
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={640}
      className="hw-palette"
      style={{ top: 96 }}
    >
      <PaletteBody {...props} />
    </Modal>
  )
}

const shownBefore = 14
const shownOwn = 6

function PaletteBody({ onClose, commands, sources, scopes, recent }: Props) {
  const t = useWords(uiWords)
  const problem = useWords(problemWords)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const { scope, text } = readTyped(
    typed,
    scopes.map((one) => one.sign),
  )
  const found = useSources(text, scope, sources)
  const own = rankCommands(
    commands.filter((command) => !scope || command.scope === scope),
    text,
  )
  const shown =
    text === '' && !scope
      ? [...recent, ...own.close].slice(0, shownBefore)
      : [...own.close.slice(0, scope ? 20 : shownOwn), ...found.commands, ...own.far.slice(0, shownOwn)]
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
  const type = (next: string) => {
    setTyped(next)
    setActive(0)
  }
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const last = shown.length - 1
    if (event.key === 'Enter') run(shown[active])
    else if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1)
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? Math.max(last, 0) : active - 1)
    else if (event.key === 'PageDown') setActive(Math.max(0, Math.min(active + 8, last)))
    else if (event.key === 'PageUp') setActive(Math.max(active - 8, 0))
    else if (event.key === 'Backspace' && scope && text === '') type('')
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="hw-palette-input">
        <SearchOutlined aria-hidden="true" />
        <input
          ref={input}
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
          aria-label={t('paletteLabel')}
          placeholder={t('palettePlaceholder')}
          value={typed}
          onChange={(event) => type(event.target.value)}
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
      </div>
      <p className="hw-fine hw-palette-state" role="status">
        {shown.length === 0 &&
          text !== '' &&
          (found.busy ? t('paletteBusy') : t('paletteNone', { query: text }))}
        {shown.length === 0 && text === '' && scope && t('paletteType')}
        {found.failed && ` ${isLimit(found.fault) ? problemText(found.fault, problem) : t('paletteFailed')}`}
      </p>
      <div className="hw-palette-help">
        {scopes.map((one) => (
          <button
            key={one.sign}
            type="button"
            className="hw-palette-scope"
            aria-pressed={scope === one.sign}
            onClick={() => {
              type(scope === one.sign ? text : one.sign + text)
              input.current?.focus()
            }}
          >
            <kbd>{one.sign}</kbd> {one.label}
          </button>
        ))}
        <span className="hw-fine hw-palette-keys">{t('paletteHelp')}</span>
      </div>
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
        {command.hint && <span className="hw-fine hw-palette-hint">{command.hint}</span>}
        {command.keys && <Keys keys={command.keys} />}
      </div>
    </>
  )
}

/** Trying again is no help, then; the sentence says what is. */
const isLimit = (fault: unknown): boolean => fault instanceof Problem && fault.status === 429
