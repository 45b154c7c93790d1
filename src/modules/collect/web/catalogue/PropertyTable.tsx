import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { CatalogueEntry } from '#modules/collect/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { catalogueWords } from './catalogue-words.ts'
import { NamePropertyDialog } from './NamePropertyDialog.tsx'
import { shareText } from './share-text.ts'

type Property = CatalogueEntry['properties'][number]

/** What an event carries: how often, as what, for example. */
export function PropertyTable({ entry }: { entry: CatalogueEntry }) {
  const t = useWords(catalogueWords)
  const { language } = useDisplay()
  const [named, setNamed] = useState<Property>()
  return (
    <section
      className="catalogue-properties"
      aria-label={t('properties')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
      tabIndex={0}
    >
      <table className="hw-table">
        <thead>
          <tr>
            <th scope="col">{t('path')}</th>
            <th scope="col">{t('types')}</th>
            <th scope="col" className="hw-right">
              {t('share')}
            </th>
            <th scope="col">{t('examples')}</th>
          </tr>
        </thead>
        <tbody>
          {entry.properties.map((property) => (
            <tr key={property.path}>
              <td>
                <PropertyName event={entry.name} property={property} onEdit={() => setNamed(property)} />
              </td>
              <td>
                <Types property={property} />
              </td>
              <td className="hw-right hw-number" title={exactNumber(property.count, language)}>
                {shareText(property.count, entry.sampled)}
              </td>
              <td className="catalogue-examples" title={property.examples.join('\n')}>
                {property.examples.join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <NamePropertyDialog event={entry.name} property={named} onClose={() => setNamed(undefined)} />
    </section>
  )
}

type NameProps = { event: string; property: Property; onEdit: () => void }

/** What it is called, above what it was sent as. */
function PropertyName({ event, property, onEdit }: NameProps) {
  const t = useWords(catalogueWords)
  const can = useCan()
  const { path, description } = property
  const title = useEventTitles().property(event, path)
  return (
    <div className="catalogue-property">
      <div>
        {title !== path && <div>{title}</div>}
        <code className={title === path ? 'hw-mono' : 'hw-mono hw-fine'}>{path}</code>
        {description && <div className="hw-fine">{description}</div>}
      </div>
      {can('event:write') && (
        <Button
          type="text"
          size="small"
          icon={<EditOutlined aria-hidden="true" />}
          aria-label={t('nameProperty', { path })}
          title={t('nameProperty', { path })}
          onClick={onEdit}
        />
      )}
    </div>
  )
}

function Types({ property }: { property: Property }) {
  const t = useWords(catalogueWords)
  const names = property.types.map(({ type, count }) =>
    property.types.length === 1
      ? t(`kind_${type}`)
      : `${t(`kind_${type}`)} ${shareText(count, property.count)}`,
  )
  return (
    <>
      {names.join(' · ')}{' '}
      {property.types.length > 1 && (
        <span className="hw-pill hw-pill-warning" title={t('mixedHint')}>
          {t('mixed')}
        </span>
      )}
    </>
  )
}
