import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Popconfirm } from 'antd'
import { CopyText } from '#ui/CopyText.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { type TrackedLink, utmParts } from '../../contract/link.ts'
import { routes } from '../../contract.ts'
import { linksRoute } from '../pages.tsx'
import { linkWords } from './link-words.ts'

/** Links that stand alone, their visits and their QR codes. */
export function LinksPage() {
  const t = useWords(linkWords)
  const toast = useToast()
  const can = useCan()
  const search = linksRoute.useSearch()
  const navigate = linksRoute.useNavigate()
  const setNew = (open: boolean) => void navigate({ search: open ? { new: true } : {}, replace: true })
  const source = usePages(routes.listLinks, { query: { limit: 100 } }, { every: 30_000 })
  const remove = useChange(routes.removeLink, [routes.listLinks])
  const add = can('content:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setNew(true)}>
      {t('newLink')}
    </Button>
  )
  const end = ({ id, name }: TrackedLink) =>
    remove.mutateAsync({ params: { id } }).then(() => toast.done(t('ended', { name })), toast.failed)
  const columns: Column<TrackedLink>[] = [
    { id: 'name', title: t('name'), cell: ({ name }) => <strong>{name}</strong> },
    { id: 'address', title: t('address'), cell: ({ address }) => <CopyText text={address} /> },
    {
      id: 'target',
      title: t('target'),
      cell: ({ leadsTo }) => (
        <span className="hw-clip" title={leadsTo}>
          {leadsTo}
        </span>
      ),
    },
    {
      id: 'visits',
      title: t('visits'),
      width: 100,
      align: 'right',
      cell: ({ visits }) => <NumberText value={visits} />,
    },
    {
      id: 'acts',
      title: t('qr'),
      width: 180,
      cell: (link) => (
        <>
          <a href={`/api/tracked-links/${link.id}/qr.svg`} download={`${link.name}.svg`}>
            {t('qr')}
          </a>
          {can('content:write') && (
            <Popconfirm
              title={t('endTitle')}
              okText={t('end')}
              cancelText={t('cancel')}
              onConfirm={() => end(link)}
            >
              <Button type="link" danger>
                {t('end')}
              </Button>
            </Popconfirm>
          )}
        </>
      ),
    },
  ]
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      <QueryTable
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={({ id }) => id}
        card={({ name, address, visits }) => (
          <>
            <strong>{name}</strong>
            <div className="hw-muted">
              {address} · {t('visits')} <NumberText value={visits} />
            </div>
          </>
        )}
        empty={<EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add || undefined} />}
      />
      {search.new && <NewLinkDialog onClose={() => setNew(false)} />}
    </div>
  )
}

type Fields = { name: string; target: string } & Partial<Record<(typeof utmParts)[number], string>>

function NewLinkDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(linkWords)
  const toast = useToast()
  const [form] = Form.useForm<Fields>()
  const create = useChange(routes.createLink, [routes.listLinks])
  const save = ({ name, target, ...given }: Fields) => {
    const utm = Object.fromEntries(utmParts.map((part) => [part, given[part] ?? '']))
    void create.mutateAsync({ body: { name, target, utm } }).then(onClose, toast.failed)
  }
  return (
    <Modal
      open
      title={t('newLink')}
      okText={t('make')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      onOk={() => void form.validateFields().then(save, () => undefined)}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false}>
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, whitespace: true, message: t('nameNeeded') }]}
        >
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item
          name="target"
          label={t('target')}
          rules={[{ required: true, pattern: /^https?:\/\/\S+$/i, message: t('targetNeeded') }]}
        >
          <Input />
        </Form.Item>
        {utmParts.map((part) => (
          <Form.Item key={part} name={part} label={t(part)}>
            <Input maxLength={120} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  )
}
