package portaltest

import (
	"slices"
	"strings"
)

const compiling = "代码编译中"

// tested is the table of an app's versions that are not online yet.
func tested(id string) string { return "TABLE-3/测试环境@" + id }

func online(id string) string { return "TABLE-3/线上环境@" + id }

// deployAct is a press on the page of TABLE-3 of an app.
func (p *Portal) deployAct(a press, id string) Answer {
	row := p.rowOf(tested(id), a.key())
	switch {
	case a.Button == "上传代码", a.Button == "更新代码":
		return Answer{Open: p.uploading(a)}
	case a.Dialog == "上传代码", a.Dialog == "更新代码":
		return p.takeCode(a, id)
	case a.Dialog == "删除":
		p.drop(tested(id), a.key())
		return Answer{Message: "删除成功", Close: 1, Reload: true}
	case a.Dialog != "":
		return Answer{Message: a.Dialog + "成功", Close: 1, Reload: true}
	case a.Button == "提交发布":
		return p.publish(id, row)
	case a.Button == "编译日志":
		return Answer{Open: &Dialog{Title: "编译日志", Text: compileLog(row)}}
	case a.Button == "调试":
		return Answer{Message: "请用手机扫描预览地址", Type: "info"}
	}
	return Answer{Open: p.confirming(a, a.key())}
}

func compileLog(row Record) string {
	return strings.Join([]string{"node v14.21.3", "> npm install", "> npm run build", row["版本号"] + " " + row["编译状态"]}, "\n")
}

// uploading is the dialog for a version of the code.
func (p *Portal) uploading(a press) *Dialog {
	d := newDice(p.seed, "UPLOAD")
	f := &Form{ID: "UPLOAD", Steps: []Step{{Groups: []Group{{Fields: []Field{
		{Label: "版本号", Kind: Text, Required: true, Value: a.key()},
		{Label: "备注", Kind: Long},
		{Label: "文件", Kind: Files, Required: true, Verb: "请上传", Collect: d.chance(50)},
	}}}}}}
	d.dress(f)
	return &Dialog{Title: a.Button, Row: a.Row, Form: f, Buttons: p.sure(f.ID)}
}

// takeCode stores a version, which then compiles; a version that is there already a second time.
func (p *Portal) takeCode(a press, id string) Answer {
	if a.text("文件") == "" || a.text("版本号") == "" {
		return sorry("请填写版本号并选择文件")
	}
	p.post(a, id)
	row := Record{"版本号": a.text("版本号"), "更新时间": stamp(), "编译状态": compiling,
		"预览地址": "https://m.example.test/web/" + id + "/lastTest/index.html"}
	if a.Dialog == "更新代码" {
		p.drop(tested(id), a.key())
	}
	p.insert(tested(id), row)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.polls[tested(id)+" "+row["版本号"]] = 0
	return Answer{Message: "上传成功", Close: 1, Reload: true}
}

func (p *Portal) drop(table, key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := slices.IndexFunc(p.rows[table], func(r Record) bool { return r[keyOf(table)] == key }); at >= 0 {
		p.rows[table] = slices.Delete(p.rows[table], at, at+1)
	}
}

// compile ends the compiling of what was asked for often enough; p.mu is held.
func (p *Portal) compile(table string) {
	for _, r := range p.rows[table] {
		key := table + " " + r["版本号"]
		if n, counts := p.polls[key]; counts && r["编译状态"] == compiling {
			if p.polls[key] = n + 1; n >= p.options.Polls {
				r["编译状态"] = p.options.Compile
			}
		}
	}
}

// publish hands a version over to the owner, where the state of the release allows it.
func (p *Portal) publish(id string, version Record) Answer {
	to := map[string]string{"部署准备中": "待发布审批", "发布修改中": "待发布审批", "升级部署中": "待升级审批", "升级修改中": "待升级审批"}[p.rowOf("TABLE-1", id)["状态"]]
	switch {
	case to == "":
		return sorry("请先由应用单位点“重新部署”或“版本升级”")
	case version["编译状态"] != "代码编译通过":
		return sorry("代码编译通过后才能提交发布")
	}
	p.edit("TABLE-1", id, Record{"状态": to})
	p.post(press{Form: "PUBLISH", Button: "提交发布", Values: map[string]any{"版本号": version["版本号"]}}, id)
	return Answer{Message: "提交发布成功", Reload: true}
}

// goOnline puts the newest tested version online once a release is published; p.mu is held.
func (p *Portal) goOnline(id string) {
	if versions := p.rows[tested(id)]; len(versions) > 0 {
		now := stamp()
		p.rows[online(id)] = slices.Insert(p.rows[online(id)], 0, Record{"版本号": versions[0]["版本号"], "版本上线时间": now, "更新时间": now, "灰度值": "100%"})
	}
}
