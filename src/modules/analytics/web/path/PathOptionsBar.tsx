import { DownOutlined } from '@ant-design/icons'
import { Badge, Button, Popover, Select } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import type { PartProps } from '../kind-view.ts'
import { ItemPicker, pageEvent } from './ItemPicker.tsx'
import { PathMore } from './PathMore.tsx'
import { pathOptions, setPathOptions, shownEdges, shownSteps } from './path-options.ts'
import { pathWords } from './path-words.ts'
import './path.css'

const byEvent = 'event'
const propKey = (prop: string) => `prop:${prop}`

/** From where to where, made of what, how far; what is rarely changed stands behind one button. */
export function PathOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(pathWords)
  const options = pathOptions(state)
  const set = setPathOptions({ state, onChange })
  const properties = useRuleCatalogue().useProperties(pageEvent)
  const { by, count, gap, least, collapse, include, exclude, groups } = options
  const known = properties.some(({ path }) => path === by)
  const offered = [
    ...(by !== undefined && !known ? [{ path: by }] : []),
    ...properties.filter(({ type }) => type === 'text'),
  ].map((one) => ({
    value: propKey(one.path),
    label: t('by.prop', { prop: ('label' in one ? one.label : undefined) ?? one.path }),
  }))
  const changed = [count, gap, least, collapse, include?.length, exclude?.length, groups?.length]
  return (
    <>
      <Select
        aria-label={t('by')}
        value={by === undefined ? byEvent : propKey(by)}
        options={[
          { value: byEvent, label: t('by.event') },
          { label: t('ofPages'), options: offered },
        ]}
        // Names of events are no addresses: what named nodes of the other sort would find nothing.
        onChange={(next: string) =>
          set({
            ...{ by: next === byEvent ? undefined : next.slice(5), start: undefined, end: undefined },
            ...{ include: undefined, exclude: undefined, groups: undefined },
          })
        }
        popupMatchSelectWidth={false}
      />
      <ItemPicker
        label={t('start')}
        placeholder={t('startAny')}
        options={options}
        value={options.start}
        onChange={(start) => set({ start })}
      />
      <ItemPicker
        label={t('end')}
        placeholder={t('endAny')}
        options={options}
        value={options.end}
        onChange={(end) => set({ end })}
      />
      <Select
        aria-label={t('steps')}
        value={options.steps ?? shownSteps}
        options={[2, 3, 4, 5, 6, 7, 8, 10].map((value) => ({ value, label: t('stepsOf', { count: value }) }))}
        onChange={(steps) => set({ steps })}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('edges')}
        value={options.edges ?? shownEdges}
        options={[10, 20, 30, 50, 100].map((value) => ({ value, label: t('edgesOf', { count: value }) }))}
        onChange={(edges) => set({ edges })}
        popupMatchSelectWidth={false}
      />
      <Popover
        trigger="click"
        placement="bottomLeft"
        content={<PathMore state={state} onChange={onChange} />}
      >
        <Badge count={changed.filter(Boolean).length} size="small" color="var(--river)">
          <Button icon={<DownOutlined aria-hidden="true" />} iconPlacement="end">
            {t('more')}
          </Button>
        </Badge>
      </Popover>
    </>
  )
}
