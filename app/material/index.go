package material

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// indexAlone makes everything to list it.
func (w *workshop) indexAlone(ctx context.Context) ([]byte, error) {
	files, err := w.makeAll(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.ID == makerIndex {
			return f.body, nil
		}
	}
	return nil, listing.Fail(listing.CodeInternal, "没有目录页", "")
}

// index is the page that lists all files of the package, and what is still missing.
func (w *workshop) index(files []*file) ([]byte, error) {
	page := document.Page{Title: w.appName() + "上架材料目录", Subtitle: w.in.Dossier.Unit.Name, Mark: w.mark(),
		Footer: "流程数据 " + w.in.FlowVersion + "　规则数据 " + w.in.RulesVersion + "　文件的校验值见 " + manifestName}
	if w.in.Draft {
		page.Sections = append(page.Sections, w.draftSection())
	}
	page.Sections = append(page.Sections, w.appSection(), w.fileSection(files))
	if s := w.missingSection(); len(s.Items) > 0 {
		page.Sections = append(page.Sections, s)
	}
	var b bytes.Buffer
	err := page.Write(&b)
	return b.Bytes(), err
}

// draftSection says why this is only a draft.
func (w *workshop) draftSection() document.Section {
	blocking := w.blocking()
	const plain = "代码和自备附件是原样放入的，没有草稿标记。"
	s := document.Section{Heading: "为什么是草稿", Tone: document.ToneRed}
	if len(blocking) == 0 {
		s.Tone, s.Paras = document.ToneAmber, []string{"没有须改正的问题。生成时选择了草稿，提交前请另外生成正式材料包。" + plain}
		return s
	}
	s.Paras = []string{plain, "还有 " + itoa(len(blocking)) + " 处须改正，改正后才能生成正式材料包："}
	for _, f := range blocking {
		s.Items = append(s.Items, document.Item{Text: f.Rule + "　" + f.Message, Note: f.Fix})
	}
	return s
}

func (w *workshop) appSection() document.Section {
	row := func(label, key string) []document.Item {
		v := w.values.Text(key)
		if v == "" {
			v = blank
		}
		return []document.Item{{Text: label}, {Text: v}}
	}
	return document.Section{Heading: "应用", Table: &document.PageTable{Columns: []string{"项目", "内容"}, Rows: [][]document.Item{
		row("应用名称", "app.name"), row("应用标识", "app.identifier"), row("应用类型", "app.kind"), row("应用单位", "unit.name"),
		row("应用负责人", "app.responsible_name"), row("开发商", "vendor.name"),
	}}}
}

func (w *workshop) fileSection(files []*file) document.Section {
	t := &document.PageTable{Columns: []string{"序号", "材料", "状态", "文件大小"}}
	for _, f := range files {
		if f.ID == makerIndex {
			continue
		}
		state := document.Item{Text: f.StateWord, Tone: toneOf(f.State)}
		if f.State == stateIncomplete || f.State == stateMissing {
			state.Note = f.Note
		}
		t.Rows = append(t.Rows, []document.Item{{Text: itoa(len(t.Rows) + 1)}, {Text: f.Title, Href: href(f.FileName), Note: f.FileName}, state, {Text: size(f.digest.Size)}})
	}
	return document.Section{Heading: "文件", Table: t}
}

func (w *workshop) missingSection() document.Section {
	s := document.Section{Heading: "还没有的材料", Tone: document.ToneAmber}
	for _, p := range w.products {
		if p.FileName == "" {
			s.Items = append(s.Items, document.Item{Text: p.Title + "：" + p.StateWord, Note: p.Note})
		}
	}
	return s
}

func toneOf(state string) document.Tone {
	switch state {
	case stateReady, stateAttached:
		return document.ToneGreen
	case stateIncomplete:
		return document.ToneAmber
	case stateMissing:
		return document.ToneRed
	}
	return document.ToneNone
}

// href is a relative link to a file beside the index.
func href(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

func size(n int64) string {
	switch {
	case n < 1024:
		return strconv.FormatInt(n, 10) + " 字节"
	case n < 1<<20:
		return strconv.FormatFloat(float64(n)/1024, 'f', 1, 64) + " KB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
