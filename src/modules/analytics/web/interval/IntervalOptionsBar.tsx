import { DownOutlined } from '@ant-design/icons'
import { Badge, Button, InputNumber, Popover, Select } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import { type WindowUnit, windowUnits } from '../../contract/funnel.ts'
import { pairings } from '../../contract/interval.ts'
import type { PartProps } from '../kind-view.ts'
import { intervalOptions, setIntervalOptions } from './interval-options.ts'
import { intervalWords } from './interval-words.ts'

/** How pairs are found; what is rarely changed stands behind one button. */
export function IntervalOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(intervalWords)
  const options = intervalOptions(state)
  const set = setIntervalOptions({ state, onChange })
  const changed = [options.most, options.hold, options.gap].filter(Boolean).length
  return (
    <>
      <Select
        aria-label={t('pairing')}
        value={options.pairing ?? 'nearest'}
        options={pairings.map((value) => ({ value, label: t(`pairing.${value}`) }))}
        onChange={(pairing) => set({ pairing: pairing === 'nearest' ? undefined : pairing })}
        popupMatchSelectWidth={false}
      />
      <Popover trigger="click" placement="bottomLeft" content={<More state={state} onChange={onChange} />}>
        <Badge count={changed} size="small" color="var(--river)">
          <Button icon={<DownOutlined aria-hidden="true" />} iconPlacement="end">
            {t('more')}
          </Button>
        </Badge>
      </Popover>
    </>
  )
}

function More({ state, onChange }: PartProps) {
  const t = useWords(intervalWords)
  const { most, hold, gap } = intervalOptions(state)
  const set = setIntervalOptions({ state, onChange })
  const first = state.events?.find(({ event }) => event)?.event ?? ''
  const properties = useRuleCatalogue().useProperties(first)
  return (
    <div className="interval-more">
      <div className="interval-field">
        <span aria-hidden="true">{t('most')}</span>
        <span className="hw-bar">
          <InputNumber
            aria-label={t('mostValue')}
            min={1}
            max={1_000_000}
            precision={0}
            placeholder={t('mostNone')}
            value={most?.value ?? null}
            onChange={(value) => set({ most: value ? { value, unit: most?.unit ?? 'day' } : undefined })}
          />
          <Select<WindowUnit>
            aria-label={t('mostUnit')}
            disabled={!most}
            value={most?.unit ?? 'day'}
            options={(Object.keys(windowUnits) as WindowUnit[]).map((value) => ({
              value,
              label: t(`unit.${value}`),
            }))}
            onChange={(unit) => most && set({ most: { ...most, unit } })}
            popupMatchSelectWidth={false}
          />
        </span>
      </div>
      <div className="interval-field">
        <span aria-hidden="true">{t('hold')}</span>
        <Select
          aria-label={t('hold')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('holdNone')}
          value={hold ?? null}
          options={properties.map(({ path, label }) => ({ value: path, label: label ?? path }))}
          onChange={(next) => set({ hold: next ?? undefined })}
        />
      </div>
      <div className="interval-field">
        <span aria-hidden="true">{t('visit')}</span>
        <Select
          aria-label={t('visit')}
          value={gap ?? 0}
          options={[0, 10, 30, 60, 240].map((value) => ({
            value,
            label: value === 0 ? t('visitNone') : t('visitOf', { count: value }),
          }))}
          onChange={(next) => set({ gap: next === 0 ? undefined : next })}
        />
      </div>
    </div>
  )
}
