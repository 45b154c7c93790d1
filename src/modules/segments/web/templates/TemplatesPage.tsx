import { Link } from '@tanstack/react-router'
import { Button, Select, Skeleton, Switch } from 'antd'
import { useState } from 'react'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { templatesRoute } from '../pages.tsx'
import { segmentWords } from '../segment-words.ts'
import { useRuleReading } from '../use-rule-reading.ts'
import { templateWords } from './template-words.ts'
import {
  type Filled,
  fillBlanks,
  isFilled,
  type Known,
  namesFor,
  type Template,
  templates,
} from './templates.ts'
import '../segments.css'

/** Ordinary rules to begin with, checked against what the workspace has. */
export function TemplatesPage() {
  return (
    <RuleCatalogueProvider>
      <Gallery />
    </RuleCatalogueProvider>
  )
}

function Gallery() {
  const t = useWords(templateWords)
  const s = useWords(segmentWords)
  const { fits } = templatesRoute.useSearch()
  const navigate = templatesRoute.useNavigate()
  const known = useKnown()
  const { loading } = useRuleCatalogue()
  const shown = fits ? templates.filter((one) => isFilled(one, fillBlanks(one, known))) : templates
  return (
    <div className="hw-page">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        above={<Link to="/segments">{s('back')}</Link>}
        actions={
          // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
          <label className="hw-bar">
            <Switch
              size="small"
              checked={fits === true}
              onChange={(on) => void navigate({ search: on ? { fits: true } : {}, replace: true })}
            />
            {t('onlyFits')}
          </label>
        }
      />
      {loading ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <>
          <p className="hw-fine" aria-live="polite">
            {t('count', { count: shown.length })}
          </p>
          <ul className="segment-templates">
            {shown.map((template) => (
              <TemplateCard key={template.id} template={template} known={known} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** What the pickers know; properties of the one event templates look into. */
function useKnown(): Known {
  const { events, attributes, useProperties } = useRuleCatalogue()
  const names = events.map((one) => one.name)
  const order = fillBlanks(templates.find((one) => one.id === 'repeat') as Template, {
    events: names,
    attributes: [],
    properties: () => [],
  }).order
  const properties = useProperties(order ?? '')
  return {
    events: names,
    attributes: attributes.map((one) => one.name),
    properties: (event) => (event === order ? properties.map((one) => one.path) : []),
  }
}

function TemplateCard({ template, known }: { template: Template; known: Known }) {
  const t = useWords(templateWords)
  const { text } = useRuleReading()
  const [chosen, setChosen] = useState<Filled>({})
  const filled = fillBlanks(template, known, chosen)
  const fits = isFilled(template, filled)
  const rule = template.rule(filled)
  const name = t(`${template.id}.name`)
  const missing = template.blanks.filter((blank) => filled[blank.key] === undefined)
  const open = template.blanks.filter(
    (blank) => filled[blank.key] === undefined || chosen[blank.key] !== undefined,
  )
  const navigate = templatesRoute.useNavigate()
  return (
    <li className="hw-panel segment-template">
      <div className="hw-bar">
        <h2>{name}</h2>
        <span className={`hw-pill${fits ? ' hw-pill-success' : ''}`}>
          {fits
            ? t('fits')
            : t('missing', {
                names: missing.map((blank) => t(`blank.${blank.key}` as 'blank.order')).join(' · '),
              })}
        </span>
      </div>
      <p>{t(`${template.id}.text`)}</p>
      {fits && <p className="hw-fine segment-reading">{text(rule)}</p>}
      {open.map((blank) => {
        const what = `${t(`blank.${blank.key}` as 'blank.order')} · ${t(`kind.${blank.kind}`)}`
        const names = namesFor(blank, known, filled)
        return (
          <Select
            key={blank.key}
            {...searchByLabel}
            size="small"
            className="segment-template-blank"
            aria-label={t('choose', { what })}
            placeholder={t('choose', { what })}
            value={filled[blank.key]}
            disabled={names.length === 0}
            options={names.map((value) => ({ value, label: value }))}
            onChange={(value: string) => setChosen((old) => ({ ...old, [blank.key]: value }))}
          />
        )
      })}
      <div className="segment-template-foot">
        <Button
          disabled={!fits}
          onClick={() =>
            void navigate({ to: '/segments/new', search: { rule: rule as Record<string, unknown>, name } })
          }
        >
          {t('use')}
        </Button>
      </div>
    </li>
  )
}
