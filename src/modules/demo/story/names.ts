import { item, pick, type Random, weighted } from './random.ts'

// Surname, its pinyin, and how common it is (per cent of the population, rounded).
const surnames: readonly [string, string, number][] = [
  ['王', 'wang', 7.2],
  ['李', 'li', 7],
  ['张', 'zhang', 6.7],
  ['刘', 'liu', 5.1],
  ['陈', 'chen', 4.6],
  ['杨', 'yang', 3.2],
  ['赵', 'zhao', 2.1],
  ['黄', 'huang', 2.3],
  ['周', 'zhou', 2],
  ['吴', 'wu', 2],
  ['徐', 'xu', 1.6],
  ['孙', 'sun', 1.5],
  ['胡', 'hu', 1.3],
  ['朱', 'zhu', 1.3],
  ['高', 'gao', 1.2],
  ['林', 'lin', 1.2],
  ['何', 'he', 1.1],
  ['郭', 'guo', 1.1],
  ['马', 'ma', 1.1],
  ['罗', 'luo', 1],
  ['梁', 'liang', 0.9],
  ['宋', 'song', 0.8],
  ['郑', 'zheng', 0.8],
  ['谢', 'xie', 0.7],
  ['韩', 'han', 0.7],
  ['唐', 'tang', 0.7],
  ['冯', 'feng', 0.6],
  ['于', 'yu', 0.6],
  ['欧阳', 'ouyang', 0.1],
  ['诸葛', 'zhuge', 0.02],
]
const surnameShares = surnames.map((row) => row[2])

const girls: readonly [string, string][] = [
  ['欣怡', 'xinyi'],
  ['雨桐', 'yutong'],
  ['梓涵', 'zihan'],
  ['诗涵', 'shihan'],
  ['思琪', 'siqi'],
  ['静怡', 'jingyi'],
  ['佳怡', 'jiayi'],
  ['可馨', 'kexin'],
  ['语嫣', 'yuyan'],
  ['若曦', 'ruoxi'],
  ['婉清', 'wanqing'],
  ['梦瑶', 'mengyao'],
  ['晓燕', 'xiaoyan'],
  ['丽', 'li'],
  ['芳', 'fang'],
  ['敏', 'min'],
  ['婷婷', 'tingting'],
  ['雪', 'xue'],
  ['艺菲', 'yifei'],
  ['安然', 'anran'],
]
const boys: readonly [string, string][] = [
  ['浩然', 'haoran'],
  ['子轩', 'zixuan'],
  ['宇轩', 'yuxuan'],
  ['俊杰', 'junjie'],
  ['梓豪', 'zihao'],
  ['一诺', 'yinuo'],
  ['天佑', 'tianyou'],
  ['明轩', 'mingxuan'],
  ['思远', 'siyuan'],
  ['睿', 'rui'],
  ['晨曦', 'chenxi'],
  ['志强', 'zhiqiang'],
  ['建国', 'jianguo'],
  ['伟', 'wei'],
  ['磊', 'lei'],
  ['鹏', 'peng'],
  ['宇航', 'yuhang'],
  ['嘉懿', 'jiayi'],
  ['博文', 'bowen'],
  ['乐', 'le'],
]
const english: Readonly<Record<Gender, readonly string[]>> = {
  female: ['Olivia', 'Emily', 'Grace', 'Chloe', 'Sophie', 'Mia', 'Hannah'],
  male: ['Oliver', 'Jack', 'Ethan', 'Lucas', 'Henry', 'Noah', 'Ryan'],
}
const englishSurnames = [
  'Smith',
  'Brown',
  'Wilson',
  'Taylor',
  'Martin',
  "O'Neill",
  'Clark',
  'Lee',
  'Müller',
  'García',
]

export type Gender = 'female' | 'male'
export type Name = { full: string; latin: string; surname: string }

/** A Chinese name with its pinyin; one in twenty-five is an English one. */
export function nameOf(r: Random, gender: Gender, surname?: string): Name {
  const family = surnames.find((row) => row[0] === surname) ?? item(surnames, weighted(r, surnameShares))
  const isForeign = surname ? family[0] !== surname : weighted(r, [24, 1]) === 1
  if (isForeign) return englishName(r, gender, surname)
  const given = pick(r, gender === 'female' ? girls : boys)
  return { full: family[0] + given[0], latin: `${given[1]}.${family[1]}`, surname: family[0] }
}

function englishName(r: Random, gender: Gender, surname?: string): Name {
  const given = pick(r, english[gender])
  const family = surname ?? pick(r, englishSurnames)
  const latin = `${given}.${family}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z.]/g, '')
  return { full: `${given} ${family}`, latin, surname: family }
}

const cities: readonly [string, number][] = [
  ['北京', 12],
  ['上海', 12],
  ['广州', 8],
  ['深圳', 8],
  ['杭州', 7],
  ['成都', 6],
  ['南京', 5],
  ['武汉', 5],
  ['西安', 4],
  ['苏州', 4],
  ['重庆', 4],
  ['天津', 3],
  ['郑州', 3],
  ['长沙', 3],
  ['青岛', 2.5],
  ['合肥', 2],
  ['厦门', 2],
  ['沈阳', 2],
  ['昆明', 1.5],
  ['福州', 1.5],
  ['哈尔滨', 1.2],
  ['石家庄', 1.2],
  ['洛阳', 0.8],
  ['绵阳', 0.6],
  ['喀什', 0.2],
  ['Singapore', 0.4],
  ['Vancouver', 0.2],
]
const cityShares = cities.map((row) => row[1])

export function cityOf(r: Random): string {
  return item(cities, weighted(r, cityShares))[0]
}

const schools = {
  primary: ['实验小学', '育才小学', '中心小学', '外国语小学'],
  junior: ['第一初级中学', '育英中学', '实验中学'],
  senior: ['第二中学', '师大附中', '外国语学校'],
} as const

export function schoolOf(r: Random, stage: keyof typeof schools, city: string): string {
  const name = pick(r, schools[stage])
  return /^[a-z]/i.test(city) ? `${city} International School` : city + name
}

export const companies = [
  '云岭科技',
  '海纳物流',
  '东方制造',
  '启明医药',
  'Bluefin Trading',
  '长风能源',
  '万象传媒',
  '晨光零售',
  '北辰软件',
  'Harbor Logistics',
  '金穗农业',
  '飞鸟出行',
  '瀚海半导体',
  '木棉酒店',
  '山海旅游',
  '同辉照明',
  '华章出版',
  '远志教育装备',
  '蓝鲸支付',
  '南山材料',
]
export const industries = ['互联网', '物流', '制造', '医药', '贸易', '能源', '传媒', '零售']
