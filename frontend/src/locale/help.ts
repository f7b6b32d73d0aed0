// Help for each screen, by the name of its route. Short: what the screen is for, and how its parts work.

export interface HelpPart { title: string; text: string[] }

const everywhere: HelpPart = {
  title: '到处都一样',
  text: [
    '输入后一秒内自动保存，顶部显示“已保存”和时间。没存上时顶部显示“未保存”，内容还在页面上，点“重试”即可。',
    '只用键盘也能办：Tab 换到下一处，空格勾选，回车确认，Esc 关闭侧栏，F1 打开或关闭本页帮助，Ctrl+K 搜索。',
    '程序默认离线，不会自己访问任何平台。',
  ],
}

const screens: Record<string, HelpPart[]> = {
  start: [
    { title: '第一次使用', text: ['回答几个问题就能开始，以后都可以在“设置”里改。', '只想先看看，可以载入示例单位：里面的单位、应用和人都是虚构的。'] },
  ],
  overview: [
    { title: '下一步', text: ['最上面一句话是全部应用里眼下最该办的一件事，点按钮直接去办。'] },
    { title: '应用一览', text: ['每行一个应用：到了哪个阶段、什么状态、该谁办、已等几个工作日。整行可点。', '筛选条件写在地址里，收藏或刷新后不变。'] },
    { title: '本周到期', text: ['按工作日推算的期限。标“推算”的是还没有公布放假安排的年份。'] },
  ],
  todo: [
    { title: '待办', text: ['等着这台电脑的使用方办的、和已交出去在等结果的，按期限排，整行可点。', '过期的标“过期”；还没有公布放假安排的年份，期限标“推算”。', '“在等谁”按全部应用统计，点一下只看等这一方的。'] },
    { title: '常用筛选和日历', text: ['筛选后点“保存这组筛选”，起个名字，下次一点就到。', '导出的日历文件可以放进 Outlook 和 WPS 日历。'] },
  ],
  reports: [
    { title: '报表', text: ['一周一份，可以选别的周，也可以只看一个应用。Word、Excel、PDF 都能下载，也可以直接打印。', '图下面的“看数字”是同样内容的表格。'] },
  ],
  apps: [
    { title: '应用列表', text: ['新建应用只要名称和类型，其余随时补。', '“复制已有应用”会带过来大部分资料，但应用标识、下发参数和密码不会带过来，因为各应用不能共用。', '归档的应用不再出现在总览里，可以随时恢复，资料不会丢。'] },
  ],
  import: [
    { title: '导入', text: ['先下载空表格，每行写一个应用，再放回来。也可以放自己的表格，程序按表头认列，认不出的自己选。', '问题按单元格列出。确认之前什么都不写入；写入之前自动留一份快照，结果里写着它的编号。'] },
  ],
  'app-tasks': [{ title: '办理', text: ['阶段有先后，同一阶段里的事项可以不分先后地办。', '暂不能办的事项会说明被哪一项挡住。'] }],
  'app-task': [{ title: '事项', text: ['说明为什么办、要准备什么、谁来办、在哪个网办、多久。', '在平台上办好后回来登记，并放上凭证。登记错了可以撤回，记录里两次都会留下。'] }],
  'app-data': [
    { title: '资料', text: ['每件事只填一次，各张表自动取用；每一项右上方写着用在哪些表上。', '没填完、填错也会保存。离开一组时程序会核对，有问题列在最上面，点一下就到那一项。'] },
    { title: '复制', text: ['每一项右边都有“复制”，到平台页面上直接粘贴。密码存在本机密码库，点“显示”才能看到，并会记入记录。'] },
  ],
  'app-check': [
    { title: '核对', text: ['左边是各张表会写成什么样，没有的写“未填写”；右边是程序替评审人员先查一遍的结果。', '“须改正”会挡住正式材料包；“请留意”可以写明理由后保留；“未核对”是缺少资料而无法判断，不算通过。'] },
  ],
  'app-packages': [{ title: '材料包', text: ['材料都可以先预览。还有须改正的问题时只能生成草稿，每页都有“草稿”字样。', '每次生成都留下记录，可以看与上一次相比改了什么。'] }],
  'app-tracking': [{ title: '埋点', text: ['参数照下发的填，页面表每页一行，然后取用生成的代码。', '页面名称只用中文、字母和下划线，不能写人名、电话。'] }],
  'app-journal': [{ title: '记录', text: ['谁在什么时候把什么从什么改成了什么，只增不改。'] }],
  settings: [
    { title: '设置', text: ['单位、开发商和联系人在这里填一次，各应用自动取用。', '平台地址可以改；“恢复默认”回到程序自带的地址。', '快照是整个数据的副本。恢复快照前会先自动留一份现在的。', '节假日和流程文件可以从文件导入：要有校验码，没有带的会告诉你现在文件的校验码，与来源核对一致再填上。'] },
  ],
}

/** The help of a screen, and what holds on every one. */
export function helpOf(screen: string): HelpPart[] {
  return [...(screens[screen] ?? []), everywhere]
}

/** Every help text with the screen it belongs to, for the search. */
export function helpScreens(): (HelpPart & { screen: string })[] {
  const all = Object.entries(screens).flatMap(([screen, parts]) => parts.map((p) => ({ ...p, screen })))
  return [...all, { ...everywhere, screen: '' }]
}
