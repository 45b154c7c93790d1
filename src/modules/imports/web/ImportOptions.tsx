import { Input, Select, Switch } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { ImportDraft } from './import-draft.ts'
import { importWords } from './import-words.ts'

type Props = { draft: ImportDraft; onChange: (draft: ImportDraft) => void }
const modes = ['both', 'create', 'update'] as const
const emptyKeys = ['fail', 'skip'] as const
const orders = ['auto', 'dmy', 'mdy'] as const

export function ImportOptions({ draft, onChange }: Props) {
  const t = useWords(importWords)
  const set = (change: Partial<ImportDraft>) => onChange({ ...draft, ...change })
  return (
    <section className="hw-panel" aria-label={t('options')}>
      <div className="hw-panel-head">
        <h2>{t('options')}</h2>
      </div>
      <div className="hw-panel-body import-options">
        {draft.kind === 'people' && (
          <>
            <div className="hw-field">
              <span>{t('tags')}</span>
              <Select
                mode="tags"
                open={false}
                suffixIcon={null}
                aria-label={t('tags')}
                placeholder={t('tagsHint')}
                tokenSeparators={[',', '，']}
                value={draft.tags}
                onChange={(tags: string[]) => set({ tags })}
              />
            </div>
            <Choice
              label={t('mode')}
              value={draft.mode}
              options={modes}
              word={(one) => t(`mode.${one}`)}
              onChange={(mode) => set({ mode })}
            />
          </>
        )}
        {draft.kind === 'events' && (
          <div className="hw-field">
            <span>{t('eventName')}</span>
            <Input
              aria-label={t('eventName')}
              value={draft.event}
              onChange={({ target }) => set({ event: target.value })}
            />
          </div>
        )}
        <Choice
          label={t('emptyKey')}
          value={draft.empty_key}
          options={emptyKeys}
          word={(one) => t(`emptyKey.${one}`)}
          onChange={(empty_key) => set({ empty_key })}
        />
        <Choice
          label={t('dateOrder')}
          value={draft.date_order}
          options={orders}
          word={(one) => t(`dateOrder.${one}`)}
          onChange={(date_order) => set({ date_order })}
        />
        <div className="import-switch">
          <Switch
            size="small"
            aria-label={t('placeholders')}
            checked={draft.placeholders === 'missing'}
            onChange={(missing) => set({ placeholders: missing ? 'missing' : 'keep' })}
          />
          <span>{t('placeholders')}</span>
        </div>
      </div>
    </section>
  )
}

type ChoiceProps<T extends string> = {
  label: string
  value: T
  options: readonly T[]
  word: (one: T) => string
  onChange: (one: T) => void
}

function Choice<T extends string>({ label, value, options, word, onChange }: ChoiceProps<T>) {
  return (
    <div className="hw-field">
      <span>{label}</span>
      <Select<T>
        aria-label={label}
        value={value}
        options={options.map((one) => ({ value: one, label: word(one) }))}
        onChange={onChange}
      />
    </div>
  )
}
