import { defineWords } from '#ui/i18n.ts'

export const personTagsWords = defineWords('person-tags', {
  zh: {
    tags: '标签',
    add: '添加标签',
    placeholder: '选择或输入新标签，回车添加',
    remove: '去掉标签“{{tag}}”',
    removed: '已去掉标签“{{tag}}”',
    added: '已添加标签“{{tag}}”',
    none: '还没有标签',
    people: '{{count}} 人',
  },
  en: {
    tags: 'Tags',
    add: 'Add tag',
    placeholder: 'Choose or type a new tag, then Enter',
    remove: 'Remove tag “{{tag}}”',
    removed: 'Removed tag “{{tag}}”',
    added: 'Added tag “{{tag}}”',
    none: 'No tags yet',
    people: '{{count}} people',
    people_one: '{{count}} person',
  },
})
