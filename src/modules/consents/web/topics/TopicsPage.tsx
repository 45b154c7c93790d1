import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Topic } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'
import { TopicDialog } from './TopicDialog.tsx'
import '../consents.css'

/** What people may choose one by one, in the order of the preference page. */
export function TopicsPage() {
  const t = useWords(consentWords)
  const may = useCan()('setting:write')
  const [edited, setEdited] = useState<Topic | 'new'>()
  const list = useRoute(routes.listTopics, {})
  const items = list.data?.items ?? []
  return (
    <div className="hw-page">
      <PageHeader
        title={t('topicsTitle')}
        purpose={t('topicsPurpose')}
        actions={
          may && (
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden="true" />}
              onClick={() => setEdited('new')}
            >
              {t('newTopic')}
            </Button>
          )
        }
      />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
      {items.length > 0 && (
        <ul className="hw-panel topic-rows" aria-label={t('topicsTitle')}>
          {items.map((topic, at) => (
            <TopicRow
              key={topic.key}
              topic={topic}
              place={at}
              last={items.filter((one) => one.archivedAt === null).length - 1}
              onEdit={() => setEdited(topic)}
            />
          ))}
        </ul>
      )}
      <TopicDialog topic={edited} onClose={() => setEdited(undefined)} />
    </div>
  )
}

type RowProps = { topic: Topic; place: number; last: number; onEdit: () => void }

function TopicRow({ topic, place, last, onEdit }: RowProps) {
  const t = useWords(consentWords)
  const { language } = useDisplay()
  const toast = useToast()
  const may = useCan()('setting:write')
  const change = useChange(routes.changeTopic, [routes.listTopics])
  const put = (body: { place: number } | { archived: boolean }) =>
    change.mutateAsync({ params: { key: topic.key }, body })
  const move = (by: number) => void put({ place: place + by }).catch(toast.failed)
  const archive = async () => {
    try {
      await put({ archived: true })
      toast.undo(t('archivedDone', { name: topic.name[language] }), () => put({ archived: false }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const isArchived = topic.archivedAt !== null
  return (
    <li>
      <div className="topic-text">
        <strong>{topic.name[language]}</strong>{' '}
        <span className={`hw-pill ${topic.class === 'marketing' ? 'hw-pill-river' : ''}`}>
          {t(`class.${topic.class}`)}
        </span>{' '}
        {isArchived && <span className="hw-pill">{t('archived')}</span>}
        <p className="hw-fine">{topic.description[language]}</p>
        <p className="hw-fine">
          <code>{topic.key}</code> · {t(`classHint.${topic.class}`)}
        </p>
      </div>
      {may && !isArchived && (
        <>
          <Button
            type="text"
            icon={<ArrowUpOutlined aria-hidden="true" />}
            aria-label={`${t('moveUp')} ${topic.name[language]}`}
            disabled={place === 0}
            onClick={() => move(-1)}
          />
          <Button
            type="text"
            icon={<ArrowDownOutlined aria-hidden="true" />}
            aria-label={`${t('moveDown')} ${topic.name[language]}`}
            disabled={place >= last}
            onClick={() => move(1)}
          />
          <Button onClick={onEdit}>{t('edit')}</Button>
          <Button onClick={() => void archive()}>{t('archive')}</Button>
        </>
      )}
      {may && isArchived && (
        <Button onClick={() => void put({ archived: false }).catch(toast.failed)}>{t('restore')}</Button>
      )}
    </li>
  )
}
