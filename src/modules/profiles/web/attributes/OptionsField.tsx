import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { type AttributeOption, optionColors } from '../../attribute-shapes.ts'
import { attributeCatalogueWords } from './catalogue-words.ts'
import { OptionDot } from './OptionDot.tsx'

type Props = {
  examples: readonly string[]
  value?: AttributeOption[]
  onChange?: (options: AttributeOption[]) => void
}

/** The values of an enum with what each is called, in their order. */
export function OptionsField({ examples, value: options = [], onChange }: Props) {
  const t = useWords(attributeCatalogueWords)
  const set = (next: AttributeOption[]) => onChange?.(next)
  const change = (at: number, said: Partial<AttributeOption>) =>
    set(options.map((one, i) => (i === at ? { ...one, ...said } : one)))
  const move = (at: number, by: number) =>
    set(options.with(at, options[at + by]!).with(at + by, options[at]!))
  const missing = examples.filter((example) => !options.some((one) => one.value === example))
  const add = (...values: string[]) =>
    set([...options, ...values.map((value) => ({ value, zh: '', en: '', color: null }))])
  return (
    <div className="attr-options">
      {options.map((option, at) => (
        // Its place is all that tells an empty one from another.
        // biome-ignore lint/suspicious/noArrayIndexKey: an option has no other name while it is typed
        <div key={at} className="attr-option-row">
          <Input
            aria-label={t('optionValue')}
            placeholder={t('optionValue')}
            maxLength={200}
            value={option.value}
            onChange={(event) => change(at, { value: event.target.value })}
          />
          <Input
            aria-label={t('optionZh')}
            placeholder={t('optionZh')}
            maxLength={100}
            value={option.zh}
            onChange={(event) => change(at, { zh: event.target.value })}
          />
          <Input
            aria-label={t('optionEn')}
            placeholder={t('optionEn')}
            maxLength={100}
            value={option.en}
            onChange={(event) => change(at, { en: event.target.value })}
          />
          <ColorSelect color={option.color} onChange={(color) => change(at, { color })} />
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined aria-hidden="true" />}
            aria-label={t('moveUp', { value: option.value })}
            disabled={at === 0}
            onClick={() => move(at, -1)}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowDownOutlined aria-hidden="true" />}
            aria-label={t('moveDown', { value: option.value })}
            disabled={at === options.length - 1}
            onClick={() => move(at, 1)}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden="true" />}
            aria-label={t('removeOption', { value: option.value })}
            onClick={() => set(options.toSpliced(at, 1))}
          />
        </div>
      ))}
      <div className="hw-bar">
        <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={() => add('')}>
          {t('addOption')}
        </Button>
        {missing.length > 0 && (
          <Button size="small" type="link" onClick={() => add(...missing)}>
            {t('optionsFromValues')}
          </Button>
        )}
      </div>
    </div>
  )
}

function ColorSelect({
  color,
  onChange,
}: {
  color: AttributeOption['color']
  onChange: (color: AttributeOption['color']) => void
}) {
  const t = useWords(attributeCatalogueWords)
  const choices = ['' as const, ...optionColors].map((value) => ({
    value,
    title: value === '' ? t('noColor') : t(`color.${value}`),
    label: <OptionDot color={value || null} />,
    name: value === '' ? t('noColor') : t(`color.${value}`),
  }))
  return (
    <Select
      className="attr-color"
      aria-label={t('optionColor')}
      value={color ?? ''}
      options={choices}
      popupMatchSelectWidth={140}
      optionRender={(option) => (
        <span className="attr-color-choice">
          {option.data.label} {option.data.name}
        </span>
      )}
      onChange={(next) => onChange(optionColors.find((one) => one === next) ?? null)}
    />
  )
}
