import { defineWords, findWord, type Words } from '#ui/i18n.ts'

/** Traits of companies as the Segment spec names them, and the usual ones besides. */
export const companyAttributeWords = defineWords('company-attribute', {
  zh: {
    name: '名称',
    domain: '邮箱域名',
    website: '网站',
    industry: '行业',
    employees: '员工人数',
    plan: '套餐',
    phone: '电话',
    email: '邮箱',
    city: '城市',
    address: '地址',
    description: '简介',
    createdAt: '创建时间',
    seats: '席位数',
    contract_until: '合同到期',
    size: '规模',
  },
  en: {
    name: 'Name',
    domain: 'Mail domain',
    website: 'Website',
    industry: 'Industry',
    employees: 'Employees',
    plan: 'Plan',
    phone: 'Phone',
    email: 'Mail',
    city: 'City',
    address: 'Address',
    description: 'Description',
    createdAt: 'Created',
    seats: 'Seats',
    contract_until: 'Contract until',
    size: 'Size',
  },
})

/** What an attribute of a company is called on screen. */
export const companyAttributeTitle = (name: string): string =>
  findWord(companyAttributeWords as Words, name) ?? name
