import { DownOutlined } from '@ant-design/icons'
import { Badge, Button, InputNumber, Popover, Select } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import { funnelOrders, type WindowUnit, windowUnits } from '../../contract/funnel.ts'
import type { PartProps } from '../kind-view.ts'
import { ExclusionLines } from './ExclusionLines.tsx'
import { type FunnelOptions, funnelOptions, setOptions } from './funnel-options.ts'
import { funnelWords } from './funnel-words.ts'

const defaultWindow = { value: 14, unit: 'day' as const }

/** How long, in which order, counted how; what is rarely changed stands behind one button. */
export function FunnelOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(funnelWords)
  const options = funnelOptions(state)
  const set = setOptions({ state, onChange })
  const window = options.window ?? defaultWindow
  const changed = [options.exclusions?.length, options.hold, options.start === 'first', options.attribution]
  return (
    <>
      <span className="hw-bar funnel-window">
        <span className="hw-fine">{t('window')}</span>
        <InputNumber
          aria-label={t('windowValue')}
          min={1}
          max={1_000_000}
          precision={0}
          value={window.value}
          onChange={(value) => value && set({ window: { ...window, value } })}
        />
        <Select<WindowUnit>
          aria-label={t('windowUnit')}
          value={window.unit}
          options={(Object.keys(windowUnits) as WindowUnit[]).map((value) => ({
            value,
            label: t(`unit.${value}`),
          }))}
          onChange={(unit) => set({ window: { ...window, unit } })}
          popupMatchSelectWidth={false}
        />
      </span>
      <Select
        aria-label={t('order')}
        value={options.order ?? 'ordered'}
        options={funnelOrders.map((value) => ({ value, label: t(`order.${value}`) }))}
        onChange={(order) => set({ order })}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('count')}
        value={options.count ?? 'people'}
        options={(['people', 'sessions'] as const).map((value) => ({ value, label: t(`count.${value}`) }))}
        onChange={(count) => set({ count })}
        popupMatchSelectWidth={false}
      />
      {options.count === 'sessions' && (
        <InputNumber
          aria-label={t('gap')}
          min={1}
          max={10_080}
          precision={0}
          prefix={t('gapBefore')}
          suffix={t('gapAfter')}
          className="funnel-gap"
          value={options.gap ?? 30}
          onChange={(gap) => set({ gap: gap ?? undefined })}
        />
      )}
      <Popover trigger="click" placement="bottomLeft" content={<More state={state} onChange={onChange} />}>
        <Badge count={changed.filter(Boolean).length} size="small" color="var(--river)">
          <Button icon={<DownOutlined aria-hidden="true" />} iconPlacement="end">
            {t('more')}
          </Button>
        </Badge>
      </Popover>
    </>
  )
}

function More({ state, onChange }: PartProps) {
  const t = useWords(funnelWords)
  const options = funnelOptions(state)
  const set = setOptions({ state, onChange })
  const first = state.events?.find(({ event }) => event)?.event ?? ''
  const properties = useRuleCatalogue().useProperties(first)
  const steps = Math.max(2, state.events?.length ?? 0)
  return (
    <div className="funnel-more">
      <ExclusionLines
        steps={steps}
        order={options.order ?? 'ordered'}
        value={options.exclusions ?? []}
        onChange={(exclusions) => set({ exclusions: exclusions.length > 0 ? exclusions : undefined })}
      />
      <div className="funnel-field">
        <span aria-hidden="true">{t('hold')}</span>
        <Select
          aria-label={t('hold')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('holdNone')}
          value={options.hold ?? null}
          options={properties.map(({ path, label }) => ({ value: path, label: label ?? path }))}
          onChange={(hold) => set({ hold: hold ?? undefined })}
        />
      </div>
      <div className="funnel-field">
        <span aria-hidden="true">{t('start')}</span>
        <Select
          aria-label={t('start')}
          value={options.start ?? 'latest'}
          options={(['latest', 'first'] as const).map((value) => ({ value, label: t(`start.${value}`) }))}
          onChange={(start) => set({ start })}
        />
      </div>
      <div className="funnel-field">
        <span aria-hidden="true">{t('attribution')}</span>
        <Select
          aria-label={t('attribution')}
          value={attributionKey(options.attribution)}
          options={[
            { value: 'first', label: t('attribution.first') },
            { value: 'last', label: t('attribution.last') },
            ...Array.from({ length: steps }, (_, at) => ({
              value: String(at + 1),
              label: t('attribution.step', { step: at + 1 }),
            })),
          ]}
          onChange={(key) => set({ attribution: attributionOf(key) })}
        />
      </div>
    </div>
  )
}

const attributionKey = (attribution: FunnelOptions['attribution']): string =>
  typeof attribution === 'object' ? String(attribution.step) : (attribution ?? 'first')

function attributionOf(key: string): FunnelOptions['attribution'] {
  if (key === 'first') return undefined
  return key === 'last' ? key : { step: Number(key) }
}
