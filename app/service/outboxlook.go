package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/table"
)

// sight is what a portal's list shows of the target of an action.
type sight struct {
	there   bool // it stands there already: nothing is to be sent again
	row     map[string]string
	number  string
	state   string
	version listing.CodeVersion
	page    PortalPage
	log     string
	picture *listing.ReceiptPicture
}

// look reads the list that shows whether the action was done.
func (r *runner) look(ctx context.Context, step string) (seen sight, err error) {
	if r.a.Target.Table == "" {
		return sight{}, nil
	}
	err = r.step(ctx, step, func() (string, error) {
		if r.a.Kind == listing.ActionUpload {
			seen, err = r.hosted(ctx, step == stepLook)
		} else {
			seen, err = r.inList(ctx, step == stepLook)
		}
		if err != nil && seen.row == nil {
			return "", err // nothing is known of the list
		}
		return seen.word(r.a), err
	})
	return seen, err
}

func (s sight) word(a listing.Action) string {
	switch {
	case a.Kind == listing.ActionUpload && s.there:
		return "平台上已有版本 " + a.Code.Version + "，" + cmp.Or(s.version.Compile, "没有编译状态")
	case s.row == nil:
		return "列表里还没有"
	case a.Kind == listing.ActionUpload:
		return "列表里有，还没有版本 " + a.Code.Version
	}
	return "列表里有，状态是“" + s.state + "”"
}

// rowsFor finds the rows of a list that are about the target: by number, else by name.
func rowsFor(c *forms.Catalogue, spec *forms.Table, rows []map[string]string, t listing.ActionTarget) []map[string]string {
	number := t.ReleaseID
	if spec.NumberKey == "app.portal.hosting_id" {
		number = t.HostingID
	}
	name := t.ReleaseName
	if spec.By == "app.name" {
		name = t.Name
	}
	var byNumber, byName []map[string]string
	for _, row := range rows {
		have := c.Cell(row[spec.Number])
		switch {
		case number != "" && have == number:
			byNumber = append(byNumber, row)
		case plain(c.Cell(row[spec.Name])) == plain(name) && (number == "" || have == "" || spec.Number == ""):
			byName = append(byName, row)
		}
	}
	if len(byNumber) > 0 {
		return byNumber
	}
	return byName
}

// inList looks the target up in the list of its portal.
func (r *runner) inList(ctx context.Context, first bool) (sight, error) {
	spec := r.forms.Table(r.a.Target.Table)
	row, page, err := r.rowIn(ctx, spec, first)
	seen := sight{row: row, page: page}
	if err != nil {
		return seen, err
	}
	if row != nil {
		seen.number, seen.state = r.forms.Cell(row[spec.Number]), r.forms.Cell(row["状态"])
	}
	if r.a.Kind != listing.ActionApproval {
		seen.there = row != nil
		return seen, nil
	}
	if row == nil {
		return seen, listing.Failf(listing.CodeRefused, "先办应用发布注册，列表里出现后再提交审批", "治理侧列表里没有“%s”", r.a.Target.ReleaseName)
	}
	seen.there, err = r.submitted(ctx, seen.state)
	return seen, err
}

// rowIn reads a list and returns the one row about the target, nil when there is none. The first time, before anything is
// done, that has to be certain.
func (r *runner) rowIn(ctx context.Context, spec *forms.Table, first bool) (map[string]string, PortalPage, error) {
	result, page, err := r.live.Read(ctx, r.at, spec.ID, "")
	if err != nil {
		return nil, page, err
	}
	if len(result.Drift) > 0 {
		d := result.Drift[0]
		return nil, page, listing.Failf(listing.CodeRefused, d.Hint, "%s与页面规则对不上：%s", spec.Title, d.Message)
	}
	found := rowsFor(r.forms, spec, result.Rows, r.a.Target)
	switch len(found) {
	case 0:
		if first {
			err = r.absent(ctx, result, r.a.Target.ReleaseName)
		}
		return nil, page, err
	case 1:
		return found[0], page, nil
	}
	return nil, page, listing.Failf(listing.CodeRefused, "请先到平台核对，并在“同步”里选定哪一行是它", "%s里有 %d 行都是“%s”", spec.Title, len(found), r.a.Target.ReleaseName)
}

// submitted judges by the state of the list whether the approval was asked for already.
func (r *runner) submitted(ctx context.Context, state string) (bool, error) {
	known, ok := r.portal.State(state)
	if !ok {
		return false, listing.Failf(listing.CodeRefused, "请到平台核对，能提交审批的话请自己提交", "没有见过治理侧状态“%s”，不知道能不能提交审批", state)
	}
	if slices.Contains(known.Buttons, "提交审批") {
		return false, nil
	}
	var during, after bool
	err := r.view(ctx, func(reader listing.Reader) error {
		run, err := r.running(reader, r.a.AppID)
		if err != nil {
			return err
		}
		if t := r.taskOf(run, r.a.Kind); t != nil {
			during = slices.Contains(t.Portal.During, state) && known.Tells != listing.ActReturn
			after = slices.Contains(t.Portal.After, state) && !slices.Contains(t.Portal.After, r.a.Target.State)
		}
		return nil
	})
	if err != nil || during || after {
		return during || after, err
	}
	return false, listing.Fail(listing.CodeRefused, r.portal.WhyGreyed("提交审批", state), known.Next)
}

// hosted looks the version of an upload up: first whether the app is in the list of its hosting, then on the app's own
// page. Later looks stay on that page.
func (r *runner) hosted(ctx context.Context, first bool) (sight, error) {
	if !first {
		return r.versions(ctx, false)
	}
	row, page, err := r.rowIn(ctx, r.forms.Table("TABLE-2"), true)
	if err != nil {
		return sight{page: page}, err
	}
	if row == nil {
		return sight{page: page}, listing.Failf(listing.CodeRefused, "请核对登录的是不是登记的联系人，以及发布注册前是否扫码进过平台（RULE-13）", "托管平台的列表里没有“%s”", r.a.Target.ReleaseName)
	}
	r.row = row
	return r.versions(ctx, true)
}

// versions reads the page of the app's hosting; see rowIn for the first time.
func (r *runner) versions(ctx context.Context, first bool) (sight, error) {
	spec := r.forms.Table(r.a.Target.Table)
	result, page, err := r.live.Read(ctx, r.at, spec.ID, r.a.Target.ReleaseName)
	seen := sight{row: r.row, page: page, number: r.forms.Cell(r.row["APPID"])}
	if err != nil {
		return seen, err
	}
	if len(result.Drift) > 0 {
		d := result.Drift[0]
		return seen, listing.Failf(listing.CodeRefused, d.Hint, "%s与页面规则对不上：%s", spec.Title, d.Message)
	}
	if first && page.Shown[shownRelease] == "" {
		if err := r.confirmed(ctx, "页面上没有显示治理侧名称"); err != nil {
			return sight{row: r.row, page: page}, err
		}
	}
	t := listing.SyncTable{Table: result.Table, Rows: result.Rows}
	for _, p := range result.Parts {
		t.Parts = append(t.Parts, listing.SyncPart{Heading: p.Heading, From: p.From, Rows: p.Rows})
	}
	for _, v := range versionsIn(r.forms, spec, t) {
		if v.Version == r.a.Code.Version {
			seen.there, seen.version, seen.state = true, v, v.Compile
		}
	}
	if first && !seen.there {
		err = r.absent(ctx, result, "版本 "+r.a.Code.Version)
	}
	return seen, err
}

// absent makes sure that what a list does not show is not there: a list that did not come whole proves nothing, so the
// person looks.
func (r *runner) absent(ctx context.Context, list table.Result, what string) error {
	if !list.Incomplete {
		return nil
	}
	yes, err := r.ask(ctx, listing.ActionQuestion{ID: askAbsent, Yes: "确实没有", No: "有，或者看不全",
		Text: fmt.Sprintf("平台的列表可能没有读全：%s。请看浏览器里的列表：确实没有“%s”吗？", strings.Join(list.Notes, "；"), what)})
	if err == nil && !yes {
		err = listing.Fail(listing.CodeRefused, "列表没有读全，不知道是不是已经办过，什么也没有填", "请等列表全部显示出来，再次办理")
	}
	return err
}

// receipt records what came of the action: the receipt, what it tells of the app, the proof of its task, and that the
// action is done, all in one.
func (r *runner) receipt(ctx context.Context, seen sight, outcome string) error {
	by, err := r.operator(ctx)
	if err != nil {
		return err
	}
	rec, done := r.written(seen, outcome, by), r.a
	done.State, done.ReceiptID, done.Asking, done.Reason, done.Hint, done.ChangedAt = listing.ActionDone, rec.ID, nil, "", "", r.stamp()
	err = r.change(context.WithoutCancel(ctx), r.a.Kind.Word()+"：留下回执", r.a.AppID, func(w listing.Writer) error {
		a, err := app(w, r.a.AppID)
		if err != nil {
			return err
		}
		rec.AppName = a.Name
		if err := r.tellApp(w, a, seen, rec); err != nil {
			return err
		}
		if err := w.Put(rec); err != nil {
			return err
		}
		if err := w.Put(done); err != nil {
			return err
		}
		return r.prove(w, rec)
	})
	if err == nil {
		r.a = done
	}
	return err
}

func (r *runner) written(seen sight, outcome, by string) listing.Receipt {
	rec := listing.Receipt{ID: uuid.NewString(), ActionID: r.a.ID, AppID: r.a.AppID, Kind: r.a.Kind, KindWord: r.a.Kind.Word(), Component: r.a.Component,
		Portal: r.a.Target.Portal, URL: seen.page.URL, Title: seen.page.Title, At: r.stamp(), By: by, Outcome: outcome, State: seen.state, Log: seen.log,
		Preview: seen.version.Preview, Fields: []listing.ReceiptField{}, Rows: []map[string]string{}, Pictures: []listing.ReceiptPicture{}}
	if r.a.Code != nil {
		rec.Version = r.a.Code.Version
	}
	if seen.row != nil {
		rec.Rows = append(rec.Rows, seen.row)
	}
	if f := r.a.Filled; f != nil && outcome != listing.OutcomeFound {
		rec.Fields = f.Fields
		rec.URL, rec.Title = cmp.Or(rec.URL, f.URL), cmp.Or(rec.Title, f.Title)
		if f.Picture != nil {
			rec.Pictures = append(rec.Pictures, *f.Picture)
		}
	}
	if seen.picture != nil {
		rec.Pictures = append(rec.Pictures, *seen.picture)
	}
	rec.OutcomeWord, rec.Notes = r.outcomeWord(rec), r.notes(rec)
	return rec
}

func (r *runner) outcomeWord(rec listing.Receipt) string {
	switch rec.Outcome {
	case listing.OutcomeFound:
		if r.late {
			return fmt.Sprintf("程序没有填完，平台上却已经有了，没有再办一次；状态是“%s”", rec.State)
		}
		return fmt.Sprintf("平台上本来就有，没有再办一次；状态是“%s”", rec.State)
	case listing.OutcomeTold:
		return "已由您提交；平台上没有列表能查到它，以您的回答为准"
	case listing.OutcomeCompiled:
		return fmt.Sprintf("版本 %s 已上传，%s", rec.Version, rec.State)
	case listing.OutcomeFailed:
		return fmt.Sprintf("版本 %s 已上传，没有编译成功：%s", rec.Version, rec.State)
	}
	return fmt.Sprintf("已由您提交，平台的列表里能看到；状态是“%s”", rec.State)
}

// tellApp takes over what the list shows of the app after the action.
func (r *runner) tellApp(w listing.Writer, a listing.App, seen sight, rec listing.Receipt) error {
	was := a
	switch r.a.Kind {
	case listing.ActionRegister, listing.ActionApproval:
		a.Portal.ReleaseID, a.Portal.State = cmp.Or(seen.number, a.Portal.ReleaseID), cmp.Or(seen.state, a.Portal.State)
	case listing.ActionCatalog:
		a.Portal.CatalogState = cmp.Or(seen.state, a.Portal.CatalogState)
	case listing.ActionUpload:
		a.Portal.HostingID = cmp.Or(seen.number, a.Portal.HostingID)
		if err := r.keepVersion(w, seen, rec); err != nil {
			return err
		}
	}
	if !differ(was, a) {
		return nil
	}
	a.Portal.SeenAt, a.Portal.SeenBy = rec.At, rec.By
	a.UpdatedAt = r.after(a.UpdatedAt)
	return w.Put(a)
}

func (r *runner) keepVersion(w listing.Writer, seen sight, rec listing.Receipt) error {
	if err := r.seeVersion(w, r.a.AppID, seen.version, rec.By); err != nil {
		return err
	}
	v, err := listing.Load[listing.CodeVersion](w, versionID(r.a.AppID, seen.version.Version))
	if err != nil {
		return err
	}
	v.ReceiptID = rec.ID
	if rec.Outcome != listing.OutcomeFound { // what was there already need not be this very package
		v.Remark, v.FileName, v.SHA256, v.Size = r.a.Code.Remark, r.a.Code.File.Name, r.a.Code.File.SHA256, r.a.Code.File.Size
	}
	return w.Put(v)
}

// prove adds the receipt to the task of the running case, if there is one; the person still does the act.
func (r *runner) prove(w listing.Writer, rec listing.Receipt) error {
	run, err := r.running(w, r.a.AppID)
	if err != nil || !run.started || run.kase.ClosedAt != "" || rec.Outcome == listing.OutcomeFailed {
		return err
	}
	t := r.taskOf(run, r.a.Kind)
	if t == nil {
		return nil
	}
	proof := listing.Proof{ID: uuid.NewString(), Task: t.ID, Note: "回执 " + rec.At[:16] + "：" + rec.OutcomeWord, By: rec.By, At: rec.At}
	if n := len(rec.Pictures); n > 0 {
		proof.File = &listing.Attachment{Name: rec.KindWord + "回执.png", Type: "png", SHA256: rec.Pictures[n-1].SHA256, Size: rec.Pictures[n-1].Size, AddedBy: rec.By, AddedAt: rec.At}
	}
	run.kase.Proofs = append(slices.Clone(run.kase.Proofs), proof)
	return w.Put(run.kase)
}
