import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { type Align, type Block, networks } from '../../design/design.ts'
import { networkMarks } from '../../design/write-mjml.ts'
import { contentWords } from '../content-words.ts'
import { ColourButton } from '../editor/ColourButton.tsx'
import { Labelled } from '../editor/Labelled.tsx'
import { LiquidInput } from '../editor/LiquidInput.tsx'
import { RichText } from './RichText.tsx'

type Props = { block: Block; readOnly: boolean; onChange: (block: Block) => void }
type Word =
  | 'label'
  | 'href'
  | 'src'
  | 'alt'
  | 'cardTitle'
  | 'cardText'
  | 'price'
  | 'couponCode'
  | 'couponNote'
  | 'text'
  | 'mjml'

/** What can be said of one block. */
export function BlockForm({ block, readOnly, onChange }: Props) {
  const t = useWords(contentWords)
  const put = (said: object) => onChange({ ...block, ...said } as Block)
  const line = (word: Word, key: string, rows?: number) => (
    <Labelled key={key} label={t(word)}>
      <LiquidInput
        label={t(word)}
        value={String((block as unknown as Record<string, unknown>)[key] ?? '')}
        readOnly={readOnly}
        {...(rows ? { rows } : {})}
        onChange={(value) => put({ [key]: value })}
      />
    </Labelled>
  )
  const number = (word: 'width' | 'height', value: number, max: number) => (
    <Labelled label={t(word)}>
      <InputNumber
        aria-label={t(word)}
        min={0}
        max={max}
        value={value}
        disabled={readOnly}
        onChange={(next) => put({ [word]: next ?? 0 })}
      />
    </Labelled>
  )
  const align = 'align' in block && (
    <Labelled label={t('align')}>
      <Segmented
        options={(['left', 'center', 'right'] as const).map((value) => ({
          value,
          label: t(`align_${value}`),
        }))}
        value={block.align}
        disabled={readOnly}
        onChange={(value: Align) => put({ align: value })}
      />
    </Labelled>
  )
  return (
    <div className="content-form">
      <h3>{t(`block_${block.kind}`)}</h3>
      {(block.kind === 'text' || block.kind === 'footer') && (
        <RichText html={block.html} readOnly={readOnly} onChange={(html) => put({ html })} />
      )}
      {block.kind === 'heading' && (
        <>
          {line('text', 'html', 2)}
          <Labelled label={t('level')}>
            <Segmented
              options={[1, 2, 3]}
              value={block.level}
              disabled={readOnly}
              onChange={(level) => put({ level })}
            />
          </Labelled>
        </>
      )}
      {block.kind === 'image' && [line('src', 'src'), line('alt', 'alt'), line('href', 'href')]}
      {block.kind === 'image' && number('width', block.width, 600)}
      {block.kind === 'spacer' && number('height', block.height, 200)}
      {block.kind === 'button' && [line('label', 'label'), line('href', 'href')]}
      {block.kind === 'button' && (
        <Labelled label={t('colour')}>
          <ColourButton
            label={t('colour')}
            value={block.colour || '#0B6BCB'}
            disabled={readOnly}
            onChange={(colour) => put({ colour })}
          />
        </Labelled>
      )}
      {block.kind === 'card' && [
        line('src', 'image'),
        line('cardTitle', 'title'),
        line('cardText', 'text', 2),
        line('price', 'price'),
        line('label', 'label'),
        line('href', 'href'),
      ]}
      {block.kind === 'coupon' && [
        line('cardTitle', 'title'),
        line('couponCode', 'code'),
        line('couponNote', 'note', 2),
      ]}
      {block.kind === 'code' && line('mjml', 'mjml', 8)}
      {block.kind === 'social' && <SocialRows block={block} readOnly={readOnly} put={put} />}
      {align}
    </div>
  )
}

type SocialProps = {
  block: Extract<Block, { kind: 'social' }>
  readOnly: boolean
  put: (said: object) => void
}
function SocialRows({ block: { items }, readOnly, put }: SocialProps) {
  const t = useWords(contentWords)
  return (
    <>
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be the same
        <div key={at} className="content-row">
          <Select
            aria-label={t('block_social')}
            value={item.network}
            disabled={readOnly}
            options={networks.map((value) => ({ value, label: networkMarks[value].mark }))}
            onChange={(network) => put({ items: items.with(at, { ...item, network }) })}
          />
          <Input
            aria-label={t('href')}
            value={item.href}
            readOnly={readOnly}
            onChange={({ target }) => put({ items: items.with(at, { ...item, href: target.value }) })}
          />
          <Button
            aria-label={t('remove')}
            disabled={readOnly}
            icon={<DeleteOutlined aria-hidden="true" />}
            onClick={() => put({ items: items.toSpliced(at, 1) })}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden="true" />}
        disabled={readOnly}
        onClick={() => put({ items: [...items, { network: 'web', href: 'https://' }] })}
      >
        {t('addItem')}
      </Button>
    </>
  )
}
