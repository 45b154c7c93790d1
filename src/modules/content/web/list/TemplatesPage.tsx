import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { channelKinds } from '#modules/content/web/channels.ts'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FilterSelect } from '#ui/FilterSelect.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { usePages } from '#web/use-route.ts'
import type { TemplateLine } from '../../contract/template.ts'
import { routes } from '../../contract.ts'
import { contentWords } from '../content-words.ts'
import { templatesRoute } from '../pages.tsx'
import { NewTemplateDialog } from './NewTemplateDialog.tsx'
import { StatePill } from './StatePill.tsx'
import '../content.css'

/** Everything messages can say; what is narrowed stands in the address. */
export function TemplatesPage() {
  const t = useWords(contentWords)
  const can = useCan()
  const search = templatesRoute.useSearch()
  const navigate = templatesRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const source = usePages(
    routes.list,
    {
      query: {
        limit: 100,
        ...(search.q ? { search: search.q } : {}),
        ...(search.channel ? { channel: search.channel } : {}),
        ...(search.folder ? { folder: search.folder } : {}),
        ...(search.archived ? { archived: 'true' } : {}),
      },
    },
    { keep: true },
  )
  const isNarrowed = Boolean(search.q || search.channel || search.folder || search.archived)
  const folders = [...new Set(source.rows.map(({ folder }) => folder).filter(Boolean))].sort()
  const add = can('content:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => set({ new: true })}>
      {t('newTemplate')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      <div className="hw-bar">
        <SearchBox value={search.q} label={t('search')} onSearch={(q) => set({ q: q || undefined })} />
        <FilterSelect
          label={t('channel')}
          value={search.channel}
          all={t('allChannels')}
          choices={channelKinds.map((value) => ({ value, label: t(`channel_${value}`) }))}
          onChange={(channel) => set({ channel })}
        />
        {(folders.length > 0 || search.folder) && (
          <FilterSelect
            label={t('folder')}
            value={search.folder}
            all={t('allFolders')}
            choices={[...new Set([...folders, ...(search.folder ? [search.folder] : [])])].map((value) => ({
              value,
              label: value,
            }))}
            onChange={(folder) => set({ folder })}
          />
        )}
        <Checkbox
          checked={search.archived === true}
          onChange={({ target }) => set({ archived: target.checked || undefined })}
        >
          {t('archivedOnly')}
        </Checkbox>
      </div>
      <QueryTable
        label={t('title')}
        source={source}
        columns={useColumns()}
        rowKey={({ id }) => id}
        rowHeight={56}
        onOpen={({ id }) => void navigate({ to: '/templates/$id', params: { id } })}
        card={(one) => <TemplateCard template={one} />}
        empty={
          isNarrowed ? (
            <EmptyState title={t('noneFound')} text={t('noneFoundText')} />
          ) : (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add || undefined} />
          )
        }
      />
      {search.new && (
        <NewTemplateDialog
          onClose={() => set({ new: undefined })}
          onMade={(id) => void navigate({ to: '/templates/$id', params: { id } })}
        />
      )}
    </div>
  )
}

function useColumns(): Column<TemplateLine>[] {
  const t = useWords(contentWords)
  const { language } = useDisplay()
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return [
    {
      id: 'name',
      title: t('name'),
      cell: ({ name, headline }) => (
        <div className="content-name">
          <strong title={name}>{name}</strong>
          <span className="hw-fine hw-clip">{headline}</span>
        </div>
      ),
    },
    { id: 'channel', title: t('channel'), width: 140, cell: ({ channel }) => t(`channel_${channel}`) },
    {
      id: 'languages',
      title: t('languages'),
      width: 170,
      cell: ({ languages }) => languages.map((one) => names.of(one) ?? one).join(' · '),
    },
    { id: 'folder', title: t('folder'), width: 130, cell: ({ folder }) => folder || '–' },
    { id: 'state', title: t('state'), width: 130, cell: (one) => <StatePill template={one} /> },
    {
      id: 'updated',
      title: t('updated'),
      width: 130,
      cell: ({ updatedAt }) => <TimeText value={updatedAt} />,
    },
  ]
}

function TemplateCard({ template }: { template: TemplateLine }) {
  const t = useWords(contentWords)
  return (
    <>
      <div className="content-card-top">
        <strong className="hw-clip">{template.name}</strong>
        <StatePill template={template} />
      </div>
      <div className="hw-muted hw-clip">
        {t(`channel_${template.channel}`)} · {template.headline}
      </div>
    </>
  )
}
