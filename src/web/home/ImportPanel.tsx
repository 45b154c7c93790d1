import { Link } from '@tanstack/react-router'
import { routes } from '#modules/imports/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { useRoute } from '#web/use-route.ts'

/** The latest files, with what did not come in; gone while there are none. */
export function ImportPanel() {
  const t = useWords(homeWords)
  const imports = useRoute(routes.list, { query: { limit: 5 } }, { every: 15_000 })
  const items = imports.data?.items.filter((one) => !one.dry_run) ?? []
  if (items.length === 0) return null
  return (
    <section className="hw-panel" aria-label={t('imports')}>
      <div className="hw-panel-head">
        <h2>{t('imports')}</h2>
        <Link to="/imports">{t('importsAll')}</Link>
      </div>
      <ul className="home-list">
        {items.map((one) => (
          <li key={one.id}>
            <Link to="/imports/$id" params={{ id: one.id }} className="home-line">
              <span className="hw-clip home-line-name">{one.name}</span>
              <span>
                <NumberText value={one.created + one.updated} unit={t('rowsIn')} />
              </span>
              {one.failed > 0 && (
                <span className="hw-danger">
                  <NumberText value={one.failed} unit={t('rowsFailed')} />
                </span>
              )}
              <span className="hw-fine">
                <TimeText value={one.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
