package portaltest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Record is a row of a table: header to text.
type Record map[string]string

// Components is the list of the components that were applied for; the facts know no such table.
const Components = "COMPONENTS"

// ListIDs are the tables every portal has at /list/ID.
func ListIDs() []string { return []string{"TABLE-1", "TABLE-2", "TABLE-3", "TABLE-4", "TABLE-5"} }

// headers are the columns of a table, in the order of the facts. TABLE-3 is two tables.
func headers(table string) []string {
	table, _, _ = strings.Cut(table, "@") // TABLE-3 of one app
	return map[string][]string{
		"TABLE-1":      {"治理侧名称", "应用发布ID", "创建时间", "更新时间", "状态", "移动端地址", "PC地址", "操作"},
		"TABLE-2":      {"治理侧名称", "APPID", "创建时间", "更新时间", "类型", "服务接入数", "PC地址", "移动端地址", "操作"},
		"TABLE-3/线上环境": {"版本号", "版本上线时间", "更新时间", "灰度值", "操作"},
		"TABLE-3/测试环境": {"版本号", "更新时间", "预览地址", "编译状态", "操作"},
		"TABLE-4":      {"应用名称", "状态", "审核状态", "是否立项", "立项名称", "负责人", "操作"},
		Components:     {"组件名称", "应用标识", "申请时间", "审核状态", "操作"},
		"TABLE-5":      {"工作台名称", "从属机构", "类型", "责任人", "创建时间", "更新时间", "桌面状态", "移动状态", "操作"},
	}[table]
}

// Parts are the tables that make up one page: TABLE-3 has two, any other one.
func Parts(table string) []string {
	if table == "TABLE-3" {
		return []string{"TABLE-3/线上环境", "TABLE-3/测试环境"}
	}
	return []string{table}
}

func pick(n int, of ...string) string { return of[n%len(of)] }

// made is the n-th row of a table.
func made(table string, n int) Record {
	day := fmt.Sprintf("2026-%02d-%02d %02d:%02d:00", n%12+1, n%28+1, n%9+9, n%60)
	later := fmt.Sprintf("2026-%02d-%02d %02d:%02d:30", n%12+1, n%28+1, n%8+10, (n*7)%60)
	name := pick(n, "示例督办", "样本报送", "模拟值守", "示例会议", "样本巡查") + fmt.Sprintf("%02d", n+1)
	mobile, desk := fmt.Sprintf("https://m.example.test/app/%d/index.html", n+1), fmt.Sprintf("https://pc.example.test/app/%d/index.html", n+1)
	id := fmt.Sprintf("2002%06d", 100000+n*37)
	all := map[string]Record{
		"TABLE-1": {"治理侧名称": name, "应用发布ID": id, "创建时间": day, "更新时间": later, "移动端地址": mobile, "PC地址": desk,
			"状态": pick(n, "待发布审批", "已发布", "部署准备中", "发布审批中", "发布修改中", "升级部署中")},
		"TABLE-2": {"治理侧名称": name, "APPID": id, "创建时间": day, "更新时间": later, "类型": pick(n, "浙政钉H5", "浙政钉H5", "H5改革门户"),
			"服务接入数": fmt.Sprint(n % 5), "PC地址": desk, "移动端地址": mobile},
		"TABLE-3/线上环境": {"版本号": fmt.Sprintf("1.%d.0", n), "版本上线时间": day, "更新时间": later, "灰度值": "100%"},
		"TABLE-3/测试环境": {"版本号": fmt.Sprintf("1.%d.1", n), "更新时间": later, "预览地址": mobile, "编译状态": pick(n, "代码编译通过", "编译失败", "代码编译中")},
		"TABLE-4": {"应用名称": name, "状态": pick(n, "建设中", "运行中", "谋划中", "停用"), "审核状态": pick(n, "终审通过", "待终审", "初审驳回"),
			"是否立项": pick(n, "是", "否"), "立项名称": pick(n, name+"项目", ""), "负责人": pick(n, "联系人甲", "联系人乙", "联系人丙")},
		"TABLE-5": {"工作台名称": name + "工作台", "从属机构": pick(n, "示例市数据中心", "示例市档案馆"), "类型": pick(n, "组织工作台", "个人工作台"),
			"责任人": pick(n, "联系人丁", "联系人戊"), "创建时间": day, "更新时间": later, "桌面状态": pick(n, "未发布", "已发布"), "移动状态": pick(n, "已发布", "未发布")},
	}
	return all[table]
}

// actions are the words of the last column, by the row's state where the facts name them.
func (p *Portal) actions(table string, r Record) []string {
	table, _, _ = strings.Cut(table, "@")
	switch table {
	case "TABLE-1":
		return p.ownerActions(r["状态"])
	case "TABLE-2":
		return []string{"详情", "监控", "部署发布", "配置"}
	case "TABLE-3/线上环境":
		return []string{"回退到上一个版本", "选择版本回滚"}
	case "TABLE-3/测试环境":
		return []string{"提交发布", "更新代码", "调试", "编译日志", "删除"}
	case "TABLE-4":
		return []string{"详情", "申请资源", "应用发布", "更多"}
	}
	if table == Components {
		return []string{"详情"}
	}
	return []string{"配置", "应用管理", "更多"}
}

// ownerActions are the buttons that a state allows the owner; the developer's stand in the hosting platform.
func (p *Portal) ownerActions(state string) []string {
	known, ok := p.states.State(state)
	if !ok {
		return []string{"详情", "监控"}
	}
	return slices.DeleteFunc(slices.Clone(known.Buttons), func(b string) bool {
		return b == "上传代码" || b == "更新代码" || b == "提交发布"
	})
}

// list describes a table for its page: the order of columns, what is fixed and grouped come from the seed.
func (p *Portal) list(table string, q url.Values) *List {
	of, _, _ := strings.Cut(table, "@")
	d := newDice(p.seed, of)
	l := &List{ID: table, Size: p.options.PageSize, Sizes: []int{5, 10, 20}}
	if _, heading, two := strings.Cut(of, "/"); two {
		l.Heading, l.Size = heading, 20
	}
	names := slices.Clone(headers(table))
	own := names[:len(names)-1]
	d.Shuffle(len(own)-1, func(a, b int) { own[a+1], own[b+1] = own[b+1], own[a+1] })
	for i, name := range names {
		l.Columns = append(l.Columns, Column{ID: "k" + d.name(), Title: name, Kind: kindOf(d, name), Width: 130 + 10*d.IntN(8)})
		if name == "操作" {
			l.Columns[i].Width = 320
		}
	}
	if of != "TABLE-3/线上环境" && (d.chance(50) || q.Get("fixed") == "1") {
		l.Columns[0].Fixed, l.Columns[len(names)-1].Fixed = "left", "right"
	}
	p.columnFaults(l)
	if q.Get("group") == "1" || (d.chance(30) && q.Get("group") == "") {
		l.Columns = grouped(l.Columns)
	}
	return l
}

// grouped puts two neighbouring columns under one header.
func grouped(columns []Column) []Column {
	if len(columns) < 5 {
		return columns
	}
	group := Column{ID: "g", Title: "基本情况", Children: slices.Clone(columns[1:3])}
	return slices.Concat(columns[:1], []Column{group}, columns[3:])
}

func kindOf(d dice, header string) string {
	switch {
	case header == "操作":
		return "actions"
	case strings.Contains(header, "移动端地址"), header == "预览地址":
		return "qr"
	case header == "PC地址":
		return d.one("link", "text")
	case strings.Contains(header, "状态"):
		return d.one("state", "text")
	case strings.Contains(header, "时间"):
		return d.one("text", "tip")
	}
	return "text"
}

// page is what the list asks of the server: some rows, by column ID.
func (p *Portal) page(table string, at, size int) (rows []Row, total int) {
	l := p.list(table, url.Values{"group": {"0"}})
	d := newDice(p.seed, table+" buttons")
	looks := d.one("link", "a", "link")
	p.mu.Lock()
	defer p.mu.Unlock()
	p.compile(table)
	all := p.rows[table]
	rows, total = []Row{}, len(all) // never null: the kits take a list
	if p.faults.Endless {
		total, at = 1_000_000, at%2+1
	}
	from := min(max(at-1, 0)*size, len(all))
	for n, r := range all[from:min(from+size, len(all))] {
		row := Row{ID: fmt.Sprintf("%d %s", from+n, r[keyOf(table)]), Cells: map[string]string{}}
		for _, c := range l.Columns {
			row.Cells[c.ID] = r[p.originalHeader(c.Title)]
		}
		for _, text := range p.actions(table, r) {
			row.Actions = append(row.Actions, Button{Text: text, Look: looks, Do: "act", Class: "r-" + d.name()})
		}
		rows = append(rows, row)
	}
	return rows, total
}
