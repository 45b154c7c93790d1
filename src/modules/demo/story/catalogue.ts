import type { Fields } from './message.ts'

export type Audience = 'primary' | 'junior' | 'senior' | 'adult' | 'company'

export type Course = {
  id: string
  slug: string
  name: string
  category: string
  subject: string
  audience: Audience
  price: number
  lessons: number
  perWeek: 1 | 2 | 3
  url: string
}

type Row = [
  slug: string,
  name: string,
  category: string,
  subject: string,
  price: number,
  lessons: number,
  perWeek: 1 | 2 | 3,
]

const rows: Record<Audience, Row[]> = {
  primary: [
    ['math-thinking-1', '小学数学思维 一阶', '小学', '数学', 2980, 24, 2],
    ['math-thinking-2', '小学数学思维 二阶', '小学', '数学', 3280, 24, 2],
    ['scratch', '少儿编程 Scratch', '编程', '编程', 3680, 32, 1],
    ['kids-python', '少儿编程 Python', '编程', '编程', 4280, 32, 1],
    ['kids-english', '少儿英语启蒙', '英语', '英语', 2680, 24, 2],
    ['reading-writing', '小学语文阅读写作', '小学', '语文', 1980, 20, 1],
    ['calligraphy', '硬笔书法 21 天', '素养', '书法', 399, 21, 3],
  ],
  junior: [
    ['junior-math', '初中数学同步提高', '初中', '数学', 3580, 30, 2],
    ['junior-physics', '初中物理实验课', '初中', '物理', 3280, 24, 1],
    ['junior-english', '初中英语语法突破', '初中', '英语', 2980, 24, 2],
    ['informatics', '信息学奥赛入门 C++', '编程', '编程', 5680, 36, 1],
  ],
  senior: [
    ['gaokao-math', '高考数学冲刺班', '高中', '数学', 4980, 36, 2],
    ['gaokao-english', '高考英语 120 分计划', '高中', '英语', 3980, 30, 2],
    ['gaokao-physics', '高中物理一轮复习', '高中', '物理', 4280, 30, 2],
  ],
  adult: [
    ['ielts-sprint', '雅思冲刺班', '留学语言', '英语', 5980, 30, 3],
    ['toefl-plus', '托福强化班', '留学语言', '英语', 6480, 30, 3],
    ['kaoyan-english', '考研英语', '考研', '英语', 2380, 36, 2],
    ['kaoyan-politics', '考研政治', '考研', '政治', 1680, 24, 2],
    ['kaoyan-math', '考研数学全程班', '考研', '数学', 3280, 40, 3],
    ['cet-6', '英语四六级 21 天', '英语', '英语', 299, 21, 3],
    ['teacher-cert', '教师资格证笔试', '职业', '教育', 980, 20, 2],
    ['japanese-n2', '日语 N2 直达', '留学语言', '日语', 3980, 40, 2],
    ['data-analysis', 'Python 数据分析实战', '职业', '编程', 1980, 16, 1],
  ],
  company: [
    ['business-english', 'Business English for Teams', '企业培训', '英语', 12800, 24, 1],
    ['excel-teams', '企业数据分析内训', '企业培训', '编程', 9800, 12, 1],
  ],
}

function course(audience: Audience, row: Row, index: number): Course {
  const [slug, name, category, subject, price, lessons, perWeek] = row
  const id = `c_${audience.slice(0, 2)}${index + 1}`
  return {
    id,
    slug,
    name,
    category,
    subject,
    audience,
    price,
    lessons,
    perWeek,
    url: `${site}/course/${slug}`,
  }
}

export const site = 'https://www.qinghe.example'

export const coursesFor: Readonly<Record<Audience, readonly Course[]>> = {
  primary: rows.primary.map((row, i) => course('primary', row, i)),
  junior: rows.junior.map((row, i) => course('junior', row, i)),
  senior: rows.senior.map((row, i) => course('senior', row, i)),
  adult: rows.adult.map((row, i) => course('adult', row, i)),
  company: rows.company.map((row, i) => course('company', row, i)),
}

export const courses: readonly Course[] = Object.values(coursesFor).flat()

export const teachers = [
  '周老师',
  '林老师',
  '陈老师',
  '何老师',
  'Emma',
  '苏老师',
  'Daniel',
  '郑老师',
  '唐老师',
  '许老师',
]

/** The product fields of Segment's e-commerce events. */
export function productFields(course: Course): Fields {
  return {
    product_id: course.id,
    sku: `QH-${course.slug.toUpperCase()}`,
    category: course.category,
    name: course.name,
    brand: '青禾在线',
    variant: course.lessons > 25 ? '全程班' : '短期班',
    price: course.price,
    url: course.url,
  }
}
