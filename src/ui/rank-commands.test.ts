import { expect, test } from 'vitest'
import { rankCommands, readTyped } from './rank-commands.ts'

const signs = ['>', '@', '#']

test('a sign at the beginning narrows, also as a Chinese input method writes it', () => {
  expect(readTyped('wang fang ', signs)).toEqual({ text: 'wang fang' })
  expect(readTyped('@wang', signs)).toEqual({ scope: '@', text: 'wang' })
  expect(readTyped(' ＠ 王', signs)).toEqual({ scope: '@', text: '王' })
  expect(readTyped('》新建', signs)).toEqual({ scope: '>', text: '新建' })
  expect(readTyped('#', signs)).toEqual({ scope: '#', text: '' })
  expect(readTyped('a@b.cn', signs)).toEqual({ text: 'a@b.cn' })
  expect(readTyped('@x', ['>'])).toEqual({ text: '@x' })
})

test('every word must be there; a beginning wins over a mention; groups stay together', () => {
  const commands = [
    { title: 'Renew segment', group: 'do' },
    { title: 'Tags', keywords: 'new labels', group: 'go' },
    { title: 'Make new tag', group: 'do' },
    { title: 'Newest', group: 'go' },
    { title: 'New segment', keywords: '新建分群', group: 'do' },
  ]
  const names = (text: string) => {
    const { close, far } = rankCommands(commands, text)
    return [close, far].map((part) => part.map((one) => one.title))
  }
  expect(names('new')).toEqual([['Newest', 'Tags', 'New segment', 'Make new tag'], ['Renew segment']])
  expect(names('seg NEW')).toEqual([['Renew segment', 'New segment'], []])
  expect(names('分群')).toEqual([['New segment'], []])
  expect(names('nothing')).toEqual([[], []])
  expect(rankCommands(commands, ' ').close).toEqual(commands)
})
