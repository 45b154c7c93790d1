import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { routes } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { CodeBlock } from '#web/snippets/CodeBlock.tsx'
import { useChange } from '#web/use-route.ts'
import { DepartmentField, RoleField } from './member-fields.tsx'
import { memberWords } from './member-words.ts'

type Values = { email: string; roleId: string; departmentId: string }

export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(memberWords)
  const [made, setMade] = useState<{ email: string; link: string }>()
  const invite = useChange(routes.invite, [routes.listInvitations])
  return (
    <>
      <FormDialog<Values>
        open={open}
        title={t('invite')}
        action={t('sendInvite')}
        initial={{ departmentId: '' }}
        onSubmit={async ({ departmentId, ...values }) =>
          setMade(await invite.mutateAsync({ body: { ...values, departmentId: departmentId || null } }))
        }
        onClose={onClose}
      >
        <Form.Item
          name="email"
          label={t('inviteEmail')}
          rules={[
            { required: true, message: t('emailMissing') },
            { type: 'email', message: t('emailBad') },
          ]}
        >
          <Input type="email" autoFocus autoComplete="off" />
        </Form.Item>
        <RoleField />
        <DepartmentField />
      </FormDialog>
      <Modal
        open={made !== undefined}
        title={t('linkTitle')}
        onCancel={() => setMade(undefined)}
        mask={{ closable: false }}
        footer={
          <Button type="primary" onClick={() => setMade(undefined)}>
            {t('linkDone')}
          </Button>
        }
        destroyOnHidden
      >
        <p style={{ marginBottom: 12 }}>{t('linkText', { email: made?.email })}</p>
        {/* The server knows its public address only where one is set; else the link is a path. */}
        <CodeBlock label={t('link')} code={made ? new URL(made.link, window.location.origin).href : ''} />
      </Modal>
    </>
  )
}
