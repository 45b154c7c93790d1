import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  PlusOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { mergeAttributes, Node } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { Button, Dropdown, Input, Popover } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { contentWords } from '../content-words.ts'
import { useValues } from '../editor/use-values.ts'
import { nameOf } from './LiquidText.tsx'
import { fromEditor, toEditor } from './liquid-html.ts'

/** A value of the person as one thing that is moved and deleted whole. */
const Chip = Node.create({
  name: 'liquid',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    source: { default: '', parseHTML: (element) => element.getAttribute('data-liquid') },
  }),
  parseHTML: () => [{ tag: 'span[data-liquid]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, {
      'data-liquid': node.attrs.source,
      class: 'content-chip',
      title: node.attrs.source,
    }),
    nameOf(String(node.attrs.source)),
  ],
})

type Props = { html: string; readOnly: boolean; onChange: (html: string) => void }

/** Paragraphs and lists with bold, italic, links and values; pasted text keeps these and loses the rest. */
export function RichText({ html, readOnly, onChange }: Props) {
  const t = useWords(contentWords)
  const values = useValues()
  const [address, setAddress] = useState<string>()
  const editor = useEditor({
    editable: !readOnly,
    content: toEditor(html),
    extensions: [
      StarterKit.configure({
        heading: false,
        codeBlock: false,
        code: false,
        blockquote: false,
        horizontalRule: false,
        strike: false,
        link: {
          openOnClick: false,
          protocols: ['mailto', 'tel'],
          HTMLAttributes: { target: null, rel: null },
        },
      }),
      Chip,
    ],
    editorProps: { attributes: { 'aria-label': t('text'), role: 'textbox', 'aria-multiline': 'true' } },
    onUpdate: ({ editor: changed }) => onChange(fromEditor(changed.getHTML())),
  })
  if (!editor) return null
  const setLink = () => {
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address) chain.setLink({ href: address }).run()
    else chain.unsetLink().run()
    setAddress(undefined)
  }
  const marks = [
    { word: t('bold'), icon: <BoldOutlined />, run: () => editor.chain().focus().toggleBold().run() },
    { word: t('italic'), icon: <ItalicOutlined />, run: () => editor.chain().focus().toggleItalic().run() },
    {
      word: t('list'),
      icon: <UnorderedListOutlined />,
      run: () => editor.chain().focus().toggleBulletList().run(),
    },
  ]
  return (
    <div className="content-rich">
      {!readOnly && (
        <div className="content-rich-bar">
          {marks.map(({ word, icon, run }) => (
            <Button key={word} size="small" icon={icon} aria-label={word} title={word} onClick={run} />
          ))}
          <Popover
            trigger="click"
            open={address !== undefined}
            onOpenChange={(open) =>
              setAddress(open ? String(editor.getAttributes('link').href ?? 'https://') : undefined)
            }
            content={
              <Input
                autoFocus
                aria-label={t('linkAddress')}
                value={address}
                onChange={({ target }) => setAddress(target.value)}
                onPressEnter={setLink}
              />
            }
          >
            <Button size="small" icon={<LinkOutlined />} aria-label={t('link')} title={t('link')} />
          </Popover>
          <Dropdown
            trigger={['click']}
            menu={{
              className: 'content-values',
              items: values.map(({ label, liquid }) => ({
                key: liquid,
                label,
                onClick: () =>
                  editor
                    .chain()
                    .focus()
                    .insertContent({ type: 'liquid', attrs: { source: liquid } })
                    .run(),
              })),
            }}
          >
            <Button size="small" icon={<PlusOutlined />}>
              {t('insertValue')}
            </Button>
          </Dropdown>
        </div>
      )}
      <EditorContent editor={editor} />
    </div>
  )
}
