import { afterEach, describe, expect, test, vi } from 'vitest'
import type { CheckBrief, CheckView, TrackingPage } from '@/api/tracking'
import type { Finding } from '@/api/types'
import { button, close, openAt, settle, type } from '@/features/tasks/testing'
import { type Dropped, mostFiles, readChosen, readDrop } from './dropped'
import { isRefused, recogniseFiles, recogniseText } from './recognise'
import { byFile, first, marked, placeOf, stateOf, stepOf } from './verdict'

vi.setConfig({ testTimeout: 60_000 })
afterEach(close)

const dropped = (path: string, bytes = 10): Dropped => ({ path, file: { name: path, size: bytes } as File })

describe('what was handed over', () => {
  const files = (...paths: string[]) => recogniseFiles(paths.map((p) => dropped(p)))
  test.each([
    [['site/index.html', 'site/a.js'], 'code', true],
    [['dist.zip'], 'code', true],
    [['index.html'], 'code', true],
    [['a.har', '日志.txt'], 'capture', true],
    [['site/index.html', 'site/抓包.har'], 'code', false],
    [['报告.docx'], 'capture', false],
    [['site/logo.png', 'site/a.css'], 'code', false],
  ])('%j is for %s, at once: %s', (paths, kind, sure) => {
    const g = files(...paths)
    expect(isRefused(g)).toBe(false)
    if (!isRefused(g)) expect([g.choices[0], g.sure]).toEqual([kind, sure])
  })

  test('too much is refused with a way out, empty files are left out', () => {
    const many = recogniseFiles(Array.from({ length: mostFiles + 1 }, (_, i) => dropped(`site/${i}.js`)))
    expect(many).toMatchObject({ message: expect.stringContaining('3000'), hint: expect.stringContaining('zip') })
    expect(recogniseFiles([dropped('s/a.js', 150 << 20), dropped('s/b.js', 60 << 20)])).toMatchObject({ message: expect.stringContaining('210.0 MB') })
    expect(recogniseFiles([dropped('big.zip', 900 << 20)])).toMatchObject({ sure: true })
    expect(recogniseFiles([dropped('a.js', 0)])).toMatchObject({ message: '拖进来的都是空的' })
    expect(recogniseFiles([dropped('a.zip'), dropped('b.zip')])).toMatchObject({ message: expect.stringContaining('一个压缩包') })
    const some = recogniseFiles([dropped('s/a.js'), dropped('s/.keep', 0)])
    expect(isRefused(some) ? 0 : some.target.files).toHaveLength(1)
  })

  test.each([
    ['http://127.0.0.1:8080/index.html', 'live', 'address'],
    ['https://log.example.com/v.gif?logtype=1&gokey=a', 'capture', 'text'],
    ["curl 'https://log.example.com/v.gif'", 'capture', 'text'],
    ['http://a.example.com/1\nhttp://a.example.com/2', 'capture', 'text'],
    ['D:\\代码\\dist', 'code', 'path'],
    ['\\\\server\\share\\dist', 'code', 'path'],
    ['/home/user/site', 'code', 'path'],
    ['file:///C:/site', 'code', 'path'],
  ])('%j is for %s', (text, kind, member) => {
    const g = recogniseText(text)
    if (isRefused(g)) throw new Error(g.message)
    expect(g.choices[0]).toBe(kind)
    expect(g.target[member as 'text']).not.toBe('')
    expect(g.sure).toBe(kind !== 'live')
  })

  test('a place loses its scheme; what is no input is refused', () => {
    expect(recogniseText('file:///C:/site')).toMatchObject({ target: { path: 'C:/site' } })
    expect(recogniseText('file:///home/a')).toMatchObject({ target: { path: '/home/a' } })
    for (const text of ['', '你好', '/tmp/a.har']) expect(isRefused(recogniseText(text))).toBe(true)
  })

  test('a dropped folder is read to the bottom, without node_modules', async () => {
    const file = (name: string) => ({ name, isFile: true, file: (done: (f: File) => void) => done(new File(['x'], name)) })
    const folder = (name: string, ...children: object[]) => {
      let given = false
      const readEntries = (done: (all: object[]) => void) => { done(given ? [] : children); given = true }
      return { name, isFile: false, createReader: () => ({ readEntries }) }
    }
    const tree = folder('site', file('index.html'), folder('js', file('a.js')), folder('node_modules', file('big.js')), folder('.git', file('HEAD')))
    const transfer = { items: [{ kind: 'file', webkitGetAsEntry: () => tree }, { kind: 'string', webkitGetAsEntry: () => null }], files: [] }
    expect((await readDrop(transfer as unknown as DataTransfer)).map((d) => d.path)).toEqual(['site/index.html', 'site/js/a.js'])
    const chosen = ['site/a.js', 'site/node_modules/b.js'].map((path) => Object.assign(new File(['x'], 'x'), { webkitRelativePath: path }))
    expect(readChosen(chosen).map((d) => d.path)).toEqual(['site/a.js'])
    expect(readChosen([new File(['x'], 'a.js'), new File(['x'], 'b.js')]).map((d) => d.path)).toEqual(['拖入的文件/a.js', '拖入的文件/b.js'])
  })
})

const page = (verdict: TrackingPage['verdict']): TrackingPage => ({ id: 'a', name: '甲', verdict, verdict_word: '', evidence: [] })
const finding = (part: Partial<Finding>): Finding => ({ rule: 'TRACK-5', level: 'error', message: 'x', ...part })
function viewOf(part: Partial<CheckView>, result: Partial<CheckView['result']>): CheckView {
  return {
    id: 'c', app_id: 'a', at: '', by: '', digest: 'd', proves: false, stale: false, why_not: '', ...part,
    result: { kind: 'code', target: 't', files: 1, bytes: 1, pages: [], findings: [], passed: true, facts_version: '', ...result },
  }
}

describe('the verdict', () => {
  test.each([
    ['mend', viewOf({}, { passed: false, findings: [finding({})] })],
    ['again', viewOf({}, { passed: false, kind: 'capture', pages: [page('pass'), page('missing')], findings: [finding({})] })],
    ['mend', viewOf({}, { passed: false, kind: 'capture', pages: [page('fail'), page('missing')], findings: [finding({})] })],
    ['again', viewOf({ stale: true, proves: true }, {})],
    ['task', viewOf({ proves: true }, {})],
    ['live', viewOf({}, { pages: [page('open'), page('pass')] })],
    ['prove', viewOf({}, { pages: [page('pass')] })],
    ['again', viewOf({ why_not: '还有 1 页' }, { kind: 'live', pages: [page('open')] })],
  ])('leads to %s', (act, view) => expect(stepOf(view, true).act).toBe(act))

  test('code that is not at hand any more has to be given again before it is played', () => {
    expect(stepOf(viewOf({}, { pages: [page('open')] }), false).act).toBe('again')
  })

  test('the newest check and the proof say the state', () => {
    const brief = (part: Partial<CheckBrief>): CheckBrief => ({ id: 'c1', at: '', by: '', kind: 'code', kind_word: '代码检查', target: '', passed: true, errors: 0, pages: 1, good: 1, proves: false, stale: false, ...part })
    expect(stateOf([]).action).toBe('去检查')
    expect(stateOf([brief({ passed: false, errors: 3 })])).toMatchObject({ sentence: expect.stringContaining('须改正 3 条'), check: 'c1' })
    expect(stateOf([brief({}), brief({ id: 'c0', proves: true, stale: true })]).sentence).toContain('又变过')
    expect(stateOf([brief({ kind: 'capture' }), brief({ id: 'c0', proves: true })])).toMatchObject({ check: 'c0' })
    expect(stateOf([brief({})]).sentence).toContain('可以作为')
    expect(stateOf([brief({ good: 0 })]).sentence).toContain('还有 1 页没有判为合格')
  })

  test('findings stand by file, the heaviest first, as many as asked for', () => {
    const all = [finding({ file: 'a.js', level: 'info' }), finding({ file: 'b.js' }), finding({ file: 'a.js', level: 'warning' }), finding({ code: 'live', file: 'b.js', level: 'info' })]
    const groups = byFile(all)
    expect(groups.map((g) => [g.name, g.findings.map((f) => f.code ?? f.level)])).toEqual([['b.js', ['error', 'live']], ['a.js', ['warning', 'info']]])
    expect(first(groups, 3).map((g) => g.findings.length)).toEqual([2, 1])
    expect(first(groups, 2).map((g) => g.name)).toEqual(['b.js'])
    expect(placeOf(finding({ file: 'b.js', line: 3, column: 7 }))).toBe('b.js:3:7')
    expect(placeOf(finding({ file: 'b.js' }))).toBe('b.js')
  })

  test.each([
    ["push(['_hold'])", 7, ['push([', "'_hold'", '])']],
    ["push(['_hold'])", 6, ['push(', "['_hold']", ')']],
    ['页面.名称 = 1', 1, ['', '页面.名称', ' = 1']],
    ['<script src>', 1, ['', '<script', ' src>']],
    ['😀(x)', 2, ['😀', '(', 'x)']],
    ['abc', 0, ['abc', '', '']],
    ['abc', 9, ['abc', '', '']],
    ["'open", 1, ['', "'open", '']],
  ])('the place in %j at %d', (text, at, want) => expect(marked(text, at)).toEqual(want))
})

describe('the screen', () => {
  async function write(text: string): Promise<void> {
    await type(document.getElementById('field-tracking-target'), text)
    button('检查', document.querySelector('form.typed') ?? undefined).form?.dispatchEvent(new Event('submit'))
    await settle()
  }

  test('a place that fails: verdict, first finding, its line; then a good one that proves; then other code', async () => {
    const { wrapper, of, router } = await openAt('/apps/a1/tracking?part=check', { 'Tracking.Check': () => [] })
    expect(wrapper.text()).toContain('还没有检查过')
    await write('/site/bad')
    expect(of('Tracking.CheckCode')[0]?.args[0]).toMatchObject({ app_id: 'a1', path: '/site/bad', uploads: [] })
    expect(router.currentRoute.value.query.check).toBe('c1')
    expect(wrapper.get('#verdict-title').text()).toBe('未通过')
    expect(button('作为办结依据').disabled).toBe(true)
    expect(wrapper.text()).toContain('这次检查没有通过，不能作为办结依据')
    button('看第一条').click()
    await settle()
    expect(document.activeElement?.textContent).toContain('登录失败时没有放行')
    expect(wrapper.get('.code mark').text()).toBe('catch')
    expect(wrapper.find('[aria-label="复制改法"]').exists()).toBe(true)
    expect(wrapper.find('a[href="/file/check/c1/docx"]').exists()).toBe(true)
    button('检查别的，或看以前的').click()
    await settle()
    await write('/site/good')
    expect(wrapper.get('#verdict-title').text()).toBe('通过')
    button('作为办结依据').click()
    await settle()
    expect(wrapper.text()).toContain('报告已放进附件“埋点检查报告”')
    button('检查别的，或看以前的').click()
    await settle()
    await write('/site/bad')
    await router.push('/apps/a1/tracking?check=c2')
    await settle()
    expect(wrapper.text()).toContain('这次检查之后代码又变过')
    await router.push('/apps/a1/tracking')
    await settle()
    expect(wrapper.get('.next').text()).toContain('代码又变过')
  })

  test('an address is asked about first, then opened with what was chosen', async () => {
    const { wrapper, of } = await openAt('/apps/a1/tracking?part=check')
    await write('http://127.0.0.1:8080/')
    expect(of('Tracking.CheckLive')).toEqual([])
    expect(wrapper.get('.ask').text()).toContain('网址 http://127.0.0.1:8080/')
    button('开始实测').form?.dispatchEvent(new Event('submit'))
    await settle()
    expect(of('Tracking.CheckLive')[0]?.args[0]).toMatchObject({ address: 'http://127.0.0.1:8080/', devices: ['pc', 'android'], logins: ['ok', 'fail'], real_network: false })
  })

  test('pasted requests are judged as a capture; nonsense stays with the reason', async () => {
    const { wrapper, of } = await openAt('/apps/a1/tracking?part=check')
    await write('随便写的')
    expect(wrapper.text()).toContain('认不出这是什么')
    expect((document.getElementById('field-tracking-target') as HTMLTextAreaElement).value).toBe('随便写的')
    await write("curl 'https://log.example.com/v.gif?page_id=index'")
    expect(of('Tracking.CheckCapture')[0]?.args[0]).toMatchObject({ text: "curl 'https://log.example.com/v.gif?page_id=index'" })
  })

  test('files go with their paths; a check can be stopped, and outlives the page', async () => {
    let release = (): void => undefined
    const stopped: unknown[] = []
    const { wrapper, of, router } = await openAt('/apps/a1/tracking?part=check', {
      'Tracking.CheckCode': () => new Promise((_, failed) => (release = () => failed(new Error('已取消检查')))),
      'Packages.Cancel': (job) => { stopped.push(job); release(); return null },
    })
    const input = document.querySelector<HTMLInputElement>('[aria-label="要检查的文件夹"]')
    const files = ['site/index.html', 'site/a.js'].map((path) => Object.assign(new File(['x'], 'x'), { webkitRelativePath: path }))
    Object.defineProperty(input, 'files', { value: files, configurable: true })
    input?.dispatchEvent(new Event('change'))
    await settle()
    expect(of('Files.Begin').map((c) => c.args[0])).toEqual(['site/index.html', 'site/a.js'])
    expect(wrapper.get('.work').text()).toContain('正在检查代码')
    await router.push('/apps/a1/journal')
    await settle()
    await router.push('/apps/a1/tracking?part=check')
    await settle()
    expect(wrapper.find('.work').exists()).toBe(true)
    button('取消', document.querySelector('.work') ?? undefined).click()
    await settle()
    expect(stopped).toHaveLength(1)
    expect(of('Files.Abort')).toHaveLength(2)
    expect(wrapper.text()).toContain('已取消，什么也没有留下')
  })

  test('hundreds of findings are shown in steps', async () => {
    const many = Array.from({ length: 700 }, (_, i): Finding => finding({ file: `${i % 9}.js`, line: i + 1, level: i % 2 ? 'warning' : 'error' }))
    const { wrapper } = await openAt('/apps/a1/tracking?check=c9', { 'Tracking.CheckOf': () => viewOf({}, { passed: false, findings: many }) })
    expect(wrapper.findAll('li.item[tabindex]')).toHaveLength(50)
    button('再看 50 条（还有 650 条）').click()
    await settle()
    expect(wrapper.findAll('li.item[tabindex]')).toHaveLength(100)
    const warnings = [...document.querySelectorAll<HTMLButtonElement>('.filter')].find((b) => b.textContent?.includes('请留意'))
    warnings?.click()
    await settle()
    expect(wrapper.findAll('li.item[tabindex]')).toHaveLength(50)
    expect(wrapper.text()).toContain('还有 300 条')
  })
})
