import { defineWords } from '#ui/i18n.ts'

/** What lists of named things, and the dialogs that name them, have in common. */
export const listWords = defineWords('lists', {
  zh: {
    search: '搜索名称',
    mine: '我创建的',
    name: '名称',
    nameMissing: '请填写名称。',
    folder: '文件夹',
    folderHint: '可以新建，也可以留空。',
    allFolders: '全部文件夹',
    description: '说明',
    noneFound: '没有找到',
    noneFoundText: '换一个名称、文件夹，或去掉“我创建的”。',
  },
  en: {
    search: 'Find by name',
    mine: 'Made by me',
    name: 'Name',
    nameMissing: 'Give it a name.',
    folder: 'Folder',
    folderHint: 'A new one, or none.',
    allFolders: 'All folders',
    description: 'What it is for',
    noneFound: 'Nothing found',
    noneFoundText: 'Try another name or folder, or those of others too.',
  },
})
