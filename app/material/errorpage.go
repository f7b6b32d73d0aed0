package material

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"sync"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

var errorPage = sync.OnceValues(func() (*template.Template, error) {
	t, err := template.ParseFS(embedded, "data/error-page.html")
	if err != nil {
		return nil, fmt.Errorf("error page: %w", err)
	}
	return t, nil
})

// errorNotice is what an error page shows (RULE-18).
type errorNotice struct {
	Heading string
	Advice  string
	App     string
	Unit    string
	Person  string
	Phone   string
	Mark    string
}

func (w *workshop) errorPage(p *product, s spec) {
	for _, key := range []string{"unit.name", "app.error_page_person", "app.error_page_phone"} {
		if !w.values.Filled(key) {
			p.Missing = append(p.Missing, key)
		}
	}
	p.Note = "由开发商放进应用，出错时显示"
	if w.in.Dossier.App.Kind == listing.KindMini {
		p.Note = "小程序照此内容做成页面，出错时显示"
	}
	if len(p.Missing) > 0 {
		p.State, p.Note = stateIncomplete, "归属单位、负责人和联系电话没有写全"
	}
	notice := errorNotice{Heading: s.Heading, Advice: "请稍后再试；一直打不开时，请联系下面的负责人。", App: w.in.Dossier.App.Name, Unit: w.in.Dossier.Unit.Name,
		Person: w.in.Dossier.App.ErrorPagePerson, Phone: w.in.Dossier.App.ErrorPagePhone}
	if s.ID != makerErrorPage {
		notice.Advice = "您没有使用这个应用的权限；需要使用时，请联系下面的负责人。"
	}
	if w.in.Draft {
		notice.Mark = document.DraftMark
	}
	p.make = func(context.Context) ([]byte, error) { return notice.render("error-page.html") }
	p.front = func() (string, error) {
		body, err := notice.render("notice")
		return string(body), err
	}
}

func (n errorNotice) render(name string) ([]byte, error) {
	t, err := errorPage()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, n); err != nil {
		return nil, fmt.Errorf("error page: %w", err)
	}
	return b.Bytes(), nil
}
