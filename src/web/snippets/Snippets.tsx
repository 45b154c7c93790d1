import { Segmented } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { CodeBlock } from '#web/snippets/CodeBlock.tsx'
import { snippets } from '#web/snippets/snippet-texts.ts'
import { snippetWords } from '#web/snippets/snippet-words.ts'

/** Copy-and-paste code with the address and the key of this workspace filled in. */
export function Snippets({ writeKey, first = 'headwater-web' }: { writeKey: string; first?: string }) {
  const t = useWords(snippetWords)
  const [chosen, setChosen] = useState(first)
  const snippet = snippets.find((one) => one.id === chosen) ?? snippets[0]
  if (!snippet) return null
  const target = { origin: window.location.origin, writeKey }
  const install = typeof snippet.install === 'function' ? snippet.install(target) : snippet.install
  return (
    <div className="snippets">
      <Segmented
        size="small"
        aria-label={t('choose')}
        value={chosen}
        onChange={setChosen}
        options={snippets.map((one) => ({ value: one.id, label: one.title }))}
      />
      {install && <CodeBlock label={t('install')} code={install} />}
      <CodeBlock label={t('code')} code={snippet.code(target)} />
    </div>
  )
}
