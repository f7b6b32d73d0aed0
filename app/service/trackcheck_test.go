package service_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/capture"
)

// viewed is the address of a good report of one page of an app, as a browser sends it.
func viewed(a listing.App, page listing.Page, number int) string {
	args := fmt.Sprintf(`{"_user_id":"34268160","sapp_id":"%s","sapp_name":"%s","page_id":"%s","page_name":"%s","page_url":"%s"}`,
		a.SappID, a.SappName, page.PageID, page.PageName, page.PageURL)
	fields := strings.Split("DC_"+fmt.Sprint(number)+"|GET|-|-|47130293|{}|-|{}|-|34268160|-|{}|zh-CN|GMT+08:00|-|-|{}|-|CNA|"+fmt.Sprint(1795437383594+10000*number)+"|-|2001|-|{}|{}|ARGS|/v.gif|aplus.js|1.7.7|-|-|-|-", "|")
	fields[25] = args
	return "https://alog-api.ding.zj.gov.cn/v.gif?" + strings.ReplaceAll(strings.Join(fields, "||"), `"`, "%22")
}

func reports(a listing.App) string {
	var b strings.Builder
	for i, page := range a.Pages {
		b.WriteString(viewed(a, page, i) + "\n")
	}
	return b.String()
}

// Captures are compared with the app's own parameters and pages, from uploads, pasted text and files alike.
func TestCheckCapture(t *testing.T) {
	d := sampleDesk(t)
	a := d.view("示例督办").App
	if len(a.Pages) < 2 {
		t.Fatalf("the sample has %d pages", len(a.Pages))
	}
	good := reports(a)
	kept, err := d.Tracking.CheckCapture(d.ctx, service.CaptureRequest{AppID: "示例督办", Text: good})
	r := kept.Result
	if err != nil || !r.Passed || len(r.Pages) != len(a.Pages) || r.Kind != tracking.CheckCapture || r.Files != 1 || r.Bytes != int64(len(good)) {
		t.Fatalf("%+v %v", r, err)
	}
	first, _, _ := strings.Cut(good, "\n")
	body := first + "\n" + strings.Replace(first, "34268160", "undefined", 2)
	token := d.upload("抓包.txt", []byte(body))
	kept, err = d.Tracking.CheckCapture(d.ctx, service.CaptureRequest{AppID: a.ID, Uploads: []string{token}, Job: "j"})
	r = kept.Result
	if err != nil || r.Passed || r.Pages[1].Verdict != tracking.VerdictMissing || r.Target != "抓包.txt" {
		t.Errorf("%+v %v", r, err)
	}
	_, err = d.Tracking.CheckCapture(d.ctx, service.CaptureRequest{AppID: a.ID, Uploads: []string{token}})
	wants(t, err, listing.CodeNotFound) // it was dropped
	sources := []capture.Source{{Name: "x", Body: strings.NewReader(good)}}
	if r, err = d.Tracking.CheckSources(d.ctx, service.Subject{App: a.ID, Pages: a.Pages[:1]}, sources); err != nil || len(r.Pages) != len(a.Pages) || r.Passed {
		t.Errorf("pages given by hand: %+v %v", r, err)
	}
	sources[0].Body = iotest.ErrReader(errors.New("disk"))
	if r, err = d.Tracking.CheckSources(d.ctx, service.Subject{Params: tracking.ParamsOf(&a)}, sources); err != nil || r.Passed {
		t.Errorf("unreadable: %+v %v", r, err)
	}
}

func TestCheckCaptureRefuses(t *testing.T) {
	d := sampleDesk(t)
	a := d.view("示例督办").App
	ask := func(in service.CaptureRequest) error {
		_, err := d.Tracking.CheckCapture(d.ctx, in)
		return err
	}
	wants(t, ask(service.CaptureRequest{AppID: a.ID, Text: " \n"}), listing.CodeInvalid)
	wants(t, ask(service.CaptureRequest{AppID: "没有", Text: "x"}), listing.CodeNotFound)
	wants(t, ask(service.CaptureRequest{AppID: a.ID, Uploads: []string{"x"}}), listing.CodeNotFound)
	wants(t, ask(service.CaptureRequest{AppID: a.ID, Text: strings.Repeat("x", 5<<20)}), listing.CodeTooLarge)
	ctx, cancel := context.WithCancel(d.ctx)
	cancel()
	_, err := d.Tracking.CheckSources(ctx, service.Subject{}, []capture.Source{{Name: "x", Body: strings.NewReader("x")}})
	wants(t, err, listing.CodeCanceled)
	if _, err := d.Files.Begin(d.ctx, "大.har", 300<<20); err != nil { // larger than any attachment
		t.Error(err)
	}
	_, err = d.Files.Begin(d.ctx, "太大.har", 3<<30)
	wants(t, err, listing.CodeTooLarge)
	_, err = service.OpenCapture(t.TempDir())
	wants(t, err, listing.CodeInvalid)
	_, err = service.OpenCapture("/nowhere/at/all")
	wants(t, err, listing.CodeInvalid)
}
