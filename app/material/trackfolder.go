package material

import (
	"bytes"
	"context"
	"errors"
	"html"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// generateTracking makes the tracking code of all stacks the kind of app can have, or keeps the reason why there is none.
func (w *workshop) generateTracking() {
	app := &w.in.Dossier.App
	w.bundles = map[tracking.Stack]tracking.Bundle{}
	for _, s := range tracking.StacksFor(app.Kind) {
		b, err := w.in.Facts.Generate(s, tracking.ParamsOf(app), app.Pages)
		if err != nil {
			w.refusal = err
			continue
		}
		w.bundles[s] = b
	}
}

// addTracking adds the folder: the explanation, the page table, and the code of each stack.
func (w *workshop) addTracking(s spec) {
	note := &product{Item: Item{ID: s.ID, Title: s.Title, FileName: s.File, Kind: s.Kind, State: stateReady, Missing: []string{}, Previewable: true}, owner: s.Owner}
	note.make = func(context.Context) ([]byte, error) { return []byte(w.trackingNote()), nil }
	w.products = append(w.products, note)
	if len(w.bundles) == 0 {
		note.State, note.Note = stateMissing, "参数或页面清单还不齐，没有生成埋点代码"
		note.Missing = w.lackingParameters()
	}
	note.StateWord = stateWord(note.State)
	w.addPages(s)
	for _, stack := range tracking.StacksFor(w.in.Dossier.App.Kind) {
		b := w.bundles[stack]
		for i, f := range b.Files {
			w.addSnippet(s, stack, i, f)
		}
	}
}

func (w *workshop) addPages(s spec) {
	p := &product{Item: Item{ID: s.ID + "-pages", Title: "页面清单", FileName: w.know.TrackingFolder + "/页面清单.xlsx", Kind: kindXlsx, State: stateReady, Missing: []string{}, Previewable: true}, owner: s.Owner}
	p.make = func(context.Context) ([]byte, error) { return w.pageTable() }
	if len(w.in.Dossier.App.Pages) == 0 {
		p.State, p.Note = stateIncomplete, "还没有填写页面"
	}
	p.StateWord = stateWord(p.State)
	w.products = append(w.products, p)
}

func (w *workshop) addSnippet(s spec, stack tracking.Stack, i int, f tracking.File) {
	folder := w.know.TrackingFolder + "/" + document.SafeName(stack.Word()) + "/"
	w.products = append(w.products, &product{owner: s.Owner, detail: true,
		Item: Item{ID: s.ID + "-" + string(stack) + "-" + itoa(i+1), Title: "埋点代码（" + stack.Word() + "）：" + f.Title, FileName: folder + document.SafeName(f.Name),
			Kind: kindText, State: stateReady, StateWord: stateWord(stateReady), Note: f.Place, Missing: []string{}, Previewable: true},
		make: func(context.Context) ([]byte, error) { return []byte(f.Body), nil }})
}

// lackingParameters are the fields of PARAM-1 the code needs and does not have.
func (w *workshop) lackingParameters() []string {
	out := []string{}
	for _, key := range []string{"app.bid", "app.signkey", "app.sapp_id", "app.sapp_name"} {
		if !w.values.Filled(key) {
			out = append(out, key)
		}
	}
	return out
}

// trackingNote says what is in the folder, or why there is nothing.
func (w *workshop) trackingNote() string {
	app := &w.in.Dossier.App
	lines := []string{w.appName() + "埋点说明", ""}
	if w.in.Draft {
		lines = append([]string{"【" + document.DraftMark + "】"}, lines...)
	}
	if len(w.bundles) > 0 {
		lines = append(lines, "本文件夹里有：", "1. 页面清单.xlsx：每个页面上报的编号、名称和地址。")
		for i, s := range tracking.StacksFor(app.Kind) {
			lines = append(lines, itoa(i+2)+". "+s.Word())
		}
		lines = append(lines, "", "代码按前端的写法选用其中一套，先看里面的“粘贴说明.txt”。")
		if app.Kind.HasMini() {
			lines = append(lines, "小程序用的是另一套 SDK（TRACK-15），它的文件由平台发放，不在本文件夹里。")
		}
		return text(append(lines, "", "提交审批前全部页面都要加好埋点并自查合格（RULE-14）。"))
	}
	lines = append(lines, "埋点代码还没有生成，原因："+reason(w.refusal), "")
	for i, f := range listing.Blocking(w.in.Facts.CheckInputs(tracking.ParamsOf(app), app.Pages)) {
		lines = append(lines, itoa(i+1)+". "+f.Rule+"："+f.Message+"。"+f.Fix)
	}
	return text(append(lines, "", "补齐后重新生成材料包。"))
}

func reason(err error) string {
	var e *listing.Error
	if errors.As(err, &e) {
		return e.Message + "。"
	}
	return "未知。"
}

// text ends lines as every editor on Windows understands them.
func text(lines []string) string { return strings.Join(lines, "\r\n") + "\r\n" }

func (w *workshop) pageTable() ([]byte, error) {
	s := document.Sheet{Name: "页面清单", Title: w.appName() + "页面清单", Filter: true,
		Notes: []string{"页面编号在本应用内不重复；页面名称只用汉字、字母和下划线，不含个人信息。"},
		Columns: []document.Column{{Header: "序号", Width: 6, Align: document.AlignCenter}, {Header: "页面编号（page_id）", Width: 24}, {Header: "页面名称（page_name）", Width: 28},
			{Header: "页面地址（page_url）", Width: 60}, {Header: "已加埋点", Width: 12, Align: document.AlignCenter, Options: []string{"是", "否"}}},
		Colours: []document.ColourRule{{Column: 4, Text: "是", Tone: document.ToneGreen}, {Column: 4, Text: "否", Tone: document.ToneRed}}}
	for i, p := range w.in.Dossier.App.Pages {
		s.Rows = append(s.Rows, []any{i + 1, p.PageID, p.PageName, p.PageURL, ""})
	}
	var b bytes.Buffer
	err := (&document.Workbook{Sheets: []document.Sheet{s}, Mark: w.mark(), Title: s.Title}).Write(&b)
	return b.Bytes(), err
}

func preformatted(body []byte) string {
	return `<pre class="text">` + html.EscapeString(string(body)) + `</pre>`
}
