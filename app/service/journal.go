package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// Journal shows who did what, when, from what to what.
type Journal struct{ *core }

// JournalRequest selects a page of the journal, newest first. An empty AppID means everything.
type JournalRequest struct {
	AppID  string `json:"app_id"`
	Before uint64 `json:"before"` // only lines with a smaller number; 0 begins with the newest
	Limit  int    `json:"limit"`  // at most 500; 0 means 100
}

// FieldChange is one field before and after, in the user's words.
type FieldChange struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// JournalLine is one entry of the journal.
type JournalLine struct {
	Seq      uint64        `json:"seq"`
	At       string        `json:"at"`
	By       string        `json:"by"`
	What     string        `json:"what"`
	Kind     string        `json:"kind"`
	KindWord string        `json:"kind_word"`
	ID       string        `json:"id"`
	SM3      string        `json:"sm3"`
	Changes  []FieldChange `json:"changes"`
}

// JournalPage is a page of lines. More says that older ones follow, with Next as the next Before.
type JournalPage struct {
	Lines []JournalLine `json:"lines"`
	More  bool          `json:"more"`
	Next  uint64        `json:"next"`
}

// List returns a page of the journal.
func (s *Journal) List(ctx context.Context, in JournalRequest) (JournalPage, error) {
	out := JournalPage{Lines: []JournalLine{}}
	store, err := s.Workplace.Store()
	if err != nil {
		return out, err
	}
	if in.Limit <= 0 || in.Limit > 500 {
		in.Limit = 100
	}
	if in.AppID != "" {
		if in.AppID, err = s.appID(ctx, in.AppID); err != nil {
			return out, err
		}
	}
	entries, err := store.Journal(ctx, listing.JournalQuery{AppID: in.AppID, Before: in.Before, Limit: in.Limit + 1})
	if err != nil {
		return out, err
	}
	if len(entries) > in.Limit {
		out.More, entries = true, entries[:in.Limit]
	}
	for _, e := range entries {
		out.Lines = append(out.Lines, s.line(e))
		out.Next = e.Seq
	}
	return out, nil
}

func (s *Journal) line(e listing.JournalEntry) JournalLine {
	return JournalLine{Seq: e.Seq, At: e.At, By: e.By, What: e.What, Kind: string(e.Kind), KindWord: e.Kind.Word(), ID: e.ID,
		SM3: e.SM3, Changes: s.changes(e)}
}

// changes compares two versions of a record field by field. Times of saving are left out: they always change.
func (s *Journal) changes(e listing.JournalEntry) []FieldChange {
	before, after := flat(e.Before), flat(e.After)
	switch e.Kind {
	case listing.KindCase:
		before["acts"], after["acts"] = "", newActs(e.Before, e.After)
	case listing.KindSync:
		before["read"], after["read"] = readLine(e.Before), readLine(e.After)
	case listing.KindAction:
		before["state"], after["state"] = actionLine(e.Before), actionLine(e.After)
	case listing.KindCheck:
		before["result"], after["result"] = checkLine(e.Before), checkLine(e.After)
	}
	keys := map[string]bool{}
	for k := range before {
		keys[k] = true
	}
	for k := range after {
		keys[k] = true
	}
	out := []FieldChange{}
	for _, k := range sortedKeys(keys) {
		key := string(e.Kind) + "." + k
		if before[k] == after[k] || slices.Contains(unshown(), k) || slices.Contains(unshown(), key) {
			continue
		}
		out = append(out, FieldChange{Key: key, Label: s.label(key), Before: before[k], After: after[k]})
	}
	return out
}

// unshown names the members that say nothing to a person, or that always change; the journal itself keeps them.
func unshown() []string {
	return []string{"id", "app_id", "updated_at", "created_at", "package.files", "package.values", "package.made_at", "package.made_by",
		"package.sm3", "case.started_at", "case.started_by", "flow.body", "calendar.body", "facts.body", "recipe.body",
		"check.params", "check.at", "check.by", "check.digest",
		"sync.tables", "sync.prints", "sync.at", "sync.by", "sync.applied_at", "sync.applied_by", "sync.quiet",
		"action.asks", "action.steps", "action.filled", "action.asking", "action.changed_at", "action.created_by", "action.reason", "action.hint", "action.warnings",
		"receipt.action_id", "receipt.app_name", "receipt.kind", "receipt.outcome", "receipt.at", "receipt.by", "receipt.fields", "receipt.pictures", "receipt.log",
		"version.seen_at", "version.seen_by"}
}

// readLine is what was read for a comparison, as one line.
func readLine(raw json.RawMessage) string {
	var p listing.SyncPlan
	if len(raw) == 0 || json.Unmarshal(raw, &p) != nil {
		return ""
	}
	parts := []string{}
	for _, t := range p.Tables {
		parts = append(parts, fmt.Sprintf("%s %d 行", t.Table, len(t.Rows)))
	}
	return strings.Join(parts, "、")
}

// actionLine is how far an action is, as one line.
func actionLine(raw json.RawMessage) string {
	var a listing.Action
	if len(raw) == 0 || json.Unmarshal(raw, &a) != nil {
		return ""
	}
	text := a.Kind.Word() + "：" + a.State.Word()
	if n := len(a.Steps); n > 0 && !a.State.Over() {
		text += "，" + a.Steps[n-1].Word
	}
	if a.Reason != "" {
		text += "（" + a.Reason + "）"
	}
	return text
}

// checkLine is what a check found, as one line.
func checkLine(raw json.RawMessage) string {
	var c tracking.Check
	if len(raw) == 0 || json.Unmarshal(raw, &c) != nil {
		return ""
	}
	word := "通过"
	if n := len(listing.Blocking(c.Result.Findings)); n > 0 {
		word = fmt.Sprintf("须改正 %d 条", n)
	}
	return fmt.Sprintf("%s %s：%s，%d 页", c.Result.Kind.Word(), c.Result.Target, word, len(c.Result.Pages))
}

// newActs tells of a case only what was done to it since: acts are only ever appended.
func newActs(before, after json.RawMessage) string {
	var old, now listing.Case
	if len(before) > 0 && json.Unmarshal(before, &old) != nil || json.Unmarshal(after, &now) != nil {
		return ""
	}
	parts := []string{}
	for _, a := range now.Acts[min(len(old.Acts), len(now.Acts)):] {
		text := a.Task + " " + a.Act.Word()
		if a.Reason != "" {
			text += "：" + a.Reason
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "；")
}

func (s *Journal) label(key string) string {
	if f := s.forms.Field(key); f != nil {
		return f.Label
	}
	if word, ok := recordWords()[key]; ok {
		return word
	}
	_, name, _ := strings.Cut(key, ".")
	return name
}

// recordWords names the parts of records that are no fields of a form.
func recordWords() map[string]string {
	return map[string]string{
		"app.pages": "页面表", "app.attachments": "附件", "app.attestations": "承诺", "app.waivers": "保留的提示", "app.archived": "已归档",
		"app.portal": "治理侧状态", "app.released_version": "已发布版本", "app.retired": "已下线", "app.tracked": "埋点检查的状态", "check.result": "结果",
		"case.acts": "办理动作", "case.proofs": "办结依据", "case.flow": "流程", "case.flow_version": "流程版本", "case.app_id": "应用编号",
		"case.started_at": "开始时间", "case.started_by": "开始人", "case.closed_at": "办结时间",
		"recipe.version": "版本", "recipe.file_name": "文件名", "recipe.sha256": "SHA-256", "recipe.changed_by": "改动人", "recipe.changed_at": "改动时间",
		"settings.operator": "操作人", "settings.role": "本机角色", "settings.addresses": "地址", "settings.elsewhere": "所有地址改为", "settings.browser": "浏览器", "settings.pages": "列表页的地址", "settings.check_networks": "自动检查网络（分钟）", "settings.templates": "自有模板",
		"settings.portal_unhosted": "改革门户不走代码托管", "settings.takes_built_output": "地市接收编译产物",
		"settings.refresh_minutes": "定时读取治理侧状态（分钟）",
		"sync.read":                "读到", "sync.choices": "选定的应用", "sync.done": "已采用",
		"action.state": "状态", "action.kind": "办理", "action.component": "组件", "action.target": "对象", "action.code": "代码包", "action.receipt_id": "回执",
		"receipt.kind_word": "办理", "receipt.component": "组件", "receipt.portal": "平台", "receipt.url": "页面地址", "receipt.title": "页面", "receipt.outcome_word": "结果", "receipt.notes": "经过",
		"receipt.rows": "列表里的一行", "receipt.version": "版本", "receipt.preview": "预览地址", "receipt.state": "平台状态",
		"version.version": "版本", "version.remark": "备注", "version.file_name": "文件名", "version.sha256": "SHA-256", "version.size": "大小", "version.compile": "编译状态",
		"version.preview": "预览地址", "version.online": "在线上环境", "version.updated_at": "更新时间", "version.receipt_id": "回执",
		"package.files": "文件", "package.values": "依据的数据", "package.file_name": "文件名", "package.draft": "草稿",
		"package.number": "序号", "package.sha256": "SHA-256", "package.sm3": "SM3", "package.size": "大小", "package.made_at": "生成时间",
		"package.made_by": "生成人", "package.with_password": "含测试密码", "package.blocking": "未通过的检查", "package.submitted_to": "提交去向",
		"package.app_id": "应用编号", "package.flow_version": "流程版本", "package.rules_version": "规则版本",
	}
}

// flat turns a record into texts by dotted key; lists and maps are shortened to what a person can read.
func flat(raw json.RawMessage) map[string]string {
	out := map[string]string{}
	var tree map[string]any
	if len(raw) == 0 || json.Unmarshal(raw, &tree) != nil {
		return out
	}
	for k, v := range tree {
		if m, ok := v.(map[string]any); ok && isPerson(m) {
			for inner, w := range m {
				out[k+"."+inner] = shortText(w)
			}
			continue
		}
		out[k] = shortText(v)
	}
	return out
}

func isPerson(m map[string]any) bool {
	_, name := m["name"].(string)
	_, phone := m["phone"].(string)
	return len(m) == 2 && name && phone
}

func shortText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case bool:
		if x {
			return listing.Yes
		}
		return listing.No
	case []any:
		parts := []string{}
		for _, e := range x {
			parts = append(parts, shortText(e))
		}
		return strings.Join(parts, "；")
	case map[string]any:
		parts := []string{}
		for _, k := range sortedKeys(x) {
			if text := shortText(x[k]); text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, " ")
	}
	return fmt.Sprint(v)
}

// Workbook returns the whole journal of an app, or of everything, as a spreadsheet.
func (s *Journal) Workbook(ctx context.Context, appID string) (*document.Workbook, error) {
	sheet := document.Sheet{Name: "记录", Title: "变更记录", Filter: true, Columns: []document.Column{
		{Header: "序号", Width: 8}, {Header: "时间", Width: 22}, {Header: "操作人", Width: 12}, {Header: "事情", Width: 20}, {Header: "对象", Width: 10},
		{Header: "字段", Width: 20}, {Header: "原来", Width: 36}, {Header: "现在", Width: 36}, {Header: "SM3", Width: 20, NoWrap: true},
	}}
	for at := uint64(0); ; {
		page, err := s.List(ctx, JournalRequest{AppID: appID, Before: at, Limit: 500})
		if err != nil {
			return nil, err
		}
		for _, l := range page.Lines {
			sheet.Rows = append(sheet.Rows, journalRows(l)...)
		}
		if !page.More {
			return &document.Workbook{Title: "变更记录", Sheets: []document.Sheet{sheet}}, nil
		}
		at = page.Next
	}
}

func journalRows(l JournalLine) [][]any {
	rows := [][]any{}
	seq := int64(l.Seq) //nolint:gosec // a journal of more than 2^63 entries fits no disk
	for _, c := range l.Changes {
		rows = append(rows, []any{seq, l.At, l.By, l.What, l.KindWord, c.Label, c.Before, c.After, l.SM3})
	}
	if len(rows) == 0 {
		rows = append(rows, []any{seq, l.At, l.By, l.What, l.KindWord, "", "", "", l.SM3})
	}
	return rows
}
