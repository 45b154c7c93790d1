import { Collapse, Skeleton } from 'antd'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { useRoute } from '#web/use-route.ts'
import { type Catalogue, routes } from '../contract.ts'
import { propertyText } from './completions.ts'
import { sqlWords } from './sql-words.ts'

/** What queries are made of: a click writes a name into the editor. */
export function CatalogueSide({ onInsert }: { onInsert: (text: string) => void }) {
  const t = useWords(sqlWords)
  const [given, setSearch] = useState('')
  const search = useDeferredValue(given.trim().toLowerCase())
  const asked = useRoute(routes.catalogue, {}, { staleTime: 300_000 })
  if (asked.error) return <ErrorState compact error={asked.error} retry={() => void asked.refetch()} />
  if (!asked.data) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <>
      <SearchBox value={given} label={t('searchViews')} onSearch={setSearch} />
      <Parts catalogue={asked.data} search={search} onInsert={onInsert} />
      {asked.data.masked && <p className="hw-fine">{t('masked')}</p>}
    </>
  )
}

type PartsProps = { catalogue: Catalogue; search: string; onInsert: (text: string) => void }

function Parts({ catalogue, search, onInsert }: PartsProps) {
  const t = useWords(sqlWords)
  const fits = (name: string) => search === '' || name.toLowerCase().includes(search)
  const views = catalogue.views
    .map((view) => {
      const isNamed = fits(view.name)
      const [root = ''] = view.roots
      return {
        ...view,
        root,
        columns: view.columns.filter(({ name }) => isNamed || fits(name)),
        properties: view.properties.filter((name) => (isNamed && search === '') || fits(name)).slice(0, 200),
        isNamed,
      }
    })
    .filter(({ isNamed, columns, properties }) => isNamed || columns.length + properties.length > 0)
  const functions = Object.values(catalogue.functions).flat().filter(fits)
  if (views.length + functions.length === 0) return <p className="hw-muted">{t('nothingFound')}</p>
  const panels: { key: string; label: ReactNode; children: ReactNode }[] = views.map((view) => ({
    key: view.name,
    label: <code title={view.description}>{view.name}</code>,
    children: (
      <>
        <p className="hw-fine sql-about">{view.description}</p>
        <Names
          items={[
            { name: view.name, text: view.name, detail: '', about: view.description },
            ...view.columns.map(({ name, type, description }) => ({
              name,
              text: name,
              detail: type,
              about: description,
            })),
          ]}
          onInsert={onInsert}
        />
        {view.properties.length > 0 && (
          <>
            <h3 className="sql-side-head">{t('properties')}</h3>
            <Names
              items={view.properties.map((name) => ({
                name: propertyText(view.root, name),
                text: propertyText(view.root, name),
                detail: '',
                about: name,
              }))}
              onInsert={onInsert}
            />
          </>
        )}
      </>
    ),
  }))
  panels.push({
    key: '$functions',
    label: t('functions'),
    children: (
      <Names
        items={functions.slice(0, 400).map((name) => ({ name, text: `${name}(`, detail: '', about: name }))}
        onInsert={onInsert}
      />
    ),
  })
  return (
    <Collapse
      ghost
      size="small"
      className="sql-views"
      items={panels}
      {...(search === '' ? {} : { activeKey: panels.map(({ key }) => key) })}
      {...(search === '' ? { key: 'own', defaultActiveKey: ['events'] } : { key: 'found' })}
    />
  )
}

type Name = { name: string; text: string; detail: string; about: string }

function Names({ items, onInsert }: { items: Name[]; onInsert: (text: string) => void }) {
  return (
    <ul className="sql-names">
      {items.map(({ name, text, detail, about }) => (
        <li key={name}>
          <button type="button" title={about} onClick={() => onInsert(text)}>
            <code>{name}</code>
            {detail !== '' && <span className="hw-fine">{detail}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
