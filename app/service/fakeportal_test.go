package service_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/service"
)

// fakePortal is a portal for the tests: lists, a form that a person submits, and faults at chosen places.
type fakePortal struct {
	mu     sync.Mutex
	rows   map[string][]map[string]string // by table
	shown  map[string]string              // what the form's page says of whose it is
	log    string
	half   bool                      // the lists do not come whole
	mute   bool                      // the lists do not say whose page they are on
	hit    bool                      // filling hits a final button
	person func(p *fakePortal) error // what the person does while the form waits; nil leaves it
	sent   int                       // how often something was submitted
	filled []fill.Ask
	wrong  string                          // label that does not take its value
	labels map[string]string               // label to what it is called now; empty: it stands there twice
	moved  map[string]string               // label to the heading it stands under now
	cells  map[string]string               // label inside a row to what it is called now
	calls  []string                        // the places in order
	fault  func(place string, n int) error // n-th time at a place, from 1
	upload []string                        // files the page uploaded
	lost   chan error                      // how the browser goes while a question is open
}

// killed ends the goroutine of a run, as if the program had been killed: nothing after it is recorded.
var errKilled = errors.New("killed")

func (p *fakePortal) at(ctx context.Context, place string) error {
	p.mu.Lock()
	p.calls = append(p.calls, place)
	n := 0
	for _, c := range p.calls {
		if c == place {
			n++
		}
	}
	fault := p.fault
	p.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if fault == nil {
		return nil
	}
	err := fault(place, n)
	if errors.Is(err, errKilled) {
		runtime.Goexit()
	}
	return err
}

func (p *fakePortal) Open(ctx context.Context, _ service.PortalAt) error { return p.at(ctx, "open") }

func (p *fakePortal) Read(ctx context.Context, _ service.PortalAt, id, about string) (table.Result, service.PortalPage, error) {
	page := service.PortalPage{URL: "http://127.0.0.1:1/" + id, Title: id, Shown: map[string]string{"治理侧名称": about}}
	if err := p.at(ctx, "read"); err != nil {
		return table.Result{}, page, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mute {
		page.Shown = nil
	}
	out := table.Result{Table: id, Pages: 1, Drift: []table.Drift{}, Rows: []map[string]string{}}
	out.Rows = append(out.Rows, p.rows[id]...)
	if out.Incomplete = p.half; p.half {
		out.Notes = []string{"页面说共 23 条，读到 20 条"}
	}
	return out, page, nil
}

func (p *fakePortal) Await(ctx context.Context, _ service.PortalAt, form string) (service.PortalPage, error) {
	err := p.at(ctx, "form")
	return service.PortalPage{URL: "http://127.0.0.1:1/" + form, Title: form, Shown: p.shown}, err
}

func (p *fakePortal) Fill(ctx context.Context, _ service.PortalAt, _ string, asks []fill.Ask, upload func(string, []string) bool) (fill.Result, error) {
	if err := p.at(ctx, "fill"); err != nil {
		return fill.Result{}, err
	}
	out := fill.Result{Fields: []fill.Field{}, PressedFinal: p.hit}
	if p.hit {
		out.Notes = []string{"点到了“提交审批”按钮，请立即核对页面"}
	}
	p.filled = asks
	for _, a := range asks {
		f := fill.Field{Label: a.Label, Asked: asked(a.Value), OK: a.Label != p.wrong}
		if f.OK {
			f.Shown = f.Asked
		} else {
			f.Message = "页面没有收下"
		}
		if to, renamed := p.labels[a.Label]; renamed && to == "" && a.Heading != "乙部分" {
			f.OK, f.Lost, f.Message = false, fill.Several, "有 2 处"
			out.Seen = append(out.Seen, fill.Label{Label: a.Label, Heading: "甲部分"}, fill.Label{Label: a.Label, Heading: "乙部分"})
		} else if renamed && to != "" && !slices.Contains(a.Also, to) {
			f.OK, f.Lost, f.Message = false, fill.Absent, "页面上没有这一栏"
			out.Seen = append(out.Seen, fill.Label{Label: "备注"}, fill.Label{Label: "申请人"}, fill.Label{Label: to})
		}
		if under := p.moved[a.Label]; under != "" && under != a.Heading {
			f.OK, f.Lost, f.Message = false, fill.Moved, "不在所写的标题下面"
			out.Seen = append(out.Seen, fill.Label{Label: a.Label, Heading: under})
		}
		for cell, to := range p.cells {
			if a.Value.Rows != nil && !slices.Contains(a.CellAlso[cell], to) {
				f.OK, f.LostCells, f.Message = false, []string{cell}, "行里没有"
				out.Seen = append(out.Seen, fill.Label{Label: to})
			}
		}
		if len(a.Value.Files) > 0 && strings.Contains(a.Label, "文件") {
			if f.OK = upload(a.Label, a.Value.Files); f.OK {
				p.upload = append(p.upload, a.Value.Files...)
			} else {
				f.Message = "没有同意上传"
			}
		}
		out.Fields = append(out.Fields, f)
	}
	return out, nil
}

func asked(v fill.Value) string {
	switch {
	case v.Text != nil:
		return *v.Text
	case v.Choose != nil:
		return *v.Choose
	case v.Rows != nil:
		return fmt.Sprint(v.Rows)
	}
	return strings.Join(slices.Concat(v.Check, v.Files), "、")
}

// Gone plays the person: they submit, or a fault comes before or after that.
func (p *fakePortal) Gone(ctx context.Context, _ service.PortalAt, _ string) error {
	if err := p.at(ctx, "wait"); err != nil {
		return err
	}
	if p.person != nil {
		if err := p.person(p); err != nil {
			return err
		}
	}
	return p.at(ctx, "gone")
}

func (p *fakePortal) Lost(ctx context.Context, _ service.PortalAt) error {
	select {
	case err := <-p.lost:
		return err
	case <-ctx.Done():
		return nil
	}
}

func (p *fakePortal) Picture(ctx context.Context, _ service.PortalAt) ([]byte, error) {
	return []byte("\x89PNG picture"), p.at(ctx, "picture")
}

func (p *fakePortal) Log(ctx context.Context, _ service.PortalAt, _ string) (string, error) {
	return p.log, p.at(ctx, "log")
}

func (p *fakePortal) add(table string, row map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rows == nil {
		p.rows = map[string][]map[string]string{}
	}
	p.rows[table] = append(p.rows[table], row)
}

func (p *fakePortal) count(place string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, c := range p.calls {
		if c == place {
			n++
		}
	}
	return n
}

func expired() error {
	e := listing.Fail(listing.CodeRefused, "登录已经失效", "请重新扫码登录")
	e.Field = service.FieldLogin
	return e
}
